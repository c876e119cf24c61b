"""Parties on the waitlist as they may see themselves: their place, and when they may be seated."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from policies.book.picture import Channel, WaitState
from policies.door.waiting import ahead_of, called_between
from policies.house.room import Needs
from seating.access.links import follow_link, make_link
from seating.book.guests import local_e164
from seating.book.in_force import house_of
from seating.book.periods import read_period, seen
from seating.book.reservations import Booker
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound
from seating.waitlist.quotes import quotes

READ_ENTRY = """
select wait_id, period_id, state, party_size, name, channel, client_id, locale, partner_reference,
       quoted_minutes, joined_at, notified_at, coming_at, ended_at, version
from wait_entry where venue_id = $1 and wait_id = $2
"""

KNOW_GUEST = """
update wait_entry w set phone = $3, guest_id = g.guest_id
from (select 1) as always left join guest g on g.venue_id = $1 and g.phone = $3
where w.venue_id = $1 and w.wait_id = $2
"""

PHONE_OF = "select phone from wait_entry where venue_id = $1 and wait_id = $2"

ON_THE_LIST = frozenset({"waiting", "notified"})


class Kept(Struct, frozen=True, kw_only=True):
    """An entry as the book has it."""

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
    joined_at: datetime
    notified_at: datetime | None
    coming_at: datetime | None
    ended_at: datetime | None
    version: int


class OnList(Kept, frozen=True, kw_only=True):
    """A party on the waitlist as it may know itself.

    `quoted_minutes` is the promise made when it joined; `seats_from` to `seats_until` is when it
    may be seated as things are now, and `parties_ahead` how many are before it. Neither of them
    once it no longer waits. `token` opens its page /w/{token}; only who joined is given one.
    """

    parties_ahead: int = 0
    seats_from: datetime | None = None
    seats_until: datetime | None = None
    token: str | None = None


async def read_waiting(
    conn: Connection, venue_id: str, wait_id: UUID, booker: Booker, clock: Clock
) -> OnList:
    """Return a client's own entry with its place now. Raises NotFound, for another's too."""
    kept = await kept_entry(conn, venue_id, wait_id)
    if booker.staff_id is None and kept.client_id != booker.client_id:
        raise NotFound("there is no such waitlist entry")
    return await placed(conn, venue_id, kept, await clock.now(conn))


async def know_guest(conn: Connection, venue_id: str, wait_id: UUID) -> None:
    """Find out whose party it is by the number a host typed; an unreadable one stays as it is."""
    typed = await conn.fetchval(PHONE_OF, venue_id, wait_id)
    if not typed:
        return
    with suppress(Invalid):
        number = await local_e164(conn, venue_id, typed, pointer="/phone")
        await conn.execute(KNOW_GUEST, venue_id, wait_id, number)


async def page_of(conn: Connection, token: str, clock: Clock) -> tuple[str, OnList]:
    """Return the venue and the entry whose page a token opens. Raises NotFound."""
    now = await clock.now(conn)
    link = await follow_link(conn, token, "waitlist", now=now)
    kept = await kept_entry(conn, link.venue_id, link.subject_id)
    return link.venue_id, await placed(conn, link.venue_id, kept, now)


async def link_of(conn: Connection, venue_id: str, wait_id: UUID) -> tuple[str, datetime]:
    """Return a new token for the page of a party on the list, and until when. Raises NotFound."""
    kept = await kept_entry(conn, venue_id, wait_id)
    period = await read_period(conn, venue_id, kept.period_id)
    made = await make_link(conn, venue_id, "waitlist", wait_id, expires_at=period.closes)
    return made, period.closes


async def with_token(conn: Connection, venue_id: str, wait_id: UUID, clock: Clock) -> OnList:
    """Return an entry for who joined: with a new token of its page. Raises NotFound."""
    kept = await kept_entry(conn, venue_id, wait_id)
    token, _ = await link_of(conn, venue_id, wait_id)
    return replace(await placed(conn, venue_id, kept, await clock.now(conn)), token=token)


async def kept_entry(conn: Connection, venue_id: str, wait_id: UUID) -> Kept:
    """Return an entry, on the list or not any more. Raises NotFound."""
    row = await conn.fetchrow(READ_ENTRY, venue_id, wait_id)
    if row is None:
        raise NotFound("there is no such waitlist entry")
    return msgspec.convert(dict(row), Kept)


async def placed(conn: Connection, venue_id: str, kept: Kept, now: datetime) -> OnList:
    """Return the entry with its place in the line and when it may be seated, as things are now."""
    facts = asdict(kept)
    if kept.state not in ON_THE_LIST:
        return OnList(**facts)
    known = await house_of(conn, venue_id)
    period = await read_period(conn, venue_id, kept.period_id)
    picture = await seen(conn, venue_id, known.house, period, now=now)
    ahead = ahead_of(picture, kept.wait_id)
    if kept.state == "notified":
        return OnList(**facts, seats_from=now, seats_until=now)
    mine = [entry for entry in picture.waiting if entry.wait_id == kept.wait_id]
    party = (kept.party_size, mine[0].needs if mine else Needs())
    line = replace(picture, waiting=ahead)
    (quote,) = await quotes(conn, line, known.house, (party,), now=now)
    if quote is None:
        return OnList(**facts, parties_ahead=len(ahead))
    first, last = called_between(quote.minutes, now=now)
    return OnList(**facts, parties_ahead=len(ahead), seats_from=first, seats_until=last)
