"""What tills tell: each event counts once, and a check finds the party that sat at its table."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.floor.checks import UNNAMED, Check, TillEvent, check_meant, heard, paid
from policies.floor.stand import Stand
from policies.house.calendar import Period, running_at
from policies.house.house import House
from seating.book.actions import fingerprint
from seating.book.in_force import Known, house_of
from seating.book.periods import Opened, lock_periods, locked
from seating.book.write import Written, write
from seating.clock import Clock, wall_now
from seating.db import Connection, LostRaceError, Pool
from seating.errors import IdReused, Invalid, NotFound

BACK, AHEAD = timedelta(days=31), timedelta(days=1)
"""How far from now a till's event may have occurred: a backlog, a clock that is wrong."""
LATE = timedelta(minutes=15)
"""A check is booked at the till so long after its party was cleared from the table (assumption)."""
KEPT = timedelta(days=90)

KEEP_EVENT = """
insert into till_event (venue_id, client_id, event_id, asked, check_id, applied, heard_at)
values ($1, $2, $3, $4, '', false, $5)
on conflict do nothing returning true
"""

READ_EVENT = """
select event_id, asked, check_id, applied from till_event
where venue_id = $1 and client_id = $2 and event_id = $3
"""

SETTLE_EVENT = """
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

# A table's checks without ids are told apart one event after the other.
LOCK_TABLE = """
select 1 from dining_table where venue_id = $1 and table_id = $2 for no key update
"""

SEATING = """select s.seating_id, s.reservation_id, s.cleared_at, p.period_id, p.service_date,
       p.name, p.opens, p.last_seating, p.closes, p.house_version
from seating s join period p using (venue_id, period_id)"""

SEATING_OF_CHECK = f"{SEATING} where s.venue_id = $1 and s.seating_id = $2"

SEATING_OF_RESERVATION = f"""
{SEATING} where s.venue_id = $1 and s.reservation_id = $2 order by s.seated_at desc limit 1
"""

# Whoever sat there then; else who had just left.
SEATING_AT = f"""
{SEATING} join seating_table t using (venue_id, seating_id)
where s.venue_id = $1 and t.table_id = $2 and t.from_at <= $3
  and (t.to_at is null or t.to_at >= $4)
order by t.from_at desc limit 1
"""

RESERVATION_EXISTS = """
select exists (select from reservation where venue_id = $1 and reservation_id = $2)
"""

KEEP_CHECK = """
with kept as (
    insert into till_check (venue_id, check_id, state, table_id, sequence, total, tip, covers,
                            opened_at, closed_at, period_id, reservation_id, seating_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (venue_id, check_id) do update
        set state = excluded.state, table_id = excluded.table_id, sequence = excluded.sequence,
            total = excluded.total, tip = excluded.tip, covers = excluded.covers,
            opened_at = excluded.opened_at, closed_at = excluded.closed_at,
            period_id = excluded.period_id, reservation_id = excluded.reservation_id,
            seating_id = excluded.seating_id
        where till_check.sequence = $15
    returning check_id),
told as (
    insert into outbox (venue_id, event, subject, version, at)
    select $1, 'check.' || $3, check_id, $5, $14 from kept)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'check.' || $3, 'id', check_id, 'version', $5::bigint)::text)
from kept
"""

STILL_OPEN = """
select exists (
    select from till_check where venue_id = $1 and seating_id = $2 and state = 'open')
