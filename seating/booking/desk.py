"""Reservations by staff: once per action id, with an audit record."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from policies.book.answers import Explanation, No
from policies.book.consequences import MovedParty, OrderWarning, WarningCode
from policies.book.deeds import BookedThen, Deed, ToldThen
from policies.book.lifecycles import NotPossible
from policies.book.picture import Promise
from policies.booking.same_guest import SameGuest, same_guest
from policies.booking.tables import enquiry_protected_until
from policies.booking.words import explain, outcome_of_code
from policies.house.house import House
from policies.house.room import preferences_met
from policies.house.wording import same_person
from policies.house.zones import zone_named
from policies.rescue.playbook import RefusalScript
from policies.words.message import message
from seating.book.actions import ActionKey, fingerprint, keep_answer, replayed_answer
from seating.book.in_force import house_of
from seating.book.periods import read_period, read_unlocked
from seating.book.reservations import (
    Booker,
    Reservation,
    read_reservation,
    requests_ahead,
    reservations_of_date,
)
from seating.booking.changing import Change, cancel, change
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

BESIDE_THE_ROW = """
select r.reservation_id, g.phone,
       (select coalesce(json_agg(json_build_object('reservation_id', o.reservation_id,
                   'name', o.name, 'party_size', o.party_size, 'starts', o.starts)
                   order by o.starts, o.reservation_id), '[]')::text from reservation o
        where o.venue_id = $1 and o.guest_id = r.guest_id and o.reservation_id <> r.reservation_id
          and o.starts < r.ends and r.starts < o.ends
          and o.state in ('requested', 'booked', 'arrived', 'seated')
          and r.state in ('requested', 'booked', 'arrived', 'seated')) as same_hours,
       coalesce(r.email, g.email) as email, coalesce(g.tags, '{}') as guest_tags,
       array(select i.table_id from intention i
             where i.venue_id = $1 and i.subject_id = r.reservation_id order by i.place) as tables
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = any($2::uuid[])
"""

RESERVATION_EXISTS = """
select exists (select from reservation where venue_id = $1 and reservation_id = $2)
"""

EXPLAINED = """
select explained::text from reservation where venue_id = $1 and reservation_id = $2
"""


class BookEntry(Reservation, frozen=True, kw_only=True):
    """A reservation with its planned tables, and how its guest is reached and known.

    `maybe_same_guest_as`: others of this number and name in the same hours, by another way.
    `preferences_met`: whether these are as the party would like them; None without. Of a request
    that keeps a place out of sale online (house.enquiries): `protected_until`.
    Read by id also the value calculation behind its acceptance: `explained` in numbers, `because`
    as a sentence.
    """

    tables: tuple[str, ...] = ()
    phone: str | None = None
    email: str | None = None
    guest_tags: tuple[str, ...] = ()
    explained: Explanation | None = None
    because: str = ""
    preferences_met: bool | None = None
    protected_until: datetime | None = None
    maybe_same_guest_as: tuple[SameGuest, ...] = ()


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


async def entries_of_date(
    conn: Connection, venue_id: str, service_date: date, clock: Clock
) -> tuple[BookEntry, ...]:
    """Return every reservation of a service date, by start."""
    found = await reservations_of_date(conn, venue_id, service_date)
    return await entries_of(conn, venue_id, found, now=await clock.now(conn))


async def entry_of(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker, clock: Clock
) -> BookEntry:
    """Return one reservation; raises NotFound."""
    found = await read_reservation(conn, venue_id, reservation_id, booker)
    (entry,) = await entries_of(conn, venue_id, (found,), now=await clock.now(conn))
    return await _with_reasons(conn, venue_id, entry)


async def pending_requests(conn: Connection, venue_id: str, clock: Clock) -> tuple[BookEntry, ...]:
    """Return the requests that wait for approval, of all dates ahead."""
    now = await clock.now(conn)
    return await entries_of(conn, venue_id, await requests_ahead(conn, venue_id, now=now), now=now)


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
    entry = await _with_reasons(conn, venue_id, entry)
    told = structs.asdict(telling.told)
    return WrittenEntry(**structs.asdict(entry), **told)


async def _refusal_answer(
    conn: Connection, venue_id: str, made: LoggedRefusal, now: datetime
) -> DeskAnswer:
    no, because = made.no, ""
    house = (await house_of(conn, venue_id)).house
    if no.explained is not None:
        because = explain(no.explained, house, outcome_of_code(no.code))
    zone, answers = zone_named(house.venue.zone), None
    if made.turnaway_id is not None:
        answers = await answers_tonight(conn, venue_id, no.code, now=now)
    local = tuple(instant.astimezone(zone) for instant in no.alternatives)
    no = structs.replace(no, alternatives=local)
    return DeskAnswer(no=no, because=because, turnaway_id=made.turnaway_id, answers=answers)


async def entries_of(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...], *, now: datetime
) -> tuple[BookEntry, ...]:
    """Return reservations as the desk reads them; what is due counts as applied."""
    ids = [reservation.reservation_id for reservation in reservations]
    rows = await conn.fetch(BESIDE_THE_ROW, venue_id, ids)
    beside = {row["reservation_id"]: dict(row) for row in rows}
    aged = await _promises_by_now(conn, venue_id, reservations, now)
    in_force = await house_of(conn, venue_id)
    entries = (
        _entry(each, beside[each.reservation_id], aged.get(each.reservation_id), in_force.house)
        for each in reservations
    )
    return tuple(_judged(each, in_force.on(each.service_date).house, now) for each in entries)


def _judged(entry: BookEntry, house: House, now: datetime) -> BookEntry:
    """Return the entry with what the house of its date says of its wishes and its place."""
    met = preferences_met(house, entry.preferences, entry.tables)
    until = None
    if entry.state == "requested":
        until = enquiry_protected_until(
            house, entry.needs, starts=entry.starts, made_at=entry.created_at, now=now
        )
    if met is None and until is None:
        return entry
    return structs.replace(entry, preferences_met=met, protected_until=until)


async def _with_reasons(conn: Connection, venue_id: str, entry: BookEntry) -> BookEntry:
    text = await conn.fetchval(EXPLAINED, venue_id, entry.reservation_id)
    if text is None:
        return entry
    explained = msgspec.json.decode(text, type=Explanation)
    house = (await house_of(conn, venue_id)).house
    because = explain(explained, house, "given")
    return structs.replace(entry, explained=explained, because=because)


class _Other(Struct, frozen=True, kw_only=True):
    reservation_id: UUID
    name: str
    party_size: int
    starts: datetime


def _same_guests(text: str, name: str, house: House) -> tuple[SameGuest, ...]:
    others = msgspec.json.decode(text, type=list[_Other])
    return tuple(
        same_guest(
            house, each.name, each.party_size, each.starts, reservation_id=each.reservation_id
        )
        for each in others
        if same_person(each.name, name)
    )


def _entry(
    reservation: Reservation, beside: dict[str, Any], aged: Promise | None, house: House
) -> BookEntry:
    same = _same_guests(beside.pop("same_hours"), reservation.name, house)
    facts = structs.asdict(reservation) | beside | {"maybe_same_guest_as": same}
    facts |= {"tables": tuple(beside["tables"]), "guest_tags": tuple(beside["guest_tags"])}
    if aged is not None:
        facts |= {"state": aged.state, "version": aged.version, "tables": aged.tables}
        facts |= {"fixed": aged.fixed, "lost_tables": aged.lost_tables}
    return BookEntry(**facts)


async def _promises_by_now(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...], now: datetime
) -> dict[UUID, Promise]:
    """Return the promises of started periods as they are by now (late, no-show, replanned)."""
    started = [each for each in reservations if each.state == "booked" and each.starts <= now]
    in_force = await house_of(conn, venue_id)
    found: dict[UUID, Promise] = {}
    for period_id in sorted({each.period_id for each in started}):
        period = await read_period(conn, venue_id, period_id)
        picture = await read_unlocked(conn, venue_id, in_force, period, now=now)
        found |= {promise.reservation_id: promise for promise in picture.promises}
    ids = {each.reservation_id for each in started}
    return {key: promise for key, promise in found.items() if key in ids}
