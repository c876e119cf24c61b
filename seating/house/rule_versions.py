"""The manager's rules as versions: drafted, published from a service date, never edited.

A period keeps the capacity rules of the version in force when its row was inserted
(periods.OPEN_PERIODS) and takes all others from the version in force for its date; a period without
a row is read under the version it would get. What a publication does to open periods:
`open_periods`.
"""

from contextlib import suppress
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from asyncpg import Record
from msgspec import Meta, Struct
from msgspec.structs import replace

from policies.booking.ceiling_evidence import ceiling_warning
from policies.drafts.diff import Difference, changed_pointers, differences
from policies.drafts.patch import PatchError, as_patched, patch_problems, patched
from policies.floor.orders import Command, ReasonText
from policies.house.house import House
from policies.house.rules import Rules
from policies.house.rules_checks import (
    RulesError,
    RuleWarning,
    read_rules,
    rule_warnings,
    rules_json,
)
from policies.words.message import message
from seating.access.audit import MOST_TOLD, keep_record
from seating.book.actions import keep_answer, key_of, replayed_answer
from seating.book.asked import check_from_date
from seating.book.in_force import IN_FORCE, HouseVersion, house_of
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, NotPossibleNow, Stale

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

SHOW = f"select {COLUMNS} from rules where venue_id = $1 and version = $2"

PUBLISH = f"""
update rules set state = 'published', from_date = $3, published_by = $4, published_at = $5
where venue_id = $1 and version = $2
returning {COLUMNS}
"""

WITHDRAW = f"""
update rules set state = 'withdrawn' where venue_id = $1 and version = $2 returning {COLUMNS}
"""

PUBLISHED_FOR = f"""
select {COLUMNS} from rules where venue_id = $1 and version = {
    IN_FORCE.format(service_date="$2::date")
}
"""


CEILING_IS_NEW = """
select bool_and(ceiling_of = 'any_wait') from rules where venue_id = $1
"""


class DraftRules(Command, frozen=True, kw_only=True):
    """New rules, complete; a missing key has its default."""

    rules: dict[str, Any]
    reason: ReasonText


class PatchRules(Command, frozen=True, kw_only=True):
    """A draft from a version with some keys changed: a JSON merge patch (RFC 7396).

    Lists are patched by entry too, as policies.drafts.patch does: held windows by name, gestures
    and neighbours by key, answers by code. `from_version` None: the version in force today, or the
    defaults where there is none. A key that is null gets its default. `replaces`: the draft
    `from_version` is withdrawn by it; stale where that is no draft any more.
    """

    patch: Annotated[dict[str, Any], Meta(min_length=1)]
    reason: ReasonText
    from_version: Annotated[int, Meta(ge=1, le=2_147_483_647)] | None = None
    replaces: bool = False


class PublishRules(Command, frozen=True, kw_only=True):
    """Publish a draft for periods from this service date on.

    `also_open`: its capacity rules also for periods that are open for booking already.
    """

    from_date: date
    also_open: bool = False


class WithdrawRules(Command, frozen=True, kw_only=True):
    """Withdraw a version: periods without a row yet get the one before, all but capacity too.

    `state`: what it was when it was looked at; stale where somebody published it meanwhile.
    """

    reason: ReasonText
    state: Literal["draft", "published"] | None = None


class RulesVersion(Struct, frozen=True, kw_only=True):
    """A version of the rules, and who made and published it.

    `warnings`: in the answer to a draft, what is allowed but odd.
    """

    version: int
    state: Literal["draft", "published", "withdrawn"]
    why: str
    made_by: str | None
    made_at: datetime
    rules: Rules
    from_date: date | None = None
    published_by: str | None = None
    published_at: datetime | None = None
    warnings: tuple[RuleWarning, ...] = ()


async def draft(
    conn: Connection, venue_id: str, command: DraftRules, by: str, clock: Clock
) -> RulesVersion:
    """Store rules as a draft. Raises rules_checks.RulesError with every mistake."""
    earlier = await replayed_answer(conn, venue_id, key_of(command), RulesVersion)
    if earlier is not None:
        return earlier
    return await _drafted(conn, venue_id, command, command.rules, by, clock)


