"""Slot holds: a booking site's lock of some minutes on a place, while its guest decides."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No
from policies.book.changes import Changes, with_moves
from policies.book.picture import SlotHold, SlotHoldState
from policies.booking.engine import decide
from policies.house.calendar import period_at
from policies.house.room import Needs
from policies.plan.replanning import settled
from seating.book.asked import check_needs, check_start, period_asked, without_looking
from seating.book.in_force import house_of
from seating.book.periods import Opened, locked
from seating.book.reservations import Booker
from seating.book.write import Written, write
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound, TooManyHolds
from seating.forecast.period_values import prospect_of
from seating.turnaways.log import Refused, refused

OPEN_HOLDS = """
select count(*) from slot_hold
where venue_id = $1 and client_id = $2 and state = 'held' and expires_at > $3
"""

READ_HOLD = """
select slot_hold_id, state, party_size, starts, ends, needs::text, expires_at from slot_hold
where venue_id = $1 and slot_hold_id = $2 and client_id = $3
"""

MOST_HOLDS = 200
"""Open slot holds of one booking site at one venue: more is a fault or an attack."""


class HoldOrder(Struct, frozen=True, kw_only=True):
    """What to keep, and for how many seconds at most."""

    party_size: int
    starts: datetime
    needs: Needs = Needs()
    ttl_s: int | None = None


class Held(Struct, frozen=True, kw_only=True):
    """A slot hold as its client sees it."""

    slot_hold_id: UUID
    state: SlotHoldState
    party_size: int
    starts: datetime
    ends: datetime
    needs: Needs
    expires_at: datetime


async def hold_slot(
    conn: Connection, venue_id: str, order: HoldOrder, booker: Booker, clock: Clock
) -> Held | Refused:
    """Keep a place for a booking site, or say which rule binds.

    Raises NotFound, Invalid, TooFarOff, TooManyHolds.
    """
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    check_start(order.starts, now)
    check_needs(known.house, order.needs)
    await _check_count(conn, venue_id, booker, now)
    rules = known.house.house_rules
    ask = _ask(order, booker, rules.version if rules else None)
    period = period_asked(known, ask.starts)
    refusal = without_looking(known.house, period, ask, now)
    if refusal is not None or period is None:
        no = refusal or No(code="CLOSED", detail="The house is closed on that date.")
        return await refused(conn, venue_id, known.house, ask, no, booker, now)
    opened = await locked(conn, venue_id, known, period, now=now)
    async with prospect_of(opened.picture, opened.house, now=now) as known_prospect:
        answer = decide(opened.picture, ask, opened.house, now=now, known=known_prospect)
    if isinstance(answer, No):
        return await refused(conn, venue_id, known.house, ask, answer, booker, now)
    seconds = min(order.ttl_s or known.house.booking.hold_seconds, 600)
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
        kind=answer.kind,
        risk=answer.risk,
        tables=answer.tables,
    )
    changes = with_moves(opened.picture, answer.moved, Changes(slot_holds=(hold,)))
    await write(conn, venue_id, opened.picture, Written(changes=changes), now=now)
    return held_of(hold)


async def read_hold(
    conn: Connection, venue_id: str, slot_hold_id: UUID, booker: Booker, clock: Clock
) -> Held:
    """Return a client's own slot hold, as expired once its time is over; raises NotFound."""
    row = await conn.fetchrow(READ_HOLD, venue_id, slot_hold_id, booker.client_id)
    if row is None:
        raise NotFound("there is no such slot hold")
    held = msgspec.convert(dict(row) | {"needs": msgspec.json.decode(row["needs"])}, Held)
    if held.state == "held" and held.expires_at <= await clock.now(conn):
        return replace(held, state="expired")
    return held


async def give_back(
    conn: Connection, venue_id: str, slot_hold_id: UUID, booker: Booker, clock: Clock
) -> None:
    """End a slot hold early; of one that has ended already nothing changes. Raises NotFound."""
    held = await read_hold(conn, venue_id, slot_hold_id, booker, clock)
    opened = await _opened(conn, venue_id, held, await clock.now(conn))
    if opened is None:
        return
    for hold in opened.picture.slot_holds:
        if hold.slot_hold_id == slot_hold_id and hold.state == "held":
            ended = replace(hold, state="given_back", tables=())
            changes = Changes(slot_holds=(ended,))
            planned = settled(opened.picture, changes, opened.house, now=opened.now)
            written = Written(changes=planned)
            await write(conn, venue_id, opened.picture, written, now=opened.now)


def held_of(hold: SlotHold) -> Held:
    """Return the slot hold as its client sees it: without the tables."""
    return Held(
        slot_hold_id=hold.slot_hold_id,
        state=hold.state,
        party_size=hold.party_size,
        starts=hold.starts,
        ends=hold.ends,
        needs=hold.needs,
        expires_at=hold.expires_at,
    )


async def _opened(conn: Connection, venue_id: str, held: Held, now: datetime) -> Opened | None:
    known = await house_of(conn, venue_id)
    period = period_at(known.house, held.starts, house_version=known.version)
    if held.state != "held" or period is None:
        return None
    return await locked(conn, venue_id, known, period, now=now)


async def _check_count(conn: Connection, venue_id: str, booker: Booker, now: datetime) -> None:
    if await conn.fetchval(OPEN_HOLDS, venue_id, booker.client_id, now) >= MOST_HOLDS:
        raise TooManyHolds(f"at most {MOST_HOLDS} slot holds may be open; give some back")


def _ask(order: HoldOrder, booker: Booker, rules: int | None) -> Ask:
    """A hold is asked for before the guest has read the rules; the reservation needs them."""
    return Ask(
        party_size=order.party_size,
        starts=order.starts.astimezone(UTC),
        channel=booker.channel,
        needs=order.needs,
        accepted_house_rules=rules,
    )
