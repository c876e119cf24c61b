"""Approval requests to managers for gestures beyond a person's limits, each answered once.

The request's row is locked while it is answered. A yes offers the gesture in the same transaction,
charged to the manager's purse and the venue's, or to the venue's alone (house rules).
"""

from datetime import datetime
from typing import Final, get_args

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.book.picture import ApprovalState
from policies.floor.orders import Command
from policies.gestures.approvals import (
    AnswerApproval,
    Approval,
    AskApproval,
    approval_at,
    request_approval,
    with_answer,
)
from policies.gestures.etiquette import EtiquetteObjection
from policies.gestures.gesture import Gesture
from policies.gestures.purses import OverLimit, over_limit
from policies.gestures.visit import is_amends
from policies.house.rules import Rules
from policies.words.message import message
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.announcing import EventOf, announced
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotAllowed, NotFound, NotPossibleNow, Stale
from seating.gestures.offers import (
    Payer,
    catalogue_item,
    charge_gesture,
    etiquette_problem,
    gesture_context,
    own_purse,
    store_gesture,
)
from seating.gestures.purses import VENUE, open_purses, purse_of, read_left
from seating.notices.calling import call_a_manager

COLUMNS: Final = """
approval_id, period_id, state, wish::text, kind, cost, beyond::text as over_limit, party_name,
asked_by, asked_at, expires_at, answered_by, answered_at, said, version
"""

READ_APPROVAL = f"select {COLUMNS} from approval where venue_id = $1 and approval_id = $2"

LOCK_APPROVAL = f"""
select {COLUMNS} from approval where venue_id = $1 and approval_id = $2 for update
"""

APPROVAL_EVENT = EventOf("approval.", "state", get_args(ApprovalState))

# Notifies the screens, so it has to be the last write of a command.
KEEP_APPROVAL = f"""
with kept as (
    insert into approval as a (venue_id, approval_id, period_id, state, wish, kind, cost, beyond,
                               party_name, asked_by, asked_at, expires_at, version)
    select $1, approval_id, period_id, state, wish, kind, cost, over_limit, party_name, asked_by,
           asked_at, expires_at, version
    from jsonb_to_record($2::jsonb) as x (
        approval_id uuid, period_id text, state text, wish jsonb, kind text, cost bigint,
        over_limit jsonb, party_name text, asked_by text, asked_at timestamptz,
        expires_at timestamptz, version int)
    on conflict (venue_id, approval_id) do update
        set state = excluded.state, version = excluded.version,
            answered_by = ($2::jsonb) ->> 'answered_by', said = ($2::jsonb) ->> 'said',
            answered_at = (($2::jsonb) ->> 'answered_at')::timestamptz
    returning a.approval_id, a.period_id, a.state, a.asked_by, a.version)
select {
    announced(
        APPROVAL_EVENT,
        subject="approval_id",
        version="version",
        period="period_id",
        to="case when state <> 'waiting' then asked_by end",
    )
}
from kept
"""

OPEN_APPROVALS = f"""
select {COLUMNS} from approval a
where venue_id = $1 and period_id in (
    select period_id from period where venue_id = $1 and closed_at is null)
order by asked_at desc, approval_id limit 200
"""

APPROVALS_OF_PERSON = f"""
select {COLUMNS} from approval
where venue_id = $1 and period_id = $2 and asked_by = $3
order by asked_at desc, approval_id limit 50
"""


class ApprovalResult(Struct, frozen=True, kw_only=True):
    """An approval request with its answer, and the gesture that a yes offered."""

    approval: Approval
    gesture: Gesture | None = None


async def ask_approval(
    conn: Connection, venue_id: str, command: AskApproval, who: ActionAuthor, clock: Clock
) -> Approval | EtiquetteObjection:
    """Ask the managers for a gesture beyond the person's limits.

    Returns EtiquetteObjection where etiquette forbids it to everybody. Raises Invalid, NotFound,
    and NotPossibleNow for a party that left or a gesture that needs no approval.
    """
    context = await gesture_context(conn, venue_id, command, clock)
    earlier = await replayed_answer(conn, venue_id, key_of(command), Approval)
    if earlier is not None:
        return earlier
    if not context.visit.here:
        raise NotPossibleNow(message("party-gone"))
    wish, rules = command.wish(), context.rules
    item = catalogue_item(rules, wish)
    amends = is_amends(item, context.visit, rules, context.now)
    no = await etiquette_problem(conn, venue_id, wish, item, context, amends=amends)
    if no is not None:
        return no
    mine = own_purse(who)
    await open_purses(conn, venue_id, context.period_id, mine.owner, who.actor, rules)
    left = await read_left(conn, venue_id, context.period_id, mine.owner)
    money = context.currency
    beyond = over_limit(rules, who.actor, item, left, amount=wish.amount, currency=money)
    if beyond is None:
        raise NotPossibleNow(message("needs-no-asking"))
    approval = request_approval(
        wish,
        item.kind,
        beyond,
        rules,
        period_id=context.period_id,
        party_name=context.visit.party_name,
        by=who.staff_id,
        now=context.now,
    )
    await call_a_manager(
        conn,
        venue_id,
        approval.approval_id,
        rules,
        period_id=context.period_id,
        by=who.staff_id,
        now=context.now,
    )
    await _keep(conn, venue_id, approval)
    await _record(conn, venue_id, command, who, approval, approval, now=context.now)
    return approval


