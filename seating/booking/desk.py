"""Reservations by phone and at the desk: as for anybody, but once per tap and on record."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from policies.book.answers import Explained, No
from policies.book.lifecycles import NotPossible
from policies.book.picture import Promise
from policies.booking.words import explain, outcome_of
from policies.rescue.playbook import Answers
from seating.book.actions import Action, fingerprint, record_action, replayed
from seating.book.in_force import house_of
from seating.book.periods import read_period, seen
from seating.book.reservations import (
    Booker,
    Reservation,
    read_reservation,
    requests_ahead,
    reservations_of_date,
)
from seating.booking.changing import Change, cancel, change
from seating.booking.making import Order, create
from seating.clock import Clock
from seating.db import Connection
from seating.errors import MaitredError, Stale
from seating.turnaways.log import Refused
from seating.turnaways.playbook import answers_tonight

TABLES_MEANT = """
select subject_id, array_agg(table_id order by place) as tables from intention
where venue_id = $1 and subject_id = any($2::uuid[]) group by subject_id
"""


EXPLAINED = """
select explained::text from reservation where venue_id = $1 and reservation_id = $2
"""


class Entry(Reservation, frozen=True, kw_only=True):
    """A reservation with the tables meant for it.

    Read alone, also why it was given, where that was by value: in numbers and in a sentence.
    """

    tables: tuple[str, ...] = ()
    explained: Explained | None = None
    because: str = ""


class Answer(Struct, frozen=True, kw_only=True):
    """What the desk was told: the reservation, or the rule that binds, `because` of what.

    With a "no" the turnaway it was logged as, and what the playbook has for the cause.
    """

    entry: Entry | None = None
    no: No | None = None
    because: str = ""
    turnaway_id: UUID | None = None
    answers: Answers | None = None


class Tap(Struct, frozen=True):
    """One tap of a host: its id, what kind, why, and the fingerprint of what it asks."""

    action_id: UUID
    kind: str
    reason: str | None
    asked: str


async def reserve(
    conn: Connection, venue_id: str, action_id: UUID, order: Order, booker: Booker, clock: Clock
) -> Answer:
    """Make a reservation whose id is the action's. Raises as `booking.create`."""

    async def make() -> Reservation | Refused:
        made = await create(conn, venue_id, order, booker, clock)
        return made if isinstance(made, Refused) else made.reservation

    tap = Tap(action_id, "Reserve", order.overrule, fingerprint(order))
    return await _once(conn, venue_id, tap, booker, clock, make)


async def alter(
    conn: Connection,
    venue_id: str,
    action_id: UUID,
    reservation_id: UUID,
    wish: Change,
    version: int,
    booker: Booker,
    clock: Clock,
) -> Answer:
    """Change a reservation. Raises as `changing.change`."""

    async def make() -> Reservation | Refused:
        try:
            return await change(
                conn, venue_id, reservation_id, wish, booker, clock, version=version
            )
        except Stale as stale:
            now = await entry_of(conn, venue_id, reservation_id, booker, clock)
            raise Stale(stale.detail, pointer="/version", now=now) from None

    asked = fingerprint(reservation_id, version, wish)
    tap = Tap(action_id, "Alter", wish.overrule, asked)
    return await _once(conn, venue_id, tap, booker, clock, make)


async def call_off(
    conn: Connection,
    venue_id: str,
    action_id: UUID,
    reservation_id: UUID,
    why: str,
    booker: Booker,
    clock: Clock,
) -> Answer:
    """Cancel a reservation. Raises as `changing.cancel`."""

    async def make() -> Reservation | Refused:
        return await cancel(conn, venue_id, reservation_id, why, booker, clock)

    tap = Tap(action_id, "Cancel", why, fingerprint(reservation_id, why))
    return await _once(conn, venue_id, tap, booker, clock, make)


async def entries_of_date(
    conn: Connection, venue_id: str, service_date: date, clock: Clock
) -> tuple[Entry, ...]:
    """Return every reservation of a service date, in order of arrival."""
    found = await reservations_of_date(conn, venue_id, service_date)
    return await _entries(conn, venue_id, found, now=await clock.now(conn))


async def entry_of(
    conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker, clock: Clock
) -> Entry:
    """Return one reservation; raises NotFound."""
    found = await read_reservation(conn, venue_id, reservation_id, booker)
    (entry,) = await _entries(conn, venue_id, (found,), now=await clock.now(conn))
    return await _with_reasons(conn, venue_id, entry)


