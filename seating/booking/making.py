"""Making a reservation: by a booking site, by phone or at the desk, or as an enquiry."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from msgspec import Meta, Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.changes import Changes, leave_out, with_moves
from policies.book.picture import HeldTable, Promise, SlotHold
from policies.booking.engine import decide
from policies.floor.held_tables import granted
from policies.floor.stand import Impossible, Stand
from policies.house.calendar import service_period
from policies.house.room import Needs
from seating.book.asked import (
    _closed,
    check_needs,
    check_start,
    ends_of,
    period_asked,
    without_looking,
)
from seating.book.guests import Contact, keep_guest, upcoming
from seating.book.in_force import house_of
from seating.book.periods import Opened, locked
from seating.book.reservations import Booker, Reservation, is_tonight, new_code, reservation_of
from seating.book.write import Booking, Written, write
from seating.clock import Clock
from seating.db import Connection
from seating.errors import HoldExpired, HoldMismatch, NotAllowed, NotFound
from seating.forecast.period_values import prospect_of
from seating.house.house_rules import acknowledged, check_version
from seating.turnaways.log import Refused, recover, refused

PartySize = Annotated[int, Meta(ge=1, le=1000)]
Reason = Annotated[str, Meta(min_length=3, max_length=300)]

HOLD_OF_CLIENT = """
select state, party_size, starts, needs::text, expires_at from slot_hold
where venue_id = $1 and slot_hold_id = $2 and client_id = $3
"""


OF_THE_GUEST = frozenset({"HOUSE_RULES_NOT_ACCEPTED", "DUPLICATE", "GUEST_LIMIT"})


class Grant(Struct, frozen=True, kw_only=True):
    """A held table given to the party by a person, and why."""

    held_id: UUID
    reason: Reason


class Order(Struct, frozen=True, kw_only=True):
    """What is asked for. `overrule`: the reason of a person who books it against the engine.

    `wished_start`: when the guest would have come, had nobody suggested another time.
    """

    party_size: int
    starts: datetime
    guest: Contact
    needs: Needs = Needs()
    notes: str = ""
    partner_reference: str | None = None
    accepted_house_rules: int | None = None
    guarantee: dict[str, str] | None = None
    slot_hold_id: UUID | None = None
    tables: tuple[str, ...] = ()
    overrule: str | None = None
    grant: Grant | None = None
    wished_start: datetime | None = None
    reservation_id: UUID | None = None


class Booked(Struct, frozen=True, kw_only=True):
    """A reservation made, and the tables meant for it."""

    reservation: Reservation
    tables: tuple[str, ...] = ()


def ask_of(order: Order, booker: Booker, guest_id: UUID | None) -> Ask:
    """Return the order as the engine reads it."""
    return Ask(
        party_size=order.party_size,
        starts=order.starts.astimezone(UTC),
        channel=booker.channel,
        needs=order.needs,
        guest_id=guest_id,
        accepted_house_rules=order.accepted_house_rules,
        tables=order.tables,
    )


async def create(
    conn: Connection, venue_id: str, order: Order, booker: Booker, clock: Clock
) -> Booked | Refused:
    """Make a reservation, or say which rule binds; a "no" is logged as a turnaway.

    Runs inside the caller's transaction. Raises NotFound, Invalid, TooFarOff, HoldExpired,
    HoldMismatch.
    """
    known = await house_of(conn, venue_id)
    now = await clock.now(conn)
    check_start(order.starts, now)
    check_needs(known.house, order.needs)
    if booker.staff_id is not None:
        check_version(known.house, order.accepted_house_rules)
    guest_id = None
    if order.guest.phone is not None:
        guest_id = await keep_guest(conn, venue_id, order.guest, now=now)
    ask = ask_of(order, booker, guest_id)
    period = period_asked(known, ask.starts)
    refusal = without_looking(known.house, period, ask, now)
    if refusal is not None or period is None:
        no = refusal or _closed()
        return await refused(conn, venue_id, known.house, ask, no, booker, now, order.guest)
    opened = await locked(conn, venue_id, known, period, now=now)
    return await _book(conn, opened, ask, order, booker)


async def _book(
    conn: Connection, opened: Opened, ask: Ask, order: Order, booker: Booker
) -> Booked | Refused:
    count = 0
    if ask.guest_id is not None:
        count = await upcoming(conn, opened.venue_id, ask.guest_id, now=opened.now)
    held = _granted(opened, order, booker)
    if held is not None:
        left = leave_out(opened.picture, None, None, held.held_id)
        opened = replace(opened, picture=left)
    hold = await _hold(conn, opened, order, booker)
    if hold is not None:
        ask = replace(ask, needs=hold.needs)
    async with prospect_of(opened.picture, opened.house, now=opened.now) as prospect:
        answer = decide(
            opened.picture,
            ask,
            opened.house,
            now=opened.now,
            slot_hold=order.slot_hold_id,
            guest_bookings=count,
            known=prospect,
        )
    if hold is not None and not (isinstance(answer, No) and answer.code in OF_THE_GUEST):
        answer = _kept(hold, answer)
    promise = _promise(opened, ask, order, answer, booker)
    if promise is None:
        assert isinstance(answer, No)  # noqa: S101 - for the type checker
        house, now = opened.house, opened.now
        return await refused(conn, opened.venue_id, house, ask, answer, booker, now, order.guest)
    return await write_booking(conn, opened, order, booker, promise, answer, hold, held)


async def write_booking(
    conn: Connection,
    opened: Opened,
    order: Order,
    booker: Booker,
    promise: Promise,
    answer: Yes | No | None,
    hold: SlotHold | None,
    held: HeldTable | None = None,
) -> Booked:
    """Write a reservation decided on, with the moves it asks of others and the hold it uses up."""
    booking = Booking(
        code=new_code(),
        channel=booker.channel,
        client_id=booker.client_id,
        staff_id=booker.staff_id,
        notes=order.notes,
        partner_reference=order.partner_reference,
        guarantee=order.guarantee,
        slot_hold_id=order.slot_hold_id,
        overruled_why=order.overrule if promise.overruled else None,
        explained=answer.explained if answer else None,
        wished_start=order.wished_start,
    )
    moved = answer.moved if isinstance(answer, Yes) and promise.tables else {}
    changes = with_moves(opened.picture, moved, Changes(promises=(promise,)))
    if hold is not None:
        spent = replace(hold, state="confirmed", tables=())
        changes = replace(changes, slot_holds=(*changes.slot_holds, spent))
    if held is not None:
        changes = replace(changes, held=(*changes.held, held))
    await write(
        conn,
        opened.venue_id,
        opened.picture,
        Written(
            changes=changes,
            created={promise.reservation_id: booking},
            acknowledged=acknowledged(opened, promise, order.accepted_house_rules, booker),
        ),
        now=opened.now,
    )
    period = opened.picture.period
    if promise.guest_id is not None:
        await recover(
            conn,
            opened.venue_id,
            period.service_date,
            promise.guest_id,
            promise.reservation_id,
            now=opened.now,
        )
    reservation = reservation_of(promise, booking, period, now=opened.now)
    return Booked(reservation=reservation, tables=promise.tables)


async def _hold(conn: Connection, opened: Opened, order: Order, booker: Booker) -> SlotHold | None:
    if order.slot_hold_id is None:
        return None
    held = {hold.slot_hold_id: hold for hold in opened.picture.slot_holds}
    hold = held.get(order.slot_hold_id)
    if hold is None or hold.client_id != booker.client_id or hold.state != "held":
        await _say_why_gone(conn, opened.venue_id, order.slot_hold_id, booker)
    if hold is not None and not _agree(hold, order):
        raise HoldMismatch(
            f"the slot hold is for {hold.party_size} at {hold.starts.isoformat()}"
            " with the needs it was asked for",
            pointer="/slot_hold_id",
        )
    return hold


def _granted(opened: Opened, order: Order, booker: Booker) -> HeldTable | None:
    """The held table a person gives to the party, as granted. Raises as an order at the stand."""
    if order.grant is None:
        return None
    if booker.staff_id is None:
        raise NotAllowed("only the house grants held tables", pointer="/grant")
    stand = Stand(picture=opened.picture, house=opened.house, now=opened.now, by=booker.actor)
    try:
        return granted(stand, order.grant.held_id, order.grant.reason)
    except Impossible as gone:
        raise NotFound(gone.detail, pointer="/grant/held_id") from None


def _agree(hold: SlotHold, order: Order) -> bool:
    """Needs are told once, with the hold; told again they are the same."""
    same = (hold.starts, hold.party_size) == (order.starts, order.party_size)
    return same and order.needs in {Needs(), hold.needs}


def _kept(hold: SlotHold, answer: Yes | No) -> Yes:
    """Keep what was held: its own tables, else others, else (a lost terrace) the bare promise."""
    if not hold.tables and isinstance(answer, Yes):
        return answer
    return Yes(
        starts=hold.starts,
        ends=hold.ends,
        tables=hold.tables,
        moved={},
        kind=hold.kind,
        risk=hold.risk,
        explained=answer.explained,
    )


async def _say_why_gone(
    conn: Connection, venue_id: str, slot_hold_id: UUID, booker: Booker
) -> None:
    row = await conn.fetchrow(HOLD_OF_CLIENT, venue_id, slot_hold_id, booker.client_id)
    if row is None:
        raise NotFound("there is no such slot hold", pointer="/slot_hold_id")
    if row["state"] == "confirmed":
        raise HoldMismatch("this slot hold has become a reservation", pointer="/slot_hold_id")
    if row["state"] != "held":
        raise HoldExpired("this slot hold is over; ask for another", pointer="/slot_hold_id")
    raise HoldMismatch("the slot hold is for another period", pointer="/slot_hold_id")


def _promise(
    opened: Opened, ask: Ask, order: Order, answer: Yes | No, booker: Booker
) -> Promise | None:
    made = Promise(
        reservation_id=order.reservation_id or uuid4(),
        period_id=opened.picture.period.period_id,
        state="booked",
        party_size=ask.party_size,
        starts=ask.starts,
        ends=ends_of(opened.house, ask.starts, ask.party_size),
        needs=ask.needs,
        guest_id=ask.guest_id,
        channel=booker.channel,
        name=order.guest.name,
        fixed=bool(order.tables),
        made_at=opened.now,
    )
    if isinstance(answer, Yes) and _asks_a_person(opened, booker):
        return replace(made, state="requested")
    if isinstance(answer, Yes):
        return replace(
            made,
            ends=answer.ends,
            tables=answer.tables,
            kind=answer.kind,
            risk=answer.risk,
            exposed=answer.kind == "physical" and not answer.tables,
        )
    if order.overrule is None or booker.staff_id is None:
        return None
    check_may_overrule(opened, booker)
    return overruled(opened, ask, made, answer)


def _asks_a_person(opened: Opened, booker: Booker) -> bool:
    period = opened.picture.period
    written = service_period(opened.house, period.service_date, period.name)
    return written.needs_approval and booker.staff_id is None


def overruled(opened: Opened, ask: Ask, made: Promise, no: No) -> Promise:
    """Book against the engine: beyond the room, unless only a rule about the guest stood in."""
    if no.code == "DUPLICATE":
        again = decide(
            opened.picture, replace(ask, guest_id=None), opened.house, now=opened.now, quick=True
        )
        if isinstance(again, Yes) and not again.moved:
            return replace(made, tables=again.tables, duplicate_allowed=True)
    return replace(made, kind="overbooked", overruled=True, fixed=False, duplicate_allowed=True)


def check_may_overrule(opened: Opened, booker: Booker) -> None:
    """Raise NotAllowed for a host on another date than tonight's."""
    if booker.actor == "host" and not is_tonight(opened.house, opened.picture.period, opened.now):
        raise NotAllowed("hosts overrule for tonight only; ask a manager", pointer="/overrule")
