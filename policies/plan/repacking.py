"""The ejection search on a plan: its bit masks as arrays, the search, and back."""

from collections.abc import Collection, Sequence

import numpy as np

from policies.house.room import RankedTableSets, TableSet
from policies.numeric.compiled import Flags, Ints, SmallInts
from policies.plan.ejection import FACT, FREE, PackingParties, PackingRoom, ejection_search
from policies.plan.plan import Item, Plan

_RANKS = 4
_SEATED = 1000**_RANKS
"""Weight of a guest already placed: above a hundred unplaced parties, so never left out."""


class Overlap(Exception):
    """The search put two parties at one table at one time: a broken invariant."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"no room for {item}")


class SearchBase:
    """What every search on one plan starts from: the movable parties and where they may sit.

    Built once; used again for items added to copies of the plan.
    """

    def __init__(self, plan: Plan) -> None:
        self.moving = [
            n
            for n, seat in enumerate(plan.table_sets)
            if seat and not immovable(plan.items[n], seat)
        ]
        self.table_sets = _TableSets()
        self.until = max((item.end for item in plan.items), default=0)
        self.at = _at(plan, self.moving, self.until)
        items = [plan.items[number] for number in self.moving]
        rows = [_row(item, self.table_sets.of_kind(item.choices), _SEATED) for item in items]
        self.rows = _array(rows).reshape(-1, len(PackingParties._fields))
        self.seat = _array(
            [self.table_sets.number(plan.table_sets[number]) for number in self.moving]
        )


def repack(
    plan: Plan,
    numbers: Sequence[int],
    steps: int,
    newcomers: Collection[int] = (),
    base: SearchBase | None = None,
) -> Plan | None:
    """Return a plan that seats these items or more of them; None if the search finds none.

    `numbers`: items without a place, in the order to try them. `steps`: tries at most. Among
    them and the `newcomers` (placed, but not guaranteed a place) a better rank counts before
    any number of worse ones, then guests; everybody else keeps a place. `base`: that of the
    plan before `numbers` came, where it is known.
    """
    seats = _Search(plan, numbers, newcomers, base).run(steps)
    if seats is None:
        return None
    found = plan.copy()
    moving = [each for each, seat in seats.items() if found.table_sets[each] != seat]
    for each in moving:
        found.lift(each)
    for each in moving:
        if not found.free(seats[each], found.items[each].span):
            raise Overlap(found.items[each])
        found.put(each, seats[each])
    return found


class _TableSets:
    """The table sets that parties of a search may take, numbered; a slice per kind."""

    def __init__(self) -> None:
        self.configs: dict[TableSet, int] = {}
        self.kinds: dict[int, tuple[int, int]] = {}
        self.choices: list[int] = []
        self.level: list[int] = []

    def copy(self) -> "_TableSets":
        """Return an independent copy."""
        twin = _TableSets.__new__(_TableSets)
        twin.configs, twin.kinds = self.configs.copy(), self.kinds.copy()
        twin.choices, twin.level = self.choices.copy(), self.level.copy()
        return twin

    def number(self, seat: TableSet) -> int:
        """Return the number of a table set."""
        return self.configs.setdefault(seat, len(self.configs))

    def of_kind(self, choices: RankedTableSets) -> tuple[int, int]:
        """Return the slice of a kind's choices; no join where one of its tables would do alone."""
        if id(choices) not in self.kinds:
            first = len(self.choices)
            for level, rank in enumerate(choices.ranks):
                for seat in rank:
                    if len(seat) == 1 or not any((place,) in choices.every for place in seat):
                        self.choices.append(self.number(seat))
                        self.level.append(level)
            self.kinds[id(choices)] = (first, len(self.choices))
        return self.kinds[id(choices)]


class _Search:
    """One search: the placed parties that may move first, then those without a place."""

    def __init__(
        self,
        plan: Plan,
        numbers: Sequence[int],
        newcomers: Collection[int],
        base: SearchBase | None,
    ) -> None:
        late = max(plan.items[number].end for number in numbers)
        self.base = base if base and late <= base.until else SearchBase(plan)
        self.plan, self.numbers = plan, numbers
        self.moving = [*self.base.moving, *numbers]
        self.table_sets = self.base.table_sets.copy()
        self.parties = self._parties({*numbers, *newcomers})

    def run(self, steps: int) -> dict[int, TableSet] | None:
        """Return each moving item's seat in the best plan found, () for none; None if no better."""
        waiting, seated = len(self.numbers), len(self.base.moving)
        seat = np.concatenate((self.base.seat, np.full(waiting, -1, np.int64)))
        pool = np.zeros(len(self.moving), np.int64)
        pool[:waiting] = np.arange(seated, seated + waiting)[::-1]
        left = ejection_search(self._board(), self.parties, seat, pool, waiting, steps)
        if left >= self.parties.worth[seated:].sum():
            return None
        every = list(self.table_sets.configs)
        return {
            each: every[config] if config >= 0 else ()
            for each, config in zip(self.moving, seat.tolist(), strict=True)
        }

    def _board(self) -> PackingRoom:
        table_sets = self.table_sets
        width = max(map(len, table_sets.configs), default=1)
        configs = [(*seat, *(-1,) * (width - len(seat))) for seat in table_sets.configs]
        at = self.base.at.copy()
        return PackingRoom(
            at,
            _array(configs).reshape(-1, width),
            _array(table_sets.choices),
            _array(table_sets.level),
        )

    def _parties(self, loose: Collection[int]) -> PackingParties:
        rows = [
            _row(item, self.table_sets.of_kind(item.choices), _weight(item))
            for item in map(self.plan.items.__getitem__, self.numbers)
        ]
        parties = PackingParties(*np.concatenate((self.base.rows, _array(rows))).T.copy())
        for place, number in enumerate(self.base.moving):
            if number in loose:
                parties.worth[place] = parties.size[place] * _weight(self.plan.items[number])
        return parties


def immovable(item: Item, seat: TableSet) -> bool:
    """Tell whether a party is not re-planned: promised its tables, or put there by a person."""
    return item.fixed or seat not in item.choices.every


def _weight(item: Item) -> int:
    return int(1000 ** (_RANKS - 1 - item.rank))


def _row(item: Item, kind: tuple[int, int], weight: int) -> tuple[int, ...]:
    """Return a party's row of `PackingParties`."""
    return item.start, item.end, item.party, item.party * weight, *kind


def _at(plan: Plan, moving: Sequence[int], until: int) -> SmallInts:
    """Return what is at each table in each bucket, [T, until]."""
    at = np.full((len(plan.facts), until), FREE, np.int16)
    for table, mask in enumerate(plan.facts):
        if mask:
            at[table, _bits(mask, until)] = FACT
    who = dict.fromkeys((n for n, seat in enumerate(plan.table_sets) if seat), FACT)
    who |= {number: place for place, number in enumerate(moving)}
    for number, place in who.items():
        item = plan.items[number]
        for table in plan.table_sets[number]:
            at[table, item.start : item.end] = place
    return at


def _bits(mask: int, length: int) -> Flags:
    cut = mask & (1 << length) - 1
    octets = np.frombuffer(cut.to_bytes(-(-length // 8), "little"), np.uint8)
    return np.unpackbits(octets, bitorder="little")[:length].astype(np.bool_)


def _array(rows: Sequence[object]) -> Ints:
    return np.array(rows, np.int64)
