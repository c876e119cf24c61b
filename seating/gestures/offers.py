"""Commands on gestures: offer, accept, decline, deliver, void, undo; each id takes effect once.

Charges and refunds of the purses are part of the same transaction. Gestures are never sent to
webhooks; only a till adjustment (an amount off a check) leaves the house.
"""

from datetime import datetime
from functools import partial
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.access.rights import has_right
from policies.book.lifecycles import Actor
from policies.floor.orders import Command
from policies.gestures.etiquette import EtiquetteObjection, etiquette_objection
from policies.gestures.gesture import (
    DELIVERED_AT_ONCE,
    UNCHARGED,
    Gesture,
    Recipient,
    advance_gesture,
    amount_problem,
    make_offer,
    undo_gesture,
    with_earned_units,
)
from policies.gestures.orders import (
    EVENTS,
    AnswerGesture,
    DeliverGesture,
    OfferGesture,
    UndoGesture,
)
from policies.gestures.purses import OverLimit, maximum_cost, over_limit
from policies.gestures.visit import Visit, is_amends
from policies.house.rules import CatalogueItem, Rules
from policies.words.message import Money, message
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.book.in_force import house_of, rules_of_period
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import CannotUndo, Invalid, NotAllowed, NotPossibleNow, Stale
from seating.gestures.etiquette import given_before
from seating.gestures.expiry import expire_lapsed_elsewhere, expire_offers
from seating.gestures.purses import (
    charge,
    lock_venue_purse,
    open_purses,
    purse_of,
    read_left,
    return_cost,
)
from seating.gestures.rows import lock_gesture, write_gesture
from seating.gestures.till_adjustments import closed_checks_total, send_adjustment
from seating.gestures.visits import PartyReference, PartyVisit, visit_of


class Payer(Struct, frozen=True, kw_only=True):
    """The purse charged beside the venue's (`owner` "venue": that one alone).

    `actor`: the role whose limits apply.
    """

    owner: str
    actor: Actor


class GestureContext(Struct, frozen=True, kw_only=True):
    """What a gesture is decided on: the party's visit, its period and rules, the time now."""

    at: PartyVisit
    rules: Rules
    locale: str
    currency: str
    now: datetime

    @property
    def visit(self) -> Visit:
        """The party's visit."""
        return self.at.visit

    @property
    def period_id(self) -> str:
        """The period whose purses are charged."""
        return self.at.period.period_id


async def offer_gesture(
    conn: Connection, venue_id: str, command: OfferGesture, who: ActionAuthor, clock: Clock
) -> Gesture | OverLimit | EtiquetteObjection:
    """Offer an item to a party, charged to the person's and the venue's purse.

    Returns OverLimit where the person may not give it alone, EtiquetteObjection where etiquette
    forbids it; then nothing is charged or recorded. Raises Invalid, NotFound, NotPossibleNow;
    LostRaceError where a purse was refilled or the guest received the same item concurrently.
    """
    context = await gesture_context(conn, venue_id, command, clock)
    earlier = await replayed_answer(conn, venue_id, key_of(command), Gesture)
    if earlier is not None:
        return earlier
    gesture = await charge_gesture(conn, venue_id, command, context, who.staff_id, own_purse(who))
    if not isinstance(gesture, Gesture):
        # The purse may be empty because a duplicate of this command has just been carried out.
        return await replayed_answer(conn, venue_id, key_of(command), Gesture) or gesture
    return await store_and_record(conn, venue_id, command, who, None, gesture, now=context.now)


async def answer_gesture(
    conn: Connection, venue_id: str, command: AnswerGesture, who: ActionAuthor, clock: Clock
) -> Gesture:
    """Accept, decline, deliver or void a gesture, or undo that.

    The cost returns to the purses when it is declined or voided. Raises NotFound, Stale,
    CannotUndo, lifecycles.NotPossible, NotAllowed and TooLate, and NotPossibleNow for a
    spend-linked gesture before its check is closed.
    """
    gesture = await lock_gesture(conn, venue_id, command.gesture_id)
    earlier = await replayed_answer(conn, venue_id, key_of(command), Gesture)
    if earlier is not None:
        return earlier
    check_gesture_version(gesture, command.version)
    _check_carrier(gesture, command, who)
    now = await clock.now(conn)
    after = _stepped(gesture, command, who, now)
    if after.state == "delivered" and after.kind == "spend_linked":
        after = await _with_units_earned(conn, venue_id, after)
    await _move_cost(conn, venue_id, gesture, after)
    try:
        return await store_and_record(conn, venue_id, command, who, gesture, after, now=now)
    except LostRaceError:
        raise CannotUndo(message("guest-received-same")) from None


