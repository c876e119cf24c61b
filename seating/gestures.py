"""Gestures: offered out of two purses, answered, brought, taken back; each tap counts once.

Nothing here is written to the outbox: who was given what stays in the house.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.gestures import (
    EVENTS,
    REFUNDED,
    AnswerGesture,
    Gesture,
    OfferGesture,
    UndoGesture,
    offered,
    stepped,
    undone,
)
from policies.orders import Order
from policies.purses import Beyond, may_give
from policies.rules import CatalogueItem, Rules
from policies.terms import Period
from seating.actions import Action, answered, fingerprint, record_action
from seating.clock import Clock
from seating.db import Connection, LostRaceError
from seating.errors import CannotUndo, Invalid, NotFound, NotPossibleNow, Stale
from seating.expiry import expire_offers
from seating.floor import Who
from seating.purses import charge, give_back, left_of, open_purses
from seating.rules import rules_of_period

COLUMNS = """
gesture_id, period_id, state, item, cost, due, carrier, party_name, line, reason, offered_by,
offered_at, expires_at, reservation_id, seating_id, wait_id, answered_at, delivered_at,
delivered_by, ended_at, ended_by, ended_why, version
"""

LOCK_GESTURE = f"select {COLUMNS} from gesture where venue_id = $1 and gesture_id = $2 for update"

# Shared: gestures do not wait for each other, only for a change of the night's rules.
PERIOD_OF_PARTY = """
with party as (
    select period_id, name, state in ('booked', 'arrived', 'seated') as here
    from reservation where venue_id = $1 and reservation_id = $2
    union all
    select period_id, name, cleared_at is null from seating
    where venue_id = $1 and seating_id = $3
    union all
    select period_id, name, state in ('waiting', 'notified', 'seated') from wait_entry
    where venue_id = $1 and wait_id = $4)
select party.name as party_name, party.here, p.period_id, p.service_date, p.name, p.opens,
       p.last_seating, p.closes, p.house_version
from party join period p on p.venue_id = $1 and p.period_id = party.period_id
for key share of p
"""

KEEP_GESTURE = f"""
with kept as (
    insert into gesture as g (venue_id, {COLUMNS})
    select $1, {COLUMNS} from jsonb_to_record($2::jsonb) as x (
        gesture_id uuid, period_id text, state text, item text, cost bigint, due text,
        carrier text, party_name text, line text, reason text, offered_by text,
        offered_at timestamptz, expires_at timestamptz, reservation_id uuid, seating_id uuid,
        wait_id uuid, answered_at timestamptz, delivered_at timestamptz, delivered_by text,
        ended_at timestamptz, ended_by text, ended_why text, version int)
    on conflict (venue_id, gesture_id) do update
        set state = excluded.state, answered_at = excluded.answered_at,
            delivered_at = excluded.delivered_at, delivered_by = excluded.delivered_by,
            ended_at = excluded.ended_at, ended_by = excluded.ended_by,
            ended_why = excluded.ended_why, version = excluded.version
    returning g.gesture_id, g.state, g.version)
select pg_notify('maitred', jsonb_build_object(
    'venue', $1::text, 'event', 'gesture.' || state, 'id', gesture_id, 'version', version)::text)