async def requests(conn: Connection, venue_id: str, clock: Clock) -> tuple[Entry, ...]:
    """Return what waits for a person's yes, on any date ahead."""
    now = await clock.now(conn)
    return await _entries(conn, venue_id, await requests_ahead(conn, venue_id, now=now), now=now)


async def _once(
    conn: Connection,
    venue_id: str,
    tap: Tap,
    booker: Booker,
    clock: Clock,
    make: Callable[[], Awaitable[Reservation | Refused]],
) -> Answer:
    """Do it and keep the answer, or give the one kept: two at once clash on the action's id."""
    earlier = await replayed(conn, venue_id, tap.action_id, tap.kind, tap.asked)
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=Answer)
    try:
        made, now = await make(), await clock.now(conn)
    except (MaitredError, NotPossible):
        # Its twin was first to the lock: then it is what is in the way, and its answer ours.
        earlier = await replayed(conn, venue_id, tap.action_id, tap.kind, tap.asked)
        if earlier is None:
            raise
        return msgspec.json.decode(earlier.answer, type=Answer)
    if isinstance(made, Refused):
        answer = await _refused(conn, venue_id, made, now)
        period_id, subject = None, made.turnaway_id
    else:
        (entry,) = await _entries(conn, venue_id, (made,), now=now)
        answer = Answer(entry=await _with_reasons(conn, venue_id, entry))
        period_id, subject = made.period_id, made.reservation_id
    kept = Action(
        action_id=tap.action_id,
        asked=tap.asked,
        kind=tap.kind,
        staff_id=booker.staff_id,
        at=now,
        period_id=period_id,
        subject_id=subject,
        reason=tap.reason,
        answer=msgspec.Raw(msgspec.json.encode(answer)),
    )
    await record_action(conn, venue_id, kept)
    return answer


async def _refused(conn: Connection, venue_id: str, made: Refused, now: datetime) -> Answer:
    no, because = made.no, ""
    if no.explained is not None:
        house = (await house_of(conn, venue_id)).house
        because = explain(no.explained, house, outcome_of(no.code))
    answers = await answers_tonight(conn, venue_id, no.code, now=now)
    return Answer(no=no, because=because, turnaway_id=made.turnaway_id, answers=answers)


async def _entries(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...], *, now: datetime
) -> tuple[Entry, ...]:
    """Return reservations with their tables, counting what fell due as done."""
    ids = [reservation.reservation_id for reservation in reservations]
    rows = await conn.fetch(TABLES_MEANT, venue_id, ids)
    tables = {row["subject_id"]: tuple(row["tables"]) for row in rows}
    aged = await _aged(conn, venue_id, reservations, now)
    return tuple(
        _entry(each, tables.get(each.reservation_id, ()), aged.get(each.reservation_id))
        for each in reservations
    )


async def _with_reasons(conn: Connection, venue_id: str, entry: Entry) -> Entry:
    text = await conn.fetchval(EXPLAINED, venue_id, entry.reservation_id)
    if text is None:
        return entry
    explained = msgspec.json.decode(text, type=Explained)
    house = (await house_of(conn, venue_id)).house
    because = explain(explained, house, "given")
    return structs.replace(entry, explained=explained, because=because)


def _entry(reservation: Reservation, tables: tuple[str, ...], aged: Promise | None) -> Entry:
    facts = structs.asdict(reservation) | {"tables": tables}
    if aged is not None:
        facts |= {"state": aged.state, "version": aged.version, "tables": aged.tables}
    return Entry(**facts)


async def _aged(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...], now: datetime
) -> dict[UUID, Promise]:
    """Return the promises that time may have changed since anybody wrote to their period."""
    started = [each for each in reservations if each.state == "booked" and each.starts <= now]
    house = (await house_of(conn, venue_id)).house
    found: dict[UUID, Promise] = {}
    for period_id in sorted({each.period_id for each in started}):
        period = await read_period(conn, venue_id, period_id)
        picture = await seen(conn, venue_id, house, period, now=now)
        found |= {promise.reservation_id: promise for promise in picture.promises}
    ids = {each.reservation_id for each in started}
    return {key: promise for key, promise in found.items() if key in ids}
