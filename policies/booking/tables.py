"""The last rule of booking: a table for the party, or the concrete reason why there is none."""

from datetime import datetime
from functools import cached_property
from typing import Literal

from msgspec.structs import replace

from policies.admission.admission import in_house_order, rule_against
from policies.book.answers import Answer, No, Yes
from policies.book.pace import areas_reached, limited_areas
from policies.book.picture import Picture, Promise, Risk, held_in_force
from policies.book.question import Question, no, turn_end
from policies.booking.party_rules import limits_passed, paced_out
from policies.house.channels import STAFF
from policies.house.grid import BUCKET_SECONDS, GRID
from policies.house.house import AccessRule, House
from policies.house.room import (
    EVERYWHERE,
    Needs,
    TableSet,
    room_of,
)
from policies.plan.occupancy import (
    Occupancy,
    keeping_out,
    occupancy,
    party_item,
    protected_enquiries,
    protected_until,
)
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

    enquiries = False
    """Whether the enquiries that the house protects have a place in it."""

    def __init__(self, picture: Picture, house: House, now: datetime) -> None:
        self.picture = picture
        self.house = house
        self.now = now

    @cached_property
    def assignment(self) -> Assignment:
        """The plan with every party placed that can be.

        Nobody is moved into an area whose pace is limited to make room for another.
        """
        limited = limited_areas(self.house, self.picture.period)
        built = self._occupancy()
        return assign_tables(keeping_out(built, limited) if limited else built)

    def _occupancy(self, *, closures: bool = True, held: bool = True) -> Occupancy:
        return occupancy(
            self.picture,
            self.house,
            now=self.now,
            closures=closures,
            held=held,
            enquiries=self.enquiries,
        )

    @cached_property
    def online(self) -> "Tables":
        """The tables as sold without staff: enquiries that the house protects keep a place."""
        kept = protected_enquiries(self.picture, self.house, now=self.now)
        return _WithEnquiries(self.picture, self.house, self.now) if kept else self

    def _sold(self, question: Question) -> "Tables":
        return self.online if question.online else self

    @cached_property
    def without_closures(self) -> Assignment | None:
        """The same with no closures (blocked, shut or bought out); None where there are none."""
        built = self._occupancy(closures=False)
        return None if built.plan.facts == self.assignment.plan.facts else assign_tables(built)

    @cached_property
    def without_held(self) -> Assignment:
        """The same with no table held back."""
        return assign_tables(self._occupancy(held=False))

    @cached_property
    def expected(self) -> ExpectedOccupancy:
        """Everybody expected, for the risk of one more."""
        return expected_occupancy(self.picture, self.house, now=self.now, enquiries=self.enquiries)

    def too_crowded(self, question: Question) -> bool:
        """Tell whether one more party beyond the room is too much for the tables open to it."""
        risk = self.risk_where_open(question)
        return risk is not None and risk.probability > risk.ceiling

    def risk_where_open(self, question: Question) -> Risk | None:
        """Return the risk of one more party beyond the tables open to it, None if all are.

        For a house that decides by value, whose ledger knows areas but no access rules.
        """
        tables = self._sold(question)
        if question.admitted is EVERYWHERE and tables is self:
            return None
        return overbooking_risk(tables.expected, question)

    def with_areas(self, question: Question, answer: Yes) -> Yes:
        """Return the answer with the areas where a table is free then, without a search.

        Where others have to move for the party: the one area of the table it would have. Beyond the
        room: those open to it, the best table's first. None where its table is free for it only as
        long as it names no area, whose own turn time is longer.
        """
        areas = self._free_areas(question, answer)
        if not question.admitted.by_request:
            return replace(answer, areas=areas)
        if question.by_request:
            return replace(answer, areas=areas, areas_by_request=areas)
        asked = tuple(each for each in self._asked_first(question) if each not in areas)
        return replace(answer, areas=areas, areas_by_request=asked)

    def _free_areas(self, question: Question, answer: Yes) -> tuple[str, ...]:
        room, assignment = question.room, self._sold(question).assignment
        if len(room.house.areas) == 1:
            return room.areas[:1]
        flat, plan = _item(question, assignment).choices.flat, assignment.plan
        if not answer.tables:
            return tuple(dict.fromkeys(room.areas[seat[0]] for seat in flat))
        taken = room.table_set(answer.tables) or flat[0]
        spans = self._spans(question, assignment)
        at_once = not answer.moved and plan.free(taken, spans[taken[0]])
        found = {room.areas[taken[0]]} if at_once else set()
        for seat in flat:
            if len(found) == len(room.house.areas):
                break
            if room.areas[seat[0]] not in found and plan.free(seat, spans[seat[0]]):
                found.add(room.areas[seat[0]])
        if not found and answer.moved:
            found = {room.areas[taken[0]]}
        return in_house_order(room, found)

    def _spans(self, question: Question, assignment: Assignment) -> list[int]:
        """Return by place the buckets of the party's turn, were it to ask for the table's area."""
        room, ask, mask = question.room, question.ask, assignment.window.mask
        usual = mask(ask.starts, question.ends)
        if not room.turns_by_area or ask.needs.area is not None or ask.minutes is not None:
            return [usual] * len(room.tables)
        by_area = {
            area.id: mask(ask.starts, turn_end(question.house, question.picture.period, there))
            for area in question.house.areas
            for there in (replace(ask, needs=replace(ask.needs, area=area.id)),)
        }
        return [by_area[area] for area in room.areas]

    def _asked_first(self, question: Question) -> tuple[str, ...]:
        """Return the areas that would take the party on request, if it asked for one of them."""
        ask = question.ask
        if not question.admitted.by_request or ask.needs.area is not None or ask.tables:
            return ()
        there = [
            replace(question, ask=replace(ask, needs=replace(ask.needs, area=area.id)))
            for area in question.house.areas
        ]
        return tuple(
            each.ask.needs.area or "" for each in there if each.by_request and self._is_free(each)
        )

    def _is_free(self, question: Question) -> bool:
        assignment = self._sold(question).assignment
        return bool(assignment.plan.best_fit(_item(question, assignment)))

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
        if not may_overbook(question) or over_cap(question) or self.paced_out(question):
            return False
        risk = overbooking_risk(self._sold(question).expected, question)
        return risk.probability <= risk.ceiling

    def _beyond(self, question: Question) -> Answer:
        """Answer a request the room has no table for: overbooked within the rules, or refused."""
        if not may_overbook(question) or self.paced_out(question):
            return self.refusal(question)
        risk = overbooking_risk(self._sold(question).expected, question)
        too_risky, too_many = risk.probability > risk.ceiling, over_cap(question)
        if not (too_risky or too_many):
            return Yes(
                starts=question.ask.starts,
                ends=question.ends,
                tables=(),
                moved={},
                kind="overbooked",
                risk=risk,
                turn=question.turn,
            )
        refusal = self.refusal(question)
        if refusal.code == "HELD_BACK":
            return refusal  # a host can grant one
        return refused_beyond(question, too_risky=too_risky)

    def find(self, question: Question) -> Yes | None:
        """Return tables for the party with every promise kept, None when none are found."""
        assignment = self._sold(question).assignment
        plan = admit(assignment, _item(question, assignment))
        return _yes(question, plan) if plan else None

    def fit(self, question: Question) -> Fit:
        """Tell, without a search, how the party might get a table."""
        assignment = self._sold(question).assignment
        item = _item(question, assignment)
        if assignment.plan.best_fit(item):
            return "free"
        return "by_moving" if assignment.hall.may_fit(item) else "none"

    def refusal(self, question: Question) -> No:
        """Return the concrete reason why the room has no table for the party."""
        if self._sold(question) is not self:
            return self.online.refusal(question)
        return self.paced_out(question) or self._no_table(question)

    def _no_table(self, question: Question) -> No:
        item = _item(question, self.assignment)
        size, at = question.ask.party_size, question.clock(question.ask.starts)
        if self._only_closed(question):
            if question.ask.tables:
                return no("BLOCKED", _named("named-tables-out-of-use", question))
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

    def paced_out(self, question: Question) -> No | None:
        """Refuse a party for which a table is free only in areas whose pace is used up."""
        reached = [each for each in limits_passed(question) if each.limit.areas]
        if not reached or question.ask.tables:
            return None
        anywhere = _item(question, self.assignment, paced=False)
        return paced_out(question, reached[0]) if admit(self.assignment, anywhere) else None

    def _only_closed(self, question: Question) -> bool:
        if self.without_closures is None:
            return False
        return admit(self.without_closures, _item(question, self.without_closures)) is not None

    def _only_held(self, question: Question) -> bool:
        if not any(held_in_force(self.picture, self.now)):
            return False
        return admit(self.without_held, _item(question, self.without_held)) is not None


