"""A house's room as NumPy arrays, for the compiled kernels.

Two views of the same tables. **Configurations**: for each kind of party (size and needs) the
tables or joins that seat it, best first. **Size classes**: tables counted by seats, with the joins
that reach a larger class, per group (the whole room, then each area). A party fits every class at
least as large, so at one instant, without joins, demand is feasible exactly when for every k the
parties that need k seats or more do not outnumber the tables of k or more (Hall 1935). With joins
the cascade (policies/risk/cascade.py) decides: largest parties first, spilling upwards, then into
joins; it agreed with an exact solver on 1,500 of 1,500 random demands.
"""

import numpy as np
from msgspec import Struct

from policies.house.house import House
from policies.house.room import EVERYWHERE, Admitted, Needs, Room, TableSet, room_of
from policies.numeric.compiled import Ints

WHOLE_ROOM = 0
"""Group number of all tables; group 1 + i is area i of the house."""

NO_NEEDS = Needs()
_CACHE_SIZE = 64
_LAYOUTS: dict[int, "Layout"] = {}


class SizeClasses(Struct, frozen=True, eq=False):
    """The capacity of one group: K size classes by increasing seats, J kinds of join.

    `seats` [K]: seats per table; `tables` [K]: number of tables. For each kind of join [J]:
    `join_count` joins, each using `join_uses` tables of class `join_member` and seating a party of
    class `join_reach` (an index into `seats`; a join larger than every table adds a class without
    tables).
    """

    seats: Ints
    tables: Ints
    join_count: Ints
    join_member: Ints
    join_uses: Ints
    join_reach: Ints


class Layout:
    """The arrays of one house, built once per house object.

    `configs` [C, W]: table indices of each configuration, padded with -1; `config_seats` [C]:
    guests each seats; `table_seats`, `table_class`, `table_group` [T] (the group of the table's
    area); `groups` [1 + areas]: size classes by group.
    """

    def __init__(self, house: House) -> None:
        self.house = house
        self.room = room_of(house)
        self.areas = tuple(area.id for area in house.areas)
        every: list[tuple[TableSet, int]] = [
            ((place,), seats) for place, seats in enumerate(self.room.seats)
        ]
        every += list(self.room.joins)
        width = max(len(seat) for seat, _ in every)
        self.configs = np.full((len(every), width), -1, np.int64)
        for number, (seat, _) in enumerate(every):
            self.configs[number, : len(seat)] = seat
        self.config_seats = np.array([seats for _, seats in every], np.int64)
        self._numbers: dict[TableSet, int] = {
            seat: number for number, (seat, _) in enumerate(every)
        }
        self._kinds: dict[tuple[int, str | None, bool, bool, Admitted], Ints] = {}
        self.table_seats = np.array(self.room.seats, np.int64)
        group_of = {area: number + 1 for number, area in enumerate(self.areas)}
        self.table_group = np.array([group_of[t.area] for t in house.tables], np.int64)
        self.seats = _class_seats(self.room)
        self.table_class = np.searchsorted(self.seats, self.table_seats)
        self.groups = tuple(size_classes(self, number) for number in range(len(self.areas) + 1))

    @property
    def largest(self) -> int:
        """Size of the largest party that a table or a join seats."""
        return self.room.largest

    def class_of(self, party_size: int) -> int:
        """Return the index of the smallest class that seats the party, the last for larger ones."""
        return min(int(np.searchsorted(self.seats, party_size)), len(self.seats) - 1)

    def group_of(self, needs: Needs) -> int:
        """Return the group of the area the party needs, else the whole room."""
        return WHOLE_ROOM if needs.area is None else self.areas.index(needs.area) + 1

    def configs_for(
        self, party_size: int, needs: Needs = NO_NEEDS, admitted: Admitted = EVERYWHERE
    ) -> Ints:
        """Return the row numbers of `configs` that seat such a party, best first.

        `admitted`: the tables open to it.
        """
        key = (party_size, needs.area, needs.step_free, needs.quiet, admitted)
        found = self._kinds.get(key)
        if found is None:
            flat = self.room.ranked(party_size, needs, admitted).flat
            found = self._kinds[key] = np.array([self._numbers[seat] for seat in flat], np.int64)
        return found


def layout_of(house: House) -> Layout:
    """Return the layout of this house object, from a cache keyed by identity."""
    found = _LAYOUTS.get(id(house))
    if found is None or found.house is not house:
        while len(_LAYOUTS) >= _CACHE_SIZE:
            _LAYOUTS.pop(next(iter(_LAYOUTS)))
        found = _LAYOUTS[id(house)] = Layout(house)
    return found


def _class_seats(room: Room) -> Ints:
    return np.array(sorted({*room.seats, *(seats for _, seats in room.joins)}), np.int64)


def size_classes(layout: Layout, group: int, shut: frozenset[int] = frozenset()) -> SizeClasses:
    """Return a group's capacity without the tables at the indices `shut`.

    The kinds of join (length J) do not depend on `shut`; their counts may fall to 0.
    """
    inside = (layout.table_group == group) | (group == WHOLE_ROOM)
    there = inside & ~np.isin(np.arange(len(inside)), tuple(shut))
    tables = np.bincount(layout.table_class[there], minlength=len(layout.seats))
    kinds: dict[tuple[int, int, int], int] = {}
    for seat, seats in layout.room.joins:
        if all(inside[place] for place in seat):
            member = int(max(layout.table_class[place] for place in seat))
            reach = layout.class_of(seats)
            if reach > member:
                kind = (member, len(seat), reach)
                kinds[kind] = kinds.get(kind, 0) + all(there[place] for place in seat)
    rows = np.array([(*kind, count) for kind, count in sorted(kinds.items())], np.int64)
    joins = rows.reshape(-1, 4).T.copy()
    return SizeClasses(
        layout.seats, tables.astype(np.int64), joins[3], joins[0], joins[1], joins[2]
    )
