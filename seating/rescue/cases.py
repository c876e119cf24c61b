"""Cases: promised parties that a host has to look after, until what was done is recorded."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.picture import Promise
from policies.floor.orders import Command, ReasonText
from policies.gestures.visit import rungs_reached
from policies.house.rules import Rules, WaitRung
from policies.rescue.cases import CaseKind, due_cases, time_waited
from policies.words.message import message
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.announcing import announced
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod, read_unlocked, tonights_or_none
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, NotPossibleNow

OPEN_CASES = f"""
insert into exposure (venue_id, reservation_id, period_id, kind, opened_at)
select $1, x.reservation_id, $2, x.kind, $4
from jsonb_to_recordset($3::jsonb) as x (reservation_id uuid, kind text)
on conflict (venue_id, reservation_id) where closed_at is null do nothing
returning exposure_id,
    {announced("case.opened", subject="exposure_id", version="1", period="period_id")}
"""

OPEN_OF_PERIOD = """
select exposure_id as case_id, reservation_id, kind, opened_at from exposure
where venue_id = $1 and period_id = $2 and closed_at is null
order by opened_at, exposure_id
"""

LOCK_CASE = """
select exposure_id as case_id, reservation_id, period_id, closed_at, how from exposure
where venue_id = $1 and exposure_id = $2 for update
"""

CLOSE_CASE = f"""
update exposure set closed_at = $3, how = $4, note = $5, closed_by = $6
where venue_id = $1 and exposure_id = $2
returning {announced("case.closed", subject="exposure_id", version="2", period="period_id")}
"""

# Seating the party has closed its case in this transaction already ($3 is now); add how.
CLOSE_CASE_BY_RESCUE = f"""
update exposure set closed_at = coalesce(closed_at, $3), how = $4, note = $5, closed_by = $6
where venue_id = $1 and reservation_id = $2 and (closed_at is null or closed_at = $3)
returning {announced("case.solved", subject="exposure_id", version="2", period="period_id")}
"""


class CloseCase(Command, frozen=True, kw_only=True):
    """Close a case by hand; `done`: what was done."""

    done: ReasonText


class Case(Struct, frozen=True, kw_only=True):
    """A promised party to look after.

    `waited_minutes`: since its promised time, 0 before it arrives. `rungs_reached`: the rungs of
    the wait ladder it has reached. A rescue for its reservation lists ways to seat it.
    `version`, `tables`: of the reservation, for orders about it.
    """

    case_id: UUID
    kind: CaseKind
    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    arrived: bool
    waited_minutes: int
    opened_at: datetime
    rungs_reached: tuple[WaitRung, ...] = ()
    version: int = 1
    tables: tuple[str, ...] = ()


class ClosedCase(Struct, frozen=True, kw_only=True):
    """A closed case, and how it was closed."""

    case_id: UUID
    how: str
    closed_at: datetime


class _OpenCase(Struct, frozen=True):
    case_id: UUID
    reservation_id: UUID
    kind: CaseKind
    opened_at: datetime


async def open_due_cases(conn: Connection, locked: LockedPeriod) -> None:
    """Open a case for every promise of a locked period that is due one and has none open."""
    due, period_id = due_cases(locked.picture, locked.now), locked.picture.period.period_id
    if due:
        body = msgspec.json.encode(due).decode()
        await conn.fetch(OPEN_CASES, locked.venue_id, period_id, body, locked.now)


async def cases_tonight(conn: Connection, venue_id: str, clock: Clock) -> tuple[Case, ...]:
    """Return tonight's open cases, the oldest first; none on a day without service."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await tonights_or_none(conn, in_force, now)
    if period is None:
        return ()
    picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
    promises = {each.reservation_id: each for each in picture.promises}
    rows = await conn.fetch(OPEN_OF_PERIOD, venue_id, period.period_id)
    found = (msgspec.convert(dict(row), _OpenCase) for row in rows)
    return tuple(
        _case(each, promises[each.reservation_id], picture.rules, now)
        for each in found
        if each.reservation_id in promises
    )


async def close_case(
    conn: Connection,
    venue_id: str,
    case_id: UUID,
    command: CloseCase,
    who: ActionAuthor,
    clock: Clock,
) -> ClosedCase:
    """Close a case with what was done. Raises NotFound, NotPossibleNow, IdReused."""
    row = await conn.fetchrow(LOCK_CASE, venue_id, case_id)
    if row is None:
        raise NotFound(message("no-such-case"), pointer="/case_id")
    earlier = await replayed_answer(conn, venue_id, key_of(command), ClosedCase)
    if earlier is not None:
        return earlier
    if row["closed_at"] is not None:
        raise NotPossibleNow(message("case-closed"))
    now = await clock.now(conn)
    by = who.staff_id
    await conn.execute(CLOSE_CASE, venue_id, case_id, now, "by hand", command.done, by)
    closed = ClosedCase(case_id=case_id, how="by hand", closed_at=now)
    return await keep_answer(
        conn,
        venue_id,
        replace(key_of(command), reason=command.done),
        closed,
        by=by,
        at=now,
        period_id=row["period_id"],
        subject_id=case_id,
    )


async def close_case_by_rescue(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    how: str,
    note: str,
    who: ActionAuthor,
    *,
    now: datetime,
) -> None:
    """Close a party's case, if it has one; `how`: the kind of rescue option taken."""
    await conn.execute(CLOSE_CASE_BY_RESCUE, venue_id, reservation_id, now, how, note, who.staff_id)


def _case(found: _OpenCase, promise: Promise, rules: Rules, now: datetime) -> Case:
    minutes = int(time_waited(promise, now).total_seconds()) // 60
    return Case(
        case_id=found.case_id,
        kind=found.kind,
        reservation_id=found.reservation_id,
        name=promise.name,
        party_size=promise.party_size,
        starts=promise.starts,
        arrived=promise.state == "arrived",
        waited_minutes=minutes,
        opened_at=found.opened_at,
        rungs_reached=rungs_reached(rules, minutes),
        version=promise.version,
        tables=promise.tables,
    )