def _check_carrier(gesture: Gesture, command: AnswerGesture, who: ActionAuthor) -> None:
    """Who gives nothing may say, and take back, that they brought what is theirs to bring."""
    if who.role is None or has_right(who.role, "give"):
        return
    brought = isinstance(command, DeliverGesture) or gesture.state == "delivered"
    if gesture.carrier != who.role or not brought:
        raise NotAllowed(message("others-bring-it"))


async def gesture_context(
    conn: Connection, venue_id: str, reference: PartyReference, clock: Clock
) -> GestureContext:
    """Return the context of a command about a party. Raises as `visits.visit_of`.

    The period row stays locked in share mode: its rules cannot change before the commit.
    """
    at = await visit_of(conn, venue_id, reference)
    house = (await house_of(conn, venue_id)).house
    return GestureContext(
        at=at,
        rules=await rules_of_period(conn, venue_id, at.period),
        locale=house.venue.locale,
        currency=house.venue.currency,
        now=await clock.now(conn),
    )


async def charge_gesture(
    conn: Connection,
    venue_id: str,
    wish: OfferGesture,
    context: GestureContext,
    by: str,
    payer: Payer,
) -> Gesture | OverLimit | EtiquetteObjection:
    """Charge the purses and return the gesture, not stored yet; or the refusal, nothing charged.

    Locks the venue's purse until the end of the transaction, so that counts stay true.
    """
    if not context.visit.here:
        raise NotPossibleNow(message("party-gone"))
    item = catalogue_item(context.rules, wish)
    _check_complaint(wish, context.visit)
    await expire_offers(conn, venue_id, context.period_id, now=context.now)
    whom = context.visit.guest_id or context.visit.party_id
    await expire_lapsed_elsewhere(conn, venue_id, context.period_id, whom, now=context.now)
    await open_purses(conn, venue_id, context.period_id, payer.owner, payer.actor, context.rules)
    await lock_venue_purse(conn, venue_id, context.period_id)
    amends = is_amends(item, context.visit, context.rules, context.now)
    no: EtiquetteObjection | OverLimit | None = await etiquette_problem(
        conn, venue_id, wish, item, context, amends=amends
    )
    no = no or await _charge(conn, venue_id, context, item, wish, payer)
    if no is not None:
        return no
    to = Recipient(
        party_id=context.visit.party_id,
        party_name=context.visit.party_name,
        guest_id=context.visit.guest_id,
        amends=amends,
    )
    terms = wish, item, context.at.period, context.rules, to
    gesture = make_offer(*terms, by=by, owner=payer.owner, now=context.now)
    if item.kind not in DELIVERED_AT_ONCE:
        return gesture
    brought = advance_gesture(gesture, "deliver", payer.actor, by, now=context.now)
    return replace(brought, version=gesture.version)


async def etiquette_problem(
    conn: Connection,
    venue_id: str,
    wish: OfferGesture,
    item: CatalogueItem,
    context: GestureContext,
    *,
    amends: bool,
) -> EtiquetteObjection | None:
    """Return the etiquette rule that forbids a gesture now, if one does."""
    visit, rules = context.visit, context.rules
    before = await given_before(conn, venue_id, context.period_id, visit, item.key, now=context.now)
    return etiquette_objection(
        wish, item, visit, before, rules, amends=amends, locale=context.locale
    )


