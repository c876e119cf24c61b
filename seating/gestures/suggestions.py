"""Suggestions: gestures nobody has offered yet, kept so that one can be taken, put aside, counted.

Taking one is offering it: charged, checked and told as any other, in the person's own words.
"""

from datetime import timedelta
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import GESTURE, step
from policies.floor.orders import Order
from policies.gestures.etiquette import Before, Unfit
from policies.gestures.gesture import Gesture, stepped
from policies.gestures.orders import AnswerGesture, Line, OfferGesture
from policies.gestures.purses import Beyond, most_of
from policies.gestures.suggestions import Known, Suggestion, suggested
from seating.book.actions import Action, Who, answered, fingerprint, record_action
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.gestures.etiquette import again_by_item, given_before
from seating.gestures.offers import Scene, check_version, kept, own_purse, prepared, scene_of
from seating.gestures.purses import left_of, open_purses
from seating.gestures.rows import COLUMNS, gesture_in, locked_gesture, write_gesture

SUGGESTED = f"""
select {COLUMNS} from gesture
where venue_id = $1 and period_id = $2 and party_id = $3 and state = 'suggested'
  and expires_at > $4
order by gesture_id for update
"""

DISMISSED = """
select distinct item from gesture
where venue_id = $1 and period_id = $2 and party_id = $3 and state = 'voided'
  and ended_why is distinct from $4
"""

PARTY_OF_GESTURE = """
select reservation_id, seating_id, wait_id from gesture where venue_id = $1 and gesture_id = $2
"""

INSTEAD = "another was chosen"


class SuggestGestures(Order, frozen=True, kw_only=True):
    """What would fit this party now."""

    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None


class TakeSuggestion(AnswerGesture, frozen=True, kw_only=True):
    """Offer what was suggested. `line`: what is said, finished in one's own words."""

    line: Line
    guest_asked: bool = False


class Suggestions(Struct, frozen=True, kw_only=True):
    """Up to three gestures for a party, in the state `suggested`; `reason`: why they fit."""

    party_id: UUID
    suggestions: tuple[Gesture, ...]


class _Named(Struct, frozen=True, kw_only=True):
    reservation_id: UUID | None
    seating_id: UUID | None
    wait_id: UUID | None


async def suggest(
    conn: Connection, venue_id: str, order: SuggestGestures, who: Who, clock: Clock
) -> Suggestions:
    """Suggest what fits a party now; asked again while they stand, the same ones.

    Raises Invalid, NotFound, and NotPossibleNow for a party that left.
    """
    scene = await scene_of(conn, venue_id, order, clock)
    earlier = await answered(conn, venue_id, order, Suggestions)
    if earlier is not None:
        return earlier
    if not scene.visit.here:
        raise NotPossibleNow("this party is no longer here")
    standing = await _standing(conn, venue_id, scene)
    if not standing:
        known = await _known(conn, venue_id, scene, who)
        standing = tuple(_row(order, scene, who, each) for each in suggested(known))
        for each in standing:
            await write_gesture(conn, venue_id, each)
    told = Suggestions(party_id=scene.visit.party_id, suggestions=standing)
    action = Action(
        asked=fingerprint(order),
        action_id=order.id,
        period_id=scene.period_id,
        kind=type(order).__name__,
        subject_id=scene.visit.party_id,
        staff_id=who.staff_id,
        at=scene.now,
        reason=order.reason,
        answer=msgspec.Raw(msgspec.json.encode(told)),
    )
    await record_action(conn, venue_id, action)
    return told


