"""Making a reservation, by any channel."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from msgspec import Meta, Struct
from msgspec.structs import replace

from policies.book.answers import Ask, No, Yes
from policies.book.changes import Changes, with_plan_moves, without_intentions
from policies.book.picture import GaveWayTo, HeldTable, Promise, SlotHold
from policies.book.question import turn_end
from policies.book.refusals import CommandRefused
from policies.booking.changing import accepted, as_request, asks_a_person
from policies.booking.engine import decide, shares_phone
from policies.booking.named_tables import give_named
from policies.booking.tables import against_access
from policies.floor.held_tables import grant
from policies.floor.stand import Stand
from policies.house.room import Needs, Preferences
from policies.words.letters import LINES
from policies.words.message import Message, message
from seating.book.asked import (
    check_duration,
    check_needs,
    check_preferences,
    check_start,
    check_tables,
    closed_refusal,
    early_refusal,
    period_for_start,
)
from seating.book.guests import AskingGuest, Contact, asking_guest, tags_for_access
from seating.book.in_force import house_of
from seating.book.periods import LockedPeriod, lock_period
from seating.book.reservations import Booker, Reservation, is_tonight, new_code, reservation_of
from seating.book.write import NewReservation, WriteSet, write_stamped
from seating.booking.client_bounds import check_bookings
from seating.booking.references import check_reference
from seating.booking.telling import Telling
from seating.clock import Clock
from seating.db import Connection
from seating.errors import HoldExpired, HoldMismatch, NotAllowed, NotFound, NotPossibleNow
from seating.forecast.period_values import prospect_of
from seating.house.house_rules import acknowledgement_of, check_rules_version
from seating.turnaways.log import LoggedRefusal, log_refusal, place_found_for_guest

PartySize = Annotated[int, Meta(ge=1, le=1000)]
Reason = Annotated[str, Meta(min_length=3, max_length=300, pattern=LINES)]

HOLD_OF_CLIENT = """
select state, party_size, starts, needs::text, expires_at from slot_hold
where venue_id = $1 and slot_hold_id = $2 and client_id = $3
"""


GUEST_RULES = frozenset({"HOUSE_RULES_NOT_ACCEPTED", "DUPLICATE", "GUEST_LIMIT"})


class HeldTableGrant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A held table that a member of staff grants to the party, with the reason."""

    held_id: UUID
    reason: Reason


class BookingRequest(Struct, frozen=True, kw_only=True):
    """What is asked for. `overrule`: the reason for booking against the engine (staff only).

    `special_request`: the guest's words; `notes`: the house's, from staff only.
    `wished_start`: the start first asked for, where the guest took one that was suggested.
    `duration_minutes`: how long the party keeps its table, from staff only; None: the house's turn.
    """

    party_size: int
    starts: datetime
    guest: Contact
    needs: Needs = Needs()
    preferences: Preferences | None = None
    special_request: str = ""
    notes: str = ""
    partner_reference: str | None = None
    accepted_house_rules: int | None = None
    guarantee: dict[str, str] | None = None
    slot_hold_id: UUID | None = None
    tables: tuple[str, ...] = ()
    overrule: str | None = None
    grant: HeldTableGrant | None = None
    wished_start: datetime | None = None
    reservation_id: UUID | None = None
    duration_minutes: int | None = None


class BookingResult(Struct, frozen=True, kw_only=True):
    """A reservation made, and its planned tables."""

    reservation: Reservation
    tables: tuple[str, ...] = ()


def ask_of(
    request: BookingRequest, booker: Booker, guest_id: UUID | None, tags: tuple[str, ...] = ()
) -> Ask:
    """Return the request as the engine takes it; `tags` of its guest."""
    return Ask(
        party_size=request.party_size,
        starts=request.starts.astimezone(UTC),
        channel=booker.channel,
        needs=request.needs,
        guest_id=guest_id,
        guest_name=request.guest.name,
        accepted_house_rules=request.accepted_house_rules,
        tables=request.tables,
        minutes=request.duration_minutes,
        tags=tags,
        preferences=request.preferences,
        anywhere=request.overrule is not None and booker.staff_id is not None,
        client_id=booker.client_id,
        by_discretion=request.grant is not None and booker.staff_id is not None,
    )


