"""Waitlist entries as the party may see them: place in line and expected time to be seated."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from policies.book.picture import WaitState
from policies.door.waiting import ahead_of, seating_window
from policies.house.channels import Channel
from policies.lookahead.waits import QuotedWait
from policies.plan.calls import kept_calls
from policies.words.message import message
from seating.access.links import follow_link, make_link
from seating.book.guests import local_e164
from seating.book.in_force import house_of
from seating.book.periods import read_period, read_unlocked
from seating.book.reservations import Booker
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound
from seating.waitlist.quotes import quote_in_line

READ_ENTRY = """
select wait_id, period_id, state, party_size, name, channel, client_id, locale, partner_reference,
       quoted_minutes, quoted_likely, joined_at, notified_at, coming_at, ended_at, version
from wait_entry where venue_id = $1 and wait_id = $2
"""

MATCH_GUEST = """
update wait_entry w set phone = $3, guest_id = coalesce(g.merged_into, g.guest_id)
from (select 1) as always left join guest g on g.venue_id = $1 and g.phone = $3
where w.venue_id = $1 and w.wait_id = $2
"""

PHONE_OF = "select phone from wait_entry where venue_id = $1 and wait_id = $2"

ON_THE_LIST = frozenset({"waiting", "notified"})


class StoredEntry(Struct, frozen=True, kw_only=True):
    """A waitlist entry as stored."""

    wait_id: UUID
    period_id: str
    state: WaitState
    party_size: int
    name: str
    channel: Channel
    client_id: str | None
    locale: str | None
    partner_reference: str | None
    quoted_minutes: int | None
    quoted_likely: int | None
    joined_at: datetime
    notified_at: datetime | None
    coming_at: datetime | None
    ended_at: datetime | None
    version: int


class WaitlistPlace(StoredEntry, frozen=True, kw_only=True):
    """A waitlist entry with its place now, as the party may see it.

    `quoted_likely`, `quoted_minutes`: told when it joined, likely and at the latest. As of now:
    `wait_likely`, `wait_latest`, minutes, and the times these are, `seats_from` and `seats_until`
    (of a called party: now, and until when its table is kept). `parties_ahead`: how many come
    before it. None of these once it has left the list. `token` opens
    its page /w/{token} and is given only in the answer to joining.
    """

    parties_ahead: int = 0
    wait_likely: int | None = None
    wait_latest: int | None = None
    seats_from: datetime | None = None
    seats_until: datetime | None = None
    token: str | None = None


async def read_own_entry(
    conn: Connection, venue_id: str, wait_id: UUID, booker: Booker, clock: Clock
) -> WaitlistPlace:
    """Return an entry of this client with its place now. Raises NotFound, also for another's."""
    stored = await read_entry(conn, venue_id, wait_id)
    if booker.staff_id is None and stored.client_id != booker.client_id:
        raise NotFound(message("no-such-wait-entry"))
    return await with_place(conn, venue_id, stored, await clock.now(conn))


async def match_guest(conn: Connection, venue_id: str, wait_id: UUID) -> None:
    """Link an entry to the guest with the phone number a host typed, stored as E.164.

    A number that cannot be parsed is left as typed.
    """
    typed = await conn.fetchval(PHONE_OF, venue_id, wait_id)
    if not typed:
        return
    with suppress(Invalid):
        number = await local_e164(conn, venue_id, typed, pointer="/phone")
        await conn.execute(MATCH_GUEST, venue_id, wait_id, number)


async def entry_by_token(conn: Connection, token: str, clock: Clock) -> tuple[str, WaitlistPlace]:
    """Return the venue and the entry that a page token belongs to. Raises NotFound."""
    link = await follow_link(conn, token, "waitlist")
    stored = await read_entry(conn, link.venue_id, link.subject_id)
    return link.venue_id, await with_place(conn, link.venue_id, stored, await clock.now(conn))


async def make_page_link(
    conn: Connection, venue_id: str, wait_id: UUID, clock: Clock
) -> tuple[str, datetime]:
    """Return a new token for an entry's page, and when it expires. Raises NotFound."""
    stored = await read_entry(conn, venue_id, wait_id)
    period = await read_period(conn, venue_id, stored.period_id)
    life = period.closes - await clock.now(conn)
    return await make_link(conn, venue_id, "waitlist", wait_id, life=life)


async def entry_with_token(
    conn: Connection, venue_id: str, wait_id: UUID, clock: Clock
) -> WaitlistPlace:
    """Return an entry with its place now and a new page token. Raises NotFound."""
    stored = await read_entry(conn, venue_id, wait_id)
    token, _ = await make_page_link(conn, venue_id, wait_id, clock)
    return replace(await with_place(conn, venue_id, stored, await clock.now(conn)), token=token)


async def read_entry(conn: Connection, venue_id: str, wait_id: UUID) -> StoredEntry:
    """Return an entry in any state. Raises NotFound."""
    row = await conn.fetchrow(READ_ENTRY, venue_id, wait_id)
    if row is None:
        raise NotFound(message("no-such-wait-entry"))
    return msgspec.convert(dict(row), StoredEntry)


async def with_place(
    conn: Connection, venue_id: str, stored: StoredEntry, now: datetime
) -> WaitlistPlace:
    """Return the entry with its place in line and when it may be seated, as of now."""
    facts = asdict(stored)
    if stored.state not in ON_THE_LIST:
        return WaitlistPlace(**facts)
    in_force = (await house_of(conn, venue_id)).at(now)
    period = await read_period(conn, venue_id, stored.period_id)
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    ahead = ahead_of(picture, stored.wait_id)
    mine = next((each for each in picture.waiting if each.wait_id == stored.wait_id), None)
    if stored.state == "notified":
        kept = kept_calls(picture, now).get(stored.wait_id)
        until = kept.expires_at if kept and kept.tables else now
        return WaitlistPlace(**facts, seats_from=now, seats_until=until)
    quote = await quote_in_line(conn, picture, in_force.house, mine, now=now) if mine else None
    return place_of(stored, quote, len(ahead), now)


def place_of(
    stored: StoredEntry, quote: QuotedWait | None, parties_ahead: int, now: datetime
) -> WaitlistPlace:
    """Return an entry that waits, with what is told of its wait now."""
    facts = asdict(stored)
    if quote is None:
        return WaitlistPlace(**facts, parties_ahead=parties_ahead)
    first, last = seating_window(quote.band, now=now)
    return WaitlistPlace(
        **facts,
        parties_ahead=parties_ahead,
        wait_likely=quote.band.likely,
        wait_latest=quote.band.latest,
        seats_from=first,
        seats_until=last,
    )
