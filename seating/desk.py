"""Reservations by phone and at the desk: as for anybody, but once per tap and on record."""

from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import msgspec
from msgspec import Struct, structs

from policies.terms import No
from seating.actions import Action, record_action, replayed
from seating.booking import Order, Refused, create
from seating.changing import Change, cancel, change
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Stale
from seating.reservations import (
    Booker,
    Reservation,
    read_reservation,
    requests_ahead,
    reservations_of_date,
)

TABLES_MEANT = """
select subject_id, array_agg(table_id order by place) as tables from intention
where venue_id = $1 and subject_id = any($2::uuid[]) group by subject_id
"""


class Entry(Reservation, frozen=True, kw_only=True):
    """A reservation with the tables meant for it."""

    tables: tuple[str, ...] = ()


class Answer(Struct, frozen=True, kw_only=True):
    """What the desk was told: the reservation, or the rule that binds."""

    entry: Entry | None = None
    no: No | None = None


async def reserve(
    conn: Connection, venue_id: str, action_id: UUID, order: Order, booker: Booker, clock: Clock
) -> Answer:
    """Make a reservation whose id is the action's. Raises as `booking.create`."""

    async def make() -> Reservation | Refused:
        made = await create(conn, venue_id, order, booker, clock)
        return made if isinstance(made, Refused) else made.reservation

    return await _once(conn, venue_id, (action_id, "Reserve", order.overrule), booker, clock, make)


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
            now = await entry_of(conn, venue_id, reservation_id, booker)
            raise Stale(stale.detail, pointer="/version", now=now) from None

    return await _once(conn, venue_id, (action_id, "Alter", wish.overrule), booker, clock, make)


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

    return await _once(conn, venue_id, (action_id, "Cancel", why), booker, clock, make)


async def entries_of_date(conn: Connection, venue_id: str, service_date: date) -> tuple[Entry, ...]:
    """Return every reservation of a service date, in order of arrival."""
    return await _entries(conn, venue_id, await reservations_of_date(conn, venue_id, service_date))


async def entry_of(conn: Connection, venue_id: str, reservation_id: UUID, booker: Booker) -> Entry:
    """Return one reservation; raises NotFound."""
    found = await read_reservation(conn, venue_id, reservation_id, booker)
    return (await _entries(conn, venue_id, (found,)))[0]


async def requests(conn: Connection, venue_id: str, clock: Clock) -> tuple[Entry, ...]:
    """Return what waits for a person's yes, on any date ahead."""
    ahead = await requests_ahead(conn, venue_id, now=await clock.now(conn))
    return await _entries(conn, venue_id, ahead)


async def _once(
    conn: Connection,
    venue_id: str,
    action: tuple[UUID, str, str | None],
    booker: Booker,
    clock: Clock,
    make: Callable[[], Awaitable[Reservation | Refused]],
) -> Answer:
    """Do it and keep the answer, or give the one kept: two at once clash on the action's id."""
    action_id, kind, reason = action
    earlier = await replayed(conn, venue_id, action_id, kind)
    if earlier is not None:
        return msgspec.json.decode(earlier.answer, type=Answer)
    made = await make()
    if isinstance(made, Refused):
        answer, period_id, subject = Answer(no=made.no), None, made.turnaway_id
    else:
        answer = Answer(entry=(await _entries(conn, venue_id, (made,)))[0])
        period_id, subject = made.period_id, made.reservation_id
    kept = Action(
        action_id=action_id,
        kind=kind,
        staff_id=booker.staff_id,
        at=await clock.now(conn),
        period_id=period_id,
        subject_id=subject,
        reason=reason,
        answer=msgspec.Raw(msgspec.json.encode(answer)),
    )
    await record_action(conn, venue_id, kept)
    return answer


async def _entries(
    conn: Connection, venue_id: str, reservations: tuple[Reservation, ...]
) -> tuple[Entry, ...]:
    ids = [reservation.reservation_id for reservation in reservations]
    rows = await conn.fetch(TABLES_MEANT, venue_id, ids)
    tables = {row["subject_id"]: tuple(row["tables"]) for row in rows}
    return tuple(
        Entry(**structs.asdict(each), tables=tables.get(each.reservation_id, ()))
        for each in reservations
    )