async def create_reservation(
    conn: Connection,
    venue_id: str,
    request: BookingRequest,
    booker: Booker,
    clock: Clock,
    telling: Telling | None = None,
) -> BookingResult | LoggedRefusal:
    """Make a reservation, or return the refusal, logged as a turnaway.

    Runs inside the caller's transaction. `telling` hears what it means. Raises NotFound, Invalid,
    TooFarOff, HoldExpired, HoldMismatch, NotAllowed, NotPossibleNow, NeedsAnyway, ReferenceTaken.
    """
    now = await clock.now(conn)
    check_start(request.starts, now)
    in_force = (await house_of(conn, venue_id)).at(request.starts)
    pointer = "/area" if booker.staff_id is None else "/needs/area"
    check_needs(in_force.house, request.needs, pointer=pointer)
    check_preferences(in_force.house, request.preferences)
    check_tables(in_force.house, request.tables)
    if booker.staff_id is not None:
        check_rules_version(in_force.house, request.accepted_house_rules)
    by_house = booker.staff_id is not None
    guest = await asking_guest(conn, venue_id, request.guest, by_house=by_house)
    # A number proves nobody to be a member: that a person of the house sees.
    tags = await tags_for_access(conn, in_force.house, guest.known_id if by_house else None)
    ask = ask_of(request, booker, guest.known_id, tags)
    period = period_for_start(in_force, ask.starts)
    refusal = early_refusal(in_force.house, period, ask, now)
    if refusal is not None or period is None:
        no = refusal or closed_refusal()
        return await log_refusal(
            conn, venue_id, in_force.house, ask, no, booker, now, request.guest
        )
    check_duration(in_force.house, period, ask.starts, ask.minutes)
    locked = await lock_period(conn, venue_id, in_force, period, now=now)
    return await _book(conn, locked, ask, guest, request, booker, telling)


async def _book(
    conn: Connection,
    locked: LockedPeriod,
    ask: Ask,
    guest: AskingGuest,
    request: BookingRequest,
    booker: Booker,
    telling: Telling | None,
) -> BookingResult | LoggedRefusal:
    reference = request.partner_reference
    await check_reference(conn, locked.venue_id, booker.client_id, reference, ask.starts)
    count = await check_bookings(conn, locked, booker, ask)
    held = _granted(locked, request, booker)
    if held is not None:
        left = without_intentions(locked.picture, None, None, held.held_id)
        locked = replace(locked, picture=left)
    hold = await _hold(conn, locked, request, booker)
    if hold is not None:
        liked = request.preferences or hold.preferences
        ask = replace(ask, needs=hold.needs, preferences=liked)
    async with prospect_of(locked.picture, locked.house, now=locked.now) as prospect:
        answer = decide(
            locked.picture,
            ask,
            locked.house,
            now=locked.now,
            slot_hold=request.slot_hold_id,
            guest_bookings=count,
            prospect=prospect,
        )
    if hold is not None and not (isinstance(answer, No) and answer.code in GUEST_RULES):
        answer = _yes_from_hold(hold, answer)
    decided = _decided(locked, ask, guest, request, answer, booker)
    if decided is None:
        assert isinstance(answer, No)  # noqa: S101 - for the type checker
        house, now = locked.house, locked.now
        return await log_refusal(
            conn, locked.venue_id, house, ask, answer, booker, now, request.guest
        )
    changes, answer = decided
    if telling is not None:
        telling.hear(locked, changes, request.tables)
    return await write_booking(conn, locked, request, guest, booker, changes, answer, hold, held)


