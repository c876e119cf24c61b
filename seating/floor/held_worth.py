"""What the held tables of some dates earned and cost, each with a sentence."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from policies.house.house import House
from policies.house.rules import Decisions
from policies.value.hold_worth import HeldFate, displaced_by, worth_told
from policies.words.catalogue import say
from policies.words.message import Message
from seating.db import Connection

# One that gave way, or never had a table, held nobody off. The ladder's last step, at the end of
# the window, gives nothing back. `size`: of the sitting, where there
# was one.
ENDED = """
select h.held_id, p.service_date, h.period_id, h.window_name as window, h.seats,
       h.first_displaced, h.last_displaced,
       h.state = 'released' and least(h.ended_at, h.release_at) < h.starts as given_back,
       h.state = 'granted' as granted, s.seating_id is not null as came,
       coalesce(nullif(r.name, ''), s.name, '') as party,
       coalesce(s.party_size, r.party_size, h.seats) as size,
       coalesce(p.rules_override #>> '{decisions,cover_value}',
                b.body #>> '{decisions,cover_value}')::int as cover_value
from held_table h join period p using (venue_id, period_id)
left join rules b on b.venue_id = h.venue_id and b.version = p.rules_version
left join reservation r on r.venue_id = h.venue_id and h.ended_for ->> 'kind' = 'reservation'
    and r.reservation_id = (h.ended_for ->> 'id')::uuid
left join lateral (
    select t.seating_id, t.name, t.party_size from seating t
    where t.venue_id = h.venue_id and t.merged_into is null
      and (t.seating_id = (h.ended_for ->> 'id')::uuid
           or t.reservation_id = r.reservation_id)
    order by t.seated_at limit 1) s on h.state = 'granted'
where h.venue_id = $1 and p.service_date between $2 and $3
  and (h.state in ('granted', 'released') or h.state = 'held' and p.closed_at is not null)
order by h.starts, h.held_id
"""


class HeldTableWorth(Struct, frozen=True, kw_only=True):
    """One held table once it was over: who had it, what it brought, what it kept others from.

    `party`, `size`: whom it was granted to, empty and 0 where nobody was. `earned`: the covers it
    brought, at the manager's worth of one. `displaced`: what its place was worth to guests who
    book, by bid prices; None where there were none. Money in minor units. `messages` say it in any
    language, `said` in the house's.
    """

    held_id: UUID
    service_date: date
    period_id: str
    window: str
    seats: int
    fate: HeldFate
    party: str
    size: int
    earned: int
    displaced: int | None
    messages: tuple[Message, ...]
    said: str


async def held_table_worths(
    conn: Connection, venue_id: str, house: House, first: date, last: date
) -> tuple[HeldTableWorth, ...]:
    """Return the held tables of these dates that are over, in the order their windows began."""
    rows = await conn.fetch(ENDED, venue_id, first, last)
    return tuple(_worths(rows, house))


def _worths(rows: Iterable[Record], house: House) -> Iterable[HeldTableWorth]:
    for row in rows:
        fate = _fate(row)
        size = row["size"] if row["granted"] else 0
        cover = row["cover_value"] or Decisions().cover_value
        earned = size * cover if fate == "came" else 0
        displaced = displaced_by(fate, row["first_displaced"], row["last_displaced"])
        told = worth_told(
            house,
            fate,
            window=row["window"],
            seats=row["seats"],
            party=row["party"],
            size=size,
            earned=earned,
            displaced=displaced,
        )
        yield HeldTableWorth(
            held_id=row["held_id"],
            service_date=row["service_date"],
            period_id=row["period_id"],
            window=row["window"],
            seats=row["seats"],
            fate=fate,
            party=row["party"],
            size=size,
            earned=earned,
            displaced=displaced,
            messages=told,
            said=" ".join(say(each, house.venue.locale) for each in told),
        )


def _fate(row: Record) -> HeldFate:
    if row["granted"]:
        return "came" if row["came"] else "absent"
    return "given_back" if row["given_back"] else "unused"
