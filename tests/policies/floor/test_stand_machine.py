"""Random orders on a random evening: what has to hold after each of them, and after its undo."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes, values_before
from policies.book.consequences import ASKS
from policies.book.lifecycles import NotPossible
from policies.book.picture import Picture, SlotHold
from policies.book.refusals import CommandRefused
from policies.floor import orders
from policies.floor.commands import carry_out
from policies.floor.due import changes_due
from policies.floor.stand import Stand
from policies.floor.undo import undo_changes
from policies.house.room import Needs
from policies.plan.replanning import replan
from tests.support.full_evening import a_house, at, dinner, promise, table

if TYPE_CHECKING:
    from policies.floor.orders import Order

HOUSE = a_house(
    table("1", 2),
    table("2", 2),
    table("3", 4),
    table("4", 4, "bar"),
    joins=[(("1", "2"), 4), (("3", "4"), 8)],
)
TABLES = ("1", "2", "3", "4")
PLANNED = {"booked", "arrived"}
sizes = st.integers(1, 6)
some_tables = st.lists(st.sampled_from(TABLES), min_size=1, max_size=2, unique=True).map(tuple)
which = st.integers(0, 7)


class Evening(RuleBasedStateMachine):
    """A host who taps anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 1000
        self.now = at("18:00")
        self.picture = Picture(period=dinner(HOUSE))
        self.done: list[tuple[Changes, Changes, Picture]] = []

    def fresh(self) -> UUID:
        self.number += 1
        return UUID(int=self.number)

    @initialize(parties=st.lists(st.tuples(sizes, st.integers(0, 16)), max_size=7))
    def book(self, parties: list[tuple[int, int]]) -> None:
        promises = []
        for number, (size, quarters) in enumerate(parties, start=1):
            made = promise(number, size, "18:00")
            later = timedelta(minutes=15 * quarters)
            promises.append(replace(made, starts=made.starts + later, ends=made.ends + later))
        hold = SlotHold(
            slot_hold_id=UUID(int=500),
            period_id=self.picture.period.period_id,
            state="held",
            party_size=2,
            starts=at("19:00"),
            ends=at("20:30"),
            expires_at=at("23:00"),
            client_id="site",
            needs=Needs(),
        )
        self.picture = replace(self.picture, promises=tuple(promises), slot_holds=(hold,))
        self.write(replan(self.picture, Changes(), HOUSE, now=self.now))

    def write(self, changes: Changes) -> None:
        """What the next reading of the book would bring."""
        after = apply_changes(self.picture, changes)
        over = {"finished", "walked", "cancelled", "declined"}
        self.picture = replace(
            after,
            promises=tuple(p for p in after.promises if p.state not in over),
            seatings=tuple(s for s in after.seatings if s.cleared_at is None),
            blocks=tuple(b for b in after.blocks if b.lifted_at is None),
            waiting=tuple(w for w in after.waiting if w.state in {"waiting", "notified"}),
        )

    def stand(self) -> Stand:
        return Stand(picture=self.picture, house=HOUSE, now=self.now, by="host")

    def tell(self, order: Order) -> None:
        try:
            done = carry_out(self.stand(), replace(order, anyway=tuple(ASKS)))
        except (CommandRefused, NotPossible):
            return
        was = values_before(self.picture, done.changes)
        self.done.append((was, done.changes, self.picture))
        self.write(done.changes)

    def promised(self, number: int) -> dict[str, Any]:
        found = self.picture.promises[number % len(self.picture.promises)]
        named = {"reservation_id": found.reservation_id, "version": found.version}
        return {"id": self.fresh()} | named

    def seated(self, number: int, name: str = "seating_id", version: str = "version") -> Any:  # noqa: ANN401
        found = self.picture.seatings[number % len(self.picture.seatings)]
        return {name: found.seating_id, version: found.version}

    @rule(minutes=st.integers(1, 25))
    def pass_time(self, minutes: int) -> None:
        self.now = min(self.now + timedelta(minutes=minutes), at("23:30"))
        self.write(changes_due(self.picture, HOUSE, now=self.now))
        self.write(replan(self.picture, Changes(), HOUSE, now=self.now))
        self.done.clear()

    @rule(tables=some_tables, size=sizes)
    def walk_in(self, tables: tuple[str, ...], size: int) -> None:
        self.tell(orders.Seat(id=self.fresh(), tables=tables, party_size=size))

    @precondition(lambda self: self.picture.promises)
    @rule(number=which, tables=some_tables, size=sizes, fixed=st.booleans(), what=st.integers(0, 7))
    def about_a_promise(
        self,
        number: int,
        tables: tuple[str, ...],
        size: int,
        fixed: bool,  # noqa: FBT001
        what: int,
    ) -> None:
        named = self.promised(number)
        self.tell(
            [
                orders.Arrive(**named, arrived=size),
                orders.Resize(**named, party_size=size),
                orders.NoShow(**named),
                orders.Reopen(**named),
                orders.Walk(**named),
                orders.Assign(**named, tables=tables, fixed=fixed),
                orders.Unplan(**named),
                orders.Seat(**named, tables=tables),
                orders.Seat(**named, tables=tables, party_size=size),
            ][what]
        )

    @precondition(lambda self: self.picture.seatings)
    @rule(number=which, other=which, tables=some_tables, size=sizes, what=st.integers(0, 6))
    def about_a_seating(
        self, number: int, other: int, tables: tuple[str, ...], size: int, what: int
    ) -> None:
        named = {"id": self.fresh()} | self.seated(number)
        self.tell(
            [
                orders.Clear(**named),
                orders.Unseat(**named),
                orders.Move(**named, tables=tables),
                orders.Swap(**named, **self.seated(other, "other_id", "other_version")),
                orders.Split(**named, party_size=size, tables=tables),
                orders.Merge(**named, **self.seated(other, "into_id", "into_version")),
                orders.Extend(**named, minutes=5 * size),
                orders.Serve(**named, check_down=size % 2 == 0),
            ][what]
        )

    @rule(name=st.sampled_from(TABLES), minutes=st.integers(10, 200))
    def block(self, name: str, minutes: int) -> None:
        ends = self.now + timedelta(minutes=minutes)
        self.tell(orders.BlockTable(id=self.fresh(), table_id=name, ends=ends))

    @precondition(lambda self: self.picture.blocks)
    @rule(number=which)
    def lift(self, number: int) -> None:
        found = self.picture.blocks[number % len(self.picture.blocks)]
        wish = orders.LiftBlock(id=self.fresh(), block_id=found.block_id, version=found.version)
        self.tell(wish)

    @rule(shut=st.sampled_from([(), ("bar",), ("hall",)]), stopped=st.booleans())
    def levers(self, shut: tuple[str, ...], stopped: bool) -> None:  # noqa: FBT001
        wish = orders.Levers(id=self.fresh(), areas_shut=shut, seating_stopped=stopped)
        self.tell(wish)

    @precondition(lambda self: self.done)
    @rule()
    def undo_at_once(self) -> None:
        """Right after an order its undo is always possible and leaves the room as it was."""
        was, now_is, room = self.done.pop()
        self.write(undo_changes(self.stand(), was, now_is))
        assert facts(self.picture) == facts(room)
        assert states(self.picture) == states(room)

    @invariant()
    def nobody_shares_a_table(self) -> None:
        sat_at = Counter(name for each in self.picture.seatings for name in each.tables)
        assert max(sat_at.values(), default=1) == 1

    @invariant()
    def intentions_exclude_intentions(self) -> None:
        meant = [
            (name, each.starts, each.ends)
            for each in self.picture.promises
            if each.state in PLANNED
            for name in each.tables
        ]
        meant += [
            (name, hold.starts, hold.ends)
            for hold in self.picture.slot_holds
            if hold.state == "held"
            for name in hold.tables
        ]
        meant += [(each.table_id, each.starts, each.ends) for each in self.picture.blocks]
        for one, other in combinations(meant, 2):
            assert one[0] != other[0] or one[2] <= other[1] or other[2] <= one[1], (one, other)

    @invariant()
    def a_physical_promise_has_tables_or_a_case(self) -> None:
        for each in self.picture.promises:
            if each.state in PLANNED and each.kind == "physical":
                assert bool(each.tables) != each.exposed, each


def facts(picture: Picture) -> dict[UUID, Any]:
    """Who sits where, how long and how many."""
    return {
        each.seating_id: (set(each.tables), each.party_size, each.state, each.expected_end)
        for each in picture.seatings
    }


def states(picture: Picture) -> Any:  # noqa: ANN401
    """What became of each promise, what is blocked and shut; where it is meant to sit may move."""
    promises = {
        each.reservation_id: (each.state, each.party_size, each.arrived, each.ends, each.kind)
        for each in picture.promises
    }
    blocks = sorted((each.table_id, each.starts, each.ends) for each in picture.blocks)
    return promises, blocks, replace(picture.period, version=0)


TestEvening = Evening.TestCase
TestEvening.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
