"""Gestures: how one is offered and what becomes of it, when it is due, what a wait has earned.

Money is in minor units of the venue's currency, waits are in minutes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.lifecycles import GESTURE, Actor, GestureEvent, NotPossible, step, undo
from policies.orders import Order, Said
from policies.rules import Carrier, CatalogueItem, DueAt, Rules, WaitRung
from policies.terms import GestureState, Period

REFUNDED: frozenset[GestureState] = frozenset({"declined", "voided", "expired"})
"""Whoever ends here costs the house nothing: the purses have their money back."""


class OfferGesture(Order, frozen=True, kw_only=True):
    """Offer an item of the catalogue to one party; `id` names the gesture.

    `line` is what is said to the guest ("because ..."), `reason` what the house remembers.
    """

    item: str
    line: Said
    reason: Said
    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None


class AnswerGesture(Order, frozen=True, kw_only=True):
    """What becomes of an offered gesture; `version` is the one the tablet saw."""

    gesture_id: UUID
    version: int


class AcceptGesture(AnswerGesture, frozen=True, kw_only=True):
    """The guest said yes."""


class DeclineGesture(AnswerGesture, frozen=True, kw_only=True):
    """The guest said no, thank you."""


class DeliverGesture(AnswerGesture, frozen=True, kw_only=True):
    """It has been brought."""


class VoidGesture(AnswerGesture, frozen=True, kw_only=True):
    """The house takes it back before it was brought."""

    reason: Said


class UndoGesture(AnswerGesture, frozen=True, kw_only=True):
    """The last tap was a slip."""


EVENTS: dict[type[AnswerGesture], GestureEvent] = {
    AcceptGesture: "accept",
    DeclineGesture: "decline",
    DeliverGesture: "deliver",
    VoidGesture: "void",
}


class Gesture(Struct, frozen=True, kw_only=True):
    """Something given to one party: a reservation, a seating or a party on the waitlist."""

    gesture_id: UUID
    period_id: str
    state: GestureState
    item: str
    cost: int
    due: DueAt
    carrier: Carrier
    party_name: str
    line: str
    reason: str
    offered_by: str
    offered_at: datetime
    expires_at: datetime
    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None
    answered_at: datetime | None = None
    delivered_at: datetime | None = None
    delivered_by: str | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_why: str | None = None
    version: int = 1


class Moments(Struct, frozen=True, kw_only=True):
    """How far a party is. `gone`: its table is cleared."""

    arrived_at: datetime | None = None
    seated_at: datetime | None = None
    check_down: bool = False
    gone: bool = False


def offered(
    order: OfferGesture,
    item: CatalogueItem,
    period: Period,
    rules: Rules,
    *,
    party_name: str,
    by: str,
    now: datetime,
) -> Gesture:
    """Return the gesture as offered now by the person `by`; it waits no longer than the period."""
    until = now + timedelta(minutes=rules.offer_minutes)
    return Gesture(
        gesture_id=order.id,
        period_id=period.period_id,
        state="offered",
        item=item.key,
        cost=item.cost,
        due=item.due,
        carrier=item.carrier,
        party_name=party_name,
        line=order.line,
        reason=order.reason,
        offered_by=by,
        offered_at=now,
        expires_at=min(until, period.closes) if now < period.closes else until,
        reservation_id=order.reservation_id,
        seating_id=order.seating_id,
        wait_id=order.wait_id,
    )


def stepped(
    gesture: Gesture,
    event: GestureEvent,
    by: Actor,
    person: str | None,
    *,
    now: datetime,
    why: str | None = None,
) -> Gesture:
    """Return the gesture after an event; raises NotPossible, NotAllowed (policies.lifecycles).

    An offer whose time is over counts as expired, whether or not a job has noted it yet.
    """
    over = gesture.state == "offered" and gesture.expires_at <= now and event != "expire"
    to = step(GESTURE, "expired" if over else gesture.state, event, by).to
    moved = replace(gesture, state=to, version=gesture.version + 1)
    if to in REFUNDED:
        return replace(moved, ended_at=now, ended_by=person, ended_why=why)
    if to == "delivered":
        answered = gesture.answered_at or now
        return replace(moved, answered_at=answered, delivered_at=now, delivered_by=person)
    return replace(moved, answered_at=now)


def undone(gesture: Gesture, by: Actor, *, now: datetime) -> Gesture:
    """Return the gesture as it was before the last tap; raises NotPossible, NotAllowed, TooLate."""
    before, event, at = _last_step(gesture)
    undo(GESTURE, before, event, by, age=now - at)
    return replace(
        gesture,
        state=before,
        answered_at=gesture.answered_at if before == "accepted" else None,
        delivered_at=None,
        delivered_by=None,
        ended_at=None,
        ended_by=None,
        ended_why=None,
        version=gesture.version + 1,
    )


def _last_step(gesture: Gesture) -> tuple[GestureState, GestureEvent, datetime]:
    answered, brought, ended = gesture.answered_at, gesture.delivered_at, gesture.ended_at
    if gesture.state == "accepted" and answered:
        return "offered", "accept", answered
    if gesture.state == "delivered" and brought:
        return ("offered" if answered == brought else "accepted"), "deliver", brought
    if gesture.state in {"declined", "voided"} and ended:
        event: GestureEvent = "decline" if gesture.state == "declined" else "void"
        return ("accepted" if answered else "offered"), event, ended
    raise NotPossible(gesture.state, "undo", ())


def due_at(due: DueAt, moments: Moments, *, mains_minutes: int) -> datetime | None:
    """Return when a gesture is to be brought; None where no instant is known beforehand."""
    match due:
        case "arrival":
            return moments.arrived_at or moments.seated_at
        case "mains":
            seated = moments.seated_at
            return seated + timedelta(minutes=mains_minutes) if seated else None
        case "bill" | "leaving":
            return None


def is_due(due: DueAt, moments: Moments, *, mains_minutes: int, now: datetime) -> bool:
    """Tell whether a gesture is to be brought now. Bill and leaving: once the check is down."""
    at = due_at(due, moments, mains_minutes=mains_minutes)
    if moments.gone or (due in {"bill", "leaving"} and moments.check_down):
        return True
    return at is not None and at <= now


def owed_for_wait(rules: Rules, waited_minutes: float) -> tuple[WaitRung, ...]:
    """Return the rungs of the manager's ladder that a wait has reached, the shortest first."""
    rungs = sorted(rules.wait_ladder, key=lambda rung: rung.minutes)
    return tuple(rung for rung in rungs if rung.minutes <= waited_minutes)


def waited_minutes(starts: datetime, arrived_at: datetime, now: datetime) -> int:
    """Return how long a promised party has been kept waiting: coming early is not waiting."""
    return max(0, (now - max(starts, arrived_at)) // timedelta(minutes=1))
