"""The last rule of booking: a table for the party, or the concrete reason why there is none."""

from datetime import datetime
from functools import cached_property
from typing import Literal

from policies.book.answers import Answer, No, Yes
from policies.book.picture import Picture, held_in_force
from policies.book.question import Question, no
from policies.house.grid import BUCKET_SECONDS, GRID
from policies.house.house import House
from policies.house.room import TableSet
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Assignment, admit, assign_tables, moves
from policies.plan.plan import Item, Plan
from policies.risk.overbooking_rule import (
    ExpectedOccupancy,
    expected_occupancy,
    may_overbook,
    over_cap,
    overbooking_risk,
)
from policies.words.message import Message, Param, message

SHORT_TURN_BUCKETS = 6
"""Half an hour: below it a free table is of no use to anybody."""


Fit = Literal["free", "by_moving", "none"]
"""Without a search: a table is free, others might move for one, or neither."""


class Tables:
    """The assignment of one picture, made when first needed and shared by all requests."""

    def __init__(self, picture: Picture, house: House, now: datetime) -> None:
        self.picture = picture
        self.house = house
        self.now = now

    @cached_property
    def assignment(self) -> Assignment:
        """The plan with every party placed that can be."""
        return assign_tables(occupancy(self.picture, self.house, now=self.now))

    @cached_property
    def without_closures(self) -> Assignment | None:
        """The same with no closures (blocked, shut or bought out); None where there are none."""
        built = occupancy(self.picture, self.house, now=self.now, closures=False)
        return None if built.plan.facts == self.assignment.plan.facts else assign_tables(built)

    @cached_property
    def without_held(self) -> Assignment:
        """The same with no table held back."""
        return assign_tables(occupancy(self.picture, self.house, now=self.now, held=False))

    @cached_property
    def expected(self) -> ExpectedOccupancy:
        """Everybody expected, for the risk of one more."""
        return expected_occupancy(self.picture, self.house, now=self.now)

    def answer(self, question: Question) -> Answer:
        """Return tables for the party, an overbooked promise, or why there is neither."""
        return refused_by_name(question) or self.find(question) or self._beyond(question)

    def accepts(self, question: Question) -> bool:
        """Tell whether `answer` would be a Yes; faster, as no reason is looked for."""
        if refused_by_name(question):
            return False
        fit = self.fit(question)
        if fit == "free" or self._beyond_is_open(question):
            return True
        return fit == "by_moving" and self.find(question) is not None

    def _beyond_is_open(self, question: Question) -> bool:
        if not may_overbook(question) or over_cap(question):
            return False
        risk = overbooking_risk(self.expected, question)
        return risk.probability <= risk.ceiling

    def _beyond(self, question: Question) -> Answer:
        """Answer a request the room has no table for: overbooked within the rules, or refused."""
        if not may_overbook(question):
            return self.refusal(question)
        risk = overbooking_risk(self.expected, question)
        too_risky, too_many = risk.probability > risk.ceiling, over_cap(question)
        if not (too_risky or too_many):
            return Yes(
                starts=question.ask.starts,
                ends=question.ends,
                tables=(),
                moved={},
                kind="overbooked",
                risk=risk,
            )
        refusal = self.refusal(question)
        if refusal.code == "HELD_BACK":
            return refusal  # a host can grant one
        return refused_beyond(question, too_risky=too_risky)

    def find(self, question: Question) -> Yes | None:
        """Return tables for the party with every promise kept, None when none are found."""
        plan = admit(self.assignment, _item(question, self.assignment))
        return _yes(question, plan) if plan else None

    def fit(self, question: Question) -> Fit:
        """Tell, without a search, how the party might get a table."""
        item = _item(question, self.assignment)
        if self.assignment.plan.best_fit(item):
            return "free"
        return "by_moving" if self.assignment.hall.may_fit(item) else "none"

    def refusal(self, question: Question) -> No:
        """Return the concrete reason why the room has no table for the party."""
        item = _item(question, self.assignment)
        size, at = question.ask.party_size, question.clock(question.ask.starts)
        if self._only_closed(question):
            return no("BLOCKED", message("suitable-tables-closed", size=size, time=at))
        if self._only_held(question):
            return no("HELD_BACK", message("last-tables-held", size=size, time=at))
        buckets = longest_free(self.assignment.plan, item)
        if SHORT_TURN_BUCKETS <= buckets < item.end - item.start:
            until = question.clock(question.ask.starts + buckets * GRID)
            minutes = question.minutes
            said = message("table-free-until", time=at, until=until, size=size, minutes=minutes)
            return no("TURN_TOO_SHORT", said)
        if question.ask.tables:
            return no("NO_TABLE_FITS", _named("named-tables-not-free", question, time=at))
        return no("NO_TABLE_FITS", message("no-table-free", size=size, time=at))

    def _only_closed(self, question: Question) -> bool:
        if self.without_closures is None:
            return False
        return admit(self.without_closures, _item(question, self.without_closures)) is not None

    def _only_held(self, question: Question) -> bool:
        if not any(held_in_force(self.picture, self.now)):
            return False
        return admit(self.without_held, _item(question, self.without_held)) is not None


def longest_free(plan: Plan, item: Item) -> int:
    """Return the most buckets from the item's start on for which one configuration is free."""
    return max((free_from(plan, seat, item.start) for seat in item.choices.flat), default=0)


def free_from(plan: Plan, seat: TableSet, start: int) -> int:
    """Return for how many buckets from `start` these tables are free (a day if for good)."""
    used = 0
    for place in seat:
        used |= plan.taken[place] >> start
    return (used & -used).bit_length() - 1 if used else 24 * 3600 // BUCKET_SECONDS


def _item(question: Question, assignment: Assignment) -> Item:
    return party_item(
        assignment.window,
        question.room,
        party_size=question.ask.party_size,
        needs=question.ask.needs,
        starts=question.ask.starts,
        ends=question.ends,
        tables=question.ask.tables,
    )


def _yes(question: Question, plan: Plan) -> Yes:
    return Yes(
        starts=question.ask.starts,
        ends=question.ends,
        tables=plan.room.names(plan.table_sets[-1]),
        moved=moves(plan),
    )


def refused_beyond(question: Question, *, too_risky: bool) -> No:
    """Refuse to overbook: for the risk, else because the manager's cap is reached."""
    if too_risky:
        detail = message("risk-of-waits", time=question.clock(question.ask.starts))
        return no("RISK_OVER_CEILING", detail)
    return no("OVERBOOKING_CAP", message("overbooking-cap-reached"))


def _named(key: str, question: Question, **more: Param) -> Message:
    """Return a message about tables that a person named."""
    tables, size = question.ask.tables, question.ask.party_size
    return message(key, tables=tables, count=len(tables), size=size, **more)


def refused_by_name(question: Question) -> No | None:
    """Refuse tables named by a person that are not there, too small or not what is needed."""
    if not question.ask.tables:
        return None
    seat = question.room.table_set(question.ask.tables)
    if seat is None:
        return no("NO_TABLE_FITS", _named("named-tables-unknown", question))
    if question.room.capacity(seat) < question.ask.party_size:
        return no("NO_TABLE_FITS", _named("named-tables-too-small", question))
    if not question.room.meets(seat, question.ask.needs):
        return no("NEEDS_NOT_MET", _named("named-tables-lack-needs", question))
    return None
