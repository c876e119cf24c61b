"""Every "no" the house gives, once per guest and service date."""

from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.changes import Changes
from policies.terms import Ask, No, Period
from seating.db import Connection

LOG_TURNAWAY = """
insert into turnaway as t (
    venue_id, turnaway_id, service_date, period_id, at, channel, code, detail, kind, party_size,
    asked_for, quoted_minutes, guest_id, client_id, wait_id, explained)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16::jsonb)
on conflict (venue_id, service_date, guest_id) where guest_id is not null do update
    set repeats = t.repeats + 1, code = excluded.code, detail = excluded.detail, at = excluded.at,
        explained = excluded.explained
returning turnaway_id
"""

# A party that leaves the waitlist is turned away under its own id; one that comes back was not.
WAITS_ENDED = """
insert into turnaway (venue_id, turnaway_id, service_date, period_id, at, channel, code, detail,
                      kind, party_size, asked_for, quoted_minutes, wait_id)
select $1, w.wait_id, $2, $3, $4, 'waitlist', 'NO_TABLE_FITS', 'no table in time for it',
       case w.state when 'left' then 'regret' else 'denial' end, w.party_size, w.joined_at,
       w.quoted_minutes, w.wait_id
from wait_entry w
where w.venue_id = $1 and w.wait_id = any($5::uuid[]) and w.state in ('left', 'turned_away')
on conflict (venue_id, turnaway_id) do nothing
"""

WAITS_RESUMED = """
delete from turnaway t using wait_entry w
where t.venue_id = $1 and t.turnaway_id = any($2::uuid[])
  and w.venue_id = $1 and w.wait_id = t.wait_id and w.state in ('waiting', 'notified')
"""

DECLINED = """
insert into turnaway (venue_id, turnaway_id, service_date, period_id, at, channel, code, detail,
                      kind, party_size, asked_for, guest_id, client_id)
select $1, r.reservation_id, $2, $3, $4, r.channel, 'NO_TABLE_FITS', 'the request was declined',
       'denial', r.party_size, r.starts, r.guest_id, r.client_id
from reservation r
where r.venue_id = $1 and r.reservation_id = any($5::uuid[]) and r.state = 'declined'
on conflict do nothing
"""

RECOVER = """
update turnaway set recovered_at = $4, recovered_by = $5
where venue_id = $1 and service_date = $2 and guest_id = $3 and recovered_at is null
"""

NIGHT = """
select code, kind, channel, count(*) as parties, coalesce(sum(party_size), 0) as covers,
       count(recovered_at) as recovered
from turnaway where venue_id = $1 and service_date = $2
group by code, kind, channel order by parties desc, code, kind, channel
"""


class Turnaway(Struct, frozen=True, kw_only=True):
    """A "no": whom, for what, and who asked. `kind`: we refused, or the guest declined.

    `turnaway_id`: the id the caller made, if it did.
    """

    ask: Ask
    no: No
    service_date: date
    period_id: str | None = None
    kind: str = "denial"
    client_id: str | None = None
    wait_id: UUID | None = None
    quoted_minutes: int | None = None
    turnaway_id: UUID | None = None


class Turned(Struct, frozen=True, kw_only=True):
    """Parties turned away on a date for one reason; `recovered` got a place after all."""

    code: str
    kind: str
    channel: str
    parties: int
    covers: int
    recovered: int


async def log_turnaway(
    conn: Connection, venue_id: str, turnaway: Turnaway, *, now: datetime
) -> UUID:
    """Record the "no" and return its id; a known guest's second of the night adds to the first."""
    ask, no = turnaway.ask, turnaway.no
    turnaway_id: UUID = await conn.fetchval(
        LOG_TURNAWAY,
        venue_id,
        turnaway.turnaway_id or uuid4(),
        turnaway.service_date,
        turnaway.period_id,
        now,
        ask.channel,
        no.code,
        no.detail,
        turnaway.kind,
        ask.party_size,
        ask.starts,
        turnaway.quoted_minutes,
        ask.guest_id,
        turnaway.client_id,
        turnaway.wait_id,
        msgspec.json.encode(no.explained).decode() if no.explained else None,
    )
    return turnaway_id


async def log_ended(
    conn: Connection, venue_id: str, period: Period, changes: Changes, *, now: datetime
) -> None:
    """Log requests declined and parties that left the waitlist; forget it of those back on it."""
    night = (venue_id, period.service_date, period.period_id, now)
    declined = [each.reservation_id for each in changes.promises if each.state == "declined"]
    if declined:
        await conn.execute(DECLINED, *night, declined)
    waits = [entry.wait_id for entry in changes.waiting]
    if waits:
        await conn.execute(WAITS_ENDED, *night, waits)
        await conn.execute(WAITS_RESUMED, venue_id, waits)


async def turnaways_of(conn: Connection, venue_id: str, service_date: date) -> tuple[Turned, ...]:
    """Return whom the house turned away on a date, by code, kind and channel."""
    rows = await conn.fetch(NIGHT, venue_id, service_date)
    return tuple(msgspec.convert(row, Turned, from_attributes=True) for row in rows)


async def recover(
    conn: Connection, venue_id: str, service_date: date, guest_id: UUID, by: UUID, *, now: datetime
) -> None:
    """Note that a guest refused for this date has got a place after all."""
    await conn.execute(RECOVER, venue_id, service_date, guest_id, now, by)