async def store_and_record(
    conn: Connection,
    venue_id: str,
    command: Command,
    who: ActionAuthor,
    before: Gesture | None,
    after: Gesture,
    *,
    now: datetime,
) -> Gesture:
    """Store a gesture after a step, adjust the till's check, and record the action."""
    gesture = await store_gesture(conn, venue_id, command.id, before, after, now=now)
    return await keep_answer(
        conn,
        venue_id,
        key_of(command),
        gesture,
        by=who.staff_id,
        at=now,
        period_id=gesture.period_id,
        subject_id=gesture.gesture_id,
    )


async def store_gesture(
    conn: Connection,
    venue_id: str,
    order_id: UUID,
    before: Gesture | None,
    after: Gesture,
    *,
    now: datetime,
) -> Gesture:
    """Store a gesture after a step and adjust the till's check; the caller records the action."""
    gesture = await send_adjustment(conn, venue_id, before, after, order_id, now=now)
    await write_gesture(conn, venue_id, gesture)
    return gesture


def own_purse(who: ActionAuthor) -> Payer:
    """Return the person at the tablet as payer."""
    return Payer(owner=purse_of(who.staff_id), actor=who.actor)


def catalogue_item(rules: Rules, wish: OfferGesture) -> CatalogueItem:
    """Return the catalogue item; raises Invalid for an unknown item or a wrong amount."""
    for item in rules.gestures:
        if item.key == wish.item:
            problem = amount_problem(wish, item)
            if problem is not None:
                raise Invalid(problem, pointer="/amount")
            return item
    raise Invalid(message("catalogue-lacks", item=wish.item), pointer="/item")


def check_gesture_version(gesture: Gesture, version: int) -> None:
    """Raise Stale where the command names another version of the gesture."""
    if gesture.version != version:
        raise Stale(message("gesture-changed"), now=gesture)


def _stepped(gesture: Gesture, command: AnswerGesture, who: ActionAuthor, now: datetime) -> Gesture:
    if isinstance(command, UndoGesture):
        return undo_gesture(gesture, who.actor, now=now)
    event = EVENTS[type(command)]
    return advance_gesture(gesture, event, who.actor, who.staff_id, now=now, why=command.reason)


async def _with_units_earned(conn: Connection, venue_id: str, gesture: Gesture) -> Gesture:
    spent = await closed_checks_total(conn, venue_id, gesture)
    if spent is None:
        raise NotPossibleNow(message("units-known-with-check"))
    earned = with_earned_units(gesture, spent)
    if earned is None:
        currency = (await house_of(conn, venue_id)).house.venue.currency
        raise NotPossibleNow(
            message(
                "check-too-small",
                spent=Money(spent, currency),
                amount=Money(gesture.per_amount or 0, currency),
            )
        )
    return earned


async def _move_cost(conn: Connection, venue_id: str, before: Gesture, after: Gesture) -> None:
    """Charge or return the difference in cost that the step makes."""
    owner = before.owner or purse_of(before.offered_by)
    paid, due = (0 if each.state in UNCHARGED else each.cost for each in (before, after))
    if due < paid:
        await return_cost(conn, venue_id, before.period_id, owner, paid - due)
    elif due > paid and not await charge(conn, venue_id, before.period_id, owner, due - paid):
        raise CannotUndo(message("money-given-to-another"))


async def _charge(
    conn: Connection,
    venue_id: str,
    context: GestureContext,
    item: CatalogueItem,
    wish: OfferGesture,
    payer: Payer,
) -> OverLimit | None:
    purses = venue_id, context.period_id, payer.owner
    left = await read_left(conn, *purses)
    exceeded = partial(
        over_limit,
        context.rules,
        payer.actor,
        item,
        amount=wish.amount,
        currency=context.currency,
    )
    beyond = exceeded(left)
    cost = maximum_cost(item) if wish.amount is None else wish.amount
    if beyond is not None or await charge(conn, *purses, cost):
        return beyond
    beyond = exceeded(await read_left(conn, *purses))
    if beyond is None:
        raise LostRaceError("the purse was filled up between two looks")
    return beyond


def _check_complaint(wish: OfferGesture, visit: Visit) -> None:
    if wish.complaint_id is not None and wish.complaint_id != visit.complaint_id:
        raise Invalid(message("no-such-complaint"), pointer="/complaint_id")
