"""Pulling levers for services ahead, taking them back, and writing that they have ended.

A lever holds for dates, whether or not anything was booked on them yet: who opens a period later
reads it with its picture. Periods that have a row are locked, as for any other change of what they
can promise; no period is opened at the same time (LOCK_HOUSE).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec.structs import replace

from policies.book.changes import Changes, apply_changes
from policies.book.consequences import Consequences
from policies.book.levers import PulledLever, is_for, with_levers
from policies.book.refusals import CommandRefused
from policies.floor.lever_spans import (
    LEVER_UNDO_SECONDS,
    LeverSpan,
    check_ahead,
    check_areas,
    check_end,
    check_person,
    check_services,
    pulled,
    span_of,
)
from policies.floor.orders import Levers, Undo
from policies.floor.undo import put_back
from policies.floor.warnings import consequences, unasked
from policies.house.calendar import Period
from policies.plan.replanning import replan
from policies.words.message import message
from seating.book.actions import (
    Action,
    ActionAuthor,
    keep_answer,
    key_of,
    mark_undone,
    replayed_answer,
)
from seating.book.announcing import announced
from seating.book.in_force import HouseVersion, house_of
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import (
    LOCK_HOUSE,
    LockedPeriod,
    lock_rows,
    preview_period,
    read_locked,
)
from seating.book.write import WriteSet, write, write_levers
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy
from seating.door.order_answer import PromisedThen
from seating.errors import CannotUndo, NotAllowed
from seating.floor.answers import CommandResult, command_result, error_of

LEVER_COLUMNS = """lever_id, action_id, kind, engaged, from_date, until_date, periods, area, "at",
       covers, until, pulled_at, lifted_at, version"""

LEVERS_OF_DATES = f"""
select {LEVER_COLUMNS}
from lever where venue_id = $1 and lifted_at is null and from_date <= $3 and until_date >= $2
order by number
"""

VENUES_WITH_LEVERS_ENDED = """
select distinct venue_id from lever where lifted_at is null and until <= $1 order by venue_id
"""

LEVERS_ENDED = f"""
select {LEVER_COLUMNS}
from lever where venue_id = $1 and lifted_at is null and until <= $2
order by number for update
"""

OPEN_PERIODS_OF_DATES = f"""
select {PERIOD_COLUMNS}
from period p
where p.venue_id = $1 and p.service_date between $2 and $3 and p.closed_at is null and p.served
  and p.closes > $4 and ($5::text[] = '{{}}' or p.name = any($5))
order by p.opens, p.period_id
"""

TOUCH_PERIODS = f"""
with touched as (
    update period set version = version + 1
    where venue_id = $1 and period_id = any($2::text[])
    returning period_id, version),
announced as (
    insert into outbox (venue_id, event, subject, version, at, data)
    select $1, 'period.changed', period_id, version, $3, '{{}}' from touched)
select count({
    announced("period.changed", subject="period_id", version="version", period="period_id")
}) from touched
"""

# Sites are told of a period that has a row when its version moves; of others, here.
TELL_SITES = """
insert into outbox (venue_id, event, subject, version, at, data)
select $1, 'availability.changed', x.period_id, 0, $2,
       jsonb_build_object('types', array['availability.changed'], 'date', x.service_date)
from unnest($3::text[], $4::date[]) as x (period_id, service_date)
where not exists (select from period p where p.venue_id = $1 and p.period_id = x.period_id)
order by x.service_date, x.period_id
"""

TELL_LEVERS = f"select {announced('levers.changed', subject='$2::text', version='0')}"

PROMISED_IN = """
select r.period_id, count(*) filter (where r.state <> 'requested') as reservations,
       coalesce(sum(r.party_size) filter (where r.state <> 'requested'), 0) as covers,
       count(*) filter (where r.state = 'requested') as requests,
       count(*) filter (where r.exposed) as exposed
from reservation r join period p using (venue_id, period_id)
where r.venue_id = $1 and r.period_id = any($2::text[])
  and r.state in ('requested', 'booked', 'arrived')