async def answer_approval(
    conn: Connection, venue_id: str, command: AnswerApproval, who: ActionAuthor, clock: Clock
) -> ApprovalResult | OverLimit | EtiquetteObjection:
    """Answer an approval request; a yes offers the gesture at once.

    Returns OverLimit or EtiquetteObjection, with nothing changed, where it still cannot be given.
    Raises NotFound, Stale, NotAllowed (one's own request), NotPossibleNow, lifecycles.NotPossible.
    """
    approval = _approval(await conn.fetchrow(READ_APPROVAL, venue_id, command.approval_id))
    context = await gesture_context(conn, venue_id, approval.wish, clock)
    approval = _approval(await conn.fetchrow(LOCK_APPROVAL, venue_id, command.approval_id))
    earlier = await replayed_answer(conn, venue_id, key_of(command), ApprovalResult)
    if earlier is not None:
        return earlier
    if approval.asked_by == who.staff_id:
        raise NotAllowed(message("ask-somebody-else"))
    if approval.version != command.version:
        now_true = approval_at(approval, context.now)
        raise Stale(message("question-answered", state=approval.state), now=now_true)
    done = with_answer(approval, command, who.staff_id, who.actor, now=context.now)
    gesture = None
    if command.yes:
        payer = payer_of(context.rules, who)
        given = await charge_gesture(
            conn, venue_id, approval.wish, context, approval.asked_by, payer
        )
        if not isinstance(given, Gesture):
            return given
        gesture = await store_gesture(conn, venue_id, command.id, None, given, now=context.now)
    await _keep(conn, venue_id, done)
    result = ApprovalResult(approval=done, gesture=gesture)
    await _record(conn, venue_id, command, who, done, result, now=context.now)
    return result


async def open_approvals(conn: Connection, venue_id: str, clock: Clock) -> tuple[Approval, ...]:
    """Return the requests of periods that are not closed.

    First those waiting for an answer, the oldest first; then the others, the latest first.
    """
    rows, now = await conn.fetch(OPEN_APPROVALS, venue_id), await clock.now(conn)
    found = [approval_at(_approval(row), now) for row in rows]
    waiting = [each for each in reversed(found) if each.state == "waiting"]
    return (*waiting, *(each for each in found if each.state != "waiting"))


async def approvals_of_person(
    conn: Connection, venue_id: str, period_id: str, staff_id: str, *, now: datetime
) -> tuple[Approval, ...]:
    """Return the requests of a person in a period, the latest first."""
    rows = await conn.fetch(APPROVALS_OF_PERSON, venue_id, period_id, staff_id)
    return tuple(approval_at(_approval(row), now) for row in rows)


def payer_of(rules: Rules, manager: ActionAuthor) -> Payer:
    """Return whose purse pays for a manager's yes."""
    alone = rules.approvals.charged == "venue"
    return Payer(owner=VENUE if alone else purse_of(manager.staff_id), actor=manager.actor)


def _approval(row: Record | None) -> Approval:
    if row is None:
        raise NotFound(message("no-such-question"), pointer="/approval_id")
    raw = dict(row)
    for name in ("wish", "over_limit"):
        raw[name] = msgspec.json.decode(raw[name])
    return msgspec.convert(raw, Approval)


async def _keep(conn: Connection, venue_id: str, approval: Approval) -> None:
    await conn.execute(KEEP_APPROVAL, venue_id, msgspec.json.encode(approval).decode())


async def _record(
    conn: Connection,
    venue_id: str,
    command: Command,
    who: ActionAuthor,
    approval: Approval,
    answer: Struct,
    *,
    now: datetime,
) -> None:
    await keep_answer(
        conn,
        venue_id,
        key_of(command),
        answer,
        by=who.staff_id,
        at=now,
        period_id=approval.period_id,
        subject_id=approval.approval_id,
    )
