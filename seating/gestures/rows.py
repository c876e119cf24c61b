"""The SQL of a gesture's row: lock, read, and write with its notification."""

from typing import get_args
from uuid import UUID

import msgspec
from asyncpg import ExclusionViolationError, Record

from policies.book.picture import GestureState
from policies.gestures.gesture import Gesture
from policies.words.message import message
from seating.book.announcing import EventOf, announced
from seating.db import Connection, LostRaceError, violates
from seating.errors import NotFound

GESTURE_NOT_REPEATED = "gesture_not_repeated"
COLUMNS = """
gesture_id, period_id, state, item, cost, due, carrier, party_name, line, reason, offered_by,
offered_at, expires_at, reservation_id, seating_id, wait_id, answered_at, delivered_at,
delivered_by, ended_at, ended_by, ended_why, kind, cause, encore, amends, guest_asked, dish, units,
per_amount, price, complaint_id, party_id, guest_id, owner, adjustment_id, again_from, version
"""

LOCK_GESTURE = f"select {COLUMNS} from gesture where venue_id = $1 and gesture_id = $2 for update"

GESTURE_EVENT = EventOf("gesture.", "state", get_args(GestureState))

KEEP_GESTURE = f"""
with kept as (
    insert into gesture as g (venue_id, {COLUMNS})
    select $1, {COLUMNS} from jsonb_to_record($2::jsonb) as x (
        gesture_id uuid, period_id text, state text, item text, cost bigint, due text,
        carrier text, party_name text, line text, reason text, offered_by text,
        offered_at timestamptz, expires_at timestamptz, reservation_id uuid, seating_id uuid,
        wait_id uuid, answered_at timestamptz, delivered_at timestamptz, delivered_by text,
        ended_at timestamptz, ended_by text, ended_why text, kind text, cause text,
        encore boolean, amends boolean, guest_asked boolean, dish text, units int,
        per_amount bigint, price bigint, complaint_id uuid, party_id uuid, guest_id uuid,
        owner text, adjustment_id uuid, again_from timestamptz, version int)
    on conflict (venue_id, gesture_id) do update
        set state = excluded.state, cost = excluded.cost, line = excluded.line,
            reason = excluded.reason, offered_by = excluded.offered_by,
            offered_at = excluded.offered_at, expires_at = excluded.expires_at,
            answered_at = excluded.answered_at, delivered_at = excluded.delivered_at,
            delivered_by = excluded.delivered_by, ended_at = excluded.ended_at,
            ended_by = excluded.ended_by, ended_why = excluded.ended_why,
            amends = excluded.amends, guest_asked = excluded.guest_asked, units = excluded.units,
            price = excluded.price, owner = excluded.owner,
            adjustment_id = excluded.adjustment_id, again_from = excluded.again_from,
            version = excluded.version
    returning g.gesture_id, g.period_id, g.state, g.version)
select {announced(GESTURE_EVENT, subject="gesture_id", version="version", period="period_id")}
from kept
"""


async def lock_gesture(conn: Connection, venue_id: str, gesture_id: UUID) -> Gesture:
    """Return a gesture, its row locked; raises NotFound."""
    row = await conn.fetchrow(LOCK_GESTURE, venue_id, gesture_id)
    if row is None:
        raise NotFound(message("no-such-gesture"), pointer="/gesture_id")
    return gesture_from_row(row)


def gesture_from_row(row: Record) -> Gesture:
    """Return the gesture that a row holds."""
    return msgspec.convert(row, Gesture, from_attributes=True)


async def write_gesture(conn: Connection, venue_id: str, gesture: Gesture) -> None:
    """Store a gesture; raises LostRaceError where its guest got the same item concurrently."""
    try:
        await conn.execute(KEEP_GESTURE, venue_id, msgspec.json.encode(gesture).decode())
    except ExclusionViolationError as clash:
        if not violates(clash, GESTURE_NOT_REPEATED):
            raise
        raise LostRaceError("the guest received the same between two looks") from clash