async def patch_rules(
    conn: Connection, venue_id: str, command: PatchRules, by: str, clock: Clock
) -> RulesVersion:
    """Store a version with a patch applied as a new draft. Raises NotFound, RulesError, Stale."""
    earlier = await replayed_answer(conn, venue_id, key_of(command), RulesVersion)
    if earlier is not None:
        return earlier
    if wrong := patch_problems(command.patch):
        raise RulesError(wrong, "patch")
    if command.replaces and command.from_version is not None:
        await _replace_draft(conn, venue_id, command.from_version, command, by)
    base = await _base(conn, venue_id, command.from_version, clock)
    try:
        changed = patched(_document(base), command.patch)
    except PatchError as error:
        raise RulesError(error.problems, "patch") from None
    try:
        return await _drafted(conn, venue_id, command, changed, by, clock)
    except RulesError as error:
        raise RulesError(as_patched(changed, command.patch, error.problems), "patch") from None


async def _replace_draft(
    conn: Connection, venue_id: str, version: int, command: PatchRules, by: str
) -> None:
    _expect(await _locked_version(conn, venue_id, version), "draft")
    await conn.fetchrow(WITHDRAW, venue_id, version)
    facts = {"version": version, "from": None}
    await keep_record(conn, venue_id, "WithdrawRules", facts, by=by, reason=command.reason)


def _expect(found: RulesVersion, state: str) -> None:
    """Raise Stale for a version that is in another state by now."""
    if found.state != state:
        raise Stale(message("rules-meanwhile", version=str(found.version), state=found.state))


async def compare_versions(
    conn: Connection, venue_id: str, version: int, other: int | None, clock: Clock
) -> tuple[Difference, ...]:
    """Return what is different in a version, from another or from the one in force today.

    Raises NotFound.
    """
    row = await conn.fetchrow(SHOW, venue_id, version)
    if row is None:
        raise NotFound(message("no-such-rules-version", version=str(version)))
    base = await _base(conn, venue_id, other, clock)
    currency = (await house_of(conn, venue_id)).house.venue.currency
    return differences(_document(base), _document(version_in(row).rules), currency)


def _document(rules: Rules) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(rules_json(rules))
    return document


async def list_rules(conn: Connection, venue_id: str) -> tuple[RulesVersion, ...]:
    """Return every version, the latest first.

    Until one is made that means own_wait by its ceiling, the latest says what it means now.
    """
    found = tuple(version_in(row) for row in await conn.fetch(LIST, venue_id))
    if found and found[0].rules.overbooking.enabled and await _ceiling_is_new(conn, venue_id):
        return (replace(found[0], warnings=(ceiling_warning(found[0].rules),)), *found[1:])
    return found


async def _ceiling_is_new(conn: Connection, venue_id: str) -> bool:
    """Tell whether every version was written when a ceiling meant any_wait, and there is one."""
    return bool(await conn.fetchval(CEILING_IS_NEW, venue_id))


async def publish(
    conn: Connection, venue_id: str, version: int, command: PublishRules, by: str, clock: Clock
) -> RulesVersion:
    """Publish a draft; what it does to open periods is `open_periods.publish_rules`.

    Raises NotFound, NotPossibleNow, Invalid (a past date), RulesError.
    """
    found = await _locked_version(conn, venue_id, version)
    earlier = await replayed_answer(conn, venue_id, key_of(command), RulesVersion)
    if earlier is not None:
        return earlier
    if found.state != "draft":
        raise NotPossibleNow(message("version-not-draft", version=str(version), state=found.state))
    await checked_for_publishing(conn, venue_id, version, command.from_date, clock)
    now = await clock.now(conn)
    facts = await _what_changes(conn, venue_id, found, command.from_date)
    row = await conn.fetchrow(PUBLISH, venue_id, version, command.from_date, by, now)
    await keep_record(conn, venue_id, "PublishRules", facts, by=by, reason=command.reason)
    return await _record(conn, venue_id, command, by, version_in(row), now)


async def _what_changes(
    conn: Connection, venue_id: str, new: RulesVersion, from_date: date
) -> dict[str, object]:
    """Return for the record what rules to be published make different, and from which version."""
    row = await conn.fetchrow(PUBLISHED_FOR, venue_id, from_date)
    before = None if row is None else version_in(row)
    old = Rules() if before is None else before.rules
    changed = [each[1:] for each in changed_pointers(_document(old), _document(new.rules))]
    return {
        "version": new.version,
        "from": from_date,
        "before": before and before.version,
        "count": len(changed),
        "changed": changed[:MOST_TOLD],
    }


