"""Held tables: made when a period opens, released by the rules' ladder, granted by a host.

A held table is capacity for a party of some size in a peak window, not one table of the room: the
plan may move it like a promise, and gives it up before a promise.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.lifecycles import HELD_TABLE, HeldEvent, transition
from policies.book.picture import GaveWayTo, HeldTable, Picture
from policies.book.refusals import CommandRefused
from policies.floor.orders import HoldMore, ReleaseHeld
from policies.floor.stand import Outcome, Stand
from policies.house.calendar import Period, is_on, window_times
from policies.house.house import House
from policies.house.room import Needs
from policies.house.rules import HeldWindow, Rules
from policies.plan.replanning import replan
from policies.words.message import message

NAMESPACE = UUID("6f1a9e0c-58b0-4d6f-9a3c-2b6f7a1de001")
"""Ids are UUIDv5 of venue, period, window and number, so any process makes the same ones."""


def initial_held_tables(rules: Rules, house: House, period: Period) -> tuple[HeldTable, ...]:
    """Return the held tables of the rules for a period, not yet in the plan."""
    return tuple(
        held
        for window in rules.holds
        if window.period == period.name and is_on(window, period)
        for held in _of_window(window, house, period)
    )


def make_held_tables(picture: Picture, house: House, *, now: datetime) -> Changes:
    """Return the changes that create a period's held tables; none once they were made.

    Tables whose rung of the ladder has passed are left out.
    """
    period = picture.period
    if period.holds_made or period.closed_at is not None or not period.served:
        return Changes()
    held = tuple(
        table
        for table in initial_held_tables(picture.rules, house, period)
        if table.release_at > now
    )
    if not held:
        return Changes()
    changes = Changes(period=replace(period, holds_made=True), held=held)
    return replan(picture, changes, house, now=now)


def reconcile_held_tables(
    picture: Picture, before: Rules, house: House, *, now: datetime, by: str, action: UUID
) -> Changes:
    """Return the changes that bring the held tables from the rules `before` to the picture's rules.

    A window that both hold alike is left alone. In others surplus tables are released, missing ones
    made with ids derived from `action`, and tables of another size, area or time replaced. What
    was granted or given up is not made again; of fewer tables those granted count, those given up
    do not. What was held by hand stays.
    """
    if not (picture.period.holds_made and picture.period.served):
        return make_held_tables(picture, house, now=now)
    said = _by_window(initial_held_tables(before, house, picture.period), now)
    says = _by_window(initial_held_tables(picture.rules, house, picture.period), now)
    have = _by_window((t for t in picture.held if _is_of_rules(t, picture.period)), now)
    held: list[HeldTable] = []
    for window in sorted({*said, *says}):
        if said[window] != says[window]:
            count = _still_wanted(
                picture, window, len(said[window]), len(says[window]), len(have[window])
            )
            wanted = says[window][:count]
            held += _as_wanted(have[window], wanted, now=now, by=by, action=action)
    if not held:
        return Changes()
    return replan(picture, Changes(held=tuple(held)), house, now=now, by=by)


def _still_wanted(picture: Picture, window: str, said: int, says: int, have: int) -> int:
    """Return how many tables a window holds from now on, `have` of the `said` being held still."""
    if says > said:
        return max(0, says - max(0, said - have))
    granted = sum(table.state == "granted" and table.window == window for table in picture.held)
    return max(0, min(says - granted, have))


def _by_window(tables: Iterable[HeldTable], now: datetime) -> defaultdict[str, list[HeldTable]]:
    """Return the tables not due for release, by window, the last to be released first."""
    found: defaultdict[str, list[HeldTable]] = defaultdict(list)
    for table in tables:
        if table.release_at > now:
            found[table.window].append(table)
    for each in found.values():
        each.sort(key=lambda table: table.release_at, reverse=True)
    return found


def _is_of_rules(table: HeldTable, period: Period) -> bool:
    return table.state == "held" and table.rung >= 0 and table.period_id == period.period_id


def _as_wanted(
    have: list[HeldTable], wanted: list[HeldTable], *, now: datetime, by: str, action: UUID
) -> Iterator[HeldTable]:
    """Yield the tables of one window that change: released, released at another time, made."""
    fitting = [table for table in have if wanted and _place(table) == _place(wanted[0])]
    surplus = [table for table in have if table not in fitting] + fitting[len(wanted) :]
    yield from (as_released(table, now, by=by) for table in surplus)
    for table, like in zip(fitting, wanted, strict=False):
        if (table.release_at, table.rung) != (like.release_at, like.rung):
            later = table.version + 1
            yield replace(table, release_at=like.release_at, rung=like.rung, version=later)
    for number, table in enumerate(wanted[len(fitting) :], start=len(fitting)):
        yield replace(table, held_id=uuid5(action, f"{table.window}/{number}"))


def _place(table: HeldTable) -> tuple[object, ...]:
    return table.seats, table.needs, table.first_starts or table.starts, table.ends


def extra_held_table(
    held_id: UUID, window: HeldWindow, house: House, period: Period, *, until: datetime
) -> HeldTable:
    """Return one more held table of a window, released at `until`."""
    starts, ends = window_times(window, house, period)
    return _held_table(held_id, window, period, starts, ends, release_at=until, rung=-1)


def release_due(held: HeldTable, now: datetime) -> bool:
    """Tell whether the held table's release time has passed."""
    return held.state == "held" and held.release_at <= now


