"""The room of a house: which tables and joins can seat a party, in the order to prefer them."""

from itertools import groupby
from typing import Annotated

from msgspec import Meta, Struct

from policies.house.house import House, Table


class Needs(Struct, frozen=True, kw_only=True):
    """What a party cannot do without. Constraints, never preferences."""

    area: str | None = None
    step_free: bool = False
    quiet: bool = False
    high_chairs: Annotated[int, Meta(ge=0, le=50)] = 0


Seat = tuple[int, ...]
"""Tables used together, as places in the house's order of tables, ascending."""

_ROOMS: dict[int, "Room"] = {}
_ROOMS_KEPT = 64


class Choices(Struct, frozen=True):
    """Every configuration for a kind of party, grouped by preference.

    `ranks`: groups of equal preference, best first. `flat`: the same in one row.
    `every`: the same as a set, `domain`: bit t is set when table t occurs anywhere.
    """

    ranks: tuple[tuple[Seat, ...], ...]
    flat: tuple[Seat, ...]
    every: frozenset[Seat]
    domain: int


def choices_of(ranks: tuple[tuple[Seat, ...], ...]) -> Choices:
    """Return these configurations with what is derived from them."""
    flat = tuple(seat for rank in ranks for seat in rank)
    domain = places_mask(tuple(place for seat in flat for place in seat))
    return Choices(ranks, flat, frozenset(flat), domain)


class Room:
    """The tables and joins of one house with what is derived from them, made once."""

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
        self._choices: dict[tuple[int, str | None, bool, bool], Choices] = {}
        self._seats: dict[tuple[str, ...], Seat] = {}
        self._at_least: dict[int, int] = {}
        self._small_joins: dict[int, tuple[int, ...]] = {}

    def choices(self, party_size: int, needs: Needs) -> Choices:
        """Return the configurations that seat `party_size` guests and meet `needs`."""
        key = (party_size, needs.area, needs.step_free, needs.quiet)
        found = self._choices.get(key)
        if found is None:
            found = self._choices[key] = _choose(self, party_size, needs)
        return found

    def seat(self, names: tuple[str, ...]) -> Seat | None:
        """Return the places of the named tables, None when one is not in this house."""
        found = self._seats.get(names)
        if found is None and all(name in self.index for name in names):
            found = self._seats[names] = tuple(sorted(self.index[name] for name in names))
        return found

    def names(self, seat: Seat) -> tuple[str, ...]:
        """Return the ids of the tables at these places."""
        return tuple(self.tables[place].id for place in seat)

    def capacity(self, seat: Seat) -> int:
        """Return the guests these tables take: as declared for a join, else the sum of seats."""
        declared = self._join_seats.get(frozenset(seat))
        return sum(self.seats[place] for place in seat) if declared is None else declared

    def meets(self, seat: Seat, needs: Needs) -> bool:
        """Tell whether every one of these tables has what the party needs."""
        return all(_meets(self.tables[place], needs) for place in seat)

    def at_least(self, size: int) -> int:
        """Return the mask of the tables that take `size` guests or more."""
        if size not in self._at_least:
            fitting = tuple(place for place, seats in enumerate(self.seats) if seats >= size)
            self._at_least[size] = places_mask(fitting)
        return self._at_least[size]

    def small_joins(self, size: int) -> tuple[int, ...]:
        """Return the masks of the joins that take `size` guests of tables that alone do not."""
        if size not in self._small_joins:
            self._small_joins[size] = tuple(
                places_mask(seat)
                for seat, seats in self.joins
                if seats >= size and max(self.seats[place] for place in seat) < size
            )
        return self._small_joins[size]


def room_of(house: House) -> Room:
    """Return the room of this very house object, remembered for the last houses asked about."""
    room = _ROOMS.get(id(house))
    if room is None or room.house is not house:
        room = Room(house)
        while len(_ROOMS) >= _ROOMS_KEPT:
            _ROOMS.pop(next(iter(_ROOMS)))
        _ROOMS[id(house)] = room
    return room


def places_mask(seat: Seat) -> int:
    """Return the mask with one bit per table of `seat`."""
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


def _choose(room: Room, party_size: int, needs: Needs) -> Choices:
    ranked = sorted([*_singles(room, party_size, needs), *_joined(room, party_size, needs)])
    return choices_of(
        tuple(
            tuple(seat for *_, seat in group)
            for _, group in groupby(ranked, key=lambda row: row[0])
        )
    )


_Ranked = tuple[tuple[int, ...], int, Seat]


def _singles(room: Room, party_size: int, needs: Needs) -> list[_Ranked]:
    return [
        ((0, int(table.seats_min > party_size), table.seats_max), len(table.features), (place,))
        for place, table in enumerate(room.tables)
        if table.seats_max >= party_size and _meets(table, needs)
    ]


def _joined(room: Room, party_size: int, needs: Needs) -> list[_Ranked]:
    return [
        ((1, 0, seats), sum(len(room.tables[place].features) for place in seat), seat)
        for seat, seats in room.joins
        if seats >= party_size and room.meets(seat, needs)
    ]
