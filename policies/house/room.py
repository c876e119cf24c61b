"""The room of a house: which tables and joins seat a party, in order of preference."""

from collections.abc import Container
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from policies.house.house import Day, Feature, House, ServicePeriod, Table, TurnTime

if TYPE_CHECKING:
    from datetime import date
from policies.words.message import Message, message


class Needs(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Required attributes of a party's table: hard constraints, not preferences."""

    area: str | None = None
    step_free: bool = False
    quiet: bool = False
    high_chairs: Annotated[int, Meta(ge=0, le=50)] = 0


class Preferences(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a party would like of its table: it ranks tables, and never refuses one."""

    area: str | None = None
    quiet: bool = False
    window: bool = False
    booth: bool = False


class Admitted(Struct, frozen=True):
    """The tables a party may have, as masks of places; -1: all of them.

    `by_request`: those that a person has to approve, for whom no other will do.
    """

    at_once: int = -1
    by_request: int = 0


EVERYWHERE = Admitted()

SEATS_SPARED = 2
"""A table that is liked comes before one that fits better by at most so many seats."""

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
        self.areas = tuple(table.area for table in house.tables)
        self.joins = tuple(
            (tuple(sorted(self.index[name] for name in join.tables)), join.seats_max)
            for join in house.joins
        )
        self.largest = max([*self.seats, *(seats for _, seats in self.joins)])
        self._join_seats = {frozenset(seat): seats for seat, seats in self.joins}
        self._choices: dict[_Kind, RankedTableSets] = {}
        self._whole_areas: dict[str, RankedTableSets] = {}
        self._areas: dict[str, int] = {}
        self.admissions: dict[tuple[str | None, tuple[str, ...], str], Admitted] = {}
        self._seats: dict[tuple[str, ...], TableSet] = {}
        self._at_least: dict[int, int] = {}
        self._small_joins: dict[int, tuple[int, ...]] = {}
        self._turn_times: dict[tuple[int, str, Day, str | None], TurnTime] = {}
        self._longest_turns: dict[tuple[str, Day], int] = {}
        self._without: dict[tuple[int, int, bool], tuple[RankedTableSets, RankedTableSets]] = {}
        self.written: dict[tuple[date, str], ServicePeriod] = {}
        special = (each for day in house.special_days for each in day.periods)
        self.turns_by_area = any(each.areas for each in house.turn_times)
        self.shares_pace = any(each.pacing_limits for each in (*house.periods, *special))

    def ranked(
        self,
        party_size: int,
        needs: Needs,
        admitted: Admitted = EVERYWHERE,
        preferences: Preferences | None = None,
    ) -> RankedTableSets:
        """Return the table sets that seat `party_size` guests, meet `needs` and are open to them.

        Those by request only where no other is among them.
        """
        kind: _Kind = (party_size, needs.area, needs.step_free, needs.quiet)
        if admitted is not EVERYWHERE or preferences is not None:
            kind = (*kind, admitted.at_once, admitted.by_request, preferences)
        found = self._choices.get(kind)
        if found is None:
            at_once, by_request = admitted.at_once, admitted.by_request
            found = _ranked(self, party_size, needs, at_once, preferences)
            if by_request and not found.flat:
                found = _ranked(self, party_size, needs, at_once | by_request, preferences)
            self._choices[kind] = found
        return found

    def share_seating(
        self, party_size: int, needs: Needs, admitted: Admitted = EVERYWHERE
    ) -> float:
        """Return the share of the tables that alone seat such a party; joins do not count."""
        flat = self.ranked(party_size, needs, admitted).flat
        return sum(len(seat) == 1 for seat in flat) / len(self.tables)

    def asks_first(self, party_size: int, needs: Needs, admitted: Admitted) -> bool:
        """Tell whether only tables by request will do for the party."""
        if not admitted.by_request or self.ranked(party_size, needs, _at_once(admitted)).flat:
            return False
        return bool(self.ranked(party_size, needs, admitted).flat)

    def part(self, party_size: int, needs: Needs, admitted: Admitted) -> int:
        """Return the mask of the tables, of any size, in the area the party needs and open to it.

        -1: the whole room, also where the house no longer has that area.
        """
        open_to = admitted.at_once
        if self.asks_first(party_size, needs, admitted):
            open_to |= admitted.by_request
        return open_to if needs.area is None else open_to & self._of_area(needs.area)

    def _of_area(self, area: str) -> int:
        if area not in self._areas:
            seat = tuple(place for place, each in enumerate(self.tables) if each.area == area)
            self._areas[area] = places_mask(seat) or -1
        return self._areas[area]

    def whole_area(self, area: str) -> RankedTableSets:
        """Return all tables of an area as the one choice of a group that takes it whole."""
        if area not in self._whole_areas:
            seat = tuple(place for place, each in enumerate(self.tables) if each.area == area)
            self._whole_areas[area] = ranked_table_sets(((seat,),) if seat else ())
        return self._whole_areas[area]

    def likes(self, seat: TableSet, preferences: Preferences) -> bool:
        """Tell whether every one of these tables is as the party would like it."""
        return all(_liked(self.tables[place], preferences) for place in seat)

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

    def is_join(self, seat: TableSet) -> bool:
        """Tell whether the house declares these tables as a join."""
        return frozenset(seat) in self._join_seats

    def meets(self, seat: TableSet, needs: Needs) -> bool:
        """Tell whether every one of these tables meets the needs."""
        return all(_meets(self.tables[place], needs) for place in seat)

    def without(
        self, choices: RankedTableSets, places: int, *, last: bool = False
    ) -> RankedTableSets:
        """Return the table sets that use none of these places (a mask); or, `last`, those first."""
        if not choices.domain & places:
            return choices
        key = (id(choices), places, last)
        known = self._without.get(key)
        if known is None or known[0] is not choices:
            known = self._without[key] = choices, _left(choices, places, last=last)
        return known[1]

    def places_in(self, areas: Container[str]) -> int:
        """Return the mask of the tables that stand in these areas."""
        inside = (place for place, table in enumerate(self.tables) if table.area in areas)
        return places_mask(tuple(inside))

    def area_of(self, names: tuple[str, ...]) -> str | None:
        """Return the area that all of these tables stand in, None where they stand in several."""
        areas = {self.tables[self.index[name]].area for name in names if name in self.index}
        return areas.pop() if len(areas) == 1 else None

    def turn_time(self, party_size: int, period: str, day: Day, area: str | None) -> TurnTime:
        """Return the turn time of the house file that holds: of several the most special.

        One that names areas comes before one that names days, that before one that names periods,
        that before one for all; of two equally special the smaller `party_max`. `area` None: not
        known, so no turn time of an area holds. Parties larger than all have the last one for all.
        """
        key = (party_size, period, day, area)
        found = self._turn_times.get(key)
        if found is None:
            fit = [
                each
                for each in self.house.turn_times
                if party_size <= each.party_max and _in_force(each, period, day, area)
            ]
            found = max(fit, key=_special, default=None) or _for_all(self.house)
            self._turn_times[key] = found
        return found

    def longest_turn(self, period: str, day: Day) -> int:
        """Return the longest turn time, in minutes, that a party of the period can have."""
        key = (period, day)
        if key not in self._longest_turns:
            held = [each for each in self.house.turn_times if all(_holds(each, period, day))]
            self._longest_turns[key] = max(each.minutes for each in held or self.house.turn_times)
        return self._longest_turns[key]

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


def preferences_met(
    house: House, preferences: Preferences | None, tables: tuple[str, ...]
) -> bool | None:
    """Tell whether these tables are as the party would like them; None without tables or wishes."""
    room = room_of(house)
    seat = room.table_set(tables)
    return room.likes(seat, preferences) if preferences and seat else None


def trouble_with_names(house: House, tables: tuple[str, ...]) -> Message | None:
    """Return why a person cannot name these tables together, None where they can."""
    known = {table.id for table in house.tables}
    for table in tables:
        if table not in known:
            return message("no-such-table", table=table)
        if tables.count(table) > 1:
            return message("table-named-twice", table=table)
    return None


def places_mask(seat: TableSet) -> int:
    """Return the mask with one bit per table index."""
    mask = 0
    for place in seat:
        mask |= 1 << place
    return mask


def _left(choices: RankedTableSets, places: int, *, last: bool) -> RankedTableSets:
    outside, inside = (
        [
            tuple(seat for seat in rank if bool(places_mask(seat) & places) == touches)
            for rank in choices.ranks
        ]
        for touches in (False, True)
    )
    ranks = [*outside, *inside] if last else outside
    return ranked_table_sets(tuple(rank for rank in ranks if rank))


def _holds(turn: TurnTime, period: str, day: Day) -> tuple[bool, bool]:
    return not turn.periods or period in turn.periods, not turn.days or day in turn.days


def _in_force(turn: TurnTime, period: str, day: Day, area: str | None) -> bool:
    return all(_holds(turn, period, day)) and (not turn.areas or area in turn.areas)


def _special(turn: TurnTime) -> tuple[bool, bool, bool, int]:
    return bool(turn.areas), bool(turn.days), bool(turn.periods), -turn.party_max


def _for_all(house: House) -> TurnTime:
    """Return the last turn time without conditions; every published house has one (checks)."""
    for_all = [each for each in house.turn_times if not (each.areas or each.days or each.periods)]
    return (for_all or house.turn_times)[-1]


def _at_once(admitted: Admitted) -> Admitted:
    return Admitted(admitted.at_once)


def _meets(table: Table, needs: Needs) -> bool:
    return (
        (needs.area is None or table.area == needs.area)
        and (not needs.step_free or "step_free" in table.features)
        and (not needs.quiet or "quiet" in table.features)
    )


def _liked(table: Table, preferences: Preferences) -> bool:
    return (
        (preferences.area is None or table.area == preferences.area)
        and (not preferences.quiet or "quiet" in table.features)
        and (not preferences.window or "window" in table.features)
        and (not preferences.booth or "booth" in table.features)
    )


_Kind = (
    tuple[int, str | None, bool, bool]
    | tuple[int, str | None, bool, bool, int, int, Preferences | None]
)
"""Size and needs, then masks of the tables open to the party, and preferences, if there are any."""

_Ranked = tuple[tuple[int, ...], int, TableSet]


def _ranked(
    room: Room, party_size: int, needs: Needs, mask: int, preferences: Preferences | None
) -> RankedTableSets:
    ranked = [*_singles(room, party_size, needs), *_joined(room, party_size, needs)]
    ranked = [row for row in ranked if not places_mask(row[-1]) & ~mask]
    if preferences is not None:
        ranked = _liked_first(room, ranked, preferences)
    ranked.sort()
    return ranked_table_sets(
        tuple(
            tuple(seat for *_, seat in group)
            for _, group in groupby(ranked, key=lambda row: row[0])
        )
    )


def _liked_first(room: Room, ranked: list[_Ranked], preferences: Preferences) -> list[_Ranked]:
    """Rank tables that are liked first, where they are little larger than the one that fits."""
    least = min((room.capacity(seat) for *_, seat in ranked), default=0)
    return [
        ((int(not _well_liked(room, seat, preferences, least)), *rank), features, seat)
        for rank, features, seat in ranked
    ]


def _well_liked(room: Room, seat: TableSet, preferences: Preferences, least: int) -> bool:
    return room.capacity(seat) <= least + SEATS_SPARED and room.likes(seat, preferences)


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