def as_released(held: HeldTable, now: datetime, *, by: str | None = None) -> HeldTable:
    """Return the held table as released, by its ladder or by a person (`by`)."""
    return replace(
        held, state="released", tables=(), ended_at=now, ended_by=by, version=held.version + 1
    )


def _of_window(window: HeldWindow, house: House, period: Period) -> Iterator[HeldTable]:
    starts, ends = window_times(window, house, period)
    for number in range(window.count):
        at, rung = _release(window, number, starts, ends)
        name = f"{house.venue.id}/{period.period_id}/{window.name}/{number}"
        yield _held_table(
            uuid5(NAMESPACE, name), window, period, starts, ends, release_at=at, rung=rung
        )


def _held_table(
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
    """Return release time and rung of table `number`, from 0: first rung with keep <= number."""
    rungs = sorted(window.ladder, key=lambda rung: -rung.minutes_before)
    for place, rung in enumerate(rungs):
        if rung.keep <= number:
            return starts - timedelta(minutes=rung.minutes_before), place
    return ends, len(rungs)


def grant(
    stand: Stand, held_id: UUID, reason: str | None, to: GaveWayTo | None = None
) -> HeldTable:
    """Return the held table as granted to a party; raises CommandRefused without a reason."""
    if reason is None:
        raise CommandRefused("INVALID", message("grant-needs-reason"), "/reason")
    return replace(_end(stand, stand.held(held_id), "grant", reason), ended_for=to)


def release(stand: Stand, command: ReleaseHeld) -> Outcome:
    """Release a held table: it can be booked on every channel at once."""
    held = _end(stand, stand.held(command.held_id, command.version), "release", command.reason)
    return Outcome(changes=Changes(held=(held,)), subject=held.held_id)


def hold_more(stand: Stand, command: HoldMore) -> Outcome:
    """Hold one more table of a window. `check_placed` refuses it afterwards if the plan is full."""
    if stand.by != "manager":
        raise CommandRefused("NOT_ALLOWED", message("holding-is-managers"))
    if not stand.picture.period.served:
        raise CommandRefused("NOT_POSSIBLE_NOW", message("period-not-served"), "/window")
    for window in stand.picture.rules.holds:
        period = stand.picture.period
        if window.name == command.window and window.period == period.name:
            _, ends = window_times(window, stand.house, period)
            if ends <= stand.now:
                raise CommandRefused(
                    "NOT_POSSIBLE_NOW", message("window-over", window=command.window), "/window"
                )
            held = extra_held_table(command.id, window, stand.house, period, until=ends)
            return Outcome(changes=Changes(held=(held,)), subject=command.id)
    raise CommandRefused("INVALID", message("no-such-window", window=command.window), "/window")


def check_placed(changes: Changes, command: HoldMore) -> None:
    """Raise CommandRefused when the plan had no room for the new held table."""
    for held in changes.held:
        if held.held_id == command.id and held.state != "held":
            detail = message("window-all-promised")
            raise CommandRefused("NOT_POSSIBLE_NOW", detail, "/window")


def _end(stand: Stand, held: HeldTable, event: HeldEvent, reason: str | None) -> HeldTable:
    return replace(
        held,
        state=transition(HELD_TABLE, held.state, event, stand.by).to,
        tables=(),
        ended_at=stand.now,
        ended_by=stand.who,
        reason=reason,
        version=held.version + 1,
    )
