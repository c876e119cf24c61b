"""One period under new rules: what changes is written under its lock, or told without it.

And what published rules name that the house of their dates does not have.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal, get_args
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.refusals import Refusal
from policies.floor.new_rules import CapacityChange, apply_new_rules
from policies.house.rules import Rules
from policies.house.rules_checks import RulesError, named_problems
from policies.words.catalogue import say
from policies.words.message import Message, Param, message
from seating.book.announcing import EventOf, announced
from seating.book.in_force import (
    IN_FORCE,
    KEPT,
    OVERRIDE_OF_PERIOD,
    RULES_OF_VERSIONS,
    HouseVersion,
)
from seating.book.periods import LockedPeriod
from seating.book.write import WriteSet, write
from seating.db import Connection
from seating.gestures.purses import ResizedPurse, resize_purses
from seating.house.rule_versions import COLUMNS, RulesVersion, version_in

ENOUGH_SECONDS = 8.0
"""A request works no longer on periods; it tells how many are left, and is sent again for them."""

log = logging.getLogger("maitred")

_DATED = IN_FORCE.format(service_date="p.service_date")

PUBLISHED = f"""
select {COLUMNS} from rules where venue_id = $1 and state = 'published'
order by from_date, published_at, version
"""

VERSIONS_OF_PERIOD = f"""
select p.rules_version, p.rules_override::text as override, p.closed_at, {_DATED} as current_version
from period p where p.venue_id = $1 and p.period_id = $2
"""

RULES_WITHOUT_OVERRIDE = f"""
select body::text from {
    RULES_OF_VERSIONS.format(latest=_DATED, kept=KEPT, override="jsonb_build_object()")
} as rules
"""

RULES_IF_BROUGHT = f"""
select body::text from {
    RULES_OF_VERSIONS.format(latest="$3::int", kept="$3::int", override=OVERRIDE_OF_PERIOD)
} as rules
"""

RulesStep = Literal["overridden", "published"]
RULES_EVENT = EventOf("rules.", "$5::text", get_args(RulesStep))

SET_RULES = f"""
with written as (
    update period set rules_version = $3, rules_override = $4::jsonb
    where venue_id = $1 and period_id = $2
    returning period_id, version)
select {announced(RULES_EVENT, subject="period_id", version="version", period="period_id")}
from written
"""


class PeriodVersions(Struct, frozen=True, kw_only=True):
    """Where a period's rules come from.

    `rules_version`: its capacity, `current_version`: everything else (None: none published);
    `override`: what is overridden for it.
    """

    rules_version: int | None
    current_version: int | None
    override: dict[str, Any]
    closed_at: datetime | None = None


class Trouble(Struct, frozen=True, kw_only=True):
    """Why a period was left as it was: a stable code and a sentence.

    `detail`: in English; `message`, `params`: the same in any language, empty in what was stored
    before there were any.
    """

    code: str
    detail: str
    message: str = ""
    params: dict[str, Param] = {}


class PeriodChange(Struct, frozen=True, kw_only=True):
    """What new rules change in one open period.

    `capacity`: None where only what is no capacity reaches it. `trouble`: nothing was changed.
    """

    period_id: str
    service_date: date
    capacity: CapacityChange | None = None
    purses: tuple[ResizedPurse, ...] = ()
    trouble: Trouble | None = None


def until_enough() -> Callable[[], bool]:
    """Return what tells whether there is time for one more period, from now on."""
    clock = asyncio.get_running_loop().time
    until = clock() + ENOUGH_SECONDS
    return lambda: clock() < until


def trouble_of(error: Exception, period_id: str) -> Trouble:
    """Return what is told of a period that was left as it was; the unforeseen goes to the log."""
    if isinstance(error, Refusal):
        return _trouble(error.code, error.said)
    if isinstance(error, RulesError):
        return _trouble("INVALID_RULES", error.problems[0][1])
    if isinstance(error, asyncpg.LockNotAvailableError):
        return _trouble("PERIOD_BUSY", message("period-busy"))
    log.error("new rules for %s", period_id, exc_info=error)
    return _trouble("INTERNAL", message("internal-error"))


def _trouble(code: str, said: Message) -> Trouble:
    return Trouble(code=code, detail=say(said), message=said.key, params=said.params)


async def versions_of_period(
    conn: Connection, venue_id: str, period_id: str
) -> PeriodVersions | None:
    """Return where a period's rules come from, None if it has no row."""
    row = await conn.fetchrow(VERSIONS_OF_PERIOD, venue_id, period_id)
    if row is None:
        return None
    return PeriodVersions(**dict(row) | {"override": msgspec.json.decode(row["override"])})


