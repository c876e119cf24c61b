"""Check events of tills: applied once per event id, each check linked to a seating."""

from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.floor.checks import (
    NO_ID_PREFIX,
    Check,
    CheckState,
    TillEvent,
    apply_till_event,
    check_id_of,
    mark_check_down,
)
from policies.floor.stand import Stand
from policies.house.calendar import Period
from policies.words.message import message
from seating.book.actions import fingerprint
from seating.book.announcing import EventOf, announced
from seating.book.in_force import HouseVersion, house_of
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import LockedPeriod, lock_or_create_rows, lock_period
from seating.book.write import WriteSet, write
from seating.clock import Clock, wall_now
from seating.db import Connection, LostRaceError
from seating.errors import IdReused, Invalid, NotFound

OLDEST_EVENT, LATEST_EVENT = timedelta(days=31), timedelta(days=1)
"""How far from now an event may have occurred: allows for backlogs and wrong clocks."""
MAX_ENTRY_DELAY = timedelta(minutes=15)
"""So long after a party was cleared its check may still be entered at the till (assumption)."""

INSERT_EVENT = """
insert into till_event (venue_id, client_id, event_id, asked, check_id, applied, heard_at)
values ($1, $2, $3, $4, '', false, $5)
on conflict do nothing returning true
"""

READ_EVENT = """
select event_id, asked, check_id, applied from till_event
where venue_id = $1 and client_id = $2 and event_id = $3
"""

UPDATE_EVENT = """
update till_event set check_id = $4, applied = $5
where venue_id = $1 and client_id = $2 and event_id = $3
"""

COLUMNS = """check_id, state, table_id, sequence, total, tip, covers, opened_at, closed_at,
       period_id, reservation_id, seating_id"""

READ_CHECK = f"""
select {COLUMNS} from till_check where venue_id = $1 and check_id = $2 for update
"""

LATEST_UNNAMED = f"""
select {COLUMNS} from till_check
where venue_id = $1 and table_id = $2 and starts_with(check_id, $3)
order by sequence desc limit 1
"""

# Serialises a table's events without check id: each is assigned to the latest check.
LOCK_TABLE = """
select 1 from dining_table where venue_id = $1 and table_id = $2 for no key update
"""

WAS_USED = """
select exists (select from seating_table where venue_id = $1 and table_id = $2)
    or exists (select from till_check where venue_id = $1 and table_id = $2)
"""

SEATING = f"""select s.seating_id, s.reservation_id, s.cleared_at, {PERIOD_COLUMNS}
from seating s join period p using (venue_id, period_id)"""

SEATING_OF_CHECK = f"{SEATING} where s.venue_id = $1 and s.seating_id = $2"

SEATING_OF_RESERVATION = f"""
{SEATING} where s.venue_id = $1 and s.reservation_id = $2 order by s.seated_at desc limit 1
"""

# The party at the table then, else the one cleared at most MAX_ENTRY_DELAY before.
SEATING_AT = f"""
{SEATING} join seating_table t using (venue_id, seating_id)
where s.venue_id = $1 and t.table_id = $2 and t.from_at <= $3
  and (t.to_at is null or t.to_at >= $4)
order by t.from_at desc limit 1
"""

RESERVATION_EXISTS = """
select exists (select from reservation where venue_id = $1 and reservation_id = $2)
"""

CHECK_EVENT = EventOf("check.", "$3", get_args(CheckState))

UPSERT_CHECK = f"""
with kept as (
    insert into till_check (venue_id, check_id, state, table_id, sequence, total, tip, covers,
                            opened_at, closed_at, period_id, reservation_id, seating_id,
                            heard_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    on conflict (venue_id, check_id) do update
        set state = excluded.state, table_id = excluded.table_id, sequence = excluded.sequence,
            total = excluded.total, tip = excluded.tip, covers = excluded.covers,
            opened_at = excluded.opened_at, closed_at = excluded.closed_at,
            period_id = excluded.period_id, reservation_id = excluded.reservation_id,
            seating_id = excluded.seating_id, heard_at = excluded.heard_at
        where till_check.sequence = $15
    returning check_id, period_id),
announced as (
    insert into outbox (venue_id, event, subject, version, at)
    select $1, 'check.' || $3, check_id, $5, $14 from kept)
select {announced(CHECK_EVENT, subject="check_id", version="$5::bigint", period="period_id")}
from kept
"""

# Before the check, as whoever closes it does: its row refers to the period's, and two who take the
# two rows in different orders wait for each other.
SHARE_PERIOD = "select 1 from period where venue_id = $1 and period_id = $2 for key share"

STILL_OPEN = """
select exists (
    select from till_check where venue_id = $1 and seating_id = $2 and state = 'open')
"""


class TillEventResult(Struct, frozen=True, kw_only=True):
    """The outcome of an event; not `applied` if a later one of its check came before it."""

    event_id: str
    check_id: str
    applied: bool


class _Party(Struct, frozen=True, kw_only=True):
    seating_id: UUID
    reservation_id: UUID | None
    cleared_at: datetime | None
    period: Period


async def receive_event(
    conn: Connection, venue_id: str, client_id: str, event: TillEvent, clock: Clock
) -> TillEventResult:
    """Apply a till's event; a repeated one returns its first result.

    Runs inside the caller's transaction. Raises NotFound, Invalid, IdReused, and db.LostRaceError
    to begin again.
    """
    earlier = await _earlier_result(conn, venue_id, client_id, event)
    if earlier is not None:
        return earlier
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    await _check_event(conn, in_force, event, now)
    check_id = await _check_id(conn, venue_id, event)
    applied = await _apply(conn, in_force, event, check_id, now)
    await conn.execute(UPDATE_EVENT, venue_id, client_id, event.event_id, check_id, applied)
    return TillEventResult(event_id=event.event_id, check_id=check_id, applied=applied)


