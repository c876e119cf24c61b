"""Between a plan of bit masks and the search on arrays: what moves, what stays, and back."""

from collections.abc import Collection, Sequence

import numpy as np

from policies.house.room import Choices, Seat
from policies.numeric.compiled import Flags, Ints, Small
from policies.plan.ejection import FACT, FREE, Board, Parties, search
from policies.plan.plan import Item, Plan

_RANKS = 4
_SEATED = 1000**_RANKS
"""What a guest who sits already weighs against a hundred parties who do not: never left out."""


class Overlap(Exception):
    """The search put two parties at one table: a broken invariant, never an answer."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"no room for {item}")


class Ground:
    """What every search of one plan begins with: who sits and may move, and where they may go.

    Built once; parties that come into a copy of the plan are searched for on the same ground.
    """

    def __init__(self, plan: Plan) -> None:
        self.moving = [
            n for n, seat in enumerate(plan.seats) if seat and not rooted(plan.items[n], seat)
        ]
        self.places = _Places()
        self.until = max((item.end for item in plan.items), default=0)
        self.at = _at(plan, self.moving, self.until)
        items = [plan.items[number] for number in self.moving]
        rows = [_row(item, self.places.of_kind(item.choices), _SEATED) for item in items]
        self.rows = _array(rows).reshape(-1, len(Parties._fields))
        self.seat = _array([self.places.config(plan.seats[number]) for number in self.moving])


def repacked(
    plan: Plan,
    numbers: Sequence[int],
    steps: int,
    newcomers: Collection[int] = (),
    ground: Ground | None = None,
) -> Plan | None:
    """Return a plan that seats these items or more of them; None if the search finds none.

    `numbers`: items without a place, in the order to try them. `steps`: parties seated at most.
    Of them and the `newcomers` (who sit, but need not) a better rank counts before any number of
    worse ones, then guests; everybody else keeps a place. `ground`: of the plan before `numbers`
    came, where it is known.
    """
    seats = _Search(plan, numbers, newcomers, ground).run(steps)
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


class _Places:
    """The configurations that any party of a search may take, numbered, and which kind may what."""

    def __init__(self) -> None:
        self.configs: dict[Seat, int] = {}
        self.kinds: dict[int, tuple[int, int]] = {}
        self.choices: list[int] = []
        self.level: list[int] = []

    def copy(self) -> "_Places":
        """Return places that grow on their own."""
        twin = _Places.__new__(_Places)
        twin.configs, twin.kinds = self.configs.copy(), self.kinds.copy()
        twin.choices, twin.level = self.choices.copy(), self.level.copy()
        return twin

    def config(self, seat: Seat) -> int:
        """Return the number of a configuration."""
        return self.configs.setdefault(seat, len(self.configs))

    def of_kind(self, choices: Choices) -> tuple[int, int]:
        """Return where a kind's choices begin and end; no join where one table would do."""
        if id(choices) not in self.kinds:
            first = len(self.choices)
            for level, rank in enumerate(choices.ranks):
                for seat in rank:
                    if len(seat) == 1 or not any((place,) in choices.every for place in seat):
                        self.choices.append(self.config(seat))
                        self.level.append(level)
            self.kinds[id(choices)] = (first, len(self.choices))
        return self.kinds[id(choices)]


class _Search:
    """One search: those without a place come behind whoever sits and may move."""

    def __init__(
        self,
        plan: Plan,
        numbers: Sequence[int],
        newcomers: Collection[int],
        ground: Ground | None,
    ) -> None:
        late = max(plan.items[number].end for number in numbers)
        self.ground = ground if ground and late <= ground.until else Ground(plan)
        self.plan, self.numbers = plan, numbers
        self.moving = [*self.ground.moving, *numbers]
        self.places = self.ground.places.copy()
        self.parties = self._parties({*numbers, *newcomers})

    def run(self, steps: int) -> dict[int, Seat] | None:
        """Return each moving item's seat in the best plan found, () for none; None if no better."""
        waiting, seated = len(self.numbers), len(self.ground.moving)
        seat = np.concatenate((self.ground.seat, np.full(waiting, -1, np.int64)))
        pool = np.zeros(len(self.moving), np.int64)
        pool[:waiting] = np.arange(seated, seated + waiting)[::-1]
        left = search(self._board(), self.parties, seat, pool, waiting, steps)
        if left >= self.parties.worth[seated:].sum():
            return None
        every = list(self.places.configs)
        return {
            each: every[config] if config >= 0 else ()
            for each, config in zip(self.moving, seat.tolist(), strict=True)
        }

    def _board(self) -> Board:
        places = self.places
        width = max(map(len, places.configs), default=1)
        configs = [(*seat, *(-1,) * (width - len(seat))) for seat in places.configs]
        at = self.ground.at.copy()
        return Board(
            at, _array(configs).reshape(-1, width), _array(places.choices), _array(places.level)
        )

    def _parties(self, loose: Collection[int]) -> Parties:
        rows = [
            _row(item, self.places.of_kind(item.choices), _weight(item))
            for item in map(self.plan.items.__getitem__, self.numbers)
        ]
        parties = Parties(*np.concatenate((self.ground.rows, _array(rows))).T.copy())
        for place, number in enumerate(self.ground.moving):
            if number in loose:
                parties.worth[place] = parties.size[place] * _weight(self.plan.items[number])
        return parties


def rooted(item: Item, seat: Seat) -> bool:
    """Tell whether a re-plan leaves a party: promised its tables, or put there by a person."""
    return item.fixed or seat not in item.choices.every


def _weight(item: Item) -> int:
    return int(1000 ** (_RANKS - 1 - item.rank))


def _row(item: Item, kind: tuple[int, int], weight: int) -> tuple[int, ...]:
    """Return a party's row of `Parties`."""
    return item.start, item.end, item.party, item.party * weight, *kind


def _at(plan: Plan, moving: Sequence[int], until: int) -> Small:
    """Return who is at each table in each bucket."""
    at = np.full((len(plan.facts), until), FREE, np.int16)
    for table, mask in enumerate(plan.facts):
        if mask:
            at[table, _bits(mask, until)] = FACT
    who = dict.fromkeys((n for n, seat in enumerate(plan.seats) if seat), FACT)
    who |= {number: place for place, number in enumerate(moving)}
    for number, place in who.items():
        item = plan.items[number]
        for table in plan.seats[number]:
            at[table, item.start : item.end] = place
    return at


def _bits(mask: int, length: int) -> Flags:
    cut = mask & (1 << length) - 1
    octets = np.frombuffer(cut.to_bytes(-(-length // 8), "little"), np.uint8)
    return np.unpackbits(octets, bitorder="little")[:length].astype(np.bool_)


def _array(rows: Sequence[object]) -> Ints:
    return np.array(rows, np.int64)
