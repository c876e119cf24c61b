"""What kitchen and floor have to bring and to know tonight, the soonest due first."""

from datetime import datetime
from typing import Final
from uuid import UUID

from asyncpg import Record
from msgspec import Struct

from policies.house.calendar import Period
from policies.house.rules import Carrier, Rules
from policies.kitchen.due import (
    KNOWN_BEFORE,
    LARGE_FROM,
    Moment,
    TaskKind,
    large_party_due,
    moment_of,
)
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import tonights_or_none
from seating.clock import Clock
from seating.db import Connection
from seating.gestures.tasks import OPEN_TASKS
from seating.gestures.tonight import task_of

# Guests with allergies who sit, until their check is down.
ALLERGIES: Final = """
select s.seating_id, s.seated_at, s.party_size, s.name, u.allergies,
       array(select t.table_id from seating_table t
             where t.venue_id = $1 and t.seating_id = s.seating_id and t.to_at is null
             order by t.place) as tables,
       m.marked_at, p.name as marked_by
from seating s
left join reservation r on r.venue_id = $1 and r.reservation_id = s.reservation_id
left join wait_entry w on w.venue_id = $1 and w.wait_id = s.wait_id
join guest u on u.venue_id = $1 and u.guest_id = coalesce(r.guest_id, w.guest_id)
left join kitchen_mark m on m.venue_id = $1 and m.kind = 'allergies' and m.subject_id = s.seating_id
left join staff p on p.venue_id = $1 and p.staff_id = m.marked_by
where s.venue_id = $1 and s.period_id = $2 and s.state in ('seated', 'dessert')
  and s.cleared_at is null and u.allergies <> ''
order by s.seated_at, s.seating_id
"""

LARGE_PARTIES: Final = """
select r.reservation_id, r.starts, r.party_size, r.name, r.arrived_at,
       coalesce(u.allergies, '') as allergies,
       array(select i.table_id from intention i
             where i.venue_id = $1 and i.kind = 'reservation' and i.subject_id = r.reservation_id
             order by i.place) as tables,
       m.marked_at, p.name as marked_by
from reservation r
left join guest u on u.venue_id = $1 and u.guest_id = r.guest_id
left join kitchen_mark m on m.venue_id = $1 and m.kind = 'large_party'
  and m.subject_id = r.reservation_id
left join staff p on p.venue_id = $1 and p.staff_id = m.marked_by
where r.venue_id = $1 and r.period_id = $2 and r.state in ('booked', 'arrived')
  and r.party_size >= $3 and r.starts <= $4
order by r.starts, r.reservation_id
"""


class KitchenTask(Struct, frozen=True, kw_only=True):
    """Something to bring or to know.

    `subject_id`: the gesture, seating or reservation, by `kind`; `version` goes with a gesture.
    `due_at` None: once the check is down. `name`, `dish`, `units`, `line`: of a gesture.
    `done_by`: who has noted it (allergies, large party), None while nobody has. `here`: a large
    party has arrived.
    """

    kind: TaskKind
    subject_id: UUID
    version: int = 0
    carrier: Carrier = "kitchen"
    moment: Moment
    due_at: datetime | None
    tables: tuple[str, ...]
    party_name: str
    party_size: int | None
    allergies: str = ""
    name: dict[str, str] = {}
    dish: str = ""
    units: int | None = None
    line: str = ""
    starts: datetime | None = None
    here: bool = False
    done_by: str | None = None


class KitchenView(Struct, frozen=True, kw_only=True):
    """The kitchen's screen at `now`; `tasks`: what is open; `noted`: what is known to somebody."""

    now: datetime
    clock_rate: float = 1.0
    period: Period | None = None
    tasks: tuple[KitchenTask, ...] = ()
    noted: tuple[KitchenTask, ...] = ()


async def kitchen_view(conn: Connection, venue_id: str, clock: Clock) -> KitchenView:
    """Return what is to be brought and known tonight; nothing on a day without service."""
    in_force, reading = await house_of(conn, venue_id), await clock.read(conn)
    period = await tonights_or_none(conn, in_force, reading.now)
    if period is None:
        return KitchenView(now=reading.now, clock_rate=reading.rate)
    found = await _found(conn, venue_id, period, reading.now)
    return KitchenView(
        now=reading.now,
        clock_rate=reading.rate,
        period=period,
        tasks=tuple(each for each in found if each.done_by is None),
        noted=tuple(each for each in found if each.done_by is not None),
    )


async def _found(
    conn: Connection, venue_id: str, period: Period, now: datetime
) -> list[KitchenTask]:
    rules = await rules_of_period(conn, venue_id, period)
    here = (venue_id, period.period_id)
    gestures = await conn.fetch(OPEN_TASKS, *here, now)
    allergies = await conn.fetch(ALLERGIES, *here)
    large = await conn.fetch(LARGE_PARTIES, *here, LARGE_FROM, now + KNOWN_BEFORE)
    found = [
        *(_gesture(row, rules, now) for row in gestures),
        *(_allergies(row, now) for row in allergies),
        *(_large_party(row, now) for row in large),
    ]
    return sorted(found, key=lambda each: (each.moment == "later", each.due_at or now))


def _gesture(row: Record, rules: Rules, now: datetime) -> KitchenTask:
    task = task_of(row, rules, now)
    gesture = task.gesture
    names = {each.key: each.name for each in rules.gestures}
    return KitchenTask(
        kind="gesture",
        subject_id=gesture.gesture_id,
        version=gesture.version,
        carrier=gesture.carrier,
        moment=moment_of(task.due_at, now, due=task.due) if task.due else "later",
        due_at=task.due_at,
        tables=task.tables,
        party_name=gesture.party_name,
        party_size=row["party_size"],
        allergies=row["allergies"],
        name=names.get(gesture.item, {}),
        dish=gesture.dish,
        units=task.units,
        line=gesture.line,
    )


def _allergies(row: Record, now: datetime) -> KitchenTask:
    return KitchenTask(
        kind="allergies",
        subject_id=row["seating_id"],
        moment=moment_of(row["seated_at"], now),
        due_at=row["seated_at"],
        tables=tuple(row["tables"]),
        party_name=row["name"],
        party_size=row["party_size"],
        allergies=row["allergies"],
        done_by=row["marked_by"],
    )


def _large_party(row: Record, now: datetime) -> KitchenTask:
    due_at = large_party_due(row["party_size"], row["starts"], now)
    return KitchenTask(
        kind="large_party",
        subject_id=row["reservation_id"],
        moment=moment_of(due_at, now),
        due_at=due_at,
        tables=tuple(row["tables"]),
        party_name=row["name"],
        party_size=row["party_size"],
        allergies=row["allergies"],
        starts=row["starts"],
        here=row["arrived_at"] is not None,
        done_by=row["marked_by"],
    )
