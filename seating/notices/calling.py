"""Calls of people to questions: who is called, and what is open for whom.

A question's calls are numbered from 1; the primary key lets each step happen once, whoever makes
it. Each is written in the transaction that asks or passes on, with the messages to the phones of
whoever is called.
"""

from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.house.rules import Rules
from policies.notices.calling import ManagerOnCall, first_called
from seating.access.sessions import IDLE
from seating.book.announcing import announced
from seating.clock import wall_now
from seating.db import Connection

QuestionKind = Literal["approval", "alert"]

MANAGERS = """
select p.staff_id, p.name,
       exists (select from session s
               join device d on d.venue_id = s.venue_id and d.device_id = s.device_id
               where s.venue_id = $1 and s.staff_id = p.staff_id and s.ended_at is null
                 and s.expires_at > $2 and s.seen_at > $3 and d.revoked_at is null)
       or exists (select from push_subscription u
                  join device d on d.venue_id = u.venue_id and d.device_id = u.device_id
                  where u.venue_id = $1 and u.staff_id = p.staff_id and d.revoked_at is null)
       as reachable
from staff p
where p.venue_id = $1 and p.role in ('manager', 'owner') and p.left_at is null
order by p.name, p.staff_id
"""

CALL = f"""
with called as (
    insert into notice (venue_id, subject_id, step, kind, period_id, to_staff, from_staff,
                        called_at, called_on, answer_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict do nothing
    returning subject_id, step, period_id, to_staff),
pushed as (
    insert into push_delivery (venue_id, subject_id, step, subscription_id, next_at)
    select $1, c.subject_id, c.step, u.subscription_id, $9
    from called c
    join push_subscription u on u.venue_id = $1 and u.staff_id = c.to_staff)
select {
    announced(
        "notice.called",
        subject="subject_id",
        version="step",
        period="period_id",
        to="to_staff",
    )
}
from called
"""

# `open`: nobody has answered. What is over at $2 counts as over before the job says so.
OPEN: Final = """
select n.subject_id, n.step, n.kind, n.period_id, n.to_staff, n.from_staff, n.called_at,
       n.answer_by
from notice n
left join period p on p.venue_id = $1 and p.period_id = n.period_id
left join approval q on q.venue_id = $1 and q.approval_id = n.subject_id
left join alert a on a.venue_id = $1 and a.alert_id = n.subject_id
where n.venue_id = $1 and p.closed_at is null
  and ((n.kind = 'approval' and q.state = 'waiting' and q.expires_at > $2)
       or (n.kind = 'alert' and a.alert_id is not null and a.taken_at is null))
"""

CALLS_OPEN = f"""
select o.*, coalesce(whom.name, '') as to_name, coalesce(who.name, '') as from_name
from ({OPEN}) o
left join staff whom on whom.venue_id = $1 and whom.staff_id = o.to_staff
left join staff who on who.venue_id = $1 and who.staff_id = o.from_staff
order by o.called_at, o.subject_id, o.step
"""


class CallToQuestion(Struct, frozen=True, kw_only=True):
    """One call to a question, as a row. `to_staff` None: nobody is left to be called."""

    subject_id: UUID
    step: int
    kind: QuestionKind
    period_id: str
    to_staff: str | None
    from_staff: str
    called_at: datetime
    answer_by: datetime | None = None


class NamedCallToQuestion(CallToQuestion, frozen=True, kw_only=True):
    """The same, with names."""

    to_name: str
    from_name: str


class OpenQuestion(Struct, frozen=True, kw_only=True):
    """A question that nobody has answered. `kind`, `subject_id`: the approval or alert it is.

    `called_at`: when this person was called, or of one's own question the last of those called.
    `to_name`: the last one called, empty where nobody is left; `unanswered`: who was called before
    and has not answered, the first one first. `from_name`: who asks.
    """

    kind: QuestionKind
    subject_id: UUID
    step: int
    called_at: datetime
    from_name: str
    to_name: str
    unanswered: tuple[str, ...] = ()