async def checked_for_publishing(
    conn: Connection, venue_id: str, version: int, from_date: date, clock: Clock
) -> RulesVersion:
    """Return a version that could hold from a date on.

    Raises NotFound, NotPossibleNow (withdrawn), Invalid (a past date), RulesError (it no longer
    suits the house).
    """
    row = await conn.fetchrow(SHOW, venue_id, version)
    if row is None:
        raise NotFound(message("no-such-rules-version", version=str(version)))
    found = version_in(row)
    if found.state == "withdrawn":
        raise NotPossibleNow(message("rules-version-withdrawn", version=str(version)))
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    check_from_date(from_date, in_force.service_date_at(now))
    read_rules(msgspec.json.decode(rules_json(found.rules)), in_force.on(from_date).house)
    return found


async def _base(conn: Connection, venue_id: str, version: int | None, clock: Clock) -> Rules:
    """Return the rules a patch is made on. Raises NotFound for a version there is not."""
    if version is not None:
        row = await conn.fetchrow(SHOW, venue_id, version)
        if row is None:
            raise NotFound(
                message("no-such-rules-version", version=str(version)), pointer="/from_version"
            )
        return version_in(row).rules
    today = (await house_of(conn, venue_id)).service_date_at(await clock.now(conn))
    row = await conn.fetchrow(PUBLISHED_FOR, venue_id, today)
    return Rules() if row is None else version_in(row).rules


async def _drafted(
    conn: Connection, venue_id: str, command: Command, raw: object, by: str, clock: Clock
) -> RulesVersion:
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    house = in_force.at(now).house
    try:
        rules = read_rules(raw, house)
    except RulesError:
        if (later := _read_for_later(raw, in_force, now)) is None:
            raise
        rules, house = later
    stored = rules_json(rules).decode()
    first = rules.overbooking.enabled and await _ceiling_is_new(conn, venue_id)
    row = await conn.fetchrow(DRAFT, venue_id, stored, command.reason, by, now)
    said = (ceiling_warning(rules),) if first else ()
    made = replace(version_in(row), warnings=(*said, *rule_warnings(rules, house)))
    return await _record(conn, venue_id, command, by, made, now)


def _read_for_later(
    raw: object, in_force: HouseVersion, now: datetime
) -> tuple[Rules, House] | None:
    """Return the rules and the first house they suit of those published for later."""
    today = in_force.service_date_at(now)
    for each in sorted(in_force.dated, key=lambda dated: dated.from_date):
        if each.from_date > today:
            with suppress(RulesError):
                return read_rules(raw, each.house), each.house
    return None


async def withdraw_rules(
    conn: Connection, venue_id: str, version: int, command: WithdrawRules, by: str, clock: Clock
) -> RulesVersion:
    """Withdraw a version; open periods keep its capacity.

    Raises NotFound, NotPossibleNow, Stale.
    """
    found = await _locked_version(conn, venue_id, version)
    earlier = await replayed_answer(conn, venue_id, key_of(command), RulesVersion)
    if earlier is not None:
        return earlier
    if found.state == "withdrawn":
        raise NotPossibleNow(message("rules-withdrawn-already", version=str(version)))
    if command.state is not None:
        _expect(found, command.state)
    row = await conn.fetchrow(WITHDRAW, venue_id, version)
    facts = {"version": version, "from": found.from_date}
    await keep_record(conn, venue_id, "WithdrawRules", facts, by=by, reason=command.reason)
    return await _record(conn, venue_id, command, by, version_in(row), await clock.now(conn))


async def _locked_version(conn: Connection, venue_id: str, version: int) -> RulesVersion:
    row = await conn.fetchrow(READ, venue_id, version)
    if row is None:
        raise NotFound(message("no-such-rules-version", version=str(version)))
    return version_in(row)


async def _record(
    conn: Connection, venue_id: str, command: Command, by: str, version: RulesVersion, now: datetime
) -> RulesVersion:
    return await keep_answer(conn, venue_id, key_of(command), version, by=by, at=now)


def version_in(row: Record | None) -> RulesVersion:
    """Return the version of a row of `COLUMNS`."""
    raw = dict(row or {})
    raw["rules"] = msgspec.json.decode(raw["rules"])
    return msgspec.convert(raw, RulesVersion)
