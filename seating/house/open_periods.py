"""Published rules on dates that are booked already: one transaction a period, or only told.

What is no capacity reaches every open period by itself (seating.book.in_force); here purses that
exist follow it, and where the manager asks for it (`also_open`) capacity does. A publication sent
again with its id goes on where it stopped: what a period's transaction wrote is on record under an
id made of the command's and the period's. A preview asks the same functions and writes nothing.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from uuid import UUID, uuid5

import asyncpg
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.refusals import Refusal
from policies.floor.new_rules import apply_new_rules
from policies.floor.orders import Command
from policies.house.calendar import Period
from policies.house.rules import Rules
from policies.house.rules_checks import RulesError, RuleWarning, read_rules, rule_warnings
from policies.words.message import message
from seating.book.actions import ActionKey, fingerprint, keep_answer, replayed_answer
from seating.book.in_force import HouseVersion, house_of, rules_of_period, version_for
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import lock_or_create_rows, read_locked, read_unlocked
from seating.clock import Clock
from seating.db import Connection, Pool, run, transaction
from seating.errors import NotPossibleNow
from seating.gestures.purses import sizes_of_purses
from seating.house.new_rules import (
    PeriodChange,
    RulesMisfit,
    bring_under,
    rules_if_brought,
    rules_misfits,
    set_rules,
    trouble_of,
    until_enough,
    versions_of_period,
)
from seating.house.rule_versions import (
    PublishRules,
    RulesVersion,
    WithdrawRules,
    checked_for_publishing,
    publish,
    withdraw_rules,
)

KIND = "NewRules"

# Periods whose date the version holds for, or would if it were published now ($5).
AFFECTED = f"""
select {PERIOD_COLUMNS}, p.rules_version
from period p
where p.venue_id = $1 and p.service_date >= $2 and p.closed_at is null and p.closes > $4
  and exists (select from rules v where v.venue_id = $1 and v.version = $3
              and v.state <> 'withdrawn')
  and not exists (
      select from rules r
      where r.venue_id = $1 and r.state = 'published' and r.version <> $3
        and r.from_date <= p.service_date
        and (r.from_date, r.published_at, r.version) > ($2, $5, $3))
  and ($6 or exists (select from purse u where u.venue_id = $1 and u.period_id = p.period_id))
order by p.service_date, p.opens, p.period_id
"""

WITH_PURSES = f"""
select {PERIOD_COLUMNS}
from period p
where p.venue_id = $1 and p.service_date >= $2 and p.closed_at is null and p.closes > $3
  and exists (select from purse u where u.venue_id = $1 and u.period_id = p.period_id)
order by p.service_date, p.opens, p.period_id
"""

DONE_BEFORE = """
select a.answer::text
from period p join action a on a.venue_id = p.venue_id and a.period_id = p.period_id
where p.venue_id = $1 and p.service_date >= $2 and a.kind = $3 and a.subject_id = $4
"""

# Inserting a period refers to its venue: whoever began with the earlier version has ended then.
WAIT_FOR_INSERTIONS = "select 1 from venue where venue_id = $1 for update"


class PreviewRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What publishing a version from a date would do; nothing is written."""

    from_date: date
    also_open: bool = False


class RulesPreview(Struct, frozen=True, kw_only=True):
    """What a publication would do. `left`: periods not looked at for want of time.

    `misfits`: what this version names that a house published for later does not have.
    """

    version: int
    from_date: date
    also_open: bool
    periods: tuple[PeriodChange, ...]
    left: int
    warnings: tuple[RuleWarning, ...]
    misfits: tuple[RulesMisfit, ...] = ()


class Publication(Struct, frozen=True, kw_only=True):
    """A published version and what it changed in open periods.

    `open_already`: ids of open periods whose capacity stays that of an earlier version. `left`:
    periods still to be brought to it; the same command sent again goes on with them. `misfits`: as
    in a preview.
    """

    version: RulesVersion
    open_already: tuple[str, ...]
    periods: tuple[PeriodChange, ...]
    left: int
    misfits: tuple[RulesMisfit, ...] = ()


