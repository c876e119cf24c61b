"""The working plan: the tables each party is meant to have, as bit masks over 5-minute buckets."""

from uuid import UUID

from msgspec import Struct

from policies.house.grid import leftover_gap
from policies.house.room import RankedTableSets, Room, TableSet

_WORST = 1 << 30


class Item(Struct, frozen=True, kw_only=True, gc=False):
    """One party to be placed: an interval of buckets and the table sets that seat it.

    `start`, `end`: buckets from the plan's base; `span`: their bit mask. `party`: guests.
    `table_set`: the places it has in the stored plan; `table_ids`: the same as ids (`table_set`
    is () where the house no longer has one of them). `least`, `domain`: what it needs at the
    very least, guests and a mask of tables. `fixed`: promised these very tables. `rank`:
    priority when places are lost, 0 first; `order` breaks ties, alike in every process.
    """

    key: UUID | None
    order: int = 0
    party: int
    start: int
    end: int
    span: int
    choices: RankedTableSets
    least: int
    domain: int
    table_set: TableSet = ()
    table_ids: tuple[str, ...] = ()
    fixed: bool = False
    exposed: bool = False
    is_hold: bool = False
    rank: int = 1


class Plan:
    """Items and the table set each has. Masks are one per table, over buckets.

    `facts`: busy with what cannot move. `taken`: facts and placed items together. `table_sets`:
    one for each item, () for none; `on`: the items at each table.
    """

    __slots__ = ("facts", "items", "on", "room", "table_sets", "taken")

    def __init__(self, room: Room, items: tuple[Item, ...], facts: list[int]) -> None:
        self.room = room
        self.items = items
        self.facts = facts
        self.taken = facts.copy()
        self.table_sets: list[TableSet] = [()] * len(items)
        self.on: list[tuple[int, ...]] = [()] * len(facts)

    def copy(self) -> "Plan":
        """Return an independent copy."""
        twin = Plan.__new__(Plan)
        twin.room, twin.items, twin.facts = self.room, self.items, self.facts
        twin.taken, twin.table_sets, twin.on = (
            self.taken.copy(),
            self.table_sets.copy(),
            self.on.copy(),
        )
        return twin

    def with_item(self, item: Item) -> "Plan":
        """Return a copy with one more item, its last, not placed yet."""
        twin = self.copy()
        twin.items = (*self.items, item)
        twin.table_sets.append(())
        return twin

    def with_facts(self, more: dict[int, int]) -> "Plan":
        """Return a copy in which these tables are busy as well (place to mask)."""
        twin = self.copy()
        twin.facts = self.facts.copy()
        for place, mask in more.items():
            twin.facts[place] |= mask
            twin.taken[place] |= mask
        return twin

    def free(self, seat: TableSet, span: int) -> bool:
        """Tell whether no fact or item is at any table of `seat` during `span`."""
        return not any(self.taken[place] & span for place in seat)

    def put(self, number: int, seat: TableSet) -> None:
        """Place an item that has no tables; those of `seat` must be free."""
        self.table_sets[number] = seat
        mask = self.items[number].span
        for place in seat:
            self.taken[place] |= mask
            self.on[place] += (number,)

    def lift(self, number: int) -> None:
        """Take an item off its tables."""
        mask = ~self.items[number].span
        for place in self.table_sets[number]:
            self.taken[place] = self.taken[place] & mask | self.facts[place]
            self.on[place] = tuple(other for other in self.on[place] if other != number)
        self.table_sets[number] = ()

    def blockers(self, seat: TableSet, span: int) -> tuple[int, ...]:
        """Return the items at these tables during `span`, in a fixed order."""
        found: dict[int, None] = {}
        for place in seat:
            if self.taken[place] & span:
                for number in self.on[place]:
                    if self.items[number].span & span:
                        found[number] = None
        return tuple(found)

    def best_fit(self, item: Item, *, stay: bool = False) -> TableSet:
        """Return the best free table set, () when none is free.

        The first preference rank with a free table set; within it the one that leaves
        the fewest free buckets beside the stay, ties by the house's order. With `stay` the
        item's own tables come before others of the same rank.
        """
        for rank in item.choices.ranks:
            if stay and item.table_set in rank and self.free(item.table_set, item.span):
                return item.table_set
            seat = self._tightest(rank, item)
            if seat:
                return seat
        return ()

    def _tightest(self, rank: tuple[TableSet, ...], item: Item) -> TableSet:
        best: TableSet = ()
        taken, least, last = self.taken, _WORST, -1
        for seat in rank:
            used = taken[seat[0]]
            for place in seat[1:]:
                used |= taken[place]
            if used & item.span or used == last:
                continue
            last = used
            gap = leftover_gap(used, item.start, item.end)
            if gap < least:
                best, least = seat, gap
        return best
