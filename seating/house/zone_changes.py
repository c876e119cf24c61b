"""Promises are local times: when a law moves a zone's clocks, the instants follow.

Runs at every start and as a job, after each renewal of the zone data once with effect, and when a
house file names another zone. What it moves is listed in `zone_change` and in the log. Guests see
no change; booking sites are sent the new instants, marked `same_local_time`.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.book.changes import Changes
from policies.book.zone_changes import (
    NOT_MOVED,
    NewTime,
    PromisedTime,
    new_times,
    periods_moved,
    shifts_of,
)
from policies.house.calendar import Period, local_time, zone_of
from policies.house.zones import zone_rules
from policies.plan.replanning import replan
from policies.webhooks import reservation_events
from seating.book.in_force import HouseVersion, house_of, version_for
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import lock_period, lock_rows
from seating.book.write import WriteSet, write
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.house.zone_changes_sql import (
    ADD_RECORDS,
    ANNOUNCE,
    DROP_INTENTIONS,
    FREE_INTENTIONS,
    MOVE_BLOCKS,
    MOVE_HELD_TABLES,
    MOVE_LEVERS,
    MOVE_PERIODS,
    MOVE_PROMISES,
    MOVE_SLOT_HOLDS,
    NOTE_LOCAL_TIMES,
    PROMISES_AHEAD,
    PUT_INTENTIONS,
    RESTORE_DUPLICATES,
)

log = logging.getLogger("maitred.zones")

VENUES_AHEAD = """
select distinct venue_id from period where closed_at is null and closes > $1 order by venue_id
"""

PERIODS_AHEAD = f"""
select {PERIOD_COLUMNS}
from period p where p.venue_id = $1 and p.closed_at is null and p.closes > $2
order by p.period_id
"""


class Moves(Struct, frozen=True):
    """What no longer says its local time at a venue: periods (stored, right) and promises.

    `unnoted`: promises whose local time is not stored yet. `touched`: the periods, as they have to
    be, of all that moves.
    """

    in_force: HouseVersion
    periods: tuple[tuple[Period, Period], ...]
    promises: tuple[NewTime, ...]
    unnoted: tuple[NewTime, ...]
    touched: tuple[Period, ...]

    def __bool__(self) -> bool:
        """Tell whether anything has to move."""
        return bool(self.periods or self.promises)


async def keep_local_times(pool: Pool, clock: Clock) -> int:
    """Move what no longer says its local time; returns how many periods and promises moved.

    A failure at one venue is logged and does not stop the others.
    """
    async with pool.acquire() as conn:
        now = await clock.now(conn)
        venues = [row["venue_id"] for row in await conn.fetch(VENUES_AHEAD, now)]
    moved = 0
    for venue_id in venues:
        try:
            moved += await run(pool, partial(_keep, venue_id=venue_id, now=now))
        except Exception:
            log.exception("local times of %s could not be checked", venue_id)
    return moved


async def follow_zone(conn: Connection, in_force: HouseVersion, now: datetime) -> int:
    """Move what does not say its local time in the zone of this house; returns how much moved.

    Runs inside the caller's transaction. Raises LostRaceError.
    """
    venue_id = in_force.house.venue.id
    due = await _moves_due(conn, in_force, now)
    if due:
        rows = await conn.fetch(PERIODS_AHEAD, venue_id, now)
        await lock_rows(conn, venue_id, [row["period_id"] for row in rows])
        due = await _moves_due(conn, in_force, now)
    if due.unnoted:
        await conn.execute(NOTE_LOCAL_TIMES, venue_id, _doc(due.unnoted))
    if due:
        await _move(conn, venue_id, due, now)
    return len(due.periods) + len(due.promises)


async def _moves_due(conn: Connection, in_force: HouseVersion, now: datetime) -> Moves:
    venue_id = in_force.house.venue.id
    stored = [period_in(row) for row in await conn.fetch(PERIODS_AHEAD, venue_id, now)]
    runs_under = {each.period_id: await version_for(conn, in_force, each) for each in stored}
    periods = tuple(
        moved
        for each in stored
        for moved in periods_moved(runs_under[each.period_id].house, [each])
    )
    rows = await conn.fetch(PROMISES_AHEAD, venue_id, now)
    promised = [msgspec.convert(row, PromisedTime, from_attributes=True) for row in rows]
    shifts = shifts_of(periods)
    times = tuple(
        time
        for each in promised
        if each.period_id in runs_under
        for time in new_times(runs_under[each.period_id].house, [each], shifts)
    )
    moved = tuple(each for each in times if each.shift != NOT_MOVED)
    unknown = {each.reservation_id for each in promised if each.local_start is None}
    unnoted = tuple(each for each in times if each.reservation_id in unknown)
    right = {old.period_id: old for old in stored} | {new.period_id: new for _, new in periods}
    ids = {new.period_id for _, new in periods} | {each.period_id for each in moved}
    touched = tuple(right[key] for key in sorted(ids))
    return Moves(in_force, periods, moved, unnoted, touched)


async def _keep(conn: Connection, venue_id: str, now: datetime) -> int:
    return await follow_zone(conn, await house_of(conn, venue_id), now)


async def _move(conn: Connection, venue_id: str, due: Moves, now: datetime) -> None:
    await _record(conn, venue_id, due, now)
    follows = await _move_rows(conn, venue_id, due)
    freed = await conn.fetch(FREE_INTENTIONS, venue_id, list(follows))
    changed = await _move_promises(conn, venue_id, due.promises, now)
    await _plan_anew(conn, venue_id, freed, follows)
    events = [*(_reservation_event(row) for row in changed), *map(_period_event, due.periods)]
    await conn.execute(ANNOUNCE, venue_id, _doc(events), now)
    for period in due.touched:
        await _replan(conn, venue_id, due.in_force, period, now)


async def _move_rows(conn: Connection, venue_id: str, due: Moves) -> dict[UUID, timedelta]:
    """Move periods and what lies in them; returns how far each planned subject follows."""
    doc = _doc(
        [
            {
                "period_id": new.period_id,
                "opens": new.opens,
                "last_seating": new.last_seating,
                "closes": new.closes,
                "was_open": old.opens,
                "was_closed": old.closes,
            }
            for old, new in due.periods
        ]
    )
    await conn.execute(MOVE_PERIODS, venue_id, doc)
    await conn.execute(MOVE_LEVERS, venue_id, doc)
    follows = {each.reservation_id: each.shift for each in due.promises}
    for statement in (MOVE_HELD_TABLES, MOVE_SLOT_HOLDS, MOVE_BLOCKS):
        rows = await conn.fetch(statement, venue_id, doc)
        follows |= {row["subject_id"]: row["shift"] for row in rows}
    return follows


async def _move_promises(
    conn: Connection, venue_id: str, promises: Sequence[NewTime], now: datetime
) -> list[Record]:
    """Move reservations; in between, a guest's two of one evening may overlap in the table."""
    changed = await conn.fetch(MOVE_PROMISES, venue_id, _doc(promises), now)
    single = [row["reservation_id"] for row in changed if not row["duplicate_allowed"]]
    await conn.execute(RESTORE_DUPLICATES, venue_id, single)
    return changed