class _Work(Struct, frozen=True, kw_only=True):
    """One command's work on periods. `version` None: the rules in force since (a withdrawal)."""

    venue_id: str
    command: Command
    by: str
    clock: Clock
    from_date: date
    version: int | None
    also_open: bool
    published_at: datetime | None = None

    def key(self, period_id: str) -> ActionKey:
        """Return the key of one period's part."""
        asked = fingerprint(self.version, self.also_open, self.command, period_id)
        return ActionKey(uuid5(self.command.id, period_id), KIND, asked, self.command.reason)


async def publish_rules(
    pool: Pool, venue_id: str, version: int, command: PublishRules, by: str, clock: Clock
) -> Publication:
    """Publish a draft and bring what it should reach of the open periods to it.

    Raises as rule_versions.publish; the trouble of one period is told in its place.
    """
    done = await run(pool, lambda conn: publish(conn, venue_id, version, command, by, clock))
    work = _Work(
        venue_id=venue_id, command=command, by=by, clock=clock, from_date=command.from_date,
        version=version, also_open=command.also_open, published_at=done.published_at,
    )  # fmt: skip
    periods, left = await _bring_all(pool, work)
    every = await _affected(pool, replace(work, also_open=True))
    still = tuple(each.period_id for each in every if each.rules_version != version)
    async with transaction(pool) as conn:
        misfits = await _misfits(conn, await house_of(conn, venue_id), done, command.from_date)
    return Publication(
        version=done, open_already=still, periods=periods, left=left, misfits=misfits
    )


async def _misfits(
    conn: Connection, in_force: HouseVersion, version: RulesVersion, first: date
) -> tuple[RulesMisfit, ...]:
    every = await rules_misfits(conn, in_force, first, replace(version, from_date=first))
    return tuple(each for each in every if each.rules_version == version.version)


async def withdraw(
    pool: Pool, venue_id: str, version: int, command: WithdrawRules, by: str, clock: Clock
) -> RulesVersion:
    """Withdraw a version; purses of open periods follow the one in force now. Raises as it does."""
    gone = await run(pool, lambda conn: withdraw_rules(conn, venue_id, version, command, by, clock))
    if gone.from_date is not None:
        work = _Work(
            venue_id=venue_id, command=command, by=by, clock=clock, from_date=gone.from_date,
            version=None, also_open=False,
        )  # fmt: skip
        await _bring_all(pool, work)
    return gone


async def preview(
    conn: Connection, venue_id: str, version: int, asked: PreviewRules, clock: Clock
) -> RulesPreview:
    """Tell what publishing a version would do. Raises NotFound, NotPossibleNow, Invalid."""
    found = await checked_for_publishing(conn, venue_id, version, asked.from_date, clock)
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    rows = await conn.fetch(AFFECTED, venue_id, asked.from_date, version, now, now, asked.also_open)
    waiting = [period_in(row) for row in rows]
    told: list[PeriodChange] = []
    in_time = until_enough()
    while len(told) < len(waiting) and in_time():
        period = waiting[len(told)]
        told.append(await _told(conn, in_force, version, asked, period, now))
    return RulesPreview(
        version=version,
        from_date=asked.from_date,
        also_open=asked.also_open,
        periods=tuple(told),
        left=len(waiting) - len(told),
        warnings=rule_warnings(found.rules, in_force.on(asked.from_date).house),
        misfits=await _misfits(conn, in_force, found, asked.from_date),
    )


async def _told(
    conn: Connection,
    in_force: HouseVersion,
    version: int,
    asked: PreviewRules,
    period: Period,
    now: datetime,
) -> PeriodChange:
    venue_id = in_force.house.venue.id
    try:
        house = (await version_for(conn, in_force, period)).house
        raw = await rules_if_brought(conn, venue_id, period.period_id, version)
        rules = read_rules(raw, house)
        told = None
        if asked.also_open:
            picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
            nobody = UUID(int=0)
            told = apply_new_rules(picture, rules, house, now=now, by="manager", action=nobody).told
    except (Refusal, RulesError) as error:
        return _left_alone(period, error)
    purses = await sizes_of_purses(conn, venue_id, period.period_id, rules.purses)
    return PeriodChange(
        period_id=period.period_id, service_date=period.service_date, capacity=told, purses=purses
    )