class OpenQuestions(Struct, frozen=True, kw_only=True):
    """What waits for a person: `to_me`: called to; `by_me`: asked, and not answered yet."""

    to_me: tuple[OpenQuestion, ...] = ()
    by_me: tuple[OpenQuestion, ...] = ()


async def managers_on_call(conn: Connection, venue_id: str) -> list[ManagerOnCall]:
    """Return the venue's managers, and which of them can be reached now."""
    now = wall_now()
    rows = await conn.fetch(MANAGERS, venue_id, now, now - IDLE)
    return [msgspec.convert(row, ManagerOnCall, from_attributes=True) for row in rows]


async def call_a_manager(
    conn: Connection,
    venue_id: str,
    question: UUID,
    rules: Rules,
    *,
    period_id: str,
    by: str,
    now: datetime,
) -> None:
    """Call the first manager of the house's order to an approval request."""
    managers = await managers_on_call(conn, venue_id)
    first = first_called(managers, rules.approvals.order, asker=by)
    to = first.staff_id if first else None
    await call(conn, venue_id, _call("approval", question, period_id, to, by, rules, now))


async def call_a_colleague(
    conn: Connection,
    venue_id: str,
    alert: UUID,
    rules: Rules,
    *,
    period_id: str,
    to: str,
    by: str,
    now: datetime,
) -> None:
    """Call whom the host has named to a party."""
    await call(conn, venue_id, _call("alert", alert, period_id, to, by, rules, now))


async def call(conn: Connection, venue_id: str, made: CallToQuestion) -> None:
    """Write a call and its messages, and tell the screens; nothing where the step was made."""
    await conn.fetch(
        CALL,
        venue_id,
        made.subject_id,
        made.step,
        made.kind,
        made.period_id,
        made.to_staff,
        made.from_staff,
        made.called_at,
        wall_now(),
        made.answer_by,
    )


async def open_questions(
    conn: Connection, venue_id: str, staff_id: str, *, now: datetime
) -> OpenQuestions:
    """Return what waits for a person, and what that person waits for, the oldest first."""
    rows = await conn.fetch(CALLS_OPEN, venue_id, now)
    steps: dict[UUID, list[NamedCallToQuestion]] = {}
    for row in rows:
        found = msgspec.convert(row, NamedCallToQuestion, from_attributes=True)
        steps.setdefault(found.subject_id, []).append(found)
    mine = [each for each in steps.values() if each[0].from_staff == staff_id]
    return OpenQuestions(
        to_me=tuple(
            _question(calls, own)
            for calls in steps.values()
            for own in [next((each for each in calls if each.to_staff == staff_id), None)]
            if own is not None
        ),
        by_me=tuple(_question(calls, calls[-1]) for calls in mine),
    )


def answer_by(rules: Rules, now: datetime, *, to: str | None) -> datetime | None:
    """Return when the next one is called; None where nobody is waited for."""
    return None if to is None else now + timedelta(minutes=rules.approvals.next_after)


def _call(
    kind: QuestionKind,
    question: UUID,
    period_id: str,
    to: str | None,
    by: str,
    rules: Rules,
    now: datetime,
) -> CallToQuestion:
    return CallToQuestion(
        subject_id=question,
        step=1,
        kind=kind,
        period_id=period_id,
        to_staff=to,
        from_staff=by,
        called_at=now,
        answer_by=answer_by(rules, now, to=to),
    )


def _question(calls: list[NamedCallToQuestion], told: NamedCallToQuestion) -> OpenQuestion:
    last = calls[-1]
    return OpenQuestion(
        kind=last.kind,
        subject_id=last.subject_id,
        step=last.step,
        called_at=told.called_at,
        from_name=last.from_name,
        to_name=last.to_name,
        unanswered=tuple(each.to_name for each in calls[:-1]),
    )
