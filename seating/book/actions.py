"""The record of what staff did: who, when, why; a replay's answer and an undo come from it."""

from datetime import datetime
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.changes import Changes
from policies.book.lifecycles import Actor
from policies.floor.orders import Order
from seating.db import Connection
from seating.errors import IdReused, NotFound


class Who(Struct, frozen=True, kw_only=True):
    """The person at the tablet; `staff_id` is empty where the guest itself acts."""

    staff_id: str
    actor: Actor


T = TypeVar("T", bound=Struct)

RECORD_ACTION = """
insert into action (venue_id, action_id, period_id, kind, subject_id, staff_id, at, reason, before,
                    after, answer, asked)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11::jsonb, $12)
"""

READ_ACTION = """
select action_id, period_id, kind, subject_id, staff_id, at, reason, before::text, after::text,
       answer::text, asked, undone_by
from action where venue_id = $1 and action_id = $2
"""

MARK_UNDONE = "update action set undone_by = $3 where venue_id = $1 and action_id = $2"

ACTIONS_OF_PERIOD = """
select action_id, kind, subject_id, staff_id, at, reason, undone_by from action
where venue_id = $1 and period_id = $2 order by at desc, action_id limit $3
"""


class Action(Struct, frozen=True, kw_only=True):
    """One order carried out. `before` and `after` hold the things it changed."""

    action_id: UUID
    kind: str
    staff_id: str | None
    at: datetime
    period_id: str | None = None
    subject_id: UUID | None = None
    reason: str | None = None
    before: Changes = Changes()
    after: Changes = Changes()
    answer: msgspec.Raw = msgspec.Raw(b"{}")
    asked: str = ""
    undone_by: UUID | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """A line of the audit."""

    action_id: UUID
    kind: str
    subject_id: UUID | None
    staff_id: str | None
    at: datetime
    reason: str | None
    undone_by: UUID | None


async def record_action(conn: Connection, venue_id: str, action: Action) -> None:
    """Keep the action; its id can be used once."""
    await conn.execute(
        RECORD_ACTION,
        venue_id,
        action.action_id,
        action.period_id,
        action.kind,
        action.subject_id,
        action.staff_id,
        action.at,
        action.reason,
        msgspec.json.encode(action.before).decode(),
        msgspec.json.encode(action.after).decode(),
        bytes(action.answer).decode(),
        action.asked,
    )


async def read_action(conn: Connection, venue_id: str, action_id: UUID) -> Action | None:
    """Return an action by the id its tablet made."""
    row = await conn.fetchrow(READ_ACTION, venue_id, action_id)
    if row is None:
        return None
    raw = dict(row)
    for field in ("before", "after"):
        raw[field] = msgspec.json.decode(raw[field], type=Changes)
    raw["answer"] = msgspec.Raw(raw["answer"].encode())
    return Action(**raw)


async def replayed(
    conn: Connection, venue_id: str, action_id: UUID, kind: str, asked: str
) -> Action | None:
    """Return the action this id stands for already; raises IdReused for one that asked otherwise.

    `asked`: the fingerprint of what is asked now.
    """
    action = await read_action(conn, venue_id, action_id)
    if action is not None and (action.kind, action.asked) != (kind, asked):
        raise IdReused(f"this id stands for another action ({action.kind})", pointer="/id")
    return action


def fingerprint(*asked: object) -> str:
    """Return what tells two askings apart: the SHA-256 of what was asked, as JSON."""
    return sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()


async def answered(conn: Connection, venue_id: str, order: Order, answer: type[T]) -> T | None:
    """Return what this order was answered when it came before; raises IdReused."""
    action = await replayed(conn, venue_id, order.id, type(order).__name__, fingerprint(order))
    return None if action is None else msgspec.json.decode(action.answer, type=answer)


async def action_to_undo(conn: Connection, venue_id: str, action_id: UUID) -> Action:
    """Return an action; raises NotFound."""
    action = await read_action(conn, venue_id, action_id)
    if action is None:
        raise NotFound("there is no such action", pointer="/action_id")
    return action


async def mark_undone(conn: Connection, venue_id: str, action_id: UUID, by: UUID) -> None:
    """Note which action took this one back."""
    await conn.execute(MARK_UNDONE, venue_id, action_id, by)


async def actions_of_period(
    conn: Connection, venue_id: str, period_id: str, limit: int = 100
) -> tuple[Entry, ...]:
    """Return what was done in a period, the latest first."""
    rows = await conn.fetch(ACTIONS_OF_PERIOD, venue_id, period_id, limit)
    return tuple(msgspec.convert(row, Entry, from_attributes=True) for row in rows)
