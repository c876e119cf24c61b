"""Reservations by staff: once per action id, with an audit record."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from policies.book.answers import No
from policies.book.consequences import MovedParty, OrderWarning, WarningCode
from policies.book.deeds import BookedThen, Deed, ToldThen
from policies.book.lifecycles import NotPossible
from policies.booking.words import explain, outcome_of_code, reasons_of
from policies.house.zones import zone_named
from policies.rescue.playbook import RefusalScript
from policies.words.message import message
from seating.book.actions import ActionKey, fingerprint, keep_answer, replayed_answer
from seating.book.in_force import house_of
from seating.book.reservations import (
    Booker,
    Reservation,
)
from seating.booking.changing import Change, cancel, change
from seating.booking.desk.entries import BookEntry, entries_of, entry_of, with_reasons
from seating.booking.making import BookingRequest, create_reservation
from seating.booking.reinstating import reinstate
from seating.booking.telling import Telling
from seating.clock import Clock
from seating.db import Connection
from seating.door.answering import Touched, answer_to
from seating.door.order_answer import OrderAnswer
from seating.errors import IdReused, MaitredError, Stale
from seating.turnaways.log import LoggedRefusal
from seating.turnaways.playbook import answers_tonight

RESERVATION_EXISTS = """
select exists (select from reservation where venue_id = $1 and reservation_id = $2)
"""


class WrittenEntry(BookEntry, frozen=True, kw_only=True):
    """A reservation just written: what the desk should know, and whose tables moved for it.

    `result`: what that changed, as the stand shows it, read once it has been written. `dry_run`:
    nothing was written; a new reservation and guest will have another code and id.
    """

    warnings: tuple[OrderWarning, ...] = ()
    moved: tuple[MovedParty, ...] = ()
    dry_run: bool = False
    result: OrderAnswer | None = None


class DeskOrder(Struct, frozen=True, kw_only=True):
    """How a write of the desk is asked for: its id, the warnings it accepts, whether it is real."""

    action_id: UUID
    anyway: tuple[WarningCode, ...] = ()
    dry_run: bool = False


class DeskAnswer(Struct, frozen=True, kw_only=True):
    """The reservation, or the refusal with its explanation `because`.

    A refusal comes with the turnaway it was logged as, none in a dry run, and the playbook's
    answers to its cause, but for named tables that will not do; its alternatives are by the venue's
    clock.
    """

    entry: WrittenEntry | None = None
    no: No | None = None
    because: str = ""
    turnaway_id: UUID | None = None
    answers: RefusalScript | None = None


def touched_by_desk(
    entry: WrittenEntry, action_id: UUID, *, rehearsed: str | None = None
) -> Touched:
    """Return what the desk changed, for the answer to the tablet; `rehearsed`: of a dry run."""
    others = (each.reservation_id for each in entry.moved)
    exposed = (each.reservation_id for each in entry.warnings if each.code == "PARTY_EXPOSED")
    every = dict.fromkeys((entry.reservation_id, *others, *filter(None, exposed)))
    booked = BookedThen(
        name=entry.name, party_size=entry.party_size, starts=entry.starts, tables=entry.tables
    )
    return Touched(
        action_id=action_id,
        period_id=entry.period_id,
        reservations=tuple(every),
        warnings=entry.warnings,
        moved=entry.moved,
        deed=Deed(kind=rehearsed, told=ToldThen(entry=booked)) if rehearsed else None,
    )


async def reserve(
    conn: Connection,
    venue_id: str,
    wanted: DeskOrder,
    request: BookingRequest,
    booker: Booker,
    clock: Clock,
) -> DeskAnswer:
    """Make a reservation. Raises as `making.create_reservation`, and IdReused."""

    async def make(telling: Telling) -> Reservation | LoggedRefusal:
        named = request
        if await conn.fetchval(RESERVATION_EXISTS, venue_id, request.reservation_id):
            if not wanted.dry_run:
                raise IdReused(message("id-stands-for-another-action"), pointer="/id")
            # A dry run is answered as of now, also under an id that was carried out.
            named = structs.replace(request, reservation_id=None)
        made = await create_reservation(conn, venue_id, named, booker, clock, telling)
        return made if isinstance(made, LoggedRefusal) else made.reservation

    key = ActionKey(wanted.action_id, "Reserve", fingerprint(request), request.overrule)
    return await _answer(conn, venue_id, wanted, key, booker, clock, make)


async def change_reservation(
    conn: Connection,
    venue_id: str,
    wanted: DeskOrder,
    reservation_id: UUID,
    wish: Change,
    version: int,
    booker: Booker,
    clock: Clock,
) -> DeskAnswer:
    """Change a reservation. Raises as `changing.change`, and IdReused; Stale has the entry now."""

    async def make(telling: Telling) -> Reservation | LoggedRefusal:
        asked = (conn, venue_id, reservation_id, wish, booker, clock)
        try:
            return await change(*asked, version=version, telling=telling)
        except Stale as stale:
            now = await entry_of(conn, venue_id, reservation_id, booker, clock)
            raise Stale(stale.said, pointer="/version", now=now) from None

    asked = fingerprint(reservation_id, version, wish)
    key = ActionKey(wanted.action_id, "Alter", asked, wish.overrule)
    return await _answer(conn, venue_id, wanted, key, booker, clock, make)


async def cancel_reservation(
    conn: Connection,
    venue_id: str,
    wanted: DeskOrder,
    reservation_id: UUID,
    why: str,
    booker: Booker,
    clock: Clock,
) -> DeskAnswer:
    """Cancel a reservation. Raises as `changing.cancel`, and IdReused."""

    async def make(telling: Telling) -> Reservation | LoggedRefusal:
        return await cancel(conn, venue_id, reservation_id, why, booker, clock, telling)

    key = ActionKey(wanted.action_id, "Cancel", fingerprint(reservation_id, why), why)
    return await _answer(conn, venue_id, wanted, key, booker, clock, make)


async def reinstate_reservation(
    conn: Connection,
    venue_id: str,
    wanted: DeskOrder,
    reservation_id: UUID,
    version: int,
    overrule: str | None,
    booker: Booker,
    clock: Clock,
) -> DeskAnswer:
    """Reinstate one. Raises as `reinstating.reinstate`, and IdReused; Stale has the entry now."""

    async def make(telling: Telling) -> Reservation | LoggedRefusal:
        asked = (conn, venue_id, reservation_id, booker, clock)
        try:
            return await reinstate(*asked, version=version, overrule=overrule, telling=telling)
        except Stale as stale:
            now = await entry_of(conn, venue_id, reservation_id, booker, clock)
            raise Stale(stale.said, pointer="/version", now=now) from None

    asked = fingerprint(reservation_id, version, overrule)
    key = ActionKey(wanted.action_id, "Reinstate", asked, overrule)
    return await _answer(conn, venue_id, wanted, key, booker, clock, make)


Make = Callable[[Telling], Awaitable[Reservation | LoggedRefusal]]


async def _answer(
    conn: Connection,
    venue_id: str,
    wanted: DeskOrder,
    key: ActionKey,
    booker: Booker,
    clock: Clock,
    make: Make,
) -> DeskAnswer:
    if wanted.dry_run:
        return await _rehearsed(conn, venue_id, wanted, key, booker, clock, make)
    return await _once(conn, venue_id, wanted, key, booker, clock, make)


async def _rehearsed(
    conn: Connection,
    venue_id: str,
    wanted: DeskOrder,
    key: ActionKey,
    booker: Booker,
    clock: Clock,
    make: Make,
) -> DeskAnswer:
    """Return what `make` would answer: it is carried out in a savepoint that is rolled back.

    So nothing is written, announced or logged, and the period is locked for that moment only.
    """
    telling = Telling(wanted.anyway, booker.staff_id)
    rehearsal = conn.transaction()
    await rehearsal.start()
    try:
        made, now = await make(telling), await clock.now(conn)
        if isinstance(made, LoggedRefusal):
            answer = await _refusal_answer(conn, venue_id, made, now)
            return structs.replace(answer, turnaway_id=None)
        entry = await _written(conn, venue_id, made, telling, now)
        entry = structs.replace(entry, dry_run=True)
        touched = touched_by_desk(entry, wanted.action_id, rehearsed=key.kind)
        result = await answer_to(conn, venue_id, touched, booker.staff_id, clock)
        return DeskAnswer(entry=structs.replace(entry, result=result))
    finally:
        await rehearsal.rollback()


async def _once(
    conn: Connection,
    venue_id: str,
    wanted: DeskOrder,
    action: ActionKey,
    booker: Booker,
    clock: Clock,
    make: Make,
) -> DeskAnswer:
    """Run `make` and record the answer, or return the recorded one (the action id is unique)."""
    earlier = await replayed_answer(conn, venue_id, action, DeskAnswer)
    if earlier is not None:
        return earlier
    telling = Telling(wanted.anyway, booker.staff_id)
    try:
        made, now = await make(telling), await clock.now(conn)
    except (MaitredError, NotPossible):
        # The same action may have been carried out concurrently: then its answer is the answer.
        earlier = await replayed_answer(conn, venue_id, action, DeskAnswer)
        if earlier is None:
            raise
        return earlier
    if isinstance(made, LoggedRefusal):
        answer = await _refusal_answer(conn, venue_id, made, now)
        period_id, subject = None, made.turnaway_id
    else:
        answer = DeskAnswer(entry=await _written(conn, venue_id, made, telling, now))
        period_id, subject = made.period_id, made.reservation_id
    return await keep_answer(
        conn,
        venue_id,
        action,
        answer,
        by=booker.staff_id,
        at=now,
        period_id=period_id,
        subject_id=subject,
    )


async def _written(
    conn: Connection, venue_id: str, made: Reservation, telling: Telling, now: datetime
) -> WrittenEntry:
    (entry,) = await entries_of(conn, venue_id, (made,), now=now)
    entry = await with_reasons(conn, venue_id, entry)
    told = structs.asdict(telling.told)
    return WrittenEntry(**structs.asdict(entry), **told)


async def _refusal_answer(
    conn: Connection, venue_id: str, made: LoggedRefusal, now: datetime
) -> DeskAnswer:
    no, because = made.no, ""
    house = (await house_of(conn, venue_id)).house
    if no.explained is not None:
        reasons = reasons_of(no.explained, house, outcome_of_code(no.code))
        because = explain(reasons, house)
    zone, answers = zone_named(house.venue.zone), None
    if made.turnaway_id is not None:
        answers = await answers_tonight(conn, venue_id, no.code, now=now)
    local = tuple(instant.astimezone(zone) for instant in no.alternatives)
    no = structs.replace(no, alternatives=local)
    return DeskAnswer(no=no, because=because, turnaway_id=made.turnaway_id, answers=answers)
