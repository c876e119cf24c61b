"""One night that differs: sections of the rules replaced for a period, with a reason."""

from datetime import date, datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from policies.floor.held_tables import reconciled
from policies.floor.orders import Order, Said
from policies.house.calendar import Period, neighbours, periods_on
from policies.house.rules import Rules
from policies.house.rules_checks import patched, read_rules, rules_json
from seating.book.actions import Action, answered, fingerprint, record_action
from seating.book.in_force import Known, house_of
from seating.book.periods import lock_periods, read_period, under_lock
from seating.book.write import Written, write
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, NotPossibleNow
from seating.gestures.purses import grant_anew

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


class Override(Order, frozen=True, kw_only=True):
    """Sections of the rules that differ tonight; null gives a section back to the version."""

    rules: Annotated[dict[str, Any], Meta(min_length=1)]
    reason: Said


class PeriodRules(Struct, frozen=True, kw_only=True):
    """What a period runs under: its version (None: no rules published), what differs, the whole."""

    period_id: str
    rules_version: int | None
    override: dict[str, Any]
    rules: Rules


async def read_override(conn: Connection, venue_id: str, period_id: str) -> PeriodRules:
    """Return what a period runs under; raises NotFound for one that nobody has asked for yet."""
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
    conn: Connection, venue_id: str, period_id: str, order: Override, by: str, clock: Clock
) -> PeriodRules:
    """Change a period's rules for its night, under its lock, on record.

    Raises rules_checks.RulesError, NotFound, NotPossibleNow for a period that is over. Purses made
    already are granted anew, never below what is spent.
    """
    known, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await _period(conn, venue_id, known, period_id)
    await lock_periods(conn, venue_id, neighbours(known.house, period))
    earlier = await answered(conn, venue_id, order, PeriodRules)
    if earlier is not None:
        return earlier
    row = await conn.fetchrow(READ_OVERRIDE, venue_id, period_id)
    if row is None or row["closed_at"] is not None or period.closes <= now:
        raise NotPossibleNow("this period is over")
    tonight = patched(msgspec.json.decode(row["override"]), order.rules)
    rules = read_rules(msgspec.json.decode(row["body"]) | tonight, known.house)
    written = {key: value for key, value in _builtins(rules).items() if key in tonight}
    told = PeriodRules(
        period_id=period_id, rules_version=row["rules_version"], override=written, rules=rules
    )
    await conn.execute(WRITE_OVERRIDE, venue_id, period_id, msgspec.json.encode(written).decode())
    await grant_anew(conn, venue_id, period_id, rules.purses)
    await _hold_anew(conn, venue_id, known, period, order, now)
    action = Action(
        asked=fingerprint(order),
        action_id=order.id,
        period_id=period_id,
        kind=type(order).__name__,
        staff_id=by,
        at=now,
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(told)),
    )
    await record_action(conn, venue_id, action)
    return told


async def _hold_anew(
    conn: Connection, venue_id: str, known: Known, period: Period, order: Override, now: datetime
) -> None:
    """Hold as many tables as the rules say now; the periods are locked."""
    if "holds" not in order.rules:
        return
    opened = await under_lock(conn, venue_id, known, period, now=now)
    changes = reconciled(opened.picture, known.house, now=now, by="manager", action=order.id)
    if changes:
        await write(conn, venue_id, opened.picture, Written(changes=changes), now=now)


def _builtins(rules: Rules) -> dict[str, Any]:
    spelled: dict[str, Any] = msgspec.json.decode(rules_json(rules))
    return spelled


async def _period(conn: Connection, venue_id: str, known: Known, period_id: str) -> Period:
    """A period that was opened, else one of the calendar."""
    try:
        return await read_period(conn, venue_id, period_id)
    except NotFound:
        return _of_calendar(known, period_id)


def _of_calendar(known: Known, period_id: str) -> Period:
    try:
        day = date.fromisoformat(period_id.partition(".")[0])
        ahead = periods_on(known.house, day, house_version=known.version)
        return next(period for period in ahead if period.period_id == period_id)
    except (ValueError, OverflowError, StopIteration):
        raise NotFound(f"there is no period {period_id}") from None
