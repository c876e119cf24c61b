"""The lifecycle of a gesture: offered, accepted or declined, delivered, voided, expired, undone.

Money is in minor currency units, waits are in minutes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import (
    GESTURE,
    Actor,
    GestureEvent,
    NotPossible,
    state_before,
    transition,
)
from policies.book.picture import GestureState
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import maximum_cost
from policies.house.calendar import Period
from policies.house.rules import (
    AMOUNT_KINDS,
    Carrier,
    CatalogueItem,
    DueAt,
    GestureCause,
    GestureKind,
    Rules,
)
from policies.words.message import Message, message

REFUNDED: frozenset[GestureState] = frozenset({"declined", "voided", "expired"})
"""End states in which the purses get the cost back."""
UNCHARGED: frozenset[GestureState] = REFUNDED | {"suggested"}
DELIVERED_AT_ONCE: frozenset[GestureKind] = frozenset({"refund", "claim"})
"""Kinds that are delivered as soon as they are recorded."""


class Gesture(Struct, frozen=True, kw_only=True):
    """Something given to one party: a reservation, a seating or a waitlist entry.

    `party_id`: whichever of the three names the party. `owner`: the purse charged besides the
    venue's ("venue": that one alone). `price`: what the till takes off the check. `units`: for
    spend-linked kinds, the most until the check is closed, then the earned ones (one for each
    `per_amount` spent). `amends`: owed by the house. `again_from`: when this guest may have the
    same item again. `adjustment_id`: the adjustment sent to the till.
    """

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
    kind: GestureKind = "item"
    cause: GestureCause = "own_wish"
    encore: bool = False
    amends: bool = False
    guest_asked: bool = False
    dish: str = ""
    units: int | None = None
    per_amount: int | None = None
    price: int = 0
    complaint_id: UUID | None = None
    party_id: UUID | None = None
    guest_id: UUID | None = None
    owner: str | None = None
    adjustment_id: UUID | None = None
    again_from: datetime | None = None
    version: int = 1


class Recipient(Struct, frozen=True, kw_only=True):
    """The party that receives a gesture. `amends`: the house owes it to them."""

    party_id: UUID
    party_name: str
    guest_id: UUID | None = None
    amends: bool = False


class VisitProgress(Struct, frozen=True, kw_only=True):
    """How far a party's visit is. `gone`: its seating is cleared."""

    arrived_at: datetime | None = None
    seated_at: datetime | None = None
    check_down: bool = False
    gone: bool = False


def make_offer(
    command: OfferGesture,
    item: CatalogueItem,
    period: Period,
    rules: Rules,
    to: Recipient,
    *,
    by: str,
    owner: str,
    now: datetime,
) -> Gesture:
    """Return the gesture as offered now by the person `by`, charged to the purse of `owner`.

    The offer expires after `rules.offer_minutes`, at the latest when the period closes.
    """
    until = now + timedelta(minutes=rules.offer_minutes)
    return Gesture(
        gesture_id=command.id,
        period_id=period.period_id,
        state="offered",
        item=item.key,
        cost=maximum_cost(item) if command.amount is None else command.amount,
        due=item.due,
        carrier=item.carrier,
        party_name=to.party_name,
        line=command.line,
        reason=command.reason,
        offered_by=by,
        offered_at=now,
        expires_at=min(until, period.closes) if now < period.closes else until,
        reservation_id=command.reservation_id,
        seating_id=command.seating_id,
        wait_id=command.wait_id,
        kind=item.kind,
        cause="encore" if command.encore else command.cause,
        encore=command.encore,
        amends=to.amends,
        guest_asked=command.guest_asked,
        dish=command.dish,
        units=item.units_max if item.kind == "spend_linked" else None,
        per_amount=item.per_amount,
        price=_till_price(command, item),
        complaint_id=command.complaint_id,
        party_id=to.party_id,
        guest_id=to.guest_id,
        owner=owner,
        again_from=now + timedelta(days=rules.etiquette.repeat_days),
    )


def amount_problem(command: OfferGesture, item: CatalogueItem) -> Message | None:
    """Return what is wrong with the command's amount for this item, None if nothing is."""
    if item.kind in AMOUNT_KINDS and command.amount is None:
        return message("amount-needed", gesture=item.kind)
    if item.kind not in AMOUNT_KINDS and command.amount is not None:
        return message("amount-not-needed")
    return None


def with_earned_units(gesture: Gesture, spent: int) -> Gesture | None:
    """Return a spend-linked gesture with min(units offered, spent // per_amount); None for 0.

    Never more than offered, because those were charged.
    """
    most, per = gesture.units or 1, gesture.per_amount or 1
    units = min(most, spent // per)
    if units == 0:
        return None
    return replace(
        gesture,
        units=units,
        cost=gesture.cost // most * units,
        price=gesture.price // most * units,
    )


def advance_gesture(
    gesture: Gesture,
    event: GestureEvent,
    by: Actor,
    person: str | None,
    *,
    now: datetime,
    why: str | None = None,
) -> Gesture:
    """Return the gesture after an event; raises NotPossible, NotAllowed (policies.book.lifecycles).

    One that is suggested or offered counts as expired after its time, also before the job runs.
    """
    waits = gesture.state in {"suggested", "offered"}
    over = waits and gesture.expires_at <= now and event != "expire"
    to = transition(GESTURE, "expired" if over else gesture.state, event, by).to
    moved = replace(gesture, state=to, version=gesture.version + 1)
    if to in REFUNDED:
        return replace(moved, ended_at=now, ended_by=person, ended_why=why)
    if to == "delivered":
        answered = gesture.answered_at or now
        return replace(moved, answered_at=answered, delivered_at=now, delivered_by=person)
    return replace(moved, answered_at=now)


def undo_gesture(gesture: Gesture, by: Actor, *, now: datetime) -> Gesture:
    """Return the gesture as before its last event; raises NotPossible, NotAllowed, TooLate."""
    before, event, at = _last_step(gesture)
    state_before(GESTURE, before, event, by, age=now - at)
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


def _till_price(command: OfferGesture, item: CatalogueItem) -> int:
    if command.amount is not None:
        return command.amount
    if item.kind == "spend_linked":
        return (item.price or item.cost) * item.units_max
    return item.price


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


def due_at(due: DueAt, moments: VisitProgress, *, mains_minutes: int) -> datetime | None:
    """Return when a gesture is to be brought; None where the time is not known beforehand."""
    match due:
        case "arrival":
            return moments.arrived_at or moments.seated_at
        case "mains":
            seated = moments.seated_at
            return seated + timedelta(minutes=mains_minutes) if seated else None
        case "bill" | "leaving":
            return None


def is_due(due: DueAt, moments: VisitProgress, *, mains_minutes: int, now: datetime) -> bool:
    """Tell whether a gesture is due. For bill and leaving: once the check is down."""
    at = due_at(due, moments, mains_minutes=mains_minutes)
    if moments.gone or (due in {"bill", "leaving"} and moments.check_down):
        return True
    return at is not None and at <= now


def waited_minutes(starts: datetime, arrived_at: datetime, now: datetime) -> int:
    """Return the minutes since the later of promised start and arrival."""
    return max(0, (now - max(starts, arrived_at)) // timedelta(minutes=1))
