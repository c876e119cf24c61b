"""The audit of actions: who, when, why, before, after. Serves replays and undo."""

from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.book.changes import Changes
from policies.book.lifecycles import Actor
from policies.floor.orders import Command
from policies.house.house import Role
from policies.words.message import message
from seating.db import Connection
from seating.errors import IdReused, NotFound

HOW_ASKED = frozenset({"anyway", "dry_run", "happened_at", "by"})
"""Fields of an order that say how it is asked for, not what.

One that was sent, and whose answer was lost with the network, is sent again with its time.
"""


class ActionAuthor(Struct, frozen=True, kw_only=True):
    """Who acts; `staff_id` is empty where the guest acts, `role` None where no person does."""

    staff_id: str
    actor: Actor
    role: Role | None = None


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


class ActionKey(Struct, frozen=True):
    """What recognises a command sent again: its client-made id, kind and fingerprint; and why."""

    action_id: UUID
    kind: str
    asked: str
    reason: str | None = None


class Action(Struct, frozen=True, kw_only=True):
    """A command carried out: `before` and `after` hold what it changed, `asked` its fingerprint."""

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


async def record_action(conn: Connection, venue_id: str, action: Action) -> None:
    """Insert the action. Raises UniqueViolationError for an id used before."""
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
    """Return an action by its client-made id, None if there is none."""
    row = await conn.fetchrow(READ_ACTION, venue_id, action_id)
    if row is None:
        return None
    raw = dict(row)
    for field in ("before", "after"):
        raw[field] = msgspec.json.decode(raw[field], type=Changes)
    raw["answer"] = msgspec.Raw(raw["answer"].encode())
    return Action(**raw)


async def replayed_action(conn: Connection, venue_id: str, key: ActionKey) -> Action | None:
    """Return the action recorded under this key; raises IdReused if its id is another action's."""
    action = await read_action(conn, venue_id, key.action_id)
    if action is not None and (action.kind, action.asked) != (key.kind, key.asked):
        raise IdReused(message("id-stands-for-another-action"), pointer="/id")
    return action


def fingerprint(*asked: object) -> str:
    """Return the SHA-256 (hex) of the arguments as JSON."""
    return sha256(msgspec.json.encode(asked, order="deterministic")).hexdigest()


def key_of(command: Command, *context: object) -> ActionKey:
    """Return the key of a command; `context`: what it is about beside its own fields (URL ids).

    An order is the same whichever warnings it accepts (HOW_ASKED).
    """
    fields = msgspec.to_builtins(command, order="deterministic")
    what = {name: value for name, value in fields.items() if name not in HOW_ASKED}
    asked = fingerprint(*context, msgspec.Raw(msgspec.json.encode(what)))
    return ActionKey(command.id, type(command).__name__, asked, command.reason)


async def replayed_answer(
    conn: Connection, venue_id: str, key: ActionKey, answer: type[T]
) -> T | None:
    """Return the recorded answer of a command sent before, else None; raises IdReused."""
    action = await replayed_action(conn, venue_id, key)
    if action is None:
        return None
    try:
        return msgspec.json.decode(action.answer, type=answer)
    except msgspec.ValidationError:
        stored = msgspec.json.decode(action.answer)
        if not stored:  # so long ago that the retention job has emptied it
            raise IdReused(message("id-stands-for-another-action"), pointer="/id") from None
        return msgspec.convert(_with_named_moves(stored), answer)


def _with_named_moves(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer stored when `moved` held ids only, as it is written now."""
    inner = answer.get("result")
    if isinstance(inner, dict):
        answer = answer | {"result": _with_named_moves(inner)}
    ids = answer.get("moved", ())
    moved = [each if isinstance(each, dict) else {"reservation_id": each} for each in ids]
    return answer | {"moved": moved} if moved else answer


async def keep_answer(  # noqa: PLR0913 - the columns of an action
    conn: Connection,
    venue_id: str,
    key: ActionKey,
    answer: T,
    *,
    by: str | None,
    at: datetime,
    period_id: str | None = None,
    subject_id: UUID | None = None,
    before: Changes = Changes(),  # noqa: B008 - frozen
    after: Changes = Changes(),  # noqa: B008 - frozen
) -> T:
    """Record a command that was carried out, and return its answer.

    `by`: the staff id. Raises UniqueViolationError for an id used before.
    """
    action = Action(
        action_id=key.action_id,
        kind=key.kind,
        asked=key.asked,
        reason=key.reason,
        staff_id=by,
        at=at,
        period_id=period_id,
        subject_id=subject_id,
        before=before,
        after=after,
        answer=msgspec.Raw(msgspec.json.encode(answer)),
    )
    await record_action(conn, venue_id, action)
    return answer


async def action_to_undo(conn: Connection, venue_id: str, action_id: UUID) -> Action:
    """Return an action; raises NotFound."""
    action = await read_action(conn, venue_id, action_id)
    if action is None:
        raise NotFound(message("no-such-action"), pointer="/action_id")
    return action


async def mark_undone(conn: Connection, venue_id: str, action_id: UUID, by: UUID) -> None:
    """Record the action that undid this one."""
    await conn.execute(MARK_UNDONE, venue_id, action_id, by)