async def _plan_anew(
    conn: Connection, venue_id: str, freed: Sequence[Record], follows: Mapping[UUID, timedelta]
) -> None:
    """Put plans back at their new times; one that finds its table taken is left to `replan`."""
    rows = [
        dict(row)
        | {
            "starts": row["starts"] + follows[row["subject_id"]],
            "ends": row["ends"] + follows[row["subject_id"]],
        }
        for row in freed
    ]
    put = await conn.fetch(PUT_INTENTIONS, venue_id, _doc(rows))
    there = {(row["subject_id"], row["table_id"]) for row in put}
    lost = {row["subject_id"] for row in rows if (row["subject_id"], row["table_id"]) not in there}
    if lost:
        await conn.execute(DROP_INTENTIONS, venue_id, list(lost))


async def _replan(
    conn: Connection, venue_id: str, in_force: HouseVersion, period: Period, now: datetime
) -> None:
    locked = await lock_period(conn, venue_id, in_force, period, now=now)
    changes = replan(locked.picture, Changes(), locked.house, now=now)
    if changes:
        await write(conn, venue_id, locked.picture, WriteSet(changes=changes), now=now)


async def _record(conn: Connection, venue_id: str, due: Moves, now: datetime) -> None:
    # The latest of what moves: of two zones at once it is the one that comes.
    house = due.in_force.on(max(each.service_date for each in due.touched)).house
    zone, name, rules = zone_of(house), house.venue.zone, zone_rules()
    periods = [
        ("period", new.period_id, new.period_id, local_time(zone, new.opens), old.opens, new.opens)
        for old, new in due.periods
    ]
    promises = [
        (
            "reservation",
            str(each.reservation_id),
            each.period_id,
            each.local_start,
            each.was,
            each.starts,
        )
        for each in due.promises
    ]
    fields = ("kind", "subject", "period_id", "local_time", "was", "became")
    records = [dict(zip(fields, row, strict=True)) for row in (*periods, *promises)]
    for row in records:
        log.warning("%(kind)s %(subject)s keeps %(local_time)s: %(was)s is %(became)s by now", row)
    await conn.execute(ADD_RECORDS, venue_id, _doc(records), now, name, rules)


def _reservation_event(row: Record) -> dict[str, Any]:
    event = {
        "event": "reservation.changed",
        "id": row["reservation_id"],
        "version": row["version"],
        "period_id": row["period_id"],
    }
    if not row["of_site"]:
        return event
    data = {
        "types": reservation_events(row["state"], row["state"], new=False),
        "status": row["state"],
        "start": row["starts"],
        "duration_s": int((row["ends"] - row["starts"]).total_seconds()),
        "party_size": row["party_size"],
        "same_local_time": True,
    }
    return event | {"data": data}


def _period_event(moved: tuple[Period, Period]) -> dict[str, Any]:
    period_id = moved[1].period_id
    return {"event": "period.changed", "id": period_id, "version": 0, "period_id": period_id}


def _doc(rows: object) -> str:
    return msgspec.json.encode(rows).decode()