class _WithEnquiries(Tables):
    """The same tables with a place kept for every enquiry that the house protects."""

    enquiries = True

    @cached_property
    def online(self) -> Tables:
        return self


def enquiry_protected_until(
    house: House, needs: Needs, *, starts: datetime, made_at: datetime, now: datetime
) -> datetime | None:
    """Return until when a request keeps a place out of sale online, None if it does not."""
    return protected_until(house, needs, starts=starts, made_at=made_at, now=now)


def longest_free(plan: Plan, item: Item) -> int:
    """Return the most buckets from the item's start on for which one configuration is free."""
    return max((free_from(plan, seat, item.start) for seat in item.choices.flat), default=0)


def free_from(plan: Plan, seat: TableSet, start: int) -> int:
    """Return for how many buckets from `start` these tables are free (a day if for good)."""
    used = 0
    for place in seat:
        used |= plan.taken[place] >> start
    return (used & -used).bit_length() - 1 if used else 24 * 3600 // BUCKET_SECONDS


def _item(question: Question, assignment: Assignment, *, paced: bool = True) -> Item:
    closed = areas_reached(limits_passed(question)) if paced else frozenset[str]()
    return party_item(
        assignment.window,
        question.room,
        party_size=question.ask.party_size,
        needs=question.ask.needs,
        starts=question.ask.starts,
        ends=question.ends,
        tables=question.ask.tables,
        closed=question.room.places_in(closed) if closed else 0,
        admitted=question.admitted,
        preferences=question.ask.preferences,
    )


