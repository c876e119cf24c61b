"""The working plan: who is meant to sit where, in bit masks that answer "is it free" by an and."""

from uuid import UUID

from msgspec import Struct

from policies.house.grid import leftover
from policies.house.room import Choices, Room, Seat

_WORST = 1 << 30


class Item(Struct, frozen=True, kw_only=True, gc=False):
    """One party to be placed. `start`, `end`: buckets from the plan's base; `span`: their mask.

    `seat` is where it is meant to sit before anything moves, `names` the same as table ids.
    `least` and `domain` are what it needs at the very least: guests, and a mask of tables.
    `rank` says who picks first when places are lost, `order` breaks ties alike in every process.
    """

    key: UUID | None
    order: int = 0
    party: int
    start: int
    end: int
    span: int
    choices: Choices
    least: int
    domain: int
    seat: Seat = ()
    names: tuple[str, ...] = ()
    fixed: bool = False
    exposed: bool = False
    is_hold: bool = False
    rank: int = 1


class Plan:
    """Items and where each sits. `facts` and `taken` hold one mask of buckets per table.

    `taken` is facts and items together; `on` lists the items per table.
    """

    __slots__ = ("facts", "items", "on", "room", "seats", "taken")

    def __init__(self, room: Room, items: tuple[Item, ...], facts: list[int]) -> None:
        self.room = room
        self.items = items
        self.facts = facts
        self.taken = facts.copy()
        self.seats: list[Seat] = [()] * len(items)
        self.on: list[tuple[int, ...]] = [()] * len(facts)

    def copy(self) -> "Plan":
        """Return a plan that changes on its own."""
        twin = Plan.__new__(Plan)
        twin.room, twin.items, twin.facts = self.room, self.items, self.facts
        twin.taken, twin.seats, twin.on = self.taken.copy(), self.seats.copy(), self.on.copy()
        return twin

    def with_item(self, item: Item) -> "Plan":
        """Return a copy that knows one more party, not placed yet, as its last item."""
        twin = self.copy()
        twin.items = (*self.items, item)
        twin.seats.append(())
        return twin

    def with_facts(self, more: dict[int, int]) -> "Plan":
        """Return a copy in which these tables are also busy (place to mask) whoever sits there."""
        twin = self.copy()
        twin.facts = self.facts.copy()
        for place, mask in more.items():
            twin.facts[place] |= mask
            twin.taken[place] |= mask
        return twin

    def free(self, seat: Seat, span: int) -> bool:
        """Tell whether all tables of `seat` are free of facts and items."""
        return not any(self.taken[place] & span for place in seat)

    def put(self, number: int, seat: Seat) -> None:
        """Place an item that has no place; the tables must be free."""
        self.seats[number] = seat
        mask = self.items[number].span
        for place in seat:
            self.taken[place] |= mask
            self.on[place] += (number,)

    def lift(self, number: int) -> None:
        """Take an item off its tables."""
        mask = ~self.items[number].span
        for place in self.seats[number]:
            self.taken[place] = self.taken[place] & mask | self.facts[place]
            self.on[place] = tuple(other for other in self.on[place] if other != number)
        self.seats[number] = ()

    def blockers(self, seat: Seat, span: int) -> tuple[int, ...]:
        """Return the items in the way on these tables, in a fixed order."""
        found: dict[int, None] = {}
        for place in seat:
            if self.taken[place] & span:
                for number in self.on[place]:
                    if self.items[number].span & span:
                        found[number] = None
        return tuple(found)

    def best_fit(self, item: Item, *, stay: bool = False) -> Seat:
        """Return the preferred free configuration, () when none is free.

        The first rank with a free one, there the tightest gap (SCIENCE (c)), ties by house order;
        with `stay` its own tables before others of the same rank.
        """
        for rank in item.choices.ranks:
            if stay and item.seat in rank and self.free(item.seat, item.span):
                return item.seat
            seat = self._tightest(rank, item)
            if seat:
                return seat
        return ()

    def _tightest(self, rank: tuple[Seat, ...], item: Item) -> Seat:
        best: Seat = ()
        taken, least, last = self.taken, _WORST, -1
        for seat in rank:
            used = taken[seat[0]]
            for place in seat[1:]:
                used |= taken[place]
            if used & item.span or used == last:
                continue
            last = used
            gap = leftover(used, item.start, item.end)
            if gap < least:
                best, least = seat, gap
        return best
