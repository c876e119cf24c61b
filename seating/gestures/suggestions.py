"""Suggested gestures for a party, stored in state `suggested` so that they can be taken or voided.

Taking one offers it: charged and checked as any other, with a line in the person's own words.
"""

from datetime import timedelta
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.lifecycles import GESTURE, transition
from policies.floor.orders import Command
from policies.gestures.etiquette import EtiquetteObjection, GivingHistory
from policies.gestures.gesture import Gesture, advance_gesture
from policies.gestures.orders import AnswerGesture, Line, OfferGesture
from policies.gestures.purses import OverLimit, maximum_cost
from policies.gestures.suggestions import Suggestion, SuggestionContext, choose_suggestions
from policies.words.message import message
from seating.book.actions import ActionAuthor, keep_answer, key_of, replayed_answer
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.gestures.etiquette import again_by_item, given_before
from seating.gestures.offers import (
    GestureContext,
    charge_gesture,
    check_gesture_version,
    gesture_context,
    own_purse,
    store_and_record,
)
from seating.gestures.purses import open_purses, read_left
from seating.gestures.rows import COLUMNS, gesture_from_row, lock_gesture, write_gesture

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

ANOTHER_CHOSEN = "another was chosen"


class SuggestGestures(Command, frozen=True, kw_only=True):
    """Suggest gestures for this party."""

    reservation_id: UUID | None = None
    seating_id: UUID | None = None
    wait_id: UUID | None = None


class TakeSuggestion(AnswerGesture, frozen=True, kw_only=True):
    """Offer a suggested gesture. `line`: what is said, in one's own words."""

    line: Line
    guest_asked: bool = False


class Suggestions(Struct, frozen=True, kw_only=True):
    """Up to three gestures for a party, in the state `suggested`; `reason`: why they fit."""

    party_id: UUID
    suggestions: tuple[Gesture, ...]


class _PartyIds(Struct, frozen=True, kw_only=True):
    reservation_id: UUID | None
    seating_id: UUID | None
    wait_id: UUID | None


async def suggest_gestures(
    conn: Connection, venue_id: str, command: SuggestGestures, who: ActionAuthor, clock: Clock
) -> Suggestions:
    """Suggest gestures for a party; the same ones again until they expire or are answered.

    Raises Invalid, NotFound, and NotPossibleNow for a party that left.
    """
    context = await gesture_context(conn, venue_id, command, clock)
    earlier = await replayed_answer(conn, venue_id, key_of(command), Suggestions)
    if earlier is not None:
        return earlier
    if not context.visit.here:
        raise NotPossibleNow(message("party-gone"))
    current = await _current_suggestions(conn, venue_id, context)
    if not current:
        facts = await _suggestion_facts(conn, venue_id, context, who)
        current = tuple(_row(command, context, who, each) for each in choose_suggestions(facts))
        for each in current:
            await write_gesture(conn, venue_id, each)
    result = Suggestions(party_id=context.visit.party_id, suggestions=current)
    return await keep_answer(
        conn,
        venue_id,
        key_of(command),
        result,
        by=who.staff_id,
        at=context.now,
        period_id=context.period_id,
        subject_id=context.visit.party_id,
    )


