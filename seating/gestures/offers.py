"""Gestures: offered out of two purses, answered, brought, taken back; each tap counts once.

Who was given what stays in the house; a till is told what to take off a check.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import Actor
from policies.floor.orders import Order
from policies.gestures.etiquette import Unfit, unfit
from policies.gestures.gesture import (
    AT_ONCE,
    FREE,
    Gesture,
    Recipient,
    amount_problem,
    linked,
    offered,
    stepped,
    undone,
)
from policies.gestures.orders import EVENTS, AnswerGesture, OfferGesture, UndoGesture
from policies.gestures.purses import Beyond, may_give, most_of
from policies.gestures.visit import Visit, is_amends
from policies.house.rules import CatalogueItem, Rules
from seating.book.actions import Action, Who, answered, fingerprint, record_action
from seating.book.in_force import house_of, rules_of_period
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import CannotUndo, Invalid, NotPossibleNow, Stale
from seating.gestures.etiquette import given_before
from seating.gestures.expiry import expire_lapsed_elsewhere, expire_offers
from seating.gestures.purses import charge, give_back, hold_purse, left_of, open_purses, purse_of
from seating.gestures.rows import locked_gesture, write_gesture
from seating.gestures.till_adjustments import spent_by, tell_till
from seating.gestures.visits import Named, Visiting, visit_of


class Payer(Struct, frozen=True, kw_only=True):
    """Whose purse pays beside the venue's (or `owner` "venue": that alone), within whose limits."""

    owner: str
    actor: Actor


class Scene(Struct, frozen=True, kw_only=True):
    """Where something is given: to which party, in which period, under which rules, when."""

    at: Visiting
    rules: Rules
    locale: str
    now: datetime

    @property
    def visit(self) -> Visit:
        """The party's visit."""
        return self.at.visit

    @property
    def period_id(self) -> str:
        """The period everything is charged to."""
        return self.at.period.period_id


async def offer(
    conn: Connection, venue_id: str, order: OfferGesture, who: Who, clock: Clock
) -> Gesture | Beyond | Unfit:
    """Offer an item to a party, charged to the person's and the venue's purse.

    Returns Beyond where the person may not give it alone, Unfit where etiquette is against it;
    then nothing is charged or recorded. Raises Invalid, NotFound, NotPossibleNow; LostRaceError
    where a purse filled up or the guest received the same meanwhile.
    """
    scene = await scene_of(conn, venue_id, order, clock)
    earlier = await answered(conn, venue_id, order, Gesture)
    if earlier is not None:
        return earlier
    gesture = await prepared(conn, venue_id, order, scene, who.staff_id, own_purse(who))
    if not isinstance(gesture, Gesture):
        # The purse may be empty because this very order was carried out meanwhile.
        return await answered(conn, venue_id, order, Gesture) or gesture
    return await kept(conn, venue_id, order, who, None, gesture, now=scene.now)


async def answer(
    conn: Connection, venue_id: str, order: AnswerGesture, who: Who, clock: Clock
) -> Gesture:
    """Accept, decline, deliver, void a gesture or undo that; what comes to nothing costs nothing.

    Raises NotFound, Stale, CannotUndo, lifecycles.NotPossible, NotAllowed and TooLate, and
    NotPossibleNow for a spend-linked one before its check is closed.
    """
    gesture = await locked_gesture(conn, venue_id, order.gesture_id)
    earlier = await answered(conn, venue_id, order, Gesture)
    if earlier is not None:
        return earlier
    check_version(gesture, order.version)
    now = await clock.now(conn)
    after = _after(gesture, order, who, now)
    if after.state == "delivered" and after.kind == "spend_linked":
        after = await _earned(conn, venue_id, after)
    await _settle(conn, venue_id, gesture, after)
    try:
        return await kept(conn, venue_id, order, who, gesture, after, now=now)
    except LostRaceError:
        raise CannotUndo("the guest has received the same meanwhile") from None


async def scene_of(conn: Connection, venue_id: str, named: Named, clock: Clock) -> Scene:
    """Return the scene of an order about a party, its period's rules held; see visit_of."""
    at = await visit_of(conn, venue_id, named)
    house = (await house_of(conn, venue_id)).house
    return Scene(
        at=at,
        rules=await rules_of_period(conn, venue_id, at.period),
        locale=house.venue.locale,
        now=await clock.now(conn),
    )


async def prepared(
    conn: Connection, venue_id: str, wish: OfferGesture, scene: Scene, by: str, payer: Payer
) -> Gesture | Beyond | Unfit:
    """Charge a gesture and return it, not kept yet; or why not, with nothing charged.

    The venue's purse is locked from here on: nobody else counts or charges meanwhile.
    """
    if not scene.visit.here:
        raise NotPossibleNow("this party is no longer here")
    item = item_of(scene.rules, wish)
    _check_complaint(wish, scene.visit)
    await expire_offers(conn, venue_id, scene.period_id, now=scene.now)
    whom = scene.visit.guest_id or scene.visit.party_id
    await expire_lapsed_elsewhere(conn, venue_id, scene.period_id, whom, now=scene.now)
    await open_purses(conn, venue_id, scene.period_id, payer.owner, payer.actor, scene.rules)
    await hold_purse(conn, venue_id, scene.period_id)
    amends = is_amends(item, scene.visit, scene.rules, scene.now)
    no: Unfit | Beyond | None = await against(conn, venue_id, wish, item, scene, amends=amends)
    no = no or await _charged(conn, venue_id, scene, item, wish, payer)
    if no is not None:
        return no
    to = Recipient(
        party_id=scene.visit.party_id,
        party_name=scene.visit.party_name,
        guest_id=scene.visit.guest_id,
        amends=amends,
    )
    terms = wish, item, scene.at.period, scene.rules, to
    gesture = offered(*terms, by=by, owner=payer.owner, now=scene.now)
    if item.kind not in AT_ONCE:
        return gesture
    brought = stepped(gesture, "deliver", payer.actor, by, now=scene.now)
    return replace(brought, version=gesture.version)


