"""The last rule of booking: a table for the party, or the concrete reason why there is none."""

from datetime import datetime
from functools import cached_property
from typing import Literal

from policies.book.answers import Answer, No, Yes
from policies.book.picture import Picture, held_in_force
from policies.book.question import Question, no
from policies.house.grid import BUCKET_SECONDS, GRID
from policies.house.house import House
from policies.house.room import Seat
from policies.house.wording import guests
from policies.plan.occupancy import occupancy, party_item
from policies.plan.placement import Settled, admit, moves, settle
from policies.plan.plan import Item, Plan
from policies.risk.overbooking_rule import Book, book_of, may_overbook, over_cap, risk_of

SHORT_TURN_BUCKETS = 6
"""Half an hour: below it a free table is of no use to anybody."""


Outlook = Literal["free", "crowded", "hopeless"]


class Tables:
    """The settled plan of one picture, built when first needed and shared by all asks."""

    def __init__(self, picture: Picture, house: House, now: datetime) -> None:
        self.picture = picture
        self.house = house
        self.now = now

    @cached_property
    def settled(self) -> Settled:
        """The plan with every party that can sit."""
        return settle(occupancy(self.picture, self.house, now=self.now))

    @cached_property
    def unclosed(self) -> Settled | None:
        """The same as if nothing were blocked, shut or bought out; None where nothing is."""
        built = occupancy(self.picture, self.house, now=self.now, closures=False)
        return None if built.plan.facts == self.settled.plan.facts else settle(built)

    @cached_property
    def unheld(self) -> Settled:
        """The same as if no table were held back."""
        return settle(occupancy(self.picture, self.house, now=self.now, held=False))

    @cached_property
    def book(self) -> Book:
        """Everybody expected, for the risk of one more."""
        return book_of(self.picture, self.house, now=self.now)

    def answer(self, case: Question) -> Answer:
        """Return the tables for the case's party, or why there is none."""
        return refused_by_name(case) or self.find(case) or self._beyond(case)

    def takes(self, case: Question) -> bool:
        """Tell whether `answer` would be a Yes; faster, for nobody asks why not."""
        if refused_by_name(case):
            return False
        outlook = self.outlook(case)
        if outlook == "free" or self._beyond_is_open(case):
            return True
        return outlook == "crowded" and self.find(case) is not None

    def _beyond_is_open(self, case: Question) -> bool:
        if not may_overbook(case) or over_cap(case):
            return False
        risk = risk_of(self.book, case)
        return risk.probability <= risk.ceiling

    def _beyond(self, case: Question) -> Answer:
        """Answer an ask the room has no table for: overbooked within the rules, or refused."""
        if not may_overbook(case):
            return self.refusal(case)
        risk = risk_of(self.book, case)
        too_risky, too_many = risk.probability > risk.ceiling, over_cap(case)
        if not (too_risky or too_many):
            return Yes(
                starts=case.ask.starts,
                ends=case.ends,
                tables=(),
                moved={},
                kind="overbooked",
                risk=risk,
            )
        refusal = self.refusal(case)
        if refusal.code == "HELD_BACK":
            return refusal  # a host can grant one
        return refused_beyond(case, too_risky=too_risky)

    def find(self, case: Question) -> Yes | None:
        """Return tables for the case's party with every promise kept, None when none are found."""
        plan = admit(self.settled, _item(case, self.settled))
        return _yes(case, plan) if plan else None

    def outlook(self, case: Question) -> Outlook:
        """Tell, without searching, whether a table is free, or others might move, or neither."""
        item = _item(case, self.settled)
        if self.settled.plan.best_fit(item):
            return "free"
        return "crowded" if self.settled.instant.may_fit(item) else "hopeless"

    def refusal(self, case: Question) -> No:
        """Return the concrete reason why the room has no table for the case's party."""
        item = _item(case, self.settled)
        party, at = guests(case.ask.party_size), case.clock(case.ask.starts)
        if self._only_closed(case):
            told = f"The tables that would suit {party} at {at} are out of use or reserved."
            return no("BLOCKED", told)
        if self._only_held(case):
            return no("HELD_BACK", f"The last tables for {party} at {at} are held back.")
        buckets = longest_free(self.settled.plan, item)
        if SHORT_TURN_BUCKETS <= buckets < item.end - item.start:
            until = case.clock(case.ask.starts + buckets * GRID)
            told = f"A table is free at {at} but only until {until}; {party} stay"
            return no("TURN_TOO_SHORT", f"{told} {case.minutes} minutes.")
        return no("NO_TABLE_FITS", f"No table is free for {party} at {at}.")

    def _only_closed(self, case: Question) -> bool:
        if self.unclosed is None:
            return False
        return admit(self.unclosed, _item(case, self.unclosed)) is not None

    def _only_held(self, case: Question) -> bool:
        if not any(held_in_force(self.picture, self.now)):
            return False
        return admit(self.unheld, _item(case, self.unheld)) is not None


def longest_free(plan: Plan, item: Item) -> int:
    """Return the most buckets from the item's start on for which one configuration is free."""
    return max((free_from(plan, seat, item.start) for seat in item.choices.flat), default=0)


def free_from(plan: Plan, seat: Seat, start: int) -> int:
    """Return for how many buckets from `start` these tables are free (a day when for ever)."""
    used = 0
    for place in seat:
        used |= plan.taken[place] >> start
    return (used & -used).bit_length() - 1 if used else 24 * 3600 // BUCKET_SECONDS


def _item(case: Question, settled: Settled) -> Item:
    return party_item(
        settled.window,
        case.room,
        party_size=case.ask.party_size,
        needs=case.ask.needs,
        starts=case.ask.starts,
        ends=case.ends,
        tables=case.ask.tables,
    )


def _yes(case: Question, plan: Plan) -> Yes:
    return Yes(
        starts=case.ask.starts,
        ends=case.ends,
        tables=plan.room.names(plan.seats[-1]),
        moved=moves(plan),
    )


def refused_beyond(case: Question, *, too_risky: bool) -> No:
    """Refuse a promise beyond the room: for its risk, else because there are enough of them."""
    if too_risky:
        told = f"One more party at {case.clock(case.ask.starts)} would risk a wait for others."
        return no("RISK_OVER_CEILING", told)
    return no("OVERBOOKING_CAP", "As many parties as allowed are promised beyond the room.")


def refused_by_name(case: Question) -> No | None:
    """Refuse tables named by a person that are not there, too small or not what is needed."""
    if not case.ask.tables:
        return None
    named = ", ".join(case.ask.tables)
    seat = case.room.seat(case.ask.tables)
    if seat is None:
        return no("NO_TABLE_FITS", f"This room has no such table: {named}.")
    if case.room.capacity(seat) < case.ask.party_size:
        return no("NO_TABLE_FITS", f"{named}: too small for {guests(case.ask.party_size)}.")
    if not case.room.meets(seat, case.ask.needs):
        return no("NEEDS_NOT_MET", f"{named}: not what this party needs.")
    return None
