"""Held tables: made when a period opens, given back rung by rung, granted by a host.

A held table is not one table but a place kept for a party of some size in a peak window: it moves
in the plan like a promise and is worth less than one (policies.book.changes.settled).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import HELD_TABLE, HeldEvent, step
from policies.book.picture import HeldTable, Picture
from policies.floor.orders import HoldMore, ReleaseHeld
from policies.floor.stand import Done, Impossible, Stand
from policies.house.calendar import Period, _served, window_times
from policies.house.house import House
from policies.house.room import Needs
from policies.house.rules import HeldWindow, Rules
from policies.plan.replanning import settled

NAMESPACE = UUID("6f1a9e0c-58b0-4d6f-9a3c-2b6f7a1de001")
"""Held tables are named after what they are, so that two processes make the same ones."""


def held_for(rules: Rules, house: House, period: Period) -> tuple[HeldTable, ...]:
    """Return the held tables a period opens with, none of them placed yet."""
    return tuple(
        held
        for window in rules.holds
        if window.period == period.name and _served(window, period)
        for held in _of_window(window, house, period)
    )


def opened(picture: Picture, house: House, *, now: datetime) -> Changes:
    """Return the held tables a period opens with; nothing once they were made.

    Rungs that have passed already hold nothing back any more.
    """
    period = picture.period
    if period.holds_made or period.closed_at is not None:
        return Changes()
    held = tuple(
        table for table in held_for(picture.rules, house, period) if table.release_at > now
    )
    if not held:
        return Changes()
    changes = Changes(period=replace(period, holds_made=True), held=held)
    return settled(picture, changes, house, now=now)


def reconciled(picture: Picture, house: House, *, now: datetime, by: str, action: UUID) -> Changes:
    """Return the changes after which each window holds what tonight's rules say for this hour.

    What a window has too many of is given back, what it lacks is held anew, under ids made from
    the manager's `action`.
    """
    wanted: defaultdict[str, list[HeldTable]] = defaultdict(list)
    for table in held_for(picture.rules, house, picture.period):
        if table.release_at > now:
            wanted[table.window].append(table)
    have: defaultdict[str, list[HeldTable]] = defaultdict(list)
    for table in picture.held:
        if table.state == "held" and table.period_id == picture.period.period_id:
            have[table.window].append(table)
    held: list[HeldTable] = []
    for window in sorted({*wanted, *have}):
        new, old = wanted[window], have[window]
        held += (released(table, now, by=by) for table in old[len(new) :])
        held += (
            replace(table, held_id=uuid5(action, f"{window}/{number}"))
            for number, table in enumerate(new[len(old) :])
        )
    return settled(picture, Changes(held=tuple(held)), house, now=now) if held else Changes()


def one_more(
    held_id: UUID, window: HeldWindow, house: House, period: Period, *, until: datetime
) -> HeldTable:
    """Return one more held table of a window, kept until the manager's instant."""
    starts, ends = window_times(window, house, period)
    return _held(held_id, window, period, starts, ends, release_at=until, rung=-1)


def release_due(held: HeldTable, now: datetime) -> bool:
    """Tell whether the ladder has given this table back by now."""
    return held.state == "held" and held.release_at <= now


def released(held: HeldTable, now: datetime, *, by: str | None = None) -> HeldTable:
    """Return the held table as given back: at its rung, or by a manager's tap."""
    return replace(
        held, state="released", tables=(), ended_at=now, ended_by=by, version=held.version + 1
    )


def _of_window(window: HeldWindow, house: House, period: Period) -> Iterator[HeldTable]:
    starts, ends = window_times(window, house, period)
    for number in range(window.count):
        at, rung = _release(window, number, starts, ends)
        name = f"{house.venue.id}/{period.period_id}/{window.name}/{number}"
        yield _held(uuid5(NAMESPACE, name), window, period, starts, ends, release_at=at, rung=rung)


def _held(
    held_id: UUID,
    window: HeldWindow,
    period: Period,
    starts: datetime,
    ends: datetime,
    *,
    release_at: datetime,
    rung: int,
) -> HeldTable:
    return HeldTable(
        held_id=held_id,
        period_id=period.period_id,
        window=window.name,
        state="held",
        seats=window.seats,
        needs=Needs(area=window.area),
        starts=starts,
        ends=ends,
        release_at=release_at,
        rung=rung,
    )


def _release(
    window: HeldWindow, number: int, starts: datetime, ends: datetime
) -> tuple[datetime, int]:
    """When table `number` (from 0) goes: at the first rung that keeps no more than so many."""
    rungs = sorted(window.ladder, key=lambda rung: -rung.minutes_before)
    for place, rung in enumerate(rungs):
        if rung.keep <= number:
            return starts - timedelta(minutes=rung.minutes_before), place
    return ends, len(rungs)


def granted(stand: Stand, held_id: UUID, reason: str | None, pointer: str = "/reason") -> HeldTable:
    """Return the held table as given to a party; raises Impossible without a reason."""
    if reason is None:
        raise Impossible("INVALID", "say why this party gets a table we keep", pointer)
    return _ended(stand, stand.held(held_id), "grant", reason)


def release(stand: Stand, order: ReleaseHeld) -> Done:
    """Give a held table back: in the same instant it can be booked on every channel."""
    held = _ended(stand, stand.held(order.held_id, order.version), "release", order.reason)
    return Done(changes=Changes(held=(held,)), subject=held.held_id)


def hold_more(stand: Stand, order: HoldMore) -> Done:
    """Hold one more table, if the room still has one nobody was promised."""
    if stand.by != "manager":
        raise Impossible("NOT_ALLOWED", "a manager decides how many tables are held")
    for window in stand.picture.rules.holds:
        period = stand.picture.period
        if window.name == order.window and window.period == period.name:
            _, ends = window_times(window, stand.house, period)
            if ends <= stand.now:
                raise Impossible("NOT_POSSIBLE_NOW", f"{order.window} is over tonight", "/window")
            held = one_more(order.id, window, stand.house, period, until=ends)
            return Done(changes=Changes(held=(held,)), subject=order.id)
    raise Impossible("INVALID", f"tonight's rules have no window {order.window}", "/window")


def check_placed(changes: Changes, order: HoldMore) -> None:
    """Raise Impossible when the settled plan had no place for the table to be held."""
    for held in changes.held:
        if held.held_id == order.id and held.state != "held":
            told = "every table of that window is promised already"
            raise Impossible("NOT_POSSIBLE_NOW", told, "/window")


def _ended(stand: Stand, held: HeldTable, event: HeldEvent, reason: str | None) -> HeldTable:
    return replace(
        held,
        state=step(HELD_TABLE, held.state, event, stand.by).to,
        tables=(),
        ended_at=stand.now,
        ended_by=stand.by,
        reason=reason,
        version=held.version + 1,
    )