async def against(
    conn: Connection,
    venue_id: str,
    wish: OfferGesture,
    item: CatalogueItem,
    scene: Scene,
    *,
    amends: bool,
) -> Unfit | None:
    """Return what etiquette has against a gesture now."""
    visit, rules = scene.visit, scene.rules
    before = await given_before(conn, venue_id, scene.period_id, visit, item.key, now=scene.now)
    return unfit(wish, item, visit, before, rules, amends=amends, locale=scene.locale)


async def kept(
    conn: Connection,
    venue_id: str,
    order: Order,
    who: Who,
    before: Gesture | None,
    after: Gesture,
    *,
    now: datetime,
) -> Gesture:
    """Keep a gesture after a step, tell the till, and put the order on record."""
    gesture = await kept_quietly(conn, venue_id, order.id, before, after, now=now)
    action = Action(
        asked=fingerprint(order),
        action_id=order.id,
        period_id=gesture.period_id,
        kind=type(order).__name__,
        subject_id=gesture.gesture_id,
        staff_id=who.staff_id,
        at=now,
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(gesture)),
    )
    await record_action(conn, venue_id, action)
    return gesture


async def kept_quietly(
    conn: Connection,
    venue_id: str,
    order_id: UUID,
    before: Gesture | None,
    after: Gesture,
    *,
    now: datetime,
) -> Gesture:
    """Keep a gesture after a step and tell the till; the order is put on record elsewhere."""
    gesture = await tell_till(conn, venue_id, before, after, order_id, now=now)
    await write_gesture(conn, venue_id, gesture)
    return gesture


def own_purse(who: Who) -> Payer:
    """Return the purse of the person at the tablet."""
    return Payer(owner=purse_of(who.staff_id), actor=who.actor)


def item_of(rules: Rules, wish: OfferGesture) -> CatalogueItem:
    """Return the item that is wished for; raises Invalid for one there is not, or its amount."""
    for item in rules.gestures:
        if item.key == wish.item:
            problem = amount_problem(wish, item)
            if problem is not None:
                raise Invalid(problem, pointer="/amount")
            return item
    raise Invalid(f"tonight's catalogue has no {wish.item!r}", pointer="/item")


def check_version(gesture: Gesture, version: int) -> None:
    """Raise Stale where the tablet saw another version of the gesture."""
    if gesture.version != version:
        raise Stale(f"the gesture is at version {gesture.version} by now", now=gesture)


def _after(gesture: Gesture, order: AnswerGesture, who: Who, now: datetime) -> Gesture:
    if isinstance(order, UndoGesture):
        return undone(gesture, who.actor, now=now)
    event = EVENTS[type(order)]
    return stepped(gesture, event, who.actor, who.staff_id, now=now, why=order.reason)


async def _earned(conn: Connection, venue_id: str, gesture: Gesture) -> Gesture:
    spent = await spent_by(conn, venue_id, gesture)
    if spent is None:
        raise NotPossibleNow("its units are known when the till has closed the party's check")
    earned = linked(gesture, spent)
    if earned is None:
        raise NotPossibleNow(f"the check came to {spent}, one is for {gesture.per_amount}")
    return earned


async def _settle(conn: Connection, venue_id: str, before: Gesture, after: Gesture) -> None:
    """Move between the purses what the step changed of the cost."""
    owner = before.owner or purse_of(before.offered_by)
    paid, due = (0 if each.state in FREE else each.cost for each in (before, after))
    if due < paid:
        await give_back(conn, venue_id, before.period_id, owner, paid - due)
    elif due > paid and not await charge(conn, venue_id, before.period_id, owner, due - paid):
        raise CannotUndo("its money has been given to somebody else meanwhile")


async def _charged(
    conn: Connection,
    venue_id: str,
    scene: Scene,
    item: CatalogueItem,
    wish: OfferGesture,
    payer: Payer,
) -> Beyond | None:
    purses = venue_id, scene.period_id, payer.owner
    left = await left_of(conn, *purses)
    beyond = may_give(scene.rules, payer.actor, item, left, amount=wish.amount)
    cost = most_of(item) if wish.amount is None else wish.amount
    if beyond is not None or await charge(conn, *purses, cost):
        return beyond
    beyond = may_give(
        scene.rules, payer.actor, item, await left_of(conn, *purses), amount=wish.amount
    )
    if beyond is None:
        raise LostRaceError("the purse was filled up between two looks")
    return beyond


def _check_complaint(wish: OfferGesture, visit: Visit) -> None:
    if wish.complaint_id is not None and wish.complaint_id != visit.complaint_id:
        raise Invalid("this party has no such open complaint", pointer="/complaint_id")
