"""A room as arrays: what the kernels of the decisions look at instead of objects.

Two views of the same tables. **Configurations**: for each kind of party (size and needs) the
tables or joins that seat it, in the order to prefer them. **Classes**: tables ranked by seats,
with the joins that reach a larger class, per group (the whole room, then each area): at one
instant a demand by class is feasible exactly when the cascade serves it (SCIENCE.md).
"""

import numpy as np
from msgspec import Struct

from policies.house.house import House
from policies.house.room import Needs, Room, Seat, room_of
from policies.numeric.compiled import Ints

WHOLE_ROOM = 0
"""The group of all tables; areas follow in the house's order."""

ANYWHERE = Needs()
_KEPT = 64
_LAYOUTS: dict[int, "Layout"] = {}


class Classes(Struct, frozen=True, eq=False):
    """The capacity of one group: K size classes from the smallest, J kinds of join.

    `seats` [K]: what a class takes; `tables` [K]: how many there are. Joins [J]: `join_count`
    pairs (or runs) of `join_uses` tables of class `join_member`, that seat a party of class
    `join_reach` (a class index; joins larger than every table make a class without tables).
    """

    seats: Ints
    tables: Ints
    join_count: Ints
    join_member: Ints
    join_uses: Ints
    join_reach: Ints


class Layout:
    """A house's room as arrays, made once a house.

    `configs` [C, W]: places in the house's order of tables, -1 behind the last; `config_seats`
    [C]; `table_seats`, `table_class`, `table_group` [T] (the area's group).
    """

    def __init__(self, house: House) -> None:
        self.house = house
        self.room = room_of(house)
        self.areas = tuple(area.id for area in house.areas)
        every: list[tuple[Seat, int]] = [
            ((place,), seats) for place, seats in enumerate(self.room.seats)
        ]
        every += list(self.room.joins)
        width = max(len(seat) for seat, _ in every)
        self.configs = np.full((len(every), width), -1, np.int64)
        for number, (seat, _) in enumerate(every):
            self.configs[number, : len(seat)] = seat
        self.config_seats = np.array([seats for _, seats in every], np.int64)
        self._numbers: dict[Seat, int] = {seat: number for number, (seat, _) in enumerate(every)}
        self._kinds: dict[tuple[int, str | None, bool, bool], Ints] = {}
        self.table_seats = np.array(self.room.seats, np.int64)
        group_of = {area: number + 1 for number, area in enumerate(self.areas)}
        self.table_group = np.array([group_of[t.area] for t in house.tables], np.int64)
        self.seats = _class_seats(self.room)
        self.table_class = np.searchsorted(self.seats, self.table_seats)
        self.groups = tuple(classes_of(self, number) for number in range(len(self.areas) + 1))

    @property
    def largest(self) -> int:
        """The largest party a table or a join takes."""
        return self.room.largest

    def class_of(self, party_size: int) -> int:
        """Return the smallest class that seats the party (the last for parties beyond it)."""
        return min(int(np.searchsorted(self.seats, party_size)), len(self.seats) - 1)

    def group_of(self, needs: Needs) -> int:
        """Return the narrowest group a party with these needs counts in."""
        return WHOLE_ROOM if needs.area is None else self.areas.index(needs.area) + 1

    def kind(self, party_size: int, needs: Needs = ANYWHERE) -> Ints:
        """Return the configurations (rows of `configs`) for such a party, best first."""
        key = (party_size, needs.area, needs.step_free, needs.quiet)
        found = self._kinds.get(key)
        if found is None:
            flat = self.room.choices(party_size, needs).flat
            found = self._kinds[key] = np.array([self._numbers[seat] for seat in flat], np.int64)
        return found


def layout_of(house: House) -> Layout:
    """Return the layout of this very house object, remembered for the last houses asked about."""
    found = _LAYOUTS.get(id(house))
    if found is None or found.house is not house:
        while len(_LAYOUTS) >= _KEPT:
            _LAYOUTS.pop(next(iter(_LAYOUTS)))
        found = _LAYOUTS[id(house)] = Layout(house)
    return found


def _class_seats(room: Room) -> Ints:
    return np.array(sorted({*room.seats, *(seats for _, seats in room.joins)}), np.int64)


def classes_of(layout: Layout, group: int, shut: frozenset[int] = frozenset()) -> Classes:
    """Return what a group has to sit at without the tables in the places `shut`.

    Whatever is shut, the kinds of join are the same, some of them with none left.
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
    return Classes(layout.seats, tables.astype(np.int64), joins[3], joins[0], joins[1], joins[2])
