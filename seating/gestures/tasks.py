"""What is to be brought now, for whoever carries it: the lists of floor, kitchen and stand."""

from datetime import datetime
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from policies.house.rules import Carrier, GestureKind, Rules
from seating.book.announcing import announced
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import read_period, tonights_or_none
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy
from seating.gestures.tonight import OPEN_GESTURES, GestureTask, task_of

OPEN_TASKS = f"""
select o.*, coalesce(r.party_size, w.party_size, s.party_size) as party_size,
       coalesce(u.allergies, '') as allergies
from ({OPEN_GESTURES}) o
left join reservation r on r.venue_id = $1 and r.reservation_id = o.reservation_id
left join wait_entry w on w.venue_id = $1 and w.wait_id = o.wait_id
left join seating s on s.venue_id = $1 and s.seating_id = o.sits_as
left join guest u on u.venue_id = $1 and u.guest_id = o.guest_id
where o.state = 'accepted'
order by o.offered_at, o.gesture_id
"""

WITH_TASKS_UNTOLD = """
select distinct g.venue_id, g.period_id
from gesture g join period p using (venue_id, period_id)
where g.state = 'accepted' and g.due_told_at is null and p.closed_at is null
order by venue_id, period_id
"""

TELL_DUE = f"""
with told as (
    update gesture set due_told_at = $4
    where venue_id = $1 and period_id = $2 and gesture_id = any($3::uuid[])
      and state = 'accepted' and due_told_at is null
    returning gesture_id, version)
select {announced("gesture.due", subject="gesture_id", version="version", period="$2::text")}
from told
"""


class Task(Struct, frozen=True, kw_only=True):
    """A gesture to be brought now, to whom and where; `version` goes with saying that it was.

    `item`: its key in the catalogue, `name`: what it is called, by language. `due_at`: since when
    it is due; None where that is once the check is down. `line`: what was said to the guest.
    `allergies`: of the guest, as the house noted them; `guest_asked`: somebody asked at the table.
    """

    gesture_id: UUID
    version: int
    carrier: Carrier
    kind: GestureKind
    item: str
    name: dict[str, str]
    dish: str
    units: int | None
    due_at: datetime | None
    tables: tuple[str, ...]
    party_name: str
    party_size: int | None
    allergies: str
    guest_asked: bool
    line: str
    offered_by: str
    reservation_id: UUID | None
    seating_id: UUID | None
    wait_id: UUID | None


async def tasks_due(
    conn: Connection, venue_id: str, carrier: Carrier | None, clock: Clock
) -> tuple[Task, ...]:
    """Return what is due tonight, the longest due first; of one carrier if it is named."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    period = await tonights_or_none(conn, in_force, now)
    if period is None:
        return ()
    rules = await rules_of_period(conn, venue_id, period)
    rows = await conn.fetch(OPEN_TASKS, venue_id, period.period_id, now)
    found = [(task_of(row, rules, now), row) for row in rows]
    due = [each for each in found if each[0].due and carrier in {None, each[0].gesture.carrier}]
    due.sort(key=lambda each: each[0].due_at or each[0].gesture.offered_at)
    return tuple(_task(task, row, rules) for task, row in due)


async def tell_due_gestures(pool: Pool, clock: Clock) -> int:
    """Tell the screens of each gesture, in all venues, that has become due; returns how many."""
    async with pool.acquire() as conn:
        rows = await conn.fetch(WITH_TASKS_UNTOLD)
    told = 0
    for row in rows:
        told += await _tell_period(pool, clock, row) or 0
    return told


async def _tell_period(pool: Pool, clock: Clock, row: Record) -> int | None:
    venue_id, period_id = row["venue_id"], row["period_id"]

    async def work(conn: Connection) -> int:
        now = await clock.now(conn)
        period = await read_period(conn, venue_id, period_id)
        rules = await rules_of_period(conn, venue_id, period)
        tasks = await conn.fetch(OPEN_TASKS, venue_id, period_id, now)
        due = [each["gesture_id"] for each in tasks if task_of(each, rules, now).due]
        return len(await conn.fetch(TELL_DUE, venue_id, period_id, due, now)) if due else 0

    return await run_unless_busy(pool, work, f"{period_id} of {venue_id}")


def _task(task: GestureTask, row: Record, rules: Rules) -> Task:
    gesture = task.gesture
    names = {each.key: each.name for each in rules.gestures}
    return Task(
        gesture_id=gesture.gesture_id,
        version=gesture.version,
        carrier=gesture.carrier,
        kind=gesture.kind,
        item=gesture.item,
        name=names.get(gesture.item, {}),
        dish=gesture.dish,
        units=task.units,
        due_at=task.due_at,
        tables=task.tables,
        party_name=gesture.party_name,
        party_size=row["party_size"],
        allergies=row["allergies"],
        guest_asked=gesture.guest_asked,
        line=gesture.line,
        offered_by=gesture.offered_by,
        reservation_id=gesture.reservation_id,
        seating_id=gesture.seating_id,
        wait_id=gesture.wait_id,
    )