async def take_suggestion(
    conn: Connection, venue_id: str, command: TakeSuggestion, who: ActionAuthor, clock: Clock
) -> Gesture | OverLimit | EtiquetteObjection:
    """Offer a suggested gesture and void the party's other suggestions.

    Returns and raises as `offers.offer_gesture`, and Stale, lifecycles.NotPossible.
    """
    row = await conn.fetchrow(PARTY_OF_GESTURE, venue_id, command.gesture_id)
    if row is None:
        raise NotFound(message("no-such-gesture"), pointer="/gesture_id")
    reference = msgspec.convert(row, _PartyIds, from_attributes=True)
    context = await gesture_context(conn, venue_id, reference, clock)
    suggestion = await lock_gesture(conn, venue_id, command.gesture_id)
    earlier = await replayed_answer(conn, venue_id, key_of(command), Gesture)
    if earlier is not None:
        return earlier
    check_gesture_version(suggestion, command.version)
    over = suggestion.expires_at <= context.now and suggestion.state == "suggested"
    transition(GESTURE, "expired" if over else suggestion.state, "offer", who.actor)
    wish = _wish(suggestion, command)
    gesture = await charge_gesture(conn, venue_id, wish, context, who.staff_id, own_purse(who))
    if not isinstance(gesture, Gesture):
        return gesture
    for other in await _current_suggestions(conn, venue_id, context):
        if other.gesture_id != suggestion.gesture_id:
            by = who.actor, who.staff_id
            aside = advance_gesture(other, "void", *by, now=context.now, why=ANOTHER_CHOSEN)
            await write_gesture(conn, venue_id, aside)
    taken = replace(gesture, version=suggestion.version + 1)
    return await store_and_record(conn, venue_id, command, who, None, taken, now=context.now)


def _wish(suggestion: Gesture, command: TakeSuggestion) -> OfferGesture:
    if command.line.strip().casefold() == suggestion.line.strip().casefold():
        raise Invalid(message("finish-the-line"), pointer="/line")
    return OfferGesture(
        id=suggestion.gesture_id,
        item=suggestion.item,
        line=command.line,
        reason=command.reason or suggestion.reason,
        cause=suggestion.cause,
        encore=suggestion.encore,
        guest_asked=command.guest_asked,
        reservation_id=suggestion.reservation_id,
        seating_id=suggestion.seating_id,
        wait_id=suggestion.wait_id,
    )


async def _current_suggestions(
    conn: Connection, venue_id: str, context: GestureContext
) -> tuple[Gesture, ...]:
    party = context.period_id, context.visit.party_id
    rows = await conn.fetch(SUGGESTED, venue_id, *party, context.now)
    return tuple(gesture_from_row(row) for row in rows)


async def _suggestion_facts(
    conn: Connection, venue_id: str, context: GestureContext, who: ActionAuthor
) -> SuggestionContext:
    visit, period_id, now = context.visit, context.period_id, context.now
    mine = own_purse(who)
    await open_purses(conn, venue_id, period_id, mine.owner, who.actor, context.rules)
    before: GivingHistory = await given_before(conn, venue_id, period_id, visit, None, now=now)
    rows = await conn.fetch(DISMISSED, venue_id, period_id, visit.party_id, ANOTHER_CHOSEN)
    return SuggestionContext(
        venue_id=venue_id,
        period_id=period_id,
        locale=context.locale,
        visit=visit,
        history=before,
        again=await again_by_item(conn, venue_id, visit, now=now),
        rules=context.rules,
        left=await read_left(conn, venue_id, period_id, mine.owner),
        by=who.actor,
        now=now,
        dismissed=frozenset(row["item"] for row in rows),
    )


def _row(
    command: SuggestGestures, context: GestureContext, who: ActionAuthor, each: Suggestion
) -> Gesture:
    item = each.item
    return Gesture(
        gesture_id=uuid5(command.id, item.key),
        period_id=context.period_id,
        state="suggested",
        item=item.key,
        cost=maximum_cost(item),
        due=item.due,
        carrier=item.carrier,
        party_name=context.visit.party_name,
        line=each.line,
        reason=each.because,
        offered_by=who.staff_id,
        offered_at=context.now,
        expires_at=context.now + timedelta(minutes=context.rules.offer_minutes),
        reservation_id=command.reservation_id,
        seating_id=command.seating_id,
        wait_id=command.wait_id,
        kind=item.kind,
        cause=each.cause,
        encore=each.cause == "encore",
        party_id=context.visit.party_id,
        guest_id=context.visit.guest_id,
        owner=own_purse(who).owner,
        again_from=context.now,
    )
