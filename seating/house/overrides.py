"""Overrides: keys of the rules that differ for some periods, with a reason."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any
from uuid import uuid5

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from policies.drafts.patch import PatchError, as_patched, patch_problems, patched
from policies.floor.new_rules import CapacityChange
from policies.floor.orders import Command, ReasonText
from policies.house.calendar import WEEK, Period
from policies.house.file import with_full_times
from policies.house.house import Day, House, Key
from policies.house.rules import Rules
from policies.house.rules_checks import (
    RulesError,
    named_problems,
    overridden,
    override_of,
    patched_override,
    read_rules,
    rules_json,
)
from policies.house.shape import comma_list
from policies.words.message import message
from seating.access.audit import MOST_TOLD, keep_record
from seating.book.actions import keep_answer, key_of, replayed_answer
from seating.book.in_force import HouseVersion, house_of, rules_of_date, rules_of_period
from seating.book.periods import lock_or_create_rows, read_locked, read_period
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.gestures.purses import ResizedPurse
from seating.house.new_rules import (
    Trouble,
    bring_under,
    rules_without_override,
    set_rules,
    trouble_of,
    until_enough,
    versions_of_period,
)

DATES_AT_MOST = 366


class Override(Command, frozen=True, kw_only=True):
    """Rules that differ for the period: a merge patch (RFC 7396) of its override.

    A key of a section leaves the section's other keys alone, a list is replaced whole or patched by
    entry (policies.drafts.patch); null ends the override of a key or of a section.
    """

    rules: Annotated[dict[str, Any], Meta(min_length=1)]
    reason: ReasonText


class OverrideDates(Command, frozen=True, kw_only=True):
    """One override for many dates: `dates`, or every date from `from_date` to `until`.

    `weekdays` empty: every day of the week. `name` None: every period of a date.
    """

    rules: Annotated[dict[str, Any], Meta(min_length=1)]
    reason: ReasonText
    dates: Annotated[tuple[date, ...], Meta(max_length=DATES_AT_MOST)] = ()
    from_date: date | None = None
    until: date | None = None
    weekdays: frozenset[Day] = frozenset()
    name: Key | None = None


class PeriodRules(Struct, frozen=True, kw_only=True):
    """A period's rules: where they come from, what is overridden, the merged whole.

    `rules_version`: of its capacity, `current_version`: of everything else (None: none published).
    `capacity`, `purses`: what an override changed.
    """

    period_id: str
    rules_version: int | None
    override: dict[str, Any]
    rules: Rules
    current_version: int | None = None
    capacity: CapacityChange | None = None
    purses: tuple[ResizedPurse, ...] = ()


class OverriddenPeriod(Struct, frozen=True, kw_only=True):
    """The override of one period of many: its rules now, or why it was left as it was."""

    period_id: str
    rules: PeriodRules | None = None
    trouble: Trouble | None = None


class OverriddenDates(Struct, frozen=True, kw_only=True):
    """An override of many dates, period by period. `without_period`: dates that have none.

    `left`: periods still to be changed; the same command sent again goes on with them.
    """

    periods: tuple[OverriddenPeriod, ...]
    left: int
    without_period: tuple[date, ...] = ()


async def read_override(conn: Connection, venue_id: str, period_id: str) -> PeriodRules:
    """Return a period's rules; raises NotFound if it has no row yet."""
    kept = await versions_of_period(conn, venue_id, period_id)
    if kept is None:
        raise NotFound(message("no-period-named", period=period_id))
    period = await read_period(conn, venue_id, period_id)
    return PeriodRules(
        period_id=period_id,
        rules_version=kept.rules_version,
        current_version=kept.current_version,
        override=kept.override,
        rules=await rules_of_period(conn, venue_id, period),
    )


