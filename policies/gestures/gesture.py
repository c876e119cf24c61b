"""Gestures: how one is offered and what becomes of it, when it is due, what a wait has earned.

Money is in minor units of the venue's currency, waits are in minutes.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import GESTURE, Actor, GestureEvent, NotPossible, step, undo
from policies.book.picture import GestureState
from policies.gestures.orders import OfferGesture
from policies.gestures.purses import most_of
from policies.house.calendar import Period
from policies.house.rules import (
    AMOUNT_KINDS,
    Carrier,
    CatalogueItem,
    Cause,
    DueAt,
    GestureKind,
    Rules,
)

REFUNDED: frozenset[GestureState] = frozenset({"declined", "voided", "expired"})
"""Whoever ends here costs the house nothing: the purses have their money back."""
FREE: frozenset[GestureState] = REFUNDED | {"suggested"}
AT_ONCE: frozenset[GestureKind] = frozenset({"refund", "claim"})
"""Nobody is asked whether they want their money back: it is given as it is recorded."""


class Gesture(Struct, frozen=True, kw_only=True):
    """Something given to one party: a reservation, a seating or a party on the waitlist.

    `party_id`: the party, whichever of the three names it. `owner`: the purse that pays beside the
    venue's ("venue": that one alone). `price`: what the till takes off the check. `units`: of a
    spend-linked one, one per `per_amount`; at most so many until the check is closed. `amends`: the
    house owed it. `again_from`: from then on this guest may have the same again. `adjustment_id`:
    what the till was told.
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
    cause: Cause = "own_wish"
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
    """To whom something is given. `amends`: the house owes it to them."""

    party_id: UUID
    party_name: str
    guest_id: UUID | None = None
    amends: bool = False


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
    to: Recipient,
    *,
    by: str,
    owner: str,
    now: datetime,
) -> Gesture:
    """Return the gesture as offered now by the person `by` out of the purse of `owner`.

    It waits no longer than the period; the same is free for the guest after the rules' days.
    """
    until = now + timedelta(minutes=rules.offer_minutes)
    return Gesture(
        gesture_id=order.id,
        period_id=period.period_id,
        state="offered",
        item=item.key,
        cost=most_of(item) if order.amount is None else order.amount,
        due=item.due,
        carrier=item.carrier,
        party_name=to.party_name,
        line=order.line,
        reason=order.reason,
        offered_by=by,
        offered_at=now,
        expires_at=min(until, period.closes) if now < period.closes else until,
        reservation_id=order.reservation_id,
        seating_id=order.seating_id,
        wait_id=order.wait_id,
        kind=item.kind,
        cause="encore" if order.encore else order.cause,
        encore=order.encore,
        amends=to.amends,
        guest_asked=order.guest_asked,
        dish=order.dish,
        units=item.units_max if item.kind == "spend_linked" else None,
        per_amount=item.per_amount,
        price=_told_to_the_till(order, item),
        complaint_id=order.complaint_id,
        party_id=to.party_id,
        guest_id=to.guest_id,
        owner=owner,
        again_from=now + timedelta(days=rules.etiquette.repeat_days),
    )


def amount_problem(order: OfferGesture, item: CatalogueItem) -> str | None:
    """Return what is wrong with the amount told for this item, if anything is."""
    if item.kind in AMOUNT_KINDS and order.amount is None:
        return f"say the amount of this {item.kind.replace('_', ' ')}, in minor units"
    if item.kind not in AMOUNT_KINDS and order.amount is not None:
        return f"{item.key} has a cost of its own; leave the amount out"
    return None


def linked(gesture: Gesture, spent: int) -> Gesture | None:
    """Return a spend-linked gesture with the units a closed check of `spent` earns; None for none.

    Never more than were offered, because those were charged.
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


def stepped(
    gesture: Gesture,
    event: GestureEvent,
    by: Actor,
    person: str | None,
    *,
    now: datetime,
    why: str | None = None,
) -> Gesture:
    """Return the gesture after an event; raises NotPossible, NotAllowed (policies.book.lifecycles).

    What was suggested or offered and whose time is over counts as expired, job or no job.
    """
    waits = gesture.state in {"suggested", "offered"}
    over = waits and gesture.expires_at <= now and event != "expire"
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


def _told_to_the_till(order: OfferGesture, item: CatalogueItem) -> int:
    if order.amount is not None:
        return order.amount
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


def waited_minutes(starts: datetime, arrived_at: datetime, now: datetime) -> int:
    """Return how long a promised party has been kept waiting: coming early is not waiting."""
    return max(0, (now - max(starts, arrived_at)) // timedelta(minutes=1))