from kept
"""


class Party(Struct, frozen=True, kw_only=True):
    """To whom something is given, and in which period. `here`: it has not left for good."""

    party_name: str
    here: bool
    period: Period


async def offer(
    conn: Connection, venue_id: str, order: OfferGesture, who: Who, clock: Clock
) -> Gesture | Beyond:
    """Offer an item to a party, charged to the person's and the venue's purse.

    Returns Beyond, with nothing charged or recorded, where the person may not give it alone.
    Raises Invalid, NotFound, NotPossibleNow; LostRaceError where a purse filled up meanwhile.
    """
    party = await _party(conn, venue_id, order)
    earlier = await answered(conn, venue_id, order, Gesture)
    if earlier is not None:
        return earlier
    if not party.here:
        raise NotPossibleNow("this party is no longer here")
    now, period = await clock.now(conn), party.period
    rules = await rules_of_period(conn, venue_id, period)
    item = _item(rules, order.item)
    await expire_offers(conn, venue_id, period.period_id, now=now)
    beyond = await _charged(conn, venue_id, period, rules, item, who)
    if beyond is not None:
        # The purse may be empty because this very order was carried out meanwhile.
        return await answered(conn, venue_id, order, Gesture) or beyond
    gesture = offered(
        order, item, period, rules, party_name=party.party_name, by=who.staff_id, now=now
    )
    return await _kept(conn, venue_id, order, who, gesture, now=now)


async def answer(
    conn: Connection, venue_id: str, order: AnswerGesture, who: Who, clock: Clock
) -> Gesture:
    """Accept, decline, deliver, void a gesture or undo that; what comes to nothing costs nothing.

    Raises NotFound, Stale, CannotUndo, lifecycles.NotPossible, NotAllowed and TooLate.
    """
    gesture = await _locked_gesture(conn, venue_id, order.gesture_id)
    earlier = await answered(conn, venue_id, order, Gesture)
    if earlier is not None:
        return earlier
    if gesture.version != order.version:
        raise Stale(f"the gesture is at version {gesture.version} by now", now=gesture)
    now = await clock.now(conn)
    after = _after(gesture, order, who, now)
    spent = gesture.period_id, gesture.offered_by, gesture.cost
    if after.state in REFUNDED:
        await give_back(conn, venue_id, *spent)
    elif gesture.state in REFUNDED and not await charge(conn, venue_id, *spent):
        raise CannotUndo("its money has been given to somebody else meanwhile")
    return await _kept(conn, venue_id, order, who, after, now=now)


def _after(gesture: Gesture, order: AnswerGesture, who: Who, now: datetime) -> Gesture:
    if isinstance(order, UndoGesture):
        return undone(gesture, who.actor, now=now)
    event = EVENTS[type(order)]
    return stepped(gesture, event, who.actor, who.staff_id, now=now, why=order.reason)


async def _charged(
    conn: Connection, venue_id: str, period: Period, rules: Rules, item: CatalogueItem, who: Who
) -> Beyond | None:
    purses = venue_id, period.period_id, who.staff_id
    await open_purses(conn, *purses, who.actor, rules)
    beyond = may_give(rules, who.actor, item, await left_of(conn, *purses))
    if beyond is not None or await charge(conn, *purses, item.cost):
        return beyond
    beyond = may_give(rules, who.actor, item, await left_of(conn, *purses))
    if beyond is None:
        raise LostRaceError("the purse was filled up between two looks")
    return beyond


async def _kept(
    conn: Connection, venue_id: str, order: Order, who: Who, gesture: Gesture, *, now: datetime
) -> Gesture:
    raw = msgspec.json.encode(gesture)
    await conn.execute(KEEP_GESTURE, venue_id, raw.decode())
    action = Action(
        asked=fingerprint(order),
        action_id=order.id,
        period_id=gesture.period_id,
        kind=type(order).__name__,
        subject_id=gesture.gesture_id,
        staff_id=who.staff_id,
        at=now,
        reason=order.reason,
        answer=msgspec.Raw(raw),
    )
    await record_action(conn, venue_id, action)
    return gesture


async def _party(conn: Connection, venue_id: str, order: OfferGesture) -> Party:
    ids = order.reservation_id, order.seating_id, order.wait_id
    if sum(each is not None for each in ids) != 1:
        raise Invalid("name one party: a reservation, a seating or a waitlist entry")
    row = await conn.fetchrow(PERIOD_OF_PARTY, venue_id, *ids)
    if row is None:
        raise NotFound("there is no such party")
    raw = dict(row)
    return Party(
        party_name=raw.pop("party_name"),
        here=raw.pop("here"),
        period=msgspec.convert(raw, Period),
    )


def _item(rules: Rules, key: str) -> CatalogueItem:
    for item in rules.gestures:
        if item.key == key:
            return item
    raise Invalid(f"tonight's catalogue has no {key!r}", pointer="/item")


async def _locked_gesture(conn: Connection, venue_id: str, gesture_id: UUID) -> Gesture:
    row = await conn.fetchrow(LOCK_GESTURE, venue_id, gesture_id)
    if row is None:
        raise NotFound("there is no such gesture", pointer="/gesture_id")
    return msgspec.convert(row, Gesture, from_attributes=True)
