"""Waiting for a table: may a party join, how long will it be, and whose turn has come.

Nothing here is by value (that is policies/lookahead/quotes.py): parties sit down in the order they came, as
soon as the plan has a table for their whole turn and every promise keeps one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.picture import Channel, Picture, WaitEntry
from policies.book.question import Question, no
from policies.booking.party_rules import needs, paused
from policies.booking.time_rules import closed
from policies.door.options import Door, door_of, earliest
from policies.house.grid import GRID, GRID_MINUTES
from policies.house.house import House
from policies.house.room import Needs, choices_of
from policies.plan.feasibility import Instant
from policies.plan.occupancy import occupancy
from policies.plan.placement import Settled, admit, settle
from policies.plan.plan import Plan

TURNS_VARY = 1.2
"""Turn times are means: half of all tables turn later, and a quote should hold (assumption)."""

READY_EARLIER = 0.6
"""From this share of a quoted wait on a party may be called (assumption)."""

JUST_NOW = timedelta(minutes=10)
"""A wait that is over by its quote ends in about this time, as far as a guest is told."""

Party = tuple[int, Needs]
"""How many guests wait, and what they cannot do without."""


class Turn(Struct, frozen=True):
    """A waiting party whose table is free now for its whole turn."""

    entry: WaitEntry
    tables: tuple[str, ...]


def may_join(
    picture: Picture, house: House, party: Party, channel: Channel, *, now: datetime
) -> No | None:
    """Return the rule that keeps a party off the list, None when it may wait."""
    case = _case(picture, house, party, channel, now)
    if not 1 <= party[0] <= case.room.largest:
        return no("PARTY_SIZE_NOT_ALLOWED", "We have no table or join for a party of this size.")
    return closed(case) or paused(case) or needs(case)


def planned_waits(
    picture: Picture, house: House, parties: Sequence[Party], *, now: datetime
) -> tuple[int | None, ...]:
    """Return the minutes each party would wait if it joined the list now, alone.

    0: its table is free now. None: no table in two hours, or before the last seating.
    """
    settled = settle(occupancy(picture, house, now=now))
    for entry in _in_turn(picture.waiting):
        ahead = _soonest(_door(picture, house, _party(entry), settled, now))
        settled = _with(settled, ahead[0]) if ahead else settled
    found = (_soonest(_door(picture, house, each, settled, now)) for each in parties)
    return tuple(None if each is None else _minutes(each[1] - now) for each in found)


def quote_planned(minutes: int) -> int:
    """Return the wait to tell for one the plan foresees: longer, in fives, five at least."""
    return max(math.ceil(minutes * TURNS_VARY / GRID_MINUTES), 1) * GRID_MINUTES


def called_between(minutes: int, *, now: datetime) -> tuple[datetime, datetime]:
    """Return from when until when a party that still waits so many minutes may be seated."""
    earliest_in = math.floor(minutes * READY_EARLIER / GRID_MINUTES) * GRID_MINUTES
    latest = max(timedelta(minutes=minutes), JUST_NOW)
    return now + timedelta(minutes=earliest_in), now + latest


def ahead_of(picture: Picture, wait_id: UUID) -> tuple[WaitEntry, ...]:
    """Return the parties that wait before this one; all of them, if it is not on the list."""
    found: list[WaitEntry] = []
    for entry in sorted(picture.waiting, key=lambda each: (each.joined_at, each.wait_id)):
        if entry.wait_id == wait_id:
            break
        found.append(entry)
    return tuple(found)


def turns(
    picture: Picture,
    house: House,
    suggested: Mapping[UUID, tuple[str, ...]],
    *,
    now: datetime,
) -> tuple[Turn, ...]:
    """Return whose turn has come: the next party, and every other that still fits then.

    `suggested`: tables a host was told of before; a party keeps those as long as they are free.
    Who was notified comes first: the table is kept until it is there.
    """
    settled = settle(occupancy(picture, house, now=now))
    placed: list[tuple[WaitEntry, int]] = []
    for entry in _in_turn(picture.waiting):
        door = _door(picture, house, _party(entry), settled, now)
        plan = _kept(door, suggested.get(entry.wait_id, ())) or _now(door)
        if plan is not None:
            placed.append((entry, len(plan.items) - 1))
            settled = _with(settled, plan)
    names, seats = settled.plan.room.names, settled.plan.seats
    found = [Turn(entry, names(seats[number])) for entry, number in placed]
    return tuple(turn for turn in found if turn.entry.state == "waiting")


def _in_turn(waiting: Iterable[WaitEntry]) -> list[WaitEntry]:
    return sorted(
        waiting, key=lambda each: (each.state != "notified", each.joined_at, each.wait_id)
    )


def _party(entry: WaitEntry) -> Party:
    return entry.party_size, entry.needs


def _case(
    picture: Picture, house: House, party: Party, channel: Channel, now: datetime
) -> Question:
    ask = Ask(party_size=party[0], needs=party[1], starts=now, channel=channel)
    return Question(picture=picture, ask=ask, house=house, now=now)


def _door(picture: Picture, house: House, party: Party, settled: Settled, now: datetime) -> Door:
    return door_of(_case(picture, house, party, "waitlist", now), settled)


def _soonest(door: Door) -> tuple[Plan, datetime] | None:
    plan = _now(door)
    return (plan, door.case.now) if plan else earliest(door)


def _now(door: Door) -> Plan | None:
    return None if closed(door.case) else admit(door.settled, door.item)


def _kept(door: Door, tables: tuple[str, ...]) -> Plan | None:
    """Return the plan with the party at these tables, if it can still sit there now."""
    seat = door.case.room.seat(tables) if tables else None
    if not seat or closed(door.case):
        return None
    choices = choices_of(((seat,),))
    return admit(door.settled, replace(door.item, choices=choices, domain=choices.domain, least=1))


def _with(settled: Settled, plan: Plan) -> Settled:
    return Settled(settled.window, plan, Instant(plan), settled.unplaced)


def _minutes(wait: timedelta) -> int:
    return max(-(-wait // GRID), 0) * GRID_MINUTES
