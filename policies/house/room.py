"""The room of a house: which tables and joins seat a party, in order of preference."""

from itertools import groupby
from typing import Annotated

from msgspec import Meta, Struct

from policies.house.house import Feature, House, Table
from policies.words.message import Message, message


class Needs(Struct, frozen=True, kw_only=True):
    """Required attributes of a party's table: hard constraints, not preferences."""

    area: str | None = None
    step_free: bool = False
    quiet: bool = False
    high_chairs: Annotated[int, Meta(ge=0, le=50)] = 0


TableSet = tuple[int, ...]
"""A table or the tables of a join: ascending indices into `house.tables`."""

ASKED_FOR: frozenset[Feature] = frozenset({"step_free", "quiet"})
"""Features that parties need: tables without them are given first to those who do not."""

_ROOMS: dict[int, "Room"] = {}
_CACHE_SIZE = 64


class RankedTableSets(Struct, frozen=True):
    """The table sets that seat one kind of party, by preference.

    `ranks`: groups of equal preference, best first. `flat`: the same in one sequence. `every`: the
    same as a set. `domain`: mask of all tables that occur.
    """

    ranks: tuple[tuple[TableSet, ...], ...]
    flat: tuple[TableSet, ...]
    every: frozenset[TableSet]
    domain: int


def ranked_table_sets(ranks: tuple[tuple[TableSet, ...], ...]) -> RankedTableSets:
    """Return the ranks with their flat, set and mask forms."""
    flat = tuple(seat for rank in ranks for seat in rank)
    domain = places_mask(tuple(place for seat in flat for place in seat))
    return RankedTableSets(ranks, flat, frozenset(flat), domain)


class Room:
    """The tables and joins of one house with memoised look-ups; built once per house object."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.tables = house.tables
        self.index = {table.id: place for place, table in enumerate(house.tables)}
        self.seats = tuple(table.seats_max for table in house.tables)
        self.joins = tuple(
            (tuple(sorted(self.index[name] for name in join.tables)), join.seats_max)
            for join in house.joins
        )
        self.largest = max([*self.seats, *(seats for _, seats in self.joins)])
        self._join_seats = {frozenset(seat): seats for seat, seats in self.joins}
        self._choices: dict[tuple[int, str | None, bool, bool], RankedTableSets] = {}
        self._seats: dict[tuple[str, ...], TableSet] = {}
        self._at_least: dict[int, int] = {}
        self._small_joins: dict[int, tuple[int, ...]] = {}

    def ranked(self, party_size: int, needs: Needs) -> RankedTableSets:
        """Return the table sets that seat `party_size` guests and meet `needs`."""
        key = (party_size, needs.area, needs.step_free, needs.quiet)
        found = self._choices.get(key)
        if found is None:
            found = self._choices[key] = _ranked(self, party_size, needs)
        return found

    def table_set(self, names: tuple[str, ...]) -> TableSet | None:
        """Return the indices of the named tables, None when one is not in this house."""
        found = self._seats.get(names)
        if found is None and all(name in self.index for name in names):
            found = self._seats[names] = tuple(sorted(self.index[name] for name in names))
        return found

    def names(self, seat: TableSet) -> tuple[str, ...]:
        """Return the ids of the tables at these indices."""
        return tuple(self.tables[place].id for place in seat)

    def capacity(self, seat: TableSet) -> int:
        """Return the guests these tables seat: `seats_max` of a declared join, else the sum."""
        declared = self._join_seats.get(frozenset(seat))
        return sum(self.seats[place] for place in seat) if declared is None else declared

    def meets(self, seat: TableSet, needs: Needs) -> bool:
        """Tell whether every one of these tables meets the needs."""
        return all(_meets(self.tables[place], needs) for place in seat)

    def at_least(self, size: int) -> int:
        """Return the mask of the tables with `size` seats or more."""
        if size not in self._at_least:
            fitting = tuple(place for place, seats in enumerate(self.seats) if seats >= size)
            self._at_least[size] = places_mask(fitting)
        return self._at_least[size]

    def small_joins(self, size: int) -> tuple[int, ...]:
        """Return the masks of the joins that seat `size` guests while none of their tables does."""
        if size not in self._small_joins:
            self._small_joins[size] = tuple(
                places_mask(seat)
                for seat, seats in self.joins
                if seats >= size and max(self.seats[place] for place in seat) < size
            )
        return self._small_joins[size]


def room_of(house: House) -> Room:
    """Return the room of this house object, from a cache keyed by identity."""
    room = _ROOMS.get(id(house))
    if room is None or room.house is not house:
        room = Room(house)
        while len(_ROOMS) >= _CACHE_SIZE:
            _ROOMS.pop(next(iter(_ROOMS)))
        _ROOMS[id(house)] = room
    return room


def trouble_with_names(house: House, tables: tuple[str, ...]) -> Message | None:
    """Return why a person cannot name these tables together, None where they can."""
    known = {table.id for table in house.tables}
    for table in tables:
        if table not in known:
            return message("table-unknown", table=table)
        if tables.count(table) > 1:
            return message("table-named-twice", table=table)
    return None


def places_mask(seat: TableSet) -> int:
    """Return the mask with one bit per table index."""
    mask = 0
    for place in seat:
        mask |= 1 << place
    return mask


def _meets(table: Table, needs: Needs) -> bool:
    return (
        (needs.area is None or table.area == needs.area)
        and (not needs.step_free or "step_free" in table.features)
        and (not needs.quiet or "quiet" in table.features)
    )


def _ranked(room: Room, party_size: int, needs: Needs) -> RankedTableSets:
    ranked = sorted([*_singles(room, party_size, needs), *_joined(room, party_size, needs)])
    return ranked_table_sets(
        tuple(
            tuple(seat for *_, seat in group)
            for _, group in groupby(ranked, key=lambda row: row[0])
        )
    )


_Ranked = tuple[tuple[int, ...], int, TableSet]


def _singles(room: Room, party_size: int, needs: Needs) -> list[_Ranked]:
    return [
        (
            (0, int(table.seats_min > party_size), table.seats_max),
            len(table.features & ASKED_FOR),
            (place,),
        )
        for place, table in enumerate(room.tables)
        if table.seats_max >= party_size and _meets(table, needs)
    ]


def _joined(room: Room, party_size: int, needs: Needs) -> list[_Ranked]:
    return [
        ((1, 0, seats), sum(len(room.tables[place].features & ASKED_FOR) for place in seat), seat)
        for seat, seats in room.joins
        if seats >= party_size and room.meets(seat, needs)
    ]
