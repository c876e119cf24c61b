"""Held tables where the room gets short: each moves, else starts later, and only then is cancelled.

A promise comes before them, and so does a called party. No more give way than needed: all are set
aside, then put back one by one, the most wanted first, wherever nobody loses a table by it.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes, merge_changes
from policies.book.picture import (
    HeldTable,
    Picture,
    held_in_force,
    holds_in_force,
    is_planned_here,
)
from policies.house.house import House
from policies.plan.gave_way import gave_way_to, why_it_gave_way
from policies.plan.settling import Settled, settle, stored
from policies.words.message import message

SYSTEM: Final = "system"
"""Who ends a held table where no person does."""

LEAST_HELD = timedelta(minutes=45)
"""A held table is not shortened below this: less is of no use to a party (assumption)."""

LATER_BY = timedelta(minutes=15)
"""Step in which later starts are tried."""


def held_giving_way(
    picture: Picture, settled: Settled, house: House, *, now: datetime, by: str
) -> Settled:
    """Return it with every held table at a place of its own, later, or cancelled.

    Nothing changes where all have a place and nobody owed one could have it by their giving way.
    One that started later takes its first time again as soon as the room has it.
    """
    held = _in_plan(settled.after, now)
    displaced = any(each.held_id in settled.unplaced for each in held)
    if displaced or (held and any(settled.owed_lost)):
        given_up = tuple(_cancelled(each, now, by) for each in held)
        aside = settle(
            picture, merge_changes(settled.changes, Changes(held=given_up)), house, now=now
        )
        if displaced or aside.owed_lost < settled.owed_lost:
            order = _by_worth(held, picture, settled)
            settled = _put_back(picture, stored(aside), order, house, now)
            settled = _told(picture, settled, held, house, now)
    return _earlier_again(picture, settled, house, now)


def _in_plan(after: Picture, now: datetime) -> list[HeldTable]:
    """Return the held tables in force that the plan places; an opened one is in its option."""
    opened = {hold.held_id for hold in holds_in_force(after, now)}
    return [
        each
        for each in held_in_force(after, now)
        if each.held_id not in opened and is_planned_here(after, each)
    ]


def _by_worth(held: Sequence[HeldTable], picture: Picture, settled: Settled) -> list[HeldTable]:
    """Return the held tables, the most wanted first: new ones last, by hand before the rules'.

    Then the earlier window, the larger table, whoever can stay, the later release.
    """
    known = {each.held_id for each in picture.held}
    return sorted(
        held,
        key=lambda each: (
            each.held_id not in known,
            each.rung >= 0,
            each.starts,
            -each.seats,
            each.held_id in settled.unplaced,
            -each.release_at.timestamp(),
            each.held_id,
        ),
    )


def _put_back(
    picture: Picture, settled: Settled, held: Sequence[HeldTable], house: House, now: datetime
) -> Settled:
    known = {each.held_id for each in picture.held}
    for each in held:
        whole = _with_held(picture, settled, each, each.starts, house, now)
        later = _later_starts(each) if whole is None and each.held_id in known else []
        settled = whole or _with_earliest(picture, settled, each, later, house, now) or settled
    return settled


def _earlier_again(picture: Picture, settled: Settled, house: House, now: datetime) -> Settled:
    was = {each.held_id: each.starts for each in picture.held if each.first_starts}
    for each in _in_plan(settled.after, now):
        if each.first_starts and was.get(each.held_id) == each.starts:
            earlier = _starts_between(each.first_starts, each.starts)
            settled = _with_earliest(picture, settled, each, earlier, house, now) or settled
    return settled


def _later_starts(held: HeldTable) -> list[datetime]:
    return _starts_between(held.starts + LATER_BY, held.ends - LEAST_HELD + LATER_BY)


def _starts_between(first: datetime, before: datetime) -> list[datetime]:
    return [first + step * LATER_BY for step in range(-(-(before - first) // LATER_BY))]


def _with_earliest(
    picture: Picture,
    settled: Settled,
    held: HeldTable,
    starts: Sequence[datetime],
    house: House,
    now: datetime,
) -> Settled | None:
    """Return it with the table held from the earliest of these times on, None if none will do.

    What fits from some time on fits later, so it is found by bisection.
    """
    found: dict[datetime, Settled] = {}

    def fits(start: datetime) -> bool:
        trial = _with_held(picture, settled, held, start, house, now)
        if trial is not None:
            found[start] = trial
        return trial is not None

    place = bisect_left(starts, True, key=fits)  # noqa: FBT003 - the value looked for
    return found[starts[place]] if place < len(starts) else None


def _with_held(
    picture: Picture,
    settled: Settled,
    held: HeldTable,
    starts: datetime,
    house: House,
    now: datetime,
) -> Settled | None:
    """Return it with the table held from `starts` on, None where nobody can be spared."""
    first = held.first_starts or held.starts
    kept = replace(held, starts=starts, first_starts=first if starts > first else None)
    trial = settle(picture, merge_changes(settled.changes, Changes(held=(kept,))), house, now=now)
    return stored(trial) if trial.unplaced <= settled.unplaced else None


def _cancelled(held: HeldTable, now: datetime, by: str) -> HeldTable:
    return replace(
        held, state="cancelled", tables=(), ended_at=now, ended_by=by, version=held.version + 1
    )


def _told(
    picture: Picture, settled: Settled, held: Sequence[HeldTable], house: House, now: datetime
) -> Settled:
    """Return it with what each cancelled table gave way to, less those that stay as they were."""
    changes = settled.changes
    final = apply_changes(picture, changes)
    ours = {each.held_id for each in held}
    known = {each.held_id: each for each in picture.held}

    def told(each: HeldTable) -> HeldTable:
        was = known.get(each.held_id)
        if each.state != "cancelled" or each.held_id not in ours:
            return each
        if was is None:
            return replace(each, ended_why=message("held-no-room", seats=each.seats))
        to = gave_way_to(was, picture, final, changes, house, now=now)
        return replace(each, ended_for=to, ended_why=why_it_gave_way(each, to, final, house))

    changed = tuple(told(each) for each in changes.held if each != known.get(each.held_id))
    return replace(settled, changes=replace(changes, held=changed))
