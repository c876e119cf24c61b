"""Between a plan of bit masks and the search on arrays: what moves, what stays, and back."""

from collections.abc import Collection, Sequence

import numpy as np

from policies.compiled import Flags, Ints, Small
from policies.ejection import FACT, FREE, Board, Parties, search
from policies.plan import Item, Plan
from policies.room import Choices, Seat

_RANKS = 4
_SEATED = 1000**_RANKS
"""What a guest who sits already weighs against a hundred parties who do not: never left out."""


class Overlap(Exception):
    """The search put two parties at one table: a broken invariant, never an answer."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"no room for {item}")


def repacked(
    plan: Plan, numbers: Sequence[int], steps: int, newcomers: Collection[int] = ()
) -> Plan | None:
    """Return a plan that seats these items or more of them; None if the search finds none.

    `numbers`: items without a place, in the order to try them. `steps`: parties seated at most.
    Of them and the `newcomers` (who sit, but need not) a better rank counts before any number of
    worse ones, then guests; everybody else keeps a place.
    """
    seats = _Search(plan, numbers, newcomers).run(steps)
    if seats is None:
        return None
    found = plan.copy()
    moving = [each for each, seat in seats.items() if found.seats[each] != seat]
    for each in moving:
        found.lift(each)
    for each in moving:
        if not found.free(seats[each], found.items[each].span):
            raise Overlap(found.items[each])
        found.put(each, seats[each])
    return found


class _Search:
    """One search: the items that move, and the configurations that any of them may take."""

    def __init__(self, plan: Plan, numbers: Sequence[int], newcomers: Collection[int]) -> None:
        self.plan = plan
        self.loose = {*numbers, *newcomers}
        seated = [
            n for n, seat in enumerate(plan.seats) if seat and not rooted(plan.items[n], seat)
        ]
        self.waiting = len(numbers)
        self.moving = [*numbers, *seated]
        self.items = [plan.items[each] for each in self.moving]
        self.configs: dict[Seat, int] = {}
        self.kinds: dict[int, tuple[int, int]] = {}
        self.choices: list[int] = []
        self.level: list[int] = []
        for item in self.items:
            self._know(item.choices)

    def run(self, steps: int) -> dict[int, Seat] | None:
        """Return each moving item's seat in the best plan found, () for none; None if no better."""
        seat = np.full(len(self.moving), -1, np.int64)
        for place in range(self.waiting, len(self.moving)):
            sits = self.plan.seats[self.moving[place]]
            seat[place] = self.configs.setdefault(sits, len(self.configs))
        pool = np.zeros(len(self.moving), np.int64)
        pool[: self.waiting] = np.arange(self.waiting)[::-1]
        parties = self._parties()
        left = search(self._board(), parties, seat, pool, self.waiting, steps)
        if left >= parties.worth[: self.waiting].sum():
            return None
        every = list(self.configs)
        return {
            each: every[config] if config >= 0 else ()
            for each, config in zip(self.moving, seat.tolist(), strict=True)
        }

    def _know(self, choices: Choices) -> None:
        """Number the configurations of a kind of party, once; no join where one table would do."""
        if id(choices) in self.kinds:
            return
        first = len(self.choices)
        for level, rank in enumerate(choices.ranks):
            for seat in rank:
                if len(seat) == 1 or not any((place,) in choices.every for place in seat):
                    self.choices.append(self.configs.setdefault(seat, len(self.configs)))
                    self.level.append(level)
        self.kinds[id(choices)] = (first, len(self.choices))

    def _board(self) -> Board:
        first = min(item.start for item in self.items)
        last = max(item.end for item in self.items)
        at = _at(self.plan, self.moving, first, last)
        width = max(map(len, self.configs))
        configs = [(*seat, *(-1,) * (width - len(seat))) for seat in self.configs]
        return Board(at, _array(configs), _array(self.choices), _array(self.level))

    def _parties(self) -> Parties:
        first = min(item.start for item in self.items)
        rows = [
            (
                item.start - first,
                item.end - first,
                item.party,
                item.party * (_weight(item) if number in self.loose else _SEATED),
                *self.kinds[id(item.choices)],
            )
            for number, item in zip(self.moving, self.items, strict=True)
        ]
        return Parties(*_array(rows).T.copy())


def rooted(item: Item, seat: Seat) -> bool:
    """Tell whether a re-plan leaves a party: promised its tables, or put there by a person."""
    return item.fixed or seat not in item.choices.every


def _weight(item: Item) -> int:
    return int(1000 ** (_RANKS - 1 - item.rank))


def _at(plan: Plan, moving: Sequence[int], first: int, last: int) -> Small:
    """Return who is at each table in the buckets from `first` to `last`."""
    at = np.full((len(plan.facts), last - first), FREE, np.int16)
    for table, mask in enumerate(plan.facts):
        if mask >> first:
            at[table, _bits(mask >> first, last - first)] = FACT
    who = dict.fromkeys((n for n, seat in enumerate(plan.seats) if seat), FACT)
    who |= {number: place for place, number in enumerate(moving)}
    for number, place in who.items():
        item = plan.items[number]
        for table in plan.seats[number]:
            at[table, max(0, item.start - first) : max(0, item.end - first)] = place
    return at


def _bits(mask: int, length: int) -> Flags:
    cut = mask & (1 << length) - 1
    octets = np.frombuffer(cut.to_bytes(-(-length // 8), "little"), np.uint8)
    return np.unpackbits(octets, bitorder="little")[:length].astype(np.bool_)


def _array(rows: Sequence[object]) -> Ints:
    return np.array(rows, np.int64)
