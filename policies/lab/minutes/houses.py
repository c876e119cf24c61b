"""The benchmark's house in other shapes: two areas, few tables without joins, twice as many."""

from collections.abc import Mapping
from datetime import time

from msgspec.structs import replace

from policies.house.house import Area, House, Table

GARDEN = "garden"
"""The area that is shut in the stress of that name."""

_GARDEN_SHARE = 4
"""One table in so many, of each size, is in the garden."""

_FEW = {2: 7, 4: 7, 6: 3, 8: 1}
"""Tables by seats of the house of eighteen."""


def open_late(house: House) -> House:
    """Return the house as the lab's is open: it seats who comes by half past eleven.

    The lab's guests ask for starts until a quarter to eleven.
    """
    periods = tuple(
        replace(period, last_seating=time(23, 30), closes=time(1, 30)) for period in house.periods
    )
    return replace(house, periods=periods)


def with_garden(house: House) -> House:
    """Return the house with the last quarter of its tables of each size in a second area.

    A join stays whole: it lies in the area of its tables where they share one, else it goes.
    """
    tables = {table.id: table for table in house.tables}
    for seats in sorted({table.seats_max for table in house.tables}):
        same = [table for table in house.tables if table.seats_max == seats]
        for table in same[len(same) - len(same) // _GARDEN_SHARE :]:
            tables[table.id] = replace(table, area=GARDEN)
    joins = tuple(
        join for join in house.joins if len({tables[name].area for name in join.tables}) == 1
    )
    areas = (*house.areas, Area(id=GARDEN, name="Garden"))
    return replace(house, areas=areas, tables=tuple(tables.values()), joins=joins)


def eighteen_tables(house: House) -> House:
    """Return a house of the first eighteen tables, seven of two, seven of four, without joins."""
    return few_tables(house, _FEW)


def few_tables(house: House, counts: Mapping[int, int]) -> House:
    """Return a house of the first tables of each number of seats, without joins."""
    kept = [
        table
        for seats, count in counts.items()
        for table in [each for each in house.tables if each.seats_max == seats][:count]
    ]
    share = len(kept) / len(house.tables)
    return replace(_paced(house, share), tables=tuple(kept), joins=())


def doubled(house: House) -> House:
    """Return the house with every table and join twice."""
    twins = tuple(replace(table, id=_twin(table.id)) for table in house.tables)
    joins = tuple(
        replace(join, tables=tuple(_twin(name) for name in join.tables)) for join in house.joins
    )
    return replace(_paced(house, 2.0), tables=(*house.tables, *twins), joins=(*house.joins, *joins))


def tables_in(house: House, area: str) -> tuple[Table, ...]:
    """Return the tables of an area."""
    return tuple(table for table in house.tables if table.area == area)


def _paced(house: House, factor: float) -> House:
    periods = tuple(
        replace(period, pacing=max(1, round(factor * period.pacing))) for period in house.periods
    )
    return replace(house, periods=periods)


def _twin(name: str) -> str:
    return f"{name}b"
