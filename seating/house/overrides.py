"""Overrides: sections of the rules replaced for one period, with a reason."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from policies.floor.held_tables import reconcile_held_tables
from policies.floor.orders import Command, ReasonText
from policies.house.calendar import Period
from policies.house.rules import Rules
from policies.house.rules_checks import patched_override, read_rules, rules_json
from seating.book.actions import keep_answer, key_of, replayed_answer
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import lock_or_create_rows, read_locked, read_period
from seating.book.write import WriteSet, write
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, NotPossibleNow
from seating.gestures.purses import resize_purses

READ_OVERRIDE = """
select p.rules_version, p.rules_override::text as override,
       (coalesce(r.body, '{}') || p.rules_override)::text as rules,
       coalesce(r.body, '{}')::text as body, p.closed_at
from period p left join rules r on r.venue_id = p.venue_id and r.version = p.rules_version
where p.venue_id = $1 and p.period_id = $2
"""

WRITE_OVERRIDE = """
with written as (
    update period set rules_override = $3::jsonb, version = version + 1
    where venue_id = $1 and period_id = $2
    returning period_id, version)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'rules.overridden', 'id', period_id, 'version', version)::text)
from written
"""


class Override(Command, frozen=True, kw_only=True):
    """Sections of the rules to replace for the period; null removes an override."""

    rules: Annotated[dict[str, Any], Meta(min_length=1)]
    reason: ReasonText


class PeriodRules(Struct, frozen=True, kw_only=True):
    """A period's rules: version (None: none published), overridden sections, the merged whole."""

    period_id: str
    rules_version: int | None
    override: dict[str, Any]
    rules: Rules


async def read_override(conn: Connection, venue_id: str, period_id: str) -> PeriodRules:
    """Return a period's rules; raises NotFound if it has no row yet."""
    row = await conn.fetchrow(READ_OVERRIDE, venue_id, period_id)
    if row is None:
        raise NotFound(f"there is no period {period_id}")
    return PeriodRules(
        period_id=period_id,
        rules_version=row["rules_version"],
        override=msgspec.json.decode(row["override"]),
        rules=msgspec.json.decode(row["rules"], type=Rules),
    )


async def override(
    conn: Connection, venue_id: str, period_id: str, command: Override, by: str, clock: Clock
) -> PeriodRules:
    """Override rules of a period, under its lock, with an audit record.

    Raises rules_checks.RulesError, NotFound, IdReused, NotPossibleNow for a period that is over.
    Purses that exist get their new amount, never below what is spent.
    """
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await _period(conn, venue_id, in_force, period_id)
    await lock_or_create_rows(conn, venue_id, in_force.overlapping(period))
    earlier = await replayed_answer(conn, venue_id, key_of(command), PeriodRules)
    if earlier is not None:
        return earlier
    row = await conn.fetchrow(READ_OVERRIDE, venue_id, period_id)
    if row is None or row["closed_at"] is not None or period.closes <= now:
        raise NotPossibleNow("this period is over")
    tonight = patched_override(msgspec.json.decode(row["override"]), command.rules)
    house = in_force.on(period.service_date).house
    rules = read_rules(msgspec.json.decode(row["body"]) | tonight, house)
    written = {key: value for key, value in _as_json(rules).items() if key in tonight}
    answer = PeriodRules(
        period_id=period_id, rules_version=row["rules_version"], override=written, rules=rules
    )
    await conn.execute(WRITE_OVERRIDE, venue_id, period_id, msgspec.json.encode(written).decode())
    await resize_purses(conn, venue_id, period_id, rules.purses)
    await _reconcile_holds(conn, venue_id, in_force, period, command, now)
    return await keep_answer(
        conn, venue_id, key_of(command), answer, by=by, at=now, period_id=period_id
    )


async def _reconcile_holds(
    conn: Connection,
    venue_id: str,
    in_force: HouseVersion,
    period: Period,
    command: Override,
    now: datetime,
) -> None:
    """Bring the held tables in line with the new rules; the periods are locked."""
    if "holds" not in command.rules:
        return
    locked = await read_locked(conn, venue_id, in_force, period, now=now)
    changes = reconcile_held_tables(
        locked.picture, locked.house, now=now, by="manager", action=command.id
    )
    if changes:
        await write(conn, venue_id, locked.picture, WriteSet(changes=changes), now=now)


def _as_json(rules: Rules) -> dict[str, Any]:
    spelled: dict[str, Any] = msgspec.json.decode(rules_json(rules))
    return spelled


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
        raise NotFound(f"there is no period {period_id}") from None
