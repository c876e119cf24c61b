"""The manager's rules as versions: drafted, published from a service date, never edited.

A period keeps the version that was in force when its row was made (periods.OPEN_PERIODS); a period
nobody has asked for yet has none, and is read under what it would open with.
"""

from datetime import date, datetime
from typing import Any, Literal

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.floor.orders import Order, Said
from policies.house.calendar import service_date_at
from policies.house.rules import Rules
from policies.house.rules_checks import read_rules, rules_json
from seating.book.actions import Action, answered, fingerprint, record_action
from seating.book.in_force import house_of
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow

COLUMNS = """
version, state, from_date, why, made_by, made_at, published_by, published_at, body::text as rules
"""

DRAFT = f"""
insert into rules (venue_id, version, body, why, made_by, made_at)
select $1, coalesce(max(version), 0) + 1, $2::jsonb, $3, $4, $5 from rules where venue_id = $1
returning {COLUMNS}
"""

LIST = f"select {COLUMNS} from rules where venue_id = $1 order by version desc"

READ = f"select {COLUMNS} from rules where venue_id = $1 and version = $2 for update"

PUBLISH = f"""
update rules set state = 'published', from_date = $3, published_by = $4, published_at = $5
where venue_id = $1 and version = $2
returning {COLUMNS}
"""

WITHDRAW = f"""
update rules set state = 'withdrawn' where venue_id = $1 and version = $2 returning {COLUMNS}
"""

OPEN_ALREADY = """
select period_id from period
where venue_id = $1 and service_date >= $2 and closed_at is null
  and rules_version is distinct from $3
order by period_id
"""


class DraftRules(Order, frozen=True, kw_only=True):
    """New rules, written whole; a key left out has its default."""

    rules: dict[str, Any]
    reason: Said


class PublishRules(Order, frozen=True, kw_only=True):
    """Put a draft in force for the periods of this service date and later that open from now on."""

    from_date: date


class WithdrawRules(Order, frozen=True, kw_only=True):
    """Take a version back: periods that open from now on run under the one before."""

    reason: Said


class RulesVersion(Struct, frozen=True, kw_only=True):
    """A version of the rules, and who made and published it."""

    version: int
    state: Literal["draft", "published", "withdrawn"]
    why: str
    made_by: str | None
    made_at: datetime
    rules: Rules
    from_date: date | None = None
    published_by: str | None = None
    published_at: datetime | None = None


class Published(Struct, frozen=True, kw_only=True):
    """A published version. `open_already`: periods that keep the version they opened with."""

    version: RulesVersion
    open_already: tuple[str, ...]


async def draft(
    conn: Connection, venue_id: str, order: DraftRules, by: str, clock: Clock
) -> RulesVersion:
    """Keep rules as a draft. Raises rules_checks.RulesError with every mistake."""
    earlier = await answered(conn, venue_id, order, RulesVersion)
    if earlier is not None:
        return earlier
    rules = read_rules(order.rules, (await house_of(conn, venue_id)).house)
    now = await clock.now(conn)
    row = await conn.fetchrow(DRAFT, venue_id, rules_json(rules).decode(), order.reason, by, now)
    return await _recorded(conn, venue_id, order, by, _version(row), now)


async def list_rules(conn: Connection, venue_id: str) -> tuple[RulesVersion, ...]:
    """Return every version, the latest first."""
    return tuple(_version(row) for row in await conn.fetch(LIST, venue_id))


async def publish(
    conn: Connection, venue_id: str, version: int, order: PublishRules, by: str, clock: Clock
) -> Published:
    """Publish a draft. Raises NotFound, NotPossibleNow, Invalid (a date gone by), RulesError."""
    found = await _locked_version(conn, venue_id, version)
    earlier = await answered(conn, venue_id, order, RulesVersion)
    if earlier is None:
        if found.state != "draft":
            raise NotPossibleNow(f"version {version} is {found.state}; publish a new draft")
        house, now = (await house_of(conn, venue_id)).house, await clock.now(conn)
        if order.from_date < (today := service_date_at(house, now)):
            raise Invalid(f"expected {today.isoformat()} or later", pointer="/from_date")
        read_rules(msgspec.json.decode(rules_json(found.rules)), house)
        row = await conn.fetchrow(PUBLISH, venue_id, version, order.from_date, by, now)
        earlier = await _recorded(conn, venue_id, order, by, _version(row), now)
    rows = await conn.fetch(OPEN_ALREADY, venue_id, order.from_date, version)
    return Published(version=earlier, open_already=tuple(row["period_id"] for row in rows))


async def withdraw(
    conn: Connection, venue_id: str, version: int, order: WithdrawRules, by: str, clock: Clock
) -> RulesVersion:
    """Withdraw a version; open periods keep it. Raises NotFound, NotPossibleNow."""
    found = await _locked_version(conn, venue_id, version)
    earlier = await answered(conn, venue_id, order, RulesVersion)
    if earlier is not None:
        return earlier
    if found.state == "withdrawn":
        raise NotPossibleNow(f"version {version} is withdrawn already")
    row = await conn.fetchrow(WITHDRAW, venue_id, version)
    return await _recorded(conn, venue_id, order, by, _version(row), await clock.now(conn))


async def _locked_version(conn: Connection, venue_id: str, version: int) -> RulesVersion:
    row = await conn.fetchrow(READ, venue_id, version)
    if row is None:
        raise NotFound(f"there are no rules of version {version}")
    return _version(row)


async def _recorded(
    conn: Connection, venue_id: str, order: Order, by: str, version: RulesVersion, now: datetime
) -> RulesVersion:
    await record_action(
        conn,
        venue_id,
        Action(
            asked=fingerprint(order),
            action_id=order.id,
            kind=type(order).__name__,
            staff_id=by,
            at=now,
            reason=order.reason,
            answer=msgspec.Raw(msgspec.json.encode(version)),
        ),
    )
    return version


def _version(row: Record | None) -> RulesVersion:
    raw = dict(row or {})
    raw["rules"] = msgspec.json.decode(raw["rules"])
    return msgspec.convert(raw, RulesVersion)
