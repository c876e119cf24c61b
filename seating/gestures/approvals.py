"""Questions to managers: asked in one tap, answered on the manager's own screen, once.

Whoever answers holds the question's row; the yes gives the gift in the same transaction, out of the
manager's purse or the venue's alone, as the rules say.
"""

from datetime import datetime
from typing import Final

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.floor.orders import Order
from policies.gestures.approvals import (
    AnswerApproval,
    Approval,
    AskApproval,
    asked,
    replied,
    standing,
)
from policies.gestures.etiquette import Unfit
from policies.gestures.gesture import Gesture
from policies.gestures.purses import Beyond, may_give
from policies.gestures.visit import is_amends
from policies.house.rules import Rules
from seating.book.actions import Action, Who, answered, fingerprint, record_action
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotAllowed, NotFound, NotPossibleNow, Stale
from seating.gestures.offers import (
    Payer,
    against,
    item_of,
    kept_quietly,
    own_purse,
    prepared,
    scene_of,
)
from seating.gestures.purses import VENUE, left_of, open_purses, purse_of

COLUMNS: Final = """
approval_id, period_id, state, wish::text, kind, cost, beyond::text, party_name, asked_by, asked_at,
expires_at, answered_by, answered_at, said, version
"""

READ_APPROVAL = f"select {COLUMNS} from approval where venue_id = $1 and approval_id = $2"

LOCK_APPROVAL = f"""
select {COLUMNS} from approval where venue_id = $1 and approval_id = $2 for update
"""