async def _earlier_result(
    conn: Connection, venue_id: str, client_id: str, event: TillEvent
) -> TillEventResult | None:
    asked = fingerprint(event)
    if await conn.fetchval(INSERT_EVENT, venue_id, client_id, event.event_id, asked, wall_now()):
        return None
    row = await conn.fetchrow(READ_EVENT, venue_id, client_id, event.event_id)
    if row is None or row["asked"] != asked:
        raise IdReused(message("id-stands-for-another-event"), pointer="/event_id")
    return msgspec.convert(row, TillEventResult, from_attributes=True)


async def _check_event(
    conn: Connection, in_force: HouseVersion, event: TillEvent, now: datetime
) -> None:
    """Raise Invalid unless the table is or was one of the house, and the event is of about now.

    A check stays that of the party that sat at a table, also where the house has removed it since.
    """
    near = now - OLDEST_EVENT <= event.occurred_at <= now + LATEST_EVENT
    house = in_force.at(event.occurred_at if near else now).house
    here = event.table_id in {table.id for table in house.tables}
    if not here and not await conn.fetchval(WAS_USED, house.venue.id, event.table_id):
        problem = message("till-no-such-table", table=event.table_id)
        raise Invalid(problem, pointer="/table")
    if not near:
        raise Invalid(message("till-clock-off"), pointer="/occurred_at")


async def _check_id(conn: Connection, venue_id: str, event: TillEvent) -> str:
    if event.check_id is not None:
        return event.check_id
    await conn.execute(LOCK_TABLE, venue_id, event.table_id)
    row = await conn.fetchrow(LATEST_UNNAMED, venue_id, event.table_id, NO_ID_PREFIX)
    return check_id_of(event, _check(row))


async def _apply(
    conn: Connection, in_force: HouseVersion, event: TillEvent, check_id: str, now: datetime
) -> bool:
    """Update the check; return whether the event was newer than the check."""
    venue_id = in_force.house.venue.id
    before = _check(await conn.fetchrow(READ_CHECK, venue_id, check_id))
    after = apply_till_event(before, event, check_id)
    if after is None:
        return False
    party = await _party(conn, venue_id, event, before)
    if party is not None:
        after = replace(
            after,
            seating_id=party.seating_id,
            period_id=party.period.period_id,
            reservation_id=after.reservation_id or party.reservation_id,
        )
    elif after.period_id is None:
        after = replace(after, period_id=await _period_then(conn, in_force, event))
    seated = party if after.state == "closed" and party and party.cleared_at is None else None
    locked = await lock_period(conn, venue_id, in_force, seated.period, now=now) if seated else None
    await conn.execute(SHARE_PERIOD, venue_id, after.period_id)
    expected = before.sequence if before else None
    if await conn.execute(UPSERT_CHECK, venue_id, *_columns(after), now, expected) == "SELECT 0":
        raise LostRaceError("another event of the check came first")
    if seated and locked:
        await _mark_paid(conn, locked, seated.seating_id, paid=event.paid is True)
    return True


async def _party(
    conn: Connection, venue_id: str, event: TillEvent, before: Check | None
) -> _Party | None:
    """The party of a check: of the reservation named, linked before, or at the table then."""
    if event.reservation_id is not None:
        named = event.reservation_id
        if not await conn.fetchval(RESERVATION_EXISTS, venue_id, named):
            raise NotFound(message("no-such-reservation"), pointer="/reservation_id")
        row = await conn.fetchrow(SEATING_OF_RESERVATION, venue_id, named)
    elif before is not None and before.seating_id is not None:
        row = await conn.fetchrow(SEATING_OF_CHECK, venue_id, before.seating_id)
    else:
        then = event.occurred_at
        row = await conn.fetchrow(
            SEATING_AT, venue_id, event.table_id, then, then - MAX_ENTRY_DELAY
        )
    if row is None:
        return None
    return _Party(
        seating_id=row["seating_id"],
        reservation_id=row["reservation_id"],
        cleared_at=row["cleared_at"],
        period=period_in(row),
    )


async def _period_then(conn: Connection, in_force: HouseVersion, event: TillEvent) -> str | None:
    period = in_force.open_period_at(event.occurred_at)
    if period is None:
        return None
    await lock_or_create_rows(conn, in_force.house.venue.id, (period,))
    return period.period_id


async def _mark_paid(
    conn: Connection, locked: LockedPeriod, seating_id: UUID, *, paid: bool
) -> None:
    """Mark the seating as paid, or with the check down, once the party has no open check."""
    venue_id, now = locked.venue_id, locked.now
    if await conn.fetchval(STILL_OPEN, venue_id, seating_id):
        return
    stand = Stand(picture=locked.picture, house=locked.house, now=now, by="job")
    changes = mark_check_down(stand, seating_id, paid=paid)
    if changes:
        await write(conn, venue_id, locked.picture, WriteSet(changes=changes), now=now)


def _check(row: object) -> Check | None:
    return None if row is None else msgspec.convert(row, Check, from_attributes=True)


def _columns(check: Check) -> tuple[object, ...]:
    return (
        check.check_id,
        check.state,
        check.table_id,
        check.sequence,
        check.total,
        check.tip,
        check.covers,
        check.opened_at,
        check.closed_at,
        check.period_id,
        check.reservation_id,
        check.seating_id,
    )
