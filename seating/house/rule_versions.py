"""The manager's rules as versions: drafted, published from a service date, never edited.

A period keeps the version in force when its row was inserted (periods.OPEN_PERIODS); a period
without a row is read under the version it would get.
"""

from datetime import date, datetime
from typing import Any, Literal

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.floor.orders import Command, ReasonText
from policies.house.rules import Rules
from policies.house.rules_checks import read_rules, rules_json
from seating.book.actions import keep_answer, key_of, replayed_answer
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

PERIODS_WITH_OTHER_VERSION = """
select period_id from period
where venue_id = $1 and service_date >= $2 and closed_at is null
  and rules_version is distinct from $3
order by period_id
"""


class DraftRules(Command, frozen=True, kw_only=True):
    """New rules, complete; a missing key has its default."""

    rules: dict[str, Any]
    reason: ReasonText


class PublishRules(Command, frozen=True, kw_only=True):
    """Publish a draft for periods from this service date on whose rows do not exist yet."""

    from_date: date


class WithdrawRules(Command, frozen=True, kw_only=True):
    """Withdraw a version: periods without a row yet get the one before."""

    reason: ReasonText


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


class PublishedRules(Struct, frozen=True, kw_only=True):
    """A published version. `open_already`: ids of periods that keep their earlier version."""

    version: RulesVersion
    open_already: tuple[str, ...]


async def draft(
    conn: Connection, venue_id: str, command: DraftRules, by: str, clock: Clock
) -> RulesVersion:
    """Store rules as a draft. Raises rules_checks.RulesError with every mistake."""
    earlier = await replayed_answer(conn, venue_id, key_of(command), RulesVersion)
    if earlier is not None:
        return earlier
    rules = read_rules(command.rules, (await house_of(conn, venue_id)).house)
    now = await clock.now(conn)
    row = await conn.fetchrow(DRAFT, venue_id, rules_json(rules).decode(), command.reason, by, now)
    return await _record(conn, venue_id, command, by, _version(row), now)


async def list_rules(conn: Connection, venue_id: str) -> tuple[RulesVersion, ...]:
    """Return every version, the latest first."""
    return tuple(_version(row) for row in await conn.fetch(LIST, venue_id))


async def publish(
    conn: Connection, venue_id: str, version: int, command: PublishRules, by: str, clock: Clock
) -> PublishedRules:
    """Publish a draft. Raises NotFound, NotPossibleNow, Invalid (a past date), RulesError."""
    found = await _locked_version(conn, venue_id, version)
    earlier = await replayed_answer(conn, venue_id, key_of(command), RulesVersion)
    if earlier is None:
        if found.state != "draft":
            raise NotPossibleNow(f"version {version} is {found.state}; publish a new draft")
        in_force, now = await house_of(conn, venue_id), await clock.now(conn)
        house = in_force.on(command.from_date).house
        if command.from_date < (today := in_force.service_date_at(now)):
            raise Invalid(f"expected {today.isoformat()} or later", pointer="/from_date")
        read_rules(msgspec.json.decode(rules_json(found.rules)), house)
        row = await conn.fetchrow(PUBLISH, venue_id, version, command.from_date, by, now)
        earlier = await _record(conn, venue_id, command, by, _version(row), now)
    rows = await conn.fetch(PERIODS_WITH_OTHER_VERSION, venue_id, command.from_date, version)
    return PublishedRules(version=earlier, open_already=tuple(row["period_id"] for row in rows))


async def withdraw_rules(
    conn: Connection, venue_id: str, version: int, command: WithdrawRules, by: str, clock: Clock
) -> RulesVersion:
    """Withdraw a version; periods that have it keep it. Raises NotFound, NotPossibleNow."""
    found = await _locked_version(conn, venue_id, version)
    earlier = await replayed_answer(conn, venue_id, key_of(command), RulesVersion)
    if earlier is not None:
        return earlier
    if found.state == "withdrawn":
        raise NotPossibleNow(f"version {version} is withdrawn already")
    row = await conn.fetchrow(WITHDRAW, venue_id, version)
    return await _record(conn, venue_id, command, by, _version(row), await clock.now(conn))


async def _locked_version(conn: Connection, venue_id: str, version: int) -> RulesVersion:
    row = await conn.fetchrow(READ, venue_id, version)
    if row is None:
        raise NotFound(f"there are no rules of version {version}")
    return _version(row)


async def _record(
    conn: Connection, venue_id: str, command: Command, by: str, version: RulesVersion, now: datetime
) -> RulesVersion:
    return await keep_answer(conn, venue_id, key_of(command), version, by=by, at=now)


def _version(row: Record | None) -> RulesVersion:
    raw = dict(row or {})
    raw["rules"] = msgspec.json.decode(raw["rules"])
    return msgspec.convert(raw, RulesVersion)