# The last statement of a command about a question: who looks at it hears of it.
KEEP_APPROVAL = """
with kept as (
    insert into approval as a (venue_id, approval_id, period_id, state, wish, kind, cost, beyond,
                               party_name, asked_by, asked_at, expires_at, version)
    select $1, approval_id, period_id, state, wish, kind, cost, beyond, party_name, asked_by,
           asked_at, expires_at, version
    from jsonb_to_record($2::jsonb) as x (
        approval_id uuid, period_id text, state text, wish jsonb, kind text, cost bigint,
        beyond jsonb, party_name text, asked_by text, asked_at timestamptz,
        expires_at timestamptz, version int)
    on conflict (venue_id, approval_id) do update
        set state = excluded.state, version = excluded.version,
            answered_by = ($2::jsonb) ->> 'answered_by', said = ($2::jsonb) ->> 'said',
            answered_at = (($2::jsonb) ->> 'answered_at')::timestamptz
    returning a.approval_id, a.state, a.version)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'approval.' || state, 'id', approval_id, 'version', version)::text)
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


class Answered(Struct, frozen=True, kw_only=True):
    """A question with its answer, and the gift a yes gave."""

    approval: Approval
    gesture: Gesture | None = None


async def ask(
    conn: Connection, venue_id: str, order: AskApproval, who: Who, clock: Clock
) -> Approval | Unfit:
    """Ask the managers for a gift that is beyond the person's limits.

    Returns Unfit where etiquette is against it whoever gives it. Raises Invalid, NotFound, and
    NotPossibleNow for a party that left or a gift that needs no asking.
    """
    scene = await scene_of(conn, venue_id, order, clock)
    earlier = await answered(conn, venue_id, order, Approval)
    if earlier is not None:
        return earlier
    if not scene.visit.here:
        raise NotPossibleNow("this party is no longer here")
    wish, rules = order.wish(), scene.rules
    item = item_of(rules, wish)
    amends = is_amends(item, scene.visit, rules, scene.now)
    no = await against(conn, venue_id, wish, item, scene, amends=amends)
    if no is not None:
        return no
    mine = own_purse(who)
    await open_purses(conn, venue_id, scene.period_id, mine.owner, who.actor, rules)
    left = await left_of(conn, venue_id, scene.period_id, mine.owner)
    beyond = may_give(rules, who.actor, item, left, amount=wish.amount)
    if beyond is None:
        raise NotPossibleNow("this needs no asking: you may give it yourself")
    question = asked(
        wish,
        item.kind,
        beyond,
        rules,
        period_id=scene.period_id,
        party_name=scene.visit.party_name,
        by=who.staff_id,
        now=scene.now,
    )
    await _keep(conn, venue_id, question)
    await _record(conn, venue_id, order, who, question, question, now=scene.now)
    return question


async def reply(
    conn: Connection, venue_id: str, order: AnswerApproval, who: Who, clock: Clock
) -> Answered | Beyond | Unfit:
    """Answer a question; the yes gives the gift at once.

    Returns Beyond or Unfit, with nothing changed, where even so it cannot be given now. Raises
    NotFound, Stale, NotAllowed (one's own question), NotPossibleNow, lifecycles.NotPossible.
    """
    question = _approval(await conn.fetchrow(READ_APPROVAL, venue_id, order.approval_id))
    scene = await scene_of(conn, venue_id, question.wish, clock)
    question = _approval(await conn.fetchrow(LOCK_APPROVAL, venue_id, order.approval_id))
    earlier = await answered(conn, venue_id, order, Answered)
    if earlier is not None:
        return earlier
    if question.asked_by == who.staff_id:
        raise NotAllowed("somebody else answers what you asked")
    if question.version != order.version:
        now_true = standing(question, scene.now)
        raise Stale(f"the question was answered: {question.state}", now=now_true)
    done = replied(question, order, who.staff_id, who.actor, now=scene.now)
    gesture = None
    if order.yes:
        payer = payer_of(scene.rules, who)
        given = await prepared(conn, venue_id, question.wish, scene, question.asked_by, payer)
        if not isinstance(given, Gesture):
            return given
        gesture = await kept_quietly(conn, venue_id, order.id, None, given, now=scene.now)
    await _keep(conn, venue_id, done)
    told = Answered(approval=done, gesture=gesture)
    await _record(conn, venue_id, order, who, done, told, now=scene.now)
    return told


async def questions(conn: Connection, venue_id: str, clock: Clock) -> tuple[Approval, ...]:
    """Return the questions of the periods that are not closed, those waiting for an answer first.

    The longest waiting is the first of them; the others follow, the latest first.
    """
    rows, now = await conn.fetch(OPEN_APPROVALS, venue_id), await clock.now(conn)
    found = [standing(_approval(row), now) for row in rows]
    waiting = [each for each in reversed(found) if each.state == "waiting"]
    return (*waiting, *(each for each in found if each.state != "waiting"))


async def questions_of(
    conn: Connection, venue_id: str, period_id: str, staff_id: str, *, now: datetime
) -> tuple[Approval, ...]:
    """Return what a person asked in a period, the latest first."""
    rows = await conn.fetch(APPROVALS_OF_PERSON, venue_id, period_id, staff_id)
    return tuple(standing(_approval(row), now) for row in rows)


def payer_of(rules: Rules, manager: Who) -> Payer:
    """Return whose purse pays for a manager's yes."""
    alone = rules.approvals.charged == "venue"
    return Payer(owner=VENUE if alone else purse_of(manager.staff_id), actor=manager.actor)


def _approval(row: Record | None) -> Approval:
    if row is None:
        raise NotFound("there is no such question", pointer="/approval_id")
    raw = dict(row)
    raw["wish"], raw["beyond"] = (msgspec.json.decode(raw[name]) for name in ("wish", "beyond"))
    return msgspec.convert(raw, Approval)


async def _keep(conn: Connection, venue_id: str, approval: Approval) -> None:
    await conn.execute(KEEP_APPROVAL, venue_id, msgspec.json.encode(approval).decode())


async def _record(
    conn: Connection,
    venue_id: str,
    order: Order,
    who: Who,
    approval: Approval,
    answer: Struct,
    *,
    now: datetime,
) -> None:
    action = Action(
        asked=fingerprint(order),
        action_id=order.id,
        period_id=approval.period_id,
        kind=type(order).__name__,
        subject_id=approval.approval_id,
        staff_id=who.staff_id,
        at=now,
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(answer)),
    )
    await record_action(conn, venue_id, action)