async def take(
    conn: Connection, venue_id: str, order: TakeSuggestion, who: Who, clock: Clock
) -> Gesture | Beyond | Unfit:
    """Offer what was suggested, in the person's own words; the party's others are put aside.

    Returns and raises as gestures.offer does, and Stale, lifecycles.NotPossible.
    """
    row = await conn.fetchrow(PARTY_OF_GESTURE, venue_id, order.gesture_id)
    if row is None:
        raise NotFound("there is no such gesture", pointer="/gesture_id")
    named = msgspec.convert(row, _Named, from_attributes=True)
    scene = await scene_of(conn, venue_id, named, clock)
    suggestion = await locked_gesture(conn, venue_id, order.gesture_id)
    earlier = await answered(conn, venue_id, order, Gesture)
    if earlier is not None:
        return earlier
    check_version(suggestion, order.version)
    over = suggestion.expires_at <= scene.now and suggestion.state == "suggested"
    step(GESTURE, "expired" if over else suggestion.state, "offer", who.actor)
    wish = _wish(suggestion, order)
    gesture = await prepared(conn, venue_id, wish, scene, who.staff_id, own_purse(who))
    if not isinstance(gesture, Gesture):
        return gesture
    for other in await _standing(conn, venue_id, scene):
        if other.gesture_id != suggestion.gesture_id:
            by = who.actor, who.staff_id
            aside = stepped(other, "void", *by, now=scene.now, why=INSTEAD)
            await write_gesture(conn, venue_id, aside)
    taken = replace(gesture, version=suggestion.version + 1)
    return await kept(conn, venue_id, order, who, None, taken, now=scene.now)


def _wish(suggestion: Gesture, order: TakeSuggestion) -> OfferGesture:
    if order.line.strip().casefold() == suggestion.line.strip().casefold():
        raise Invalid("finish the line in your own words", pointer="/line")
    return OfferGesture(
        id=suggestion.gesture_id,
        item=suggestion.item,
        line=order.line,
        reason=order.reason or suggestion.reason,
        cause=suggestion.cause,
        encore=suggestion.encore,
        guest_asked=order.guest_asked,
        reservation_id=suggestion.reservation_id,
        seating_id=suggestion.seating_id,
        wait_id=suggestion.wait_id,
    )


async def _standing(conn: Connection, venue_id: str, scene: Scene) -> tuple[Gesture, ...]:
    party = scene.period_id, scene.visit.party_id
    rows = await conn.fetch(SUGGESTED, venue_id, *party, scene.now)
    return tuple(gesture_in(row) for row in rows)


async def _known(conn: Connection, venue_id: str, scene: Scene, who: Who) -> Known:
    visit, period_id, now = scene.visit, scene.period_id, scene.now
    mine = own_purse(who)
    await open_purses(conn, venue_id, period_id, mine.owner, who.actor, scene.rules)
    before: Before = await given_before(conn, venue_id, period_id, visit, None, now=now)
    rows = await conn.fetch(DISMISSED, venue_id, period_id, visit.party_id, INSTEAD)
    return Known(
        venue_id=venue_id,
        period_id=period_id,
        locale=scene.locale,
        visit=visit,
        before=before,
        again=await again_by_item(conn, venue_id, visit, now=now),
        rules=scene.rules,
        left=await left_of(conn, venue_id, period_id, mine.owner),
        by=who.actor,
        now=now,
        dismissed=frozenset(row["item"] for row in rows),
    )


def _row(order: SuggestGestures, scene: Scene, who: Who, each: Suggestion) -> Gesture:
    item = each.item
    return Gesture(
        gesture_id=uuid5(order.id, item.key),
        period_id=scene.period_id,
        state="suggested",
        item=item.key,
        cost=most_of(item),
        due=item.due,
        carrier=item.carrier,
        party_name=scene.visit.party_name,
        line=each.line,
        reason=each.because,
        offered_by=who.staff_id,
        offered_at=scene.now,
        expires_at=scene.now + timedelta(minutes=scene.rules.offer_minutes),
        reservation_id=order.reservation_id,
        seating_id=order.seating_id,
        wait_id=order.wait_id,
        kind=item.kind,
        cause=each.cause,
        encore=each.cause == "encore",
        party_id=scene.visit.party_id,
        guest_id=scene.visit.guest_id,
        owner=own_purse(who).owner,
        again_from=scene.now,
    )
