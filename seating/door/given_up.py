"""Held tables that gave way: what for, who caused it, and the sentence that says so."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.words.catalogue import say
from policies.words.message import Message
from seating.db import Connection

# Those that never had a table (`held-no-room`) gave way to nobody.
GIVEN_UP = """
select h.held_id, p.service_date, h.period_id, h.window_name as window, h.seats, h.starts, h.ends,
       h.ended_at, h.ended_by, s.name as ended_by_name,
       (h.ended_for ->> 'kind') as gave_way_to, (h.ended_for ->> 'id')::uuid as gave_way_to_id,
       coalesce(r.name, t.name, w.name, '') as party,
       coalesce(r.party_size, t.party_size, w.party_size) as party_size,
       h.ended_why as message
from held_table h join period p using (venue_id, period_id)
left join staff s on s.venue_id = $1 and s.staff_id = h.ended_by
left join reservation r on r.venue_id = $1 and h.ended_for ->> 'kind' = 'reservation'
    and r.reservation_id = (h.ended_for ->> 'id')::uuid
left join seating t on t.venue_id = $1 and h.ended_for ->> 'kind' = 'seating'
    and t.seating_id = (h.ended_for ->> 'id')::uuid
left join wait_entry w on w.venue_id = $1 and h.ended_for ->> 'kind' = 'wait'
    and w.wait_id = (h.ended_for ->> 'id')::uuid
where h.venue_id = $1 and h.state = 'cancelled' and h.ended_at > h.made_at
  and p.service_date between $2 and $3 and ($4::text is null or h.period_id = $4)
order by h.ended_at, h.held_id
"""


class GivenUpTable(Struct, frozen=True, kw_only=True):
    """A held table that gave way.

    `ended_by`: the id of who caused it, "system" where nobody did; `gave_way_to`, with the id:
    what has its place; `party`, `party_size`: whose that is. `message` says it in any language,
    `said` in the house's; both None for one that gave way before this was kept.
    """

    held_id: UUID
    service_date: date
    period_id: str
    window: str
    seats: int
    starts: datetime
    ends: datetime
    ended_at: datetime
    ended_by: str | None
    ended_by_name: str | None
    gave_way_to: Literal["reservation", "seating", "wait", "slot_hold", "block", "closure"] | None
    gave_way_to_id: UUID | None
    party: str
    party_size: int | None
    message: Message | None = None
    said: str | None = None


async def given_up_tables(
    conn: Connection,
    venue_id: str,
    first: date,
    last: date,
    locale: str,
    *,
    period_id: str | None = None,
) -> tuple[GivenUpTable, ...]:
    """Return the held tables of these service dates that gave way, in the order they did."""
    rows = await conn.fetch(GIVEN_UP, venue_id, first, last, period_id)
    return tuple(_said(map(dict, rows), locale))


def _said(rows: Iterable[dict[str, object]], locale: str) -> Iterable[GivenUpTable]:
    for row in rows:
        why = row.pop("message")
        message = msgspec.json.decode(str(why), type=Message) if why else None
        found = msgspec.convert(row, GivenUpTable)
        said = say(message, locale) if message else None
        yield replace(found, message=message, said=said)