"""

FORGET_EVENTS = """
with gone as (delete from till_event where venue_id = $1 and heard_at <= $2 returning 1)
select count(*) from gone
"""

VENUES_WITH_EVENTS = "select distinct venue_id from till_event where heard_at <= $1 order by 1"


class Heard(Struct, frozen=True, kw_only=True):
    """What became of an event; not `applied`: a later one was here before it."""

    event_id: str
    check_id: str
    applied: bool


class _Party(Struct, frozen=True, kw_only=True):
    seating_id: UUID
    reservation_id: UUID | None
    cleared_at: datetime | None
    period: Period


async def hear(
    conn: Connection, venue_id: str, client_id: str, event: TillEvent, clock: Clock
) -> Heard:
    """Take in an event of a till; one that came before is answered as it was then.

    Runs inside the caller's transaction. Raises NotFound, Invalid, IdReused, and db.LostRaceError
    to begin again.
    """
    earlier = await _heard_before(conn, venue_id, client_id, event)
    if earlier is not None:
        return earlier
    known, now = await house_of(conn, venue_id), await clock.now(conn)
    _check_event(known.house, event, now)
    check_id = await _check_meant(conn, venue_id, event)
    applied = await _apply(conn, known, event, check_id, now)
    await conn.execute(SETTLE_EVENT, venue_id, client_id, event.event_id, check_id, applied)
    return Heard(event_id=event.event_id, check_id=check_id, applied=applied)


async def _heard_before(
    conn: Connection, venue_id: str, client_id: str, event: TillEvent
) -> Heard | None:
    asked = fingerprint(event)
    if await conn.fetchval(KEEP_EVENT, venue_id, client_id, event.event_id, asked, wall_now()):
        return None
    row = await conn.fetchrow(READ_EVENT, venue_id, client_id, event.event_id)
    if row is None or row["asked"] != asked:
        raise IdReused("this id stands for another event: take a new one", pointer="/event_id")
    return msgspec.convert(row, Heard, from_attributes=True)


def _check_event(house: House, event: TillEvent, now: datetime) -> None:
    if event.table_id not in {table.id for table in house.tables}:
        told = f"the house has no table {event.table_id}: send the id its floor plan uses"
        raise Invalid(told, pointer="/table")
    if not now - BACK <= event.occurred_at <= now + AHEAD:
        raise Invalid("far from now: is the till's clock right?", pointer="/occurred_at")


async def _check_meant(conn: Connection, venue_id: str, event: TillEvent) -> str:
    if event.check_id is not None:
        return event.check_id
    await conn.execute(LOCK_TABLE, venue_id, event.table_id)
    row = await conn.fetchrow(LATEST_UNNAMED, venue_id, event.table_id, UNNAMED)
    return check_meant(event, _check(row))


async def _apply(
    conn: Connection, known: Known, event: TillEvent, check_id: str, now: datetime
) -> bool:
    """Keep the check as it is now; whether the event told anything new."""
    venue_id = known.house.venue.id
    before = _check(await conn.fetchrow(READ_CHECK, venue_id, check_id))
    after = heard(before, event, check_id)
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
        after = replace(after, period_id=await _period_then(conn, known, event))
    seated = party if after.state == "closed" and party and party.cleared_at is None else None
    # Before the check is kept: its row holds on to the period's.
    opened = await locked(conn, venue_id, known, seated.period, now=now) if seated else None
    seen = before.sequence if before else None
    if await conn.execute(KEEP_CHECK, venue_id, *_columns(after), now, seen) == "SELECT 0":
        raise LostRaceError("another event of the check came first")
    if seated and opened:
        await _say_paid(conn, opened, seated.seating_id)
    return True


async def _party(
    conn: Connection, venue_id: str, event: TillEvent, before: Check | None
) -> _Party | None:
    """Whose check it is: the reservation's it names, the one known, or who sat there then."""
    if event.reservation_id is not None:
        named = event.reservation_id
        if not await conn.fetchval(RESERVATION_EXISTS, venue_id, named):
            raise NotFound("there is no such reservation", pointer="/reservation_id")
        row = await conn.fetchrow(SEATING_OF_RESERVATION, venue_id, named)
    elif before is not None and before.seating_id is not None:
        row = await conn.fetchrow(SEATING_OF_CHECK, venue_id, before.seating_id)
    else:
        then = event.occurred_at
        row = await conn.fetchrow(SEATING_AT, venue_id, event.table_id, then, then - LATE)
    if row is None:
        return None
    return _Party(
        seating_id=row["seating_id"],
        reservation_id=row["reservation_id"],
        cleared_at=row["cleared_at"],
        period=msgspec.convert(row, Period, from_attributes=True),
    )


async def _period_then(conn: Connection, known: Known, event: TillEvent) -> str | None:
    period = running_at(known.house, event.occurred_at, house_version=known.version)
    if period is None:
        return None
    await lock_periods(conn, known.house.venue.id, (period,))
    return period.period_id


async def _say_paid(conn: Connection, opened: Opened, seating_id: UUID) -> None:
    """The check is down once nothing of the party's is open any more."""
    venue_id, now = opened.venue_id, opened.now
    if await conn.fetchval(STILL_OPEN, venue_id, seating_id):
        return
    stand = Stand(picture=opened.picture, house=opened.house, now=now, by="job")
    changes = paid(stand, seating_id)
    if changes:
        await write(conn, venue_id, opened.picture, Written(changes=changes), now=now)


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


async def purge_till_events(pool: Pool, clock: Clock) -> int:  # noqa: ARG001 - a sweep's signature
    """Forget the ids of events told long ago; returns how many."""
    before = wall_now() - KEPT
    rows = await pool.fetch(VENUES_WITH_EVENTS, before)
    return sum([await pool.fetchval(FORGET_EVENTS, row["venue_id"], before) for row in rows])