async def rules_without_override(
    conn: Connection, venue_id: str, period_id: str
) -> dict[str, object]:
    """Return a period's rules (JSON) as its versions have them."""
    text = await conn.fetchval(RULES_WITHOUT_OVERRIDE, venue_id, period_id)
    found: dict[str, object] = msgspec.json.decode(text)
    return found


async def rules_if_brought(
    conn: Connection, venue_id: str, period_id: str, version: int
) -> dict[str, object]:
    """Return a period's rules (JSON) were it brought to a version, its overrides merged in."""
    text = await conn.fetchval(RULES_IF_BROUGHT, venue_id, period_id, version)
    found: dict[str, object] = msgspec.json.decode(text)
    return found


async def bring_under(
    conn: Connection, locked: LockedPeriod, rules: Rules, *, by: str, action: UUID
) -> CapacityChange:
    """Write what new rules change in a locked period: held tables, plan and caps.

    The caller sets where the rules come from (`set_rules`).
    """
    picture, now = locked.picture, locked.now
    new = apply_new_rules(picture, rules, locked.house, now=now, by=by, action=action)
    under = replace(picture, rules=rules)
    await write(conn, locked.venue_id, under, WriteSet(changes=new.changes), now=now)
    return new.told


async def set_rules(
    conn: Connection,
    venue_id: str,
    period_id: str,
    kept: PeriodVersions,
    rules: Rules,
    step: RulesStep,
) -> tuple[ResizedPurse, ...]:
    """Set where a locked period's rules come from, resize its purses, and tell the tablets."""
    resized = await resize_purses(conn, venue_id, period_id, rules.purses)
    override = msgspec.json.encode(kept.override).decode()
    await conn.execute(SET_RULES, venue_id, period_id, kept.rules_version, override, step)
    return resized


class RulesMisfit(Struct, frozen=True, kw_only=True):
    """What a version of the rules names that the house of a date on which it holds does not have.

    It does nothing there, until other rules are published from that date on.
    """

    rules_version: int
    service_date: date
    pointer: str
    detail: str
    message: str = ""
    params: dict[str, Param] = {}


async def rules_misfits(
    conn: Connection, in_force: HouseVersion, first: date, more: RulesVersion | None = None
) -> tuple[RulesMisfit, ...]:
    """Return what published rules name from a date on that the house of their dates lacks.

    `more`: a version taken for published last. Each is told once, at the first date it is so.
    """
    rows = await conn.fetch(PUBLISHED, in_force.house.venue.id)
    versions = [each for each in map(version_in, rows) if not more or each.version != more.version]
    versions = sorted([*versions, *([more] if more else [])], key=_from_date)
    dates = {_from_date(each) for each in versions} | {each.from_date for each in in_force.dated}
    found: dict[tuple[int, str], RulesMisfit] = {}
    for day in sorted({max(first, each) for each in dates}):
        holding = [each for each in versions if _from_date(each) <= day][-1:]
        for version in holding:
            for path, said in named_problems(version.rules, in_force.on(day).house):
                misfit = RulesMisfit(
                    rules_version=version.version,
                    service_date=day,
                    pointer="/".join(("/rules", *map(str, path))),
                    detail=say(said),
                    message=said.key,
                    params=said.params,
                )
                found.setdefault((version.version, misfit.detail), misfit)
    return tuple(found.values())


def _from_date(version: RulesVersion) -> date:
    return version.from_date or date.max