async def _bring_all(pool: Pool, work: _Work) -> tuple[tuple[PeriodChange, ...], int]:
    """Bring period after period, each in its transaction, as long as there is time for it.

    Periods that open meanwhile with the earlier version are met by looking again.
    """
    in_time, (done, waiting) = until_enough(), await _begin(pool, work)
    while waiting:
        for number, period in enumerate(waiting):
            if not in_time():
                return _in_order(done.values()), len(waiting) - number
            done[period.period_id] = await _bring(pool, work, period)
        waiting = [each for each in await _affected(pool, work) if each.period_id not in done]
    return _in_order(done.values()), 0


async def _begin(pool: Pool, work: _Work) -> tuple[dict[str, PeriodChange], list[Period]]:
    """Return what was done before by this command, and what is still to do."""
    with suppress(asyncpg.LockNotAvailableError):
        async with transaction(pool) as conn:
            await conn.execute(WAIT_FOR_INSERTIONS, work.venue_id)
    async with transaction(pool) as conn:
        rows = await conn.fetch(DONE_BEFORE, work.venue_id, work.from_date, KIND, work.command.id)
    answers = [msgspec.json.decode(row["answer"], type=PeriodChange) for row in rows]
    done = {each.period_id: each for each in answers}
    return done, [each for each in await _affected(pool, work) if each.period_id not in done]


async def _affected(pool: Pool, work: _Work) -> list[Period]:
    async with transaction(pool) as conn:
        now = await work.clock.now(conn)
        if work.version is None:
            rows = await conn.fetch(WITH_PURSES, work.venue_id, work.from_date, now)
        else:
            rows = await conn.fetch(
                AFFECTED, work.venue_id, work.from_date, work.version, now,
                work.published_at or now, work.also_open,
            )  # fmt: skip
    return [period_in(row) for row in rows]


async def _bring(pool: Pool, work: _Work, period: Period) -> PeriodChange:
    """Bring one period; what cannot be is told, and the period left as it was."""
    try:
        return await run(pool, lambda conn: _bring_locked(conn, work, period))
    except Exception as error:  # noqa: BLE001 - one period's trouble never stops the others
        return _left_alone(period, error)


async def _bring_locked(conn: Connection, work: _Work, period: Period) -> PeriodChange:
    venue_id, period_id = work.venue_id, period.period_id
    in_force, now = await house_of(conn, venue_id), await work.clock.now(conn)
    await lock_or_create_rows(conn, venue_id, in_force.overlapping(period))
    earlier = await replayed_answer(conn, venue_id, work.key(period_id), PeriodChange)
    if earlier is not None:
        return earlier
    kept = await versions_of_period(conn, venue_id, period_id)
    if kept is None or kept.closed_at is not None or period.closes <= now:
        raise NotPossibleNow(message("period-over"))
    rules = await _rules(conn, work, in_force, period)
    told = None
    if work.also_open:
        locked = await read_locked(conn, venue_id, in_force, period, now=now)
        told = await bring_under(conn, locked, rules, by="manager", action=work.command.id)
        kept = replace(kept, rules_version=work.version)
    change = PeriodChange(
        period_id=period_id,
        service_date=period.service_date,
        capacity=told,
        purses=await set_rules(conn, venue_id, period_id, kept, rules, "published"),
    )
    return await keep_answer(
        conn, venue_id, work.key(period_id), change, by=work.by, at=now, period_id=period_id,
        subject_id=work.command.id,
    )  # fmt: skip


async def _rules(conn: Connection, work: _Work, in_force: HouseVersion, period: Period) -> Rules:
    if work.version is None:
        return await rules_of_period(conn, work.venue_id, period)
    raw = await rules_if_brought(conn, work.venue_id, period.period_id, work.version)
    return read_rules(raw, (await version_for(conn, in_force, period)).house)


def _left_alone(period: Period, error: Exception) -> PeriodChange:
    trouble = trouble_of(error, period.period_id)
    return PeriodChange(
        period_id=period.period_id, service_date=period.service_date, trouble=trouble
    )


def _in_order(changes: Iterable[PeriodChange]) -> tuple[PeriodChange, ...]:
    return tuple(sorted(changes, key=lambda each: (each.service_date, each.period_id)))
