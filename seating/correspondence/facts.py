"""What is so of a notice's subject at the moment of sending: party, house and addresses."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.correspondence.notices import NoticeKind
from policies.correspondence.sending import ContactWish, GuestReach, NoticeFacts
from policies.correspondence.words import NoticeContent, telling_of
from policies.house.house import House
from policies.house.phones import takes_texts
from policies.house.rules import Rules
from policies.words.catalogue import Language, language_for
from seating.access.links import make_link
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import read_period
from seating.book.reservations import Reservation, read_reservation
from seating.booking.by_link import GUEST, booking_link
from seating.clock import Clock
from seating.correspondence.rows import LeasedNotice, told_last
from seating.correspondence.set_up import ChannelsSet
from seating.db import Connection
from seating.waitlist.entries import StoredEntry, make_page_link, read_entry

ADDRESSES_OF_RESERVATION = """
select coalesce(r.email, g.email) as email, g.phone, coalesce(r.locale, g.locale) as locale,
       coalesce(g.written_to, 'anything') as written_to, r.unwritten, r.guest_id
from reservation r left join guest g on g.venue_id = $1 and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = $2
"""

ADDRESSES_OF_ENTRY = """
select coalesce(w.email, g.email) as email, nullif(w.phone, '') as phone,
       coalesce(w.locale, g.locale) as locale,
       coalesce(g.written_to, 'anything') as written_to, w.unwritten, w.guest_id
from wait_entry w left join guest g on g.venue_id = $1 and g.guest_id = w.guest_id
where w.venue_id = $1 and w.wait_id = $2
"""

SILENCE_LIFE: Final = timedelta(days=366)
"""How long the page that ends messages can be opened."""


class Addresses(Struct, frozen=True, kw_only=True):
    """How a party is reached, and what it said of that."""

    email: str | None
    phone: str | None
    locale: str | None
    written_to: ContactWish
    unwritten: bool
    guest_id: UUID | None

    @property
    def wish(self) -> ContactWish:
        """How the party agreed to be written to."""
        return "nothing" if self.unwritten else self.written_to


class NoticeAsOfNow(Struct, frozen=True, kw_only=True):
    """A notice with everything that is so now; `reservation` of one, for its calendar file."""

    facts: NoticeFacts
    house: House
    rules: Rules
    addresses: Addresses
    language: Language
    subject: Reservation | StoredEntry
    until: datetime

    def reach(self, ready: ChannelsSet) -> GuestReach:
        """Return how the party can be reached."""
        phone = self.addresses.phone
        return GuestReach(
            email=bool(self.addresses.email),
            text=bool(phone and takes_texts(phone)),
            wish=self.addresses.wish,
            emails_ready=ready.emails,
            texts_ready=ready.texts,
        )


async def as_of_now(conn: Connection, venue_id: str, leased: LeasedNotice) -> NoticeAsOfNow:
    """Return a notice with what is so now. Raises NotFound where its subject is gone."""
    if leased.subject_kind == "wait_entry":
        return await _of_entry(conn, venue_id, leased)
    return await _of_reservation(conn, venue_id, leased)


def told_of(kept: Reservation) -> str:
    """Return what a guest knows who was told how a reservation stands."""
    needs = msgspec.json.encode(kept.needs, order="deterministic").decode()
    stands = kept.state if kept.state in {"cancelled", "declined"} else "booked"
    parts = (stands, kept.starts.isoformat(), kept.ends.isoformat(), str(kept.party_size), needs)
    return " ".join(parts)


def mark_of_reminder(starts: datetime) -> str:
    """Return the mark of a reminder: another start is reminded of anew."""
    return starts.isoformat()


async def content_of(
    conn: Connection,
    venue_id: str,
    kind: NoticeKind,
    now_so: NoticeAsOfNow,
    public: str,
    clock: Clock,
) -> NoticeContent:
    """Return what the notice tells, with new links to the guest's pages; `public`: our address."""
    subject = now_so.subject
    if isinstance(subject, StoredEntry):
        token, _ = await make_page_link(conn, venue_id, subject.wait_id, clock)
        return NoticeContent(
            telling="called",
            house=now_so.house,
            name=subject.name,
            starts=subject.notified_at or subject.joined_at,
            party_size=subject.party_size,
            until=now_so.until,
            link=f"{public}/w/{token}",
        )
    token = await booking_link(conn, venue_id, subject, clock)
    return NoticeContent(
        telling=telling_of(kind, subject.state, cancelled_by_house=subject.cancelled_by_house),
        house=now_so.house,
        name=subject.name,
        starts=subject.starts,
        ends=subject.ends,
        party_size=subject.party_size,
        code=subject.code,
        link=f"{public}/r/{token}",
        stop=await _stop_link(conn, venue_id, subject, public) if kind == "reminder" else "",
    )


async def _stop_link(conn: Connection, venue_id: str, kept: Reservation, public: str) -> str:
    token, _ = await make_link(conn, venue_id, "silence", kept.reservation_id, life=SILENCE_LIFE)
    return f"{public}/n/{token}"


async def _of_reservation(conn: Connection, venue_id: str, leased: LeasedNotice) -> NoticeAsOfNow:
    kept = await read_reservation(conn, venue_id, leased.subject_id, GUEST)
    row = await conn.fetchrow(ADDRESSES_OF_RESERVATION, venue_id, leased.subject_id)
    reminder = leased.kind == "reminder"
    facts = NoticeFacts(
        kind=leased.kind,
        by_house=leased.by_house,
        state=kept.state,
        until=kept.starts,
        told=told_of(kept),
        told_last=await told_last(conn, venue_id, leased.subject_id),
        mark=leased.mark if reminder else "",
        mark_now=mark_of_reminder(kept.starts) if reminder else "",
    )
    return await _gathered(conn, venue_id, facts, kept, dict(row or {}), kept.starts)


async def _of_entry(conn: Connection, venue_id: str, leased: LeasedNotice) -> NoticeAsOfNow:
    entry = await read_entry(conn, venue_id, leased.subject_id)
    row = await conn.fetchrow(ADDRESSES_OF_ENTRY, venue_id, leased.subject_id)
    called = entry.notified_at or entry.joined_at
    period = await read_period(conn, venue_id, entry.period_id)
    rules = await rules_of_period(conn, venue_id, period)
    until = called + timedelta(minutes=rules.call_minutes)
    facts = NoticeFacts(
        kind=leased.kind,
        by_house=leased.by_house,
        state=entry.state,
        until=until,
        told=f"called {called.isoformat()}",
        mark=leased.mark,
        mark_now=called.isoformat(),
    )
    return await _gathered(conn, venue_id, facts, entry, dict(row or {}), until)


async def _gathered(
    conn: Connection,
    venue_id: str,
    facts: NoticeFacts,
    subject: Reservation | StoredEntry,
    addresses: dict[str, Any],
    until: datetime,
) -> NoticeAsOfNow:
    period = await read_period(conn, venue_id, subject.period_id)
    house = (await house_of(conn, venue_id)).on(period.service_date).house
    found = msgspec.convert(addresses, Addresses)
    return NoticeAsOfNow(
        facts=facts,
        house=house,
        rules=await rules_of_period(conn, venue_id, period),
        addresses=found,
        language=language_for(found.locale or house.venue.locale),
        subject=subject,
        until=until,
    )