group by r.period_id, p.opens order by p.opens
"""


async def pull_ahead(
    conn: Connection, venue_id: str, command: Levers, who: ActionAuthor, clock: Clock
) -> CommandResult:
    """Pull levers for the services a command names; a command sent again is answered as before.

    Promises stand; where areas are shut, every period's plan is settled anew. Raises NotAllowed,
    Invalid, NotPossibleNow, IdReused.
    """
    if not command.dry_run:
        await conn.execute(LOCK_HOUSE, venue_id)
        earlier = await replayed_answer(conn, venue_id, key_of(command), CommandResult)
        if earlier is not None:
            return earlier
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    try:
        span = _checked(in_force, command, who, now)
    except CommandRefused as problem:
        raise await error_of(conn, venue_id, command, problem) from None
    made = tuple(pulled(command, span, now))
    undo_until = now + timedelta(seconds=LEVER_UNDO_SECONDS)
    if command.dry_run:
        answer = await _rehearsed(conn, in_force, made, command.id, now)
        return replace(answer, undo_until=undo_until)
    answer = await _bring_under(conn, in_force, made, command.id, now)
    answer = replace(answer, undo_until=undo_until)
    return await _kept(conn, venue_id, command, answer, who, now, Changes(levers=made))


async def undo_ahead(
    conn: Connection, venue_id: str, command: Undo, action: Action, who: ActionAuthor, now: datetime
) -> CommandResult:
    """Take back levers pulled for services ahead; the caller holds LOCK_HOUSE.

    Raises NotAllowed, and CannotUndo where one was pulled again since.
    """
    in_force, levers = await house_of(conn, venue_id), action.after.levers
    first, last = _dates(levers)
    today = in_force.service_date_at(now)
    try:
        check_person(LeverSpan(first, last), today, who.actor)
    except CommandRefused as problem:
        raise NotAllowed(problem.said, pointer="/action_id") from None
    rows = await conn.fetch(LEVERS_OF_DATES, venue_id, first, last)
    try:
        lifted = put_back([lever_in(row) for row in rows], levers, now)
    except CommandRefused as problem:
        raise CannotUndo(problem.said) from None
    if command.dry_run:
        return await _rehearsed(conn, in_force, lifted, command.id, now)
    await mark_undone(conn, venue_id, action.action_id, command.id)
    answer = await _bring_under(conn, in_force, lifted, command.id, now)
    return await _kept(conn, venue_id, command, answer, who, now, Changes(levers=lifted))


async def end_levers(pool: Pool, clock: Clock) -> int:
    """Write that levers have ended, and settle the plans; returns at how many venues.

    Readers and commands count them as ended before.
    """
    async with pool.acquire() as conn:
        rows = await conn.fetch(VENUES_WITH_LEVERS_ENDED, await clock.now(conn))
    for row in rows:
        venue_id: str = row["venue_id"]
        work = partial(_end, venue_id=venue_id, clock=clock)
        await run_unless_busy(pool, work, f"levers of {venue_id}")
    return len(rows)


async def _end(conn: Connection, venue_id: str, clock: Clock) -> None:
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    ended = [lever_in(row) for row in await conn.fetch(LEVERS_ENDED, venue_id, now)]
    for action in dict.fromkeys(lever.action_id for lever in ended):
        written = tuple(
            replace(lever, lifted_at=lever.until, version=lever.version + 1)
            for lever in ended
            if lever.action_id == action
        )
        await _bring_under(conn, in_force, written, action, now)


def lever_in(row: Record) -> PulledLever:
    """Return the lever in a row that holds LEVER_COLUMNS."""
    return msgspec.convert(dict(row), PulledLever)


def _checked(
    in_force: HouseVersion, command: Levers, who: ActionAuthor, now: datetime
) -> LeverSpan:
    """Return the services a command names. Raises CommandRefused."""
    today = in_force.service_date_at(now)
    span = span_of(command, today)
    check_person(span, today, who.actor)
    check_end(command, span.last, now)
    check_ahead(command)
    days = [span.first + timedelta(days=day) for day in range((span.last - span.first).days + 1)]
    check_areas(command, {area.id for day in days for area in in_force.on(day).house.areas})
    services = [period for day in days for period in in_force.periods_on(day)]
    check_services(command, span, services)
    meant = [each for each in services if not span.periods or each.name in span.periods]
    if meant and all(each.closes <= now for each in meant):
        raise CommandRefused("NOT_POSSIBLE_NOW", message("period-over"))
    return span


async def _bring_under(
    conn: Connection,
    in_force: HouseVersion,
    levers: Sequence[PulledLever],
    action: UUID,
    now: datetime,
) -> CommandResult:
    """Write levers of one span and bring the open periods under them; returns what that changed."""
    venue_id = in_force.house.venue.id
    answer = CommandResult(action_id=action, period_version=0, levers=tuple(levers))
    if not levers:
        return answer
    periods = await _open_periods(conn, venue_id, levers, now)
    near = {each.period_id for period in periods for each in in_force.overlapping(period)}
    await lock_rows(conn, venue_id, sorted(near))
    ids = [period.period_id for period in periods]
    if any(lever.kind == "area_shut" for lever in levers):
        for period in periods:
            locked = await read_locked(conn, venue_id, in_force, period, now=now)
            answer = _with(answer, await _settled(conn, locked, levers, action))
    else:
        await conn.execute(TOUCH_PERIODS, venue_id, ids, now)
    await write_levers(conn, venue_id, levers)
    await conn.execute(TELL_LEVERS, venue_id, str(action))
    meant = _on_sale(in_force, levers, now)
    period_ids, dates = [each.period_id for each in meant], [each.service_date for each in meant]
    await conn.execute(TELL_SITES, venue_id, now, period_ids, dates)
    promised = await conn.fetch(PROMISED_IN, venue_id, ids)
    return replace(
        answer, promised=tuple(msgspec.convert(dict(row), PromisedThen) for row in promised)
    )


async def _open_periods(
    conn: Connection, venue_id: str, levers: Sequence[PulledLever], now: datetime
) -> list[Period]:
    """Return the periods of the levers that have a row and are not over."""
    first, last = _dates(levers)
    names = list(levers[0].periods)
    rows = await conn.fetch(OPEN_PERIODS_OF_DATES, venue_id, first, last, now, names)
    return [period_in(row) for row in rows]


def _on_sale(in_force: HouseVersion, levers: Sequence[PulledLever], now: datetime) -> list[Period]:
    """Return the periods of the levers that sites may sell."""
    first, last = _dates(levers)
    window = timedelta(days=in_force.house.booking.window_days)
    last = min(last, in_force.service_date_at(now) + window)
    return [
        period
        for day in range((last - first).days + 1)
        for period in in_force.periods_on(first + timedelta(days=day))
        if is_for(levers[0], period) and period.closes > now
    ]


async def _rehearsed(
    conn: Connection,
    in_force: HouseVersion,
    levers: Sequence[PulledLever],
    action: UUID,
    now: datetime,
) -> CommandResult:
    """Return what levers of one span would change; nothing is locked or written."""
    venue_id = in_force.house.venue.id
    answer = CommandResult(action_id=action, period_version=0, levers=tuple(levers), dry_run=True)
    for period in await _open_periods(conn, venue_id, levers, now):
        seen = await preview_period(conn, venue_id, in_force, period, now=now)
        changes, told = _changes(seen, levers)
        after = apply_changes(seen.picture, changes)
        one = command_result(action, seen.picture, after, changes, told, None, dry_run=True)
        answer = replace(_with(answer, one), promised=answer.promised + one.promised)
    return answer


async def _settled(
    conn: Connection, locked: LockedPeriod, levers: Sequence[PulledLever], action: UUID
) -> CommandResult:
    """Settle the plan of a locked period around what is shut, or open again; write it."""
    was, now = locked.picture, locked.now
    changes, told = _changes(locked, levers)
    after = await write(conn, locked.venue_id, was, WriteSet(changes=changes), now=now)
    return command_result(action, was, after, changes, told, None)


def _changes(locked: LockedPeriod, levers: Sequence[PulledLever]) -> tuple[Changes, Consequences]:
    """Return what the levers change in a period, the plan settled, and what that means."""
    was, now = locked.picture, locked.now
    after = apply_changes(was, Changes(levers=tuple(levers)))
    period = with_levers(was.period, after.levers, now)
    changes = replan(was, Changes(period=period, levers=tuple(levers)), locked.house, now=now)
    return changes, unasked(consequences(was, changes, locked.house, now=now))


def _with(answer: CommandResult, one: CommandResult) -> CommandResult:
    """Return the answer with what the lever changed in one more period."""
    return replace(
        answer,
        reservations=answer.reservations + one.reservations,
        held=answer.held + one.held,
        warnings=answer.warnings + one.warnings,
        moved=answer.moved + one.moved,
        exposed=answer.exposed + one.exposed,
    )


async def _kept(
    conn: Connection,
    venue_id: str,
    command: Levers | Undo,
    answer: CommandResult,
    who: ActionAuthor,
    now: datetime,
    after: Changes,
) -> CommandResult:
    key, by = key_of(command), who.staff_id or None
    return await keep_answer(
        conn, venue_id, key, answer, by=by, at=now, subject_id=command.id, after=after
    )


def _dates(levers: Sequence[PulledLever]) -> tuple[date, date]:
    return min(each.from_date for each in levers), max(each.until_date for each in levers)
