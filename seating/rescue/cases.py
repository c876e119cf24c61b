"""Cases: promised parties somebody should look after now, until what was done is on record."""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.picture import Promise
from policies.floor.orders import Order, Said
from policies.gestures.visit import owed_for_wait
from policies.house.rules import Rules, WaitRung
from policies.rescue.cases import CaseKind, due_cases, waited
from seating.book.actions import Action, Who, answered, fingerprint, record_action
from seating.book.in_force import house_of
from seating.book.periods import Opened, seen, tonights
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, NotPossibleNow

OPEN_CASES = """
insert into exposure (venue_id, reservation_id, period_id, kind, opened_at)
select $1, x.reservation_id, $2, x.kind, $4
from jsonb_to_recordset($3::jsonb) as x (reservation_id uuid, kind text)
on conflict (venue_id, reservation_id) where closed_at is null do nothing
returning exposure_id, pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'case.opened', 'id', exposure_id, 'version', 1)::text)
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

CLOSE_CASE = """
update exposure set closed_at = $3, how = $4, note = $5, closed_by = $6
where venue_id = $1 and exposure_id = $2
"""

# Seating the party has closed it in the same transaction; how is told here.
HELPED = """
update exposure set closed_at = coalesce(closed_at, $3), how = $4, note = $5, closed_by = $6
where venue_id = $1 and reservation_id = $2 and (closed_at is null or closed_at = $3)
"""


class CloseCase(Order, frozen=True, kw_only=True):
    """The party is looked after: `done` says what was done."""

    done: Said


class Case(Struct, frozen=True, kw_only=True):
    """A promised party to look after. `owed`: rungs of the ladder its wait has reached.

    `waited_minutes` since its time, 0 while it is not here. Ways to seat it: a rescue for its
    reservation.
    """

    case_id: UUID
    kind: CaseKind
    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime
    here: bool
    waited_minutes: int
    opened_at: datetime
    owed: tuple[WaitRung, ...] = ()


class Closed(Struct, frozen=True, kw_only=True):
    """A case that is closed, and how."""

    case_id: UUID
    how: str
    closed_at: datetime


class _Open(Struct, frozen=True):
    case_id: UUID
    reservation_id: UUID
    kind: CaseKind
    opened_at: datetime


async def open_due_cases(conn: Connection, opened: Opened) -> None:
    """Open a case for every promise of a locked period that needs one and has none."""
    due, period_id = due_cases(opened.picture, opened.now), opened.picture.period.period_id
    if due:
        body = msgspec.json.encode(due).decode()
        await conn.fetch(OPEN_CASES, opened.venue_id, period_id, body, opened.now)


async def cases_tonight(conn: Connection, venue_id: str, clock: Clock) -> tuple[Case, ...]:
    """Return tonight's open cases, the oldest first. Raises NotFound on a day without service."""
    known, now = await house_of(conn, venue_id), await clock.now(conn)
    period = tonights(known, now)
    picture = await seen(conn, venue_id, known.house, period, now=now)
    promises = {each.reservation_id: each for each in picture.promises}
    rows = await conn.fetch(OPEN_OF_PERIOD, venue_id, period.period_id)
    found = (msgspec.convert(dict(row), _Open) for row in rows)
    return tuple(
        _case(each, promises[each.reservation_id], picture.rules, now)
        for each in found
        if each.reservation_id in promises
    )


async def close_case(
    conn: Connection, venue_id: str, case_id: UUID, order: CloseCase, who: Who, clock: Clock
) -> Closed:
    """Close a case with what was done. Raises NotFound, NotPossibleNow, IdReused."""
    row = await conn.fetchrow(LOCK_CASE, venue_id, case_id)
    if row is None:
        raise NotFound("there is no such case", pointer="/case_id")
    earlier = await answered(conn, venue_id, order, Closed)
    if earlier is not None:
        return earlier
    if row["closed_at"] is not None:
        raise NotPossibleNow(f"this case is closed already: {row['how']}")
    now = await clock.now(conn)
    by = who.staff_id
    await conn.execute(CLOSE_CASE, venue_id, case_id, now, "by hand", order.done, by)
    closed = Closed(case_id=case_id, how="by hand", closed_at=now)
    action = Action(
        action_id=order.id,
        asked=fingerprint(order),
        kind="CloseCase",
        period_id=row["period_id"],
        subject_id=case_id,
        staff_id=by,
        at=now,
        reason=order.done,
        answer=msgspec.Raw(msgspec.json.encode(closed)),
    )
    await record_action(conn, venue_id, action)
    return closed


async def helped(
    conn: Connection,
    venue_id: str,
    reservation_id: UUID,
    how: str,
    note: str,
    who: Who,
    *,
    now: datetime,
) -> None:
    """Close a party's case, if it has one, with the way that was taken for it."""
    await conn.execute(HELPED, venue_id, reservation_id, now, how, note, who.staff_id)


def _case(found: _Open, promise: Promise, rules: Rules, now: datetime) -> Case:
    minutes = int(waited(promise, now).total_seconds()) // 60
    return Case(
        case_id=found.case_id,
        kind=found.kind,
        reservation_id=found.reservation_id,
        name=promise.name,
        party_size=promise.party_size,
        starts=promise.starts,
        here=promise.state == "arrived",
        waited_minutes=minutes,
        opened_at=found.opened_at,
        owed=owed_for_wait(rules, minutes),
    )
