"""The sweep of unanswered questions: after some minutes of business time the next one is called.

Whoever was called before may still answer. The question's own row is locked meanwhile: an answer
and the next call happen in some order, and nobody is called to what has been answered.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from asyncpg import Record

from policies.notices.calling import next_called
from seating.book.in_force import house_of, rules_of_period
from seating.book.periods import tonights_period
from seating.clock import Clock
from seating.db import Connection, Pool, run_unless_busy
from seating.notices.calling import CallToQuestion, answer_by, call, managers_on_call

UNANSWERED = """
select venue_id, subject_id from notice where answer_by <= $1
order by venue_id, subject_id
"""

LOCK_UNANSWERED = """
select subject_id, step, kind, period_id, to_staff, from_staff, called_at, answer_by from notice
where venue_id = $1 and subject_id = $2 and answer_by <= $3
for update skip locked
"""

LOCK_APPROVAL_ASKED = """
select 1 from approval
where venue_id = $1 and approval_id = $2 and state = 'waiting' and expires_at > $3 for update
"""

LOCK_ALERT_RAISED = """
select 1 from alert a where venue_id = $1 and alert_id = $2 and taken_at is null
  and not exists (select from period p where p.venue_id = $1 and p.period_id = a.period_id
                  and p.closed_at is not null)
for update
"""

CALLED_SO_FAR = """
select to_staff from notice where venue_id = $1 and subject_id = $2 and to_staff is not null
"""

WAITED_FOR_NO_MORE = """
update notice set answer_by = null where venue_id = $1 and subject_id = $2 and step = $3
"""


async def pass_on_questions(pool: Pool, clock: Clock) -> int:
    """Call the next one to every question, in all venues, that is due; returns how many calls."""
    async with pool.acquire() as conn:
        rows = await conn.fetch(UNANSWERED, await clock.now(conn))
    passed = 0
    for row in rows:
        passed += await _pass_on(pool, clock, row) or 0
    return passed


async def _pass_on(pool: Pool, clock: Clock, row: Record) -> int | None:
    venue_id, subject_id = row["venue_id"], row["subject_id"]

    async def work(conn: Connection) -> int:
        now = await clock.now(conn)
        found = await conn.fetchrow(LOCK_UNANSWERED, venue_id, subject_id, now)
        if found is None:
            return 0
        last = msgspec.convert(found, CallToQuestion, from_attributes=True)
        await conn.execute(WAITED_FOR_NO_MORE, venue_id, subject_id, last.step)
        if not await _is_open(conn, venue_id, last, now):
            return 0
        await call(conn, venue_id, await _next(conn, venue_id, last, now))
        return 1

    return await run_unless_busy(pool, work, f"{subject_id} of {venue_id}")


async def _is_open(conn: Connection, venue_id: str, last: CallToQuestion, now: datetime) -> bool:
    if last.kind == "alert":
        return bool(await conn.fetchval(LOCK_ALERT_RAISED, venue_id, last.subject_id))
    return bool(await conn.fetchval(LOCK_APPROVAL_ASKED, venue_id, last.subject_id, now))


async def _next(
    conn: Connection, venue_id: str, last: CallToQuestion, now: datetime
) -> CallToQuestion:
    in_force = await house_of(conn, venue_id)
    # Whoever is called to a party at the door may be called before a row of the evening is made.
    rules = await rules_of_period(conn, venue_id, tonights_period(in_force, now))
    found = next_called(
        await managers_on_call(conn, venue_id),
        rules.approvals.order,
        asker=last.from_staff,
        called=await _called(conn, venue_id, last.subject_id),
    )
    to = found.staff_id if found else None
    return msgspec.structs.replace(
        last,
        step=last.step + 1,
        to_staff=to,
        called_at=now,
        answer_by=answer_by(rules, now, to=to),
    )


async def _called(conn: Connection, venue_id: str, subject_id: UUID) -> list[str]:
    return [row["to_staff"] for row in await conn.fetch(CALLED_SO_FAR, venue_id, subject_id)]