async def write_booking(  # noqa: PLR0913, PLR0917 - what a booking is made of
    conn: Connection,
    locked: LockedPeriod,
    request: BookingRequest,
    guest: AskingGuest,
    booker: Booker,
    changes: Changes,
    answer: Yes | No | None,
    hold: SlotHold | None,
    held: HeldTable | None = None,
) -> BookingResult:
    """Write the changes that make a reservation, the last; confirm its hold, note its turnaways.

    `answer`: the one it is made by, a No that was overruled, or None for an enquiry.
    """
    promise = changes.promises[-1]
    against = _against_access(locked, promise) or isinstance(answer, No)
    # Without a number there is no record that could keep them.
    own_words = booker.client_id is not None or request.guest.phone is None
    booking = NewReservation(
        code=new_code(),
        channel=booker.channel,
        client_id=booker.client_id,
        staff_id=booker.staff_id,
        special_request=request.special_request,
        notes=request.notes,
        partner_reference=request.partner_reference,
        guarantee=request.guarantee,
        slot_hold_id=request.slot_hold_id,
        overruled_why=request.overrule if against else None,
        explained=answer.explained if answer else None,
        wished_start=request.wished_start,
        email=request.guest.email if own_words else None,
        locale=request.guest.locale if own_words else None,
    )
    if hold is not None:
        spent = replace(hold, state="confirmed", tables=())
        changes = replace(changes, slot_holds=(*changes.slot_holds, spent))
    if held is not None:
        theirs = GaveWayTo(kind="reservation", id=promise.reservation_id)
        changes = replace(changes, held=(*changes.held, replace(held, ended_for=theirs)))
    written = await write_stamped(
        conn,
        locked.venue_id,
        locked.picture,
        WriteSet(
            changes=changes,
            created={promise.reservation_id: booking},
            acknowledged=acknowledgement_of(locked, promise, request.accepted_house_rules, booker),
            guest=guest.row,
        ),
        now=locked.now,
    )
    period = locked.picture.period
    if promise.guest_id is not None:
        key, day = promise.reservation_id, period.service_date
        await place_found_for_guest(conn, locked.venue_id, day, promise.guest_id, key)
    stamp = written.stamps.get(booking.client_id or "", locked.now)
    reservation = reservation_of(promise, booking, period, now=locked.now, stamp=stamp)
    return BookingResult(reservation=reservation, tables=promise.tables)


async def _hold(
    conn: Connection, locked: LockedPeriod, request: BookingRequest, booker: Booker
) -> SlotHold | None:
    if request.slot_hold_id is None:
        return None
    held = {hold.slot_hold_id: hold for hold in locked.picture.slot_holds}
    hold = held.get(request.slot_hold_id)
    if hold is None or hold.client_id != booker.client_id or hold.state != "held":
        await _raise_why_gone(conn, locked.venue_id, request.slot_hold_id, booker)
    if hold is not None and not _matches(hold, request):
        raise HoldMismatch(
            message("hold-for-other-request", size=hold.party_size, start=hold.starts.isoformat()),
            pointer="/slot_hold_id",
        )
    return hold


def _granted(locked: LockedPeriod, request: BookingRequest, booker: Booker) -> HeldTable | None:
    """Return the granted held table, if any. Raises NotAllowed, NotFound."""
    if request.grant is None:
        return None
    if booker.staff_id is None:
        raise NotAllowed(message("grants-are-the-houses"), pointer="/grant")
    stand = Stand(
        picture=locked.picture,
        house=locked.house,
        now=locked.now,
        by=booker.actor,
        staff_id=booker.staff_id,
    )
    try:
        return grant(stand, request.grant.held_id, request.grant.reason)
    except CommandRefused as gone:
        raise NotFound(gone.said, pointer="/grant/held_id") from None


def _matches(hold: SlotHold, request: BookingRequest) -> bool:
    """Whether request and hold agree; needs may be left out, they were given with the hold."""
    same = (hold.starts, hold.party_size) == (request.starts, request.party_size)
    return same and request.needs in {Needs(), hold.needs}


def _yes_from_hold(hold: SlotHold, answer: Yes | No) -> Yes:
    """The answer a hold guarantees: its tables, else others, else a promise without tables."""
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


async def _raise_why_gone(
    conn: Connection, venue_id: str, slot_hold_id: UUID, booker: Booker
) -> None:
    row = await conn.fetchrow(HOLD_OF_CLIENT, venue_id, slot_hold_id, booker.client_id)
    if row is None:
        raise NotFound(message("no-such-slot-hold"), pointer="/slot_hold_id")
    if row["state"] == "confirmed":
        raise HoldMismatch(message("hold-became-reservation"), pointer="/slot_hold_id")
    if row["state"] != "held":
        raise HoldExpired(message("hold-over"), pointer="/slot_hold_id")
    raise HoldMismatch(message("hold-for-other-period"), pointer="/slot_hold_id")