async def override(
    conn: Connection,
    venue_id: str,
    period_id: str,
    command: Override,
    by: str,
    clock: Clock,
    *,
    of_many: bool = False,
) -> PeriodRules:
    """Override rules of a period, under its lock, with an audit record.

    Held tables are brought in line, purses that exist get their new amount, never below what is
    spent. `of_many`: the record of what matters has all of them as one. Raises
    rules_checks.RulesError, NotFound, IdReused, NotPossibleNow for a period that is over.
    """
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await _period(conn, venue_id, in_force, period_id)
    await lock_or_create_rows(conn, venue_id, in_force.overlapping(period))
    earlier = await replayed_answer(conn, venue_id, key_of(command), PeriodRules)
    if earlier is not None:
        return earlier
    kept = await versions_of_period(conn, venue_id, period_id)
    if kept is None or kept.closed_at is not None or period.closes <= now:
        raise NotPossibleNow(message("period-over"))
    locked = await read_locked(conn, venue_id, in_force, period, now=now)
    whole = await rules_without_override(conn, venue_id, period_id)
    asked = _asked(whole, kept.override, command.rules)
    rules = _read(whole, asked, command.rules, locked.house)
    kept = replace(kept, override=override_of(rules, asked))
    capacity = await bring_under(conn, locked, rules, by="manager", action=command.id)
    purses = await set_rules(conn, venue_id, period_id, kept, rules, "overridden")
    answer = PeriodRules(
        period_id=period_id,
        rules_version=kept.rules_version,
        current_version=kept.current_version,
        override=kept.override,
        rules=rules,
        capacity=capacity,
        purses=purses,
    )
    if not of_many:
        await _record(conn, venue_id, (period_id,), command, by)
    return await keep_answer(
        conn, venue_id, key_of(command), answer, by=by, at=now, period_id=period_id
    )


def _asked(
    whole: dict[str, Any], override: dict[str, Any], patch: dict[str, Any]
) -> dict[str, object]:
    """Return the override after a patch; lists that are patched by entry are written whole.

    Raises RulesError for an entry there is not.
    """
    if wrong := patch_problems(patch):
        raise RulesError(wrong)
    now = overridden(whole, override)
    by_entry = {
        key: value
        for key, value in patch.items()
        if isinstance(value, dict) and isinstance(now.get(key), list)
    }
    try:
        lists = patched({key: now[key] for key in by_entry}, by_entry)
    except PatchError as error:
        raise RulesError(error.problems) from None
    return patched_override(override, patch | lists)


def _read(
    whole: dict[str, object], asked: dict[str, object], patch: dict[str, Any], house: House
) -> Rules:
    """Return the rules under an override.

    Raises RulesError for what it makes wrong, not for what the rules name that this house lacks.
    """
    raw = overridden(whole, asked)
    try:
        return read_rules(raw, house)
    except RulesError as error:
        stands = named_problems(msgspec.convert(whole, Rules), house)
        wrong = tuple(each for each in error.problems if each not in stands)
        if wrong:
            raise RulesError(as_patched(raw, patch, wrong)) from None
        return msgspec.convert(with_full_times(raw), Rules)


async def override_dates(
    pool: Pool, venue_id: str, command: OverrideDates, by: str, clock: Clock
) -> OverriddenDates:
    """Override rules of many periods, each in its own transaction: all of it or nothing.

    Raises Invalid and RulesError before anything is written; what hinders one period is told in
    its place. Sent again it goes on where it stopped.
    """
    known = await run(pool, lambda conn: _begin(conn, venue_id, command, by, clock))
    done: list[OverriddenPeriod] = []
    in_time = until_enough()
    while len(done) < len(known.ids) and in_time():
        period_id = known.ids[len(done)]
        done.append(await _override_one(pool, venue_id, period_id, command, by, clock))
    left = len(known.ids) - len(done)
    return OverriddenDates(periods=tuple(done), left=left, without_period=known.without)


class _Known(Struct, frozen=True, kw_only=True):
    """The periods of the dates asked for, and the dates without any."""

    ids: tuple[str, ...]
    without: tuple[date, ...]