def _yes(question: Question, plan: Plan) -> Yes:
    return Yes(
        starts=question.ask.starts,
        ends=question.ends,
        tables=plan.room.names(plan.table_sets[-1]),
        moved=moves(plan),
        turn=question.turn,
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
    return kept_from(question, seat)


def kept_from(question: Question, seat: TableSet) -> No | None:
    """Refuse tables that an access rule keeps from the party, unless a person gives them anyway."""
    ask = question.ask
    if ask.anywhere and ask.channel in STAFF:
        return None
    period_id, channel = question.picture.period.period_id, question.channel
    rule = rule_against(question.room, seat, channel, ask.tags, period_id)
    return None if rule is None else no("AREA_NOT_BOOKABLE", _kept(question, rule))


def against_access(house: House, promise: Promise) -> bool:
    """Tell whether an access rule keeps the promise's tables from what staff book for it.

    Then a person gave them all the same, or it had them before the rule came.
    """
    room = room_of(house)
    seat = room.table_set(promise.tables) or ()
    channel = promise.channel if promise.channel in STAFF else "desk"
    return rule_against(room, seat, channel, promise.tags, promise.period_id) is not None


def _kept(question: Question, rule: AccessRule) -> Message:
    return _named("tables-kept-by-rule", question, rule=rule.name)
