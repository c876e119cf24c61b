"""Reservations by staff: once per action id, with an audit record."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from policies.book.answers import Explanation, No
from policies.book.lifecycles import NotPossible
from policies.book.picture import Promise
from policies.booking.words import explain, outcome_of_code
from policies.rescue.playbook import RefusalScript
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
from seating.clock import Clock
from seating.db import Connection
from seating.errors import MaitredError, Stale
from seating.turnaways.log import LoggedRefusal
from seating.turnaways.playbook import answers_tonight

PLANNED_TABLES = """
select subject_id, array_agg(table_id order by place) as tables from intention
where venue_id = $1 and subject_id = any($2::uuid[]) group by subject_id
"""


EXPLAINED = """
select explained::text from reservation where venue_id = $1 and reservation_id = $2
"""


class BookEntry(Reservation, frozen=True, kw_only=True):
    """A reservation with its planned tables.

    Read by id also the value calculation behind its acceptance: `explained` in numbers, `because`
    as a sentence.
    """

    tables: tuple[str, ...] = ()
    explained: Explanation | None = None
    because: str = ""


class DeskAnswer(Struct, frozen=True, kw_only=True):
    """The reservation, or the refusal with its explanation `because`.

    A refusal comes with the turnaway it was logged as and the playbook's answers to its cause.
    """

    entry: BookEntry | None = None
    no: No | None = None
    because: str = ""
    turnaway_id: UUID | None = None
    answers: RefusalScript | None = None


async def reserve(
    conn: Connection,
    venue_id: str,
    action_id: UUID,
    request: BookingRequest,
    booker: Booker,
    clock: Clock,
) -> DeskAnswer:
    """Make a reservation. Raises as `making.create_reservation`, and IdReused."""

    async def make() -> Reservation | LoggedRefusal:
        made = await create_reservation(conn, venue_id, request, booker, clock)
        return made if isinstance(made, LoggedRefusal) else made.reservation

    action = ActionKey(action_id, "Reserve", fingerprint(request), request.overrule)
    return await _once(conn, venue_id, action, booker, clock, make)


async def change_reservation(
    conn: Connection,
    venue_id: str,
    action_id: UUID,
    reservation_id: UUID,
    wish: Change,
    version: int,
    booker: Booker,
    clock: Clock,
) -> DeskAnswer:
    """Change a reservation. Raises as `changing.change`, and IdReused; Stale has the entry now."""

    async def make() -> Reservation | LoggedRefusal:
        try:
            return await change(
                conn, venue_id, reservation_id, wish, booker, clock, version=version
            )
        except Stale as stale:
            now = await entry_of(conn, venue_id, reservation_id, booker, clock)
            raise Stale(stale.said, pointer="/version", now=now) from None

    asked = fingerprint(reservation_id, version, wish)
    action = ActionKey(action_id, "Alter", asked, wish.overrule)
    return await _once(conn, venue_id, action, booker, clock, make)


async def cancel_reservation(
    conn: Connection,
    venue_id: str,
    action_id: UUID,
    reservation_id: UUID,
    why: str,
    booker: Booker,
    clock: Clock,
) -> DeskAnswer:
    """Cancel a reservation. Raises as `changing.cancel`, and IdReused."""

    async def make() -> Reservation | LoggedRefusal:
        return await cancel(conn, venue_id, reservation_id, why, booker, clock)

    action = ActionKey(action_id, "Cancel", fingerprint(reservation_id, why), why)
    return await _once(conn, venue_id, action, booker, clock, make)


async def entries_of_date(
    conn: Connection, venue_id: str, service_date: date, clock: Clock
) -> tuple[BookEntry, ...]:
    """Return every reservation of a service date, by start."""
    found = await reservations_of_date(conn, venue_id, service_date)
    return await _entries(conn, venue_id, found, now=await clock.now(conn))


async def entry_of(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker, clock: Clock
) -> BookEntry:
    """Return one reservation; raises NotFound."""
    found = await read_reservation(conn, venue_id, reservation_id, booker)
    (entry,) = await _entries(conn, venue_id, (found,), now=await clock.now(conn))
    return await _with_reasons(conn, venue_id, entry)


async def pending_requests(conn: Connection, venue_id: str, clock: Clock) -> tuple[BookEntry, ...]:
    """Return the requests that wait for approval, of all dates ahead."""
    now = await clock.now(conn)
    return await _entries(conn, venue_id, await requests_ahead(conn, venue_id, now=now), now=now)


async def _once(
    conn: Connection,
    venue_id: str,
    action: ActionKey,
    booker: Booker,
    clock: Clock,
    make: Callable[[], Awaitable[Reservation | LoggedRefusal]],
) -> DeskAnswer:
    """Run `make` and record the answer, or return the recorded one (the action id is unique)."""
    earlier = await replayed_answer(conn, venue_id, action, DeskAnswer)
    if earlier is not None:
        return earlier
    try:
        made, now = await make(), await clock.now(conn)
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
        (entry,) = await _entries(conn, venue_id, (made,), now=now)
        answer = DeskAnswer(entry=await _with_reasons(conn, venue_id, entry))
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


async def _refusal_answer(
    conn: Connection, venue_id: str, made: LoggedRefusal, now: datetime
) -> DeskAnswer:
    no, because = made.no, ""
    if no.explained is not None:
        house = (await house_of(conn, venue_id)).house
        because = explain(no.explained, house, outcome_of_code(no.code))
    answers = await answers_tonight(conn, venue_id, no.code, now=now)
    return DeskAnswer(no=no, because=because, turnaway_id=made.turnaway_id, answers=answers)


async def _entries(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...], *, now: datetime
) -> tuple[BookEntry, ...]:
    """Return reservations with their planned tables; what is due counts as applied."""
    ids = [reservation.reservation_id for reservation in reservations]
    rows = await conn.fetch(PLANNED_TABLES, venue_id, ids)
    tables = {row["subject_id"]: tuple(row["tables"]) for row in rows}
    aged = await _promises_by_now(conn, venue_id, reservations, now)
    return tuple(
        _entry(each, tables.get(each.reservation_id, ()), aged.get(each.reservation_id))
        for each in reservations
    )


async def _with_reasons(conn: Connection, venue_id: str, entry: BookEntry) -> BookEntry:
    text = await conn.fetchval(EXPLAINED, venue_id, entry.reservation_id)
    if text is None:
        return entry
    explained = msgspec.json.decode(text, type=Explanation)
    house = (await house_of(conn, venue_id)).house
    because = explain(explained, house, "given")
    return structs.replace(entry, explained=explained, because=because)


def _entry(reservation: Reservation, tables: tuple[str, ...], aged: Promise | None) -> BookEntry:
    facts = structs.asdict(reservation) | {"tables": tables}
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