async def _begin(
    conn: Connection, venue_id: str, command: OverrideDates, by: str, clock: Clock
) -> _Known:
    """Check the command, and keep which periods it is about."""
    earlier = await replayed_answer(conn, venue_id, key_of(command), _Known)
    if earlier is not None:
        return earlier
    dates = tuple(_dates(command))
    if not dates:
        raise Invalid(message("no-such-weekday-in-range"), pointer="/weekdays")
    in_force = await house_of(conn, venue_id)
    whole = msgspec.json.decode(rules_json(await rules_of_date(conn, venue_id, dates[0])))
    asked = _asked(whole, {}, command.rules)
    _read(whole, asked, command.rules, in_force.on(dates[0]).house)
    found = {day: tuple(_ids_on(in_force, day, command.name)) for day in dates}
    if command.name is not None and not any(found.values()):
        names = comma_list({each.name for day in dates for each in in_force.periods_on(day)})
        raise Invalid(message("no-such-period-then", periods=names), pointer="/name")
    known = _Known(
        ids=tuple(each for ids in found.values() for each in ids),
        without=tuple(day for day, ids in found.items() if not ids),
    )
    now = await clock.now(conn)
    await _record(conn, venue_id, known.ids, command, by)
    return await keep_answer(conn, venue_id, key_of(command), known, by=by, at=now)


async def _record(
    conn: Connection,
    venue_id: str,
    periods: tuple[str, ...],
    command: Override | OverrideDates,
    by: str,
) -> None:
    """Record for the owner which rules were set for how many periods, and the first of them."""
    facts = {
        "count": len(periods),
        "periods": periods[:MOST_TOLD],
        "changed": _changed(command.rules),
    }
    await keep_record(conn, venue_id, "OverrideRules", facts, by=by, reason=command.reason)


def _changed(patch: dict[str, Any]) -> list[str]:
    """Return the keys of the rules that a patch is about, a section's as `section/key`."""
    return [
        f"{key}/{each}" if each else key
        for key, value in sorted(patch.items())
        for each in (sorted(value) if isinstance(value, dict) and value else [""])
    ][:MOST_TOLD]


def _dates(command: OverrideDates) -> Iterator[date]:
    """Yield the dates asked for, in order. Raises Invalid."""
    first, last = command.from_date, command.until
    if bool(command.dates) == (first is not None):
        raise Invalid(message("dates-or-range"), pointer="/dates")
    if first is None:
        every = sorted(set(command.dates))
    elif last is None:
        raise Invalid(message("until-needed", date=first.isoformat()), pointer="/until")
    elif last < first:
        raise Invalid(message("date-passed", date=first.isoformat()), pointer="/until")
    elif (last - first).days >= DATES_AT_MOST:
        raise Invalid(message("too-many-dates", most=DATES_AT_MOST), pointer="/until")
    else:
        every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    yield from (
        day for day in every if not command.weekdays or WEEK[day.weekday()] in command.weekdays
    )


def _ids_on(in_force: HouseVersion, day: date, name: str | None) -> Iterator[str]:
    for period in in_force.periods_on(day):
        if name in {None, period.name}:
            yield period.period_id


async def _override_one(
    pool: Pool, venue_id: str, period_id: str, command: OverrideDates, by: str, clock: Clock
) -> OverriddenPeriod:
    one = Override(id=uuid5(command.id, period_id), rules=command.rules, reason=command.reason)

    async def work(conn: Connection) -> PeriodRules:
        return await override(conn, venue_id, period_id, one, by, clock, of_many=True)

    try:
        rules = await run(pool, work)
    except Exception as error:  # noqa: BLE001 - one period's trouble never stops the others
        return OverriddenPeriod(period_id=period_id, trouble=trouble_of(error, period_id))
    return OverriddenPeriod(period_id=period_id, rules=rules)


async def _period(
    conn: Connection, venue_id: str, in_force: HouseVersion, period_id: str
) -> Period:
    """Return the period of the row, else of the calendar. Raises NotFound."""
    try:
        return await read_period(conn, venue_id, period_id)
    except NotFound:
        return _calendar_period(in_force, period_id)


def _calendar_period(in_force: HouseVersion, period_id: str) -> Period:
    try:
        day = date.fromisoformat(period_id.partition(".")[0])
        ahead = in_force.periods_on(day)
        return next(period for period in ahead if period.period_id == period_id)
    except (ValueError, OverflowError, StopIteration):
        raise NotFound(message("no-period-named", period=period_id)) from None