def _decided(
    locked: LockedPeriod,
    ask: Ask,
    guest: AskingGuest,
    request: BookingRequest,
    answer: Yes | No,
    booker: Booker,
) -> tuple[Changes, Yes | No] | None:
    """Return the changes that make the reservation, and by which answer; None for a refusal."""
    made = Promise(
        reservation_id=request.reservation_id or uuid4(),
        period_id=locked.picture.period.period_id,
        state="booked",
        party_size=ask.party_size,
        starts=ask.starts,
        ends=turn_end(locked.house, locked.picture.period, ask),
        duration_minutes=ask.minutes,
        needs=ask.needs,
        preferences=ask.preferences,
        tags=ask.tags,
        guest_id=guest.guest_id,
        channel=booker.channel,
        name=request.guest.name,
        fixed=bool(request.tables),
        made_at=locked.now,
        client_id=booker.client_id,
    )
    if isinstance(answer, Yes):
        if asks_a_person(locked.house, locked.picture.period, booker.actor, ask):
            return Changes(promises=(as_request(made, "requested"),)), answer
        shared = shares_phone(locked.picture, ask, locked.house)
        changes = _accepted(locked, made, request, answer, duplicate_allowed=shared)
        check_access(locked, changes.promises[-1], booker)
        return changes, answer
    if request.overrule is None or booker.staff_id is None:
        return None
    check_may_overrule(locked, booker)
    return _overruled(locked, ask, made, request, answer)


def _against_access(locked: LockedPeriod, promise: Promise) -> bool:
    """Tell whether a person gave tables that an access rule keeps from the party."""
    return promise.fixed and against_access(locked.house, promise)


def _accepted(
    locked: LockedPeriod,
    made: Promise,
    request: BookingRequest,
    answer: Yes,
    *,
    duplicate_allowed: bool,
) -> Changes:
    promise = replace(
        accepted(replace(made, tables=request.tables), answer),
        duplicate_allowed=duplicate_allowed,
    )
    moved = answer.moved if promise.tables else {}
    return with_plan_moves(locked.picture, moved, Changes(promises=(promise,)))


def _overruled(
    locked: LockedPeriod, ask: Ask, made: Promise, request: BookingRequest, no: No
) -> tuple[Changes, Yes | No]:
    """Return the changes of an overruled refusal; raises NotPossibleNow if named tables are taken.

    Named tables are given; without any it is overbooked, or physical if only DUPLICATE or the
    price refused it.
    """
    picture, house, now = locked.picture, locked.house, locked.now
    if no.code in {"DUPLICATE", "BID_PRICE"}:
        again = decide(picture, replace(ask, guest_id=None), house, now=now, quick=True)
        if isinstance(again, Yes) and again.kind == "physical":
            shared = no.code == "DUPLICATE" or shares_phone(picture, ask, house)
            changes = _accepted(locked, made, request, again, duplicate_allowed=shared)
            return changes, again if no.code == "DUPLICATE" else no
    if request.tables:
        return given_named(locked, made, request.tables), no
    beyond = replace(made, kind="overbooked", overruled=True, duplicate_allowed=True)
    return Changes(promises=(beyond,)), no


def given_named(locked: LockedPeriod, promise: Promise, named: tuple[str, ...]) -> Changes:
    """Return the changes that give the party these tables. Raises NotPossibleNow if taken."""
    given = give_named(locked.picture, promise, named, locked.house, now=locked.now)
    if isinstance(given, Message):
        raise NotPossibleNow(given, pointer="/tables")
    return given


def check_access(locked: LockedPeriod, promise: Promise, booker: Booker) -> None:
    """Raise NotAllowed if tables kept by an access rule are not this person's to give."""
    if _against_access(locked, promise):
        check_may_overrule(locked, booker)


def check_may_overrule(locked: LockedPeriod, booker: Booker) -> None:
    """Raise NotAllowed for a host on another than the current service date."""
    if booker.actor == "host" and not is_tonight(locked.house, locked.picture.period, locked.now):
        raise NotAllowed(message("overrule-tonight-only"), pointer="/overrule")
