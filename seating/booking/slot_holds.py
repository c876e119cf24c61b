"""Slot holds: a booking site's lock of some minutes on a table while its guest decides."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.changes import Changes, with_plan_moves
from policies.book.picture import SlotHold, SlotHoldState
from policies.booking.engine import decide
from policies.house.room import Needs, Preferences
from policies.plan.replanning import replan
from policies.words.message import message
from seating.book.asked import (
    check_needs,
    check_preferences,
    check_start,
    closed_refusal,
    early_refusal,
    period_for_start,
)
from seating.book.in_force import house_of
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.book.periods import LockedPeriod, lock_period
from seating.book.reservations import Booker
from seating.book.write import WriteSet, write
from seating.booking.client_bounds import check_holds
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, TooManyHolds
from seating.forecast.period_values import prospect_of
from seating.turnaways.log import LoggedRefusal, log_refusal

OPEN_HOLDS = """
select count(*) from slot_hold
where venue_id = $1 and client_id = $2 and state = 'held' and expires_at > $3
"""

PERIOD_OF_HOLD = f"""
select {PERIOD_COLUMNS}
from slot_hold h join period p using (venue_id, period_id)
where h.venue_id = $1 and h.slot_hold_id = $2
"""

READ_HOLD = """
select slot_hold_id, state, party_size, starts, ends, needs::text, preferences::text,
       expires_at from slot_hold
where venue_id = $1 and slot_hold_id = $2 and client_id = $3
"""

MAX_OPEN_HOLDS = 200
"""Open slot holds of one booking site at one venue."""


class HoldRequest(Struct, frozen=True, kw_only=True):
    """What to hold, and for how many seconds (default: the house's, at most 600)."""

    party_size: int
    starts: datetime
    needs: Needs = Needs()
    preferences: Preferences | None = None
    ttl_s: int | None = None


class ClientSlotHold(Struct, frozen=True, kw_only=True):
    """A slot hold as its client sees it: without tables."""

    slot_hold_id: UUID
    state: SlotHoldState
    party_size: int
    starts: datetime
    ends: datetime
    needs: Needs
    expires_at: datetime
    preferences: Preferences | None = None


async def hold_slot(
    conn: Connection, venue_id: str, request: HoldRequest, booker: Booker, clock: Clock
) -> ClientSlotHold | LoggedRefusal:
    """Hold a slot for a booking site, or return the refusal.

    Raises NotFound, Invalid, TooFarOff, TooManyHolds.
    """
    now = await clock.now(conn)
    check_start(request.starts, now)
    in_force = (await house_of(conn, venue_id)).at(request.starts)
    check_needs(in_force.house, request.needs)
    check_preferences(in_force.house, request.preferences)
    if request.ttl_s is not None and request.ttl_s < 1:
        raise Invalid(message("hold-at-least-a-second"), pointer="/ttl_s")
    await _check_count(conn, venue_id, booker, now)
    rules = in_force.house.house_rules
    ask = _ask(request, booker, rules.version if rules else None)
    period = period_for_start(in_force, ask.starts)
    refusal = early_refusal(in_force.house, period, ask, now)
    if refusal is not None or period is None:
        no = refusal or closed_refusal()
        return await log_refusal(conn, venue_id, in_force.house, ask, no, booker, now)
    locked = await lock_period(conn, venue_id, in_force, period, now=now)
    check_holds(locked, booker, ask, now=now)
    async with prospect_of(locked.picture, locked.house, now=now) as prospect:
        answer = decide(locked.picture, ask, locked.house, now=now, prospect=prospect)
    if isinstance(answer, No):
        return await log_refusal(conn, venue_id, in_force.house, ask, answer, booker, now)
    usual = in_force.house.booking.hold_seconds
    seconds = min(usual if request.ttl_s is None else request.ttl_s, 600)
    hold = SlotHold(
        slot_hold_id=uuid4(),
        period_id=period.period_id,
        state="held",
        party_size=ask.party_size,
        starts=answer.starts,
        ends=answer.ends,
        expires_at=now + timedelta(seconds=seconds),
        client_id=booker.client_id,
        needs=ask.needs,
        preferences=ask.preferences,
        kind=answer.kind,
        risk=answer.risk,
        tables=answer.tables,
    )
    changes = with_plan_moves(locked.picture, answer.moved, Changes(slot_holds=(hold,)))
    await write(conn, venue_id, locked.picture, WriteSet(changes=changes), now=now)
    return client_view_of(hold)


async def read_hold(
    conn: Connection, venue_id: str, slot_hold_id: UUID, booker: Booker, clock: Clock
) -> ClientSlotHold:
    """Return a client's own slot hold, `expired` once its time is over; raises NotFound."""
    row = await conn.fetchrow(READ_HOLD, venue_id, slot_hold_id, booker.client_id)
    if row is None:
        raise NotFound(message("no-such-slot-hold"))
    decoded = {name: msgspec.json.decode(row[name] or "null") for name in ("needs", "preferences")}
    held = msgspec.convert(dict(row) | decoded, ClientSlotHold)
    if held.state == "held" and held.expires_at <= await clock.now(conn):
        return replace(held, state="expired")
    return held


async def give_back_hold(
    conn: Connection, venue_id: str, slot_hold_id: UUID, booker: Booker, clock: Clock
) -> None:
    """End a slot hold early; idempotent. Raises NotFound."""
    held = await read_hold(conn, venue_id, slot_hold_id, booker, clock)
    locked = await _lock_period_of(conn, venue_id, held, await clock.now(conn))
    if locked is None:
        return
    for hold in locked.picture.slot_holds:
        if hold.slot_hold_id == slot_hold_id and hold.state == "held":
            ended = replace(hold, state="given_back", tables=())
            changes = Changes(slot_holds=(ended,))
            planned = replan(locked.picture, changes, locked.house, now=locked.now)
            written = WriteSet(changes=planned)
            await write(conn, venue_id, locked.picture, written, now=locked.now)


def client_view_of(hold: SlotHold) -> ClientSlotHold:
    """Return the client's view of a slot hold."""
    return ClientSlotHold(
        slot_hold_id=hold.slot_hold_id,
        state=hold.state,
        party_size=hold.party_size,
        starts=hold.starts,
        ends=hold.ends,
        needs=hold.needs,
        preferences=hold.preferences,
        expires_at=hold.expires_at,
    )


async def _lock_period_of(
    conn: Connection, venue_id: str, held: ClientSlotHold, now: datetime
) -> LockedPeriod | None:
    row = await conn.fetchrow(PERIOD_OF_HOLD, venue_id, held.slot_hold_id)
    if held.state != "held" or row is None:
        return None
    in_force = await house_of(conn, venue_id)
    return await lock_period(conn, venue_id, in_force, period_in(row), now=now)


async def _check_count(conn: Connection, venue_id: str, booker: Booker, now: datetime) -> None:
    if await conn.fetchval(OPEN_HOLDS, venue_id, booker.client_id, now) >= MAX_OPEN_HOLDS:
        raise TooManyHolds(message("too-many-slot-holds", most=MAX_OPEN_HOLDS))


def _ask(request: HoldRequest, booker: Booker, rules: int | None) -> Ask:
    """The house rules count as accepted: they are asked for with the reservation, not the hold."""
    return Ask(
        party_size=request.party_size,
        starts=request.starts.astimezone(UTC),
        channel=booker.channel,
        needs=request.needs,
        preferences=request.preferences,
        accepted_house_rules=rules,
    )
