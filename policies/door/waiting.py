"""The waitlist: may a party join, how long it waits by the plan, and who can be seated now.

First come, first served: parties are seated in the order they joined, as soon as the plan has a
table for their whole turn and every promise keeps one. What they are told is one band
(`policies.lookahead.waits`).
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.picture import Picture, WaitEntry
from policies.book.question import Question, no
from policies.booking.party_rules import needs, paused
from policies.booking.time_rules import opening_hours
from policies.door.options import DoorRequest, door_request, earliest_wait
from policies.door.wait_band import WaitBand
from policies.house.channels import Channel
from policies.house.grid import GRID, GRID_MINUTES
from policies.house.house import House
from policies.house.room import Needs, ranked_table_sets
from policies.plan.calls import kept_calls
from policies.plan.feasibility import HallCondition
from policies.plan.occupancy import occupancy
from policies.plan.placement import Assignment, admit, assign_tables
from policies.plan.plan import Plan
from policies.words.message import message

QUOTE_MARGIN = 1.2
"""Factor on a planned wait: turn times are means, so half of all tables turn later (assumption)."""

QUOTE_TOLERANCE = timedelta(minutes=10)
"""A told wait is still kept when the party is seated so much later (assumption)."""

WaitingParty = tuple[int, Needs]
"""Party size and needs."""


class ReadyParty(Struct, frozen=True):
    """A waiting party, and the tables free for its whole turn now."""

    entry: WaitEntry
    tables: tuple[str, ...]


def may_join(
    picture: Picture, house: House, party: WaitingParty, channel: Channel, *, now: datetime
) -> No | None:
    """Return the rule that forbids a party to join the waitlist, None when it may."""
    question = _question(picture, house, party, channel, now)
    if not 1 <= party[0] <= question.room.largest:
        return no("PARTY_SIZE_NOT_ALLOWED", message("no-table-of-size"))
    here = replace(question, ask=replace(question.ask, channel="waitlist"))
    return opening_hours(question) or paused(question) or needs(here)


def planned_waits(
    picture: Picture, house: House, parties: Sequence[WaitingParty], *, now: datetime
) -> tuple[int | None, ...]:
    """Return the minutes each party would wait if it joined the list now, alone.

    0: its table is free now. None: no table in two hours, or before the last seating.
    """
    assignment = assign_tables(occupancy(picture, house, now=now))
    for entry in _queue(picture, now):
        ahead = _first_place(_request(picture, house, _party(entry), assignment, now))
        assignment = _with_plan(assignment, ahead[0]) if ahead else assignment
    found = (_first_place(_request(picture, house, each, assignment, now)) for each in parties)
    return tuple(None if each is None else _minutes(each[1] - now) for each in found)


def planned_band(minutes: int) -> WaitBand:
    """Return a planned wait, and that times `QUOTE_MARGIN`; in fives, rounded up, 5 at least."""
    return WaitBand(likely=_in_fives(minutes), latest=_in_fives(minutes * QUOTE_MARGIN))


def quote_passed(
    told_at: datetime, told: int | None, minutes: int | None, *, now: datetime
) -> bool:
    """Tell whether the wait of `told` minutes told at `told_at` is over or cannot be kept.

    `minutes`: the wait quoted now; None, as `told` None, where no table can be foreseen.
    """
    if told is None or minutes is None:
        return told != minutes
    until = told_at + timedelta(minutes=told)
    return until <= now or now + timedelta(minutes=minutes) > until + QUOTE_TOLERANCE


def seating_window(band: WaitBand, *, now: datetime) -> tuple[datetime, datetime]:
    """Return when a party with this wait is seated: likely, and at the latest."""
    return now + timedelta(minutes=band.likely), now + timedelta(minutes=band.latest)


def ahead_of(picture: Picture, wait_id: UUID) -> tuple[WaitEntry, ...]:
    """Return the entries ahead of this one; all of them if it is not on the list."""
    found: list[WaitEntry] = []
    for entry in sorted(picture.waiting, key=lambda each: (each.joined_at, each.wait_id)):
        if entry.wait_id == wait_id:
            break
        found.append(entry)
    return tuple(found)


def ready_parties(
    picture: Picture,
    house: House,
    suggested: Mapping[UUID, tuple[str, ...]],
    *,
    now: datetime,
) -> tuple[ReadyParty, ...]:
    """Return the waiting parties that can be seated now together, in order of the queue.

    `suggested`: the tables shown for an entry before, reused as long as they are free. Notified
    entries whose table is not kept any more come first in the queue.
    """
    assignment = assign_tables(occupancy(picture, house, now=now))
    placed: list[tuple[WaitEntry, int]] = []
    for entry in _queue(picture, now):
        request = _request(picture, house, _party(entry), assignment, now)
        plan = _at_suggested(request, suggested.get(entry.wait_id, ())) or _now(request)
        if plan is not None:
            placed.append((entry, len(plan.items) - 1))
            assignment = _with_plan(assignment, plan)
    names, table_sets = assignment.plan.room.names, assignment.plan.table_sets
    found = [ReadyParty(entry, names(table_sets[number])) for entry, number in placed]
    return tuple(turn for turn in found if turn.entry.state == "waiting")


def _queue(picture: Picture, now: datetime) -> list[WaitEntry]:
    """Return the entries that still need a table: a called party's is in the plan already."""
    kept = kept_calls(picture, now)
    return sorted(
        (each for each in picture.waiting if each.wait_id not in kept),
        key=lambda each: (each.state != "notified", each.joined_at, each.wait_id),
    )


def _party(entry: WaitEntry) -> WaitingParty:
    return entry.party_size, entry.needs


def _question(
    picture: Picture, house: House, party: WaitingParty, channel: Channel, now: datetime
) -> Question:
    ask = Ask(party_size=party[0], needs=party[1], starts=now, channel=channel)
    return Question(picture=picture, ask=ask, house=house, now=now)


def _request(
    picture: Picture, house: House, party: WaitingParty, assignment: Assignment, now: datetime
) -> DoorRequest:
    return door_request(_question(picture, house, party, "waitlist", now), assignment)


def _first_place(request: DoorRequest) -> tuple[Plan, datetime] | None:
    plan = _now(request)
    return (plan, request.question.now) if plan else earliest_wait(request)


def _now(request: DoorRequest) -> Plan | None:
    return None if opening_hours(request.question) else admit(request.assignment, request.item)


def _at_suggested(request: DoorRequest, tables: tuple[str, ...]) -> Plan | None:
    """Return the plan with the party at these tables, None if it cannot sit there now."""
    table_set = request.question.room.table_set(tables) if tables else None
    if not table_set or opening_hours(request.question):
        return None
    choices = ranked_table_sets(((table_set,),))
    return admit(
        request.assignment, replace(request.item, choices=choices, domain=choices.domain, least=1)
    )


def _with_plan(assignment: Assignment, plan: Plan) -> Assignment:
    return Assignment(assignment.window, plan, HallCondition(plan), assignment.unplaced)


def _in_fives(minutes: float) -> int:
    return max(math.ceil(round(minutes / GRID_MINUTES, 6)), 1) * GRID_MINUTES


def _minutes(wait: timedelta) -> int:
    return max(-(-wait // GRID), 0) * GRID_MINUTES
