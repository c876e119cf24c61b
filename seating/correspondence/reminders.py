"""The sweep that writes reminders: one for each start, at its hour before the visit.

Who booked shortly before that hour has just been told, and is not reminded.
"""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.correspondence.notices import notice_id_of, reminds
from policies.house.channels import Channel
from policies.house.rules import NoticeRules
from seating.book.in_force import house_of, rules_of_date
from seating.clock import Clock
from seating.correspondence.facts import mark_of_reminder
from seating.db import Connection, Pool, run_unless_busy

JUST_TOLD: Final = timedelta(hours=12)

VENUES = "select venue_id from venue order by venue_id"

TO_REMIND = """
select r.reservation_id, r.starts, r.channel from reservation r
where r.venue_id = $1 and r.state = 'booked' and r.starts > $2 and r.starts <= $3
  and r.created_at <= r.starts - $4::interval
order by r.starts, r.reservation_id
"""

WRITE_REMINDERS = """
insert into guest_notice (venue_id, notice_id, subject_kind, subject_id, kind, mark, by_house,
                          made_at, due_at)
select $1, x.notice_id, 'reservation', x.subject_id, 'reminder', x.mark, false, $3, $3
from jsonb_to_recordset($2::jsonb) as x (notice_id uuid, subject_id uuid, mark text)
on conflict do nothing
returning notice_id
"""


class ToRemind(Struct, frozen=True, kw_only=True):
    """A booking whose guest is to be reminded."""

    reservation_id: UUID
    starts: datetime
    channel: Channel


async def write_reminders(pool: Pool, clock: Clock) -> int:
    """Write the reminders that are due in all venues; returns how many."""
    written = 0
    for row in await pool.fetch(VENUES):
        written += await _write_in(pool, clock, row["venue_id"]) or 0
    return written


async def _write_in(pool: Pool, clock: Clock, venue_id: str) -> int | None:
    async def work(conn: Connection) -> int:
        now, house = await clock.now(conn), await house_of(conn, venue_id)
        rules = (await rules_of_date(conn, venue_id, house.service_date_at(now))).notices
        if not rules.reminder_hours:
            return 0
        return await _write_due(conn, venue_id, rules, now)

    return await run_unless_busy(pool, work, venue_id)


async def _write_due(conn: Connection, venue_id: str, rules: NoticeRules, now: datetime) -> int:
    before = timedelta(hours=rules.reminder_hours)
    rows = await conn.fetch(TO_REMIND, venue_id, now, now + before, before + JUST_TOLD)
    found = (msgspec.convert(row, ToRemind, from_attributes=True) for row in rows)
    due = [_row(venue_id, each) for each in found if reminds(each.channel, rules)]
    if not due:
        return 0
    made = await conn.fetch(WRITE_REMINDERS, venue_id, msgspec.json.encode(due).decode(), now)
    return len(made)


def _row(venue_id: str, each: ToRemind) -> dict[str, Any]:
    mark = mark_of_reminder(each.starts)
    notice_id = notice_id_of(venue_id, each.reservation_id, "reminder", mark)
    return {"notice_id": notice_id, "subject_id": each.reservation_id, "mark": mark}
