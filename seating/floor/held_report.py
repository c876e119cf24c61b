"""Report on held tables: what became of each, and what those that gave way gave way to."""

from datetime import date

import msgspec
from msgspec import Struct

from seating.book.in_force import house_of
from seating.db import Connection
from seating.door.given_up import GivenUpTable, given_up_tables
from seating.floor.held_worth import HeldTableWorth, held_table_worths

# One that was ended as it was made never had a table. Only a person's release has `ended_by`.
HELD_BY_WINDOW = """
select h.window_name as window, count(*) as made,
       count(*) filter (where h.state = 'held') as held,
       count(*) filter (where h.state = 'granted') as granted,
       count(*) filter (where h.state = 'released' and h.ended_by is null) as released_in_time,
       count(*) filter (where h.state = 'released' and h.ended_by is not null) as released_by_hand,
       count(*) filter (where h.state = 'cancelled' and h.ended_at > h.made_at) as gave_way,
       count(*) filter (where h.state = 'cancelled' and h.ended_at <= h.made_at) as without_room,
       count(h.first_starts) as started_later
from held_table h join period p using (venue_id, period_id)
where h.venue_id = $1 and p.service_date between $2 and $3
group by window_name order by window_name
"""


class HeldWindowCounts(Struct, frozen=True, kw_only=True):
    """The held tables of one window of the rules, counted by what became of them.

    `held`: still are. `released_in_time`: by the release ladder. `gave_way`: cancelled because the
    room got short; `without_room`: could not be held at all. `started_later`: of all of them, those
    whose window began later in the end.
    """

    window: str
    made: int
    held: int
    granted: int
    released_in_time: int
    released_by_hand: int
    gave_way: int
    without_room: int
    started_later: int


class HeldTablesReport(Struct, frozen=True, kw_only=True):
    """The held tables of some service dates; `given_up`: each that gave way, for whom, by whom.

    `worths`: each that is over, with what it earned and cost; `earned` and `displaced` are their
    sums, in minor units of the venue's currency.
    """

    made: int
    granted: int
    released: int
    gave_way: int
    started_later: int
    windows: tuple[HeldWindowCounts, ...]
    given_up: tuple[GivenUpTable, ...]
    earned: int
    displaced: int
    worths: tuple[HeldTableWorth, ...]


async def held_tables_report(
    conn: Connection, venue_id: str, first: date, last: date
) -> HeldTablesReport:
    """Return the report on the held tables of these service dates, both included."""
    rows = await conn.fetch(HELD_BY_WINDOW, venue_id, first, last)
    windows = tuple(msgspec.convert(row, HeldWindowCounts, from_attributes=True) for row in rows)
    house = (await house_of(conn, venue_id)).house
    worths = await held_table_worths(conn, venue_id, house, first, last)
    return HeldTablesReport(
        made=sum(each.made for each in windows),
        granted=sum(each.granted for each in windows),
        released=sum(each.released_in_time + each.released_by_hand for each in windows),
        gave_way=sum(each.gave_way for each in windows),
        started_later=sum(each.started_later for each in windows),
        windows=windows,
        given_up=await given_up_tables(conn, venue_id, first, last, house.venue.locale),
        earned=sum(each.earned for each in worths),
        displaced=sum(each.displaced or 0 for each in worths),
        worths=worths,
    )
