"""A host at the stand of the test house: orders given, and what the book says afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from policies.floor import orders
from seating.book.actions import ActionAuthor
from seating.book.in_force import house_of
from seating.book.periods import read_unlocked, tonights_period
from seating.book.reservations import period_of
from seating.db import run, transaction
from seating.door.tonight import read_stand_view
from seating.floor.orders import execute_command
from tests.support.house import CLOCK, HOST, VENUE, booked, move_clock, order

if TYPE_CHECKING:
    from policies.book.consequences import WarningCode
    from policies.book.picture import Picture, Promise, Seating
    from policies.floor.orders import Order
    from policies.house.calendar import Period
    from seating.db import Pool
    from seating.door.stand_view import SeatingView, StandView
    from seating.floor.answers import CommandResult

ANNA = ActionAuthor(staff_id="anna", actor="host")
BORIS = ActionAuthor(staff_id="boris", actor="manager")

LUNCH = """[[periods]]
name = "lunch"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
opens = "12:00"
last_seating = "14:00"
closes = "16:00"
pacing = 500
[[periods]]"""


def with_lunch(text: str) -> str:
    """The same house, open at noon too."""
    return text.replace("[[periods]]", LUNCH, 1)


async def tell(pool: Pool, wish: Order, who: ActionAuthor = ANNA) -> CommandResult:
    return await run(pool, lambda conn: execute_command(conn, VENUE, wish, who, CLOCK))


async def take_back(pool: Pool, told: CommandResult) -> CommandResult:
    return await tell(pool, orders.Undo(id=uuid4(), action_id=told.action_id))


async def walk_in(
    pool: Pool, *tables: str, size: int = 2, anyway: tuple[WarningCode, ...] = ()
) -> Seating:
    wish = orders.Seat(id=uuid4(), tables=tables, party_size=size, anyway=anyway)
    told = await tell(pool, wish)
    return told.seatings[0]


async def clear(pool: Pool, seating: Seating | SeatingView) -> CommandResult:
    return await tell(
        pool, orders.Clear(id=uuid4(), seating_id=seating.seating_id, version=seating.version)
    )


async def reserve(pool: Pool, number: int = 0, **more: Any) -> Promise:  # noqa: ANN401 - of an order
    """A reservation by phone, by a guest of its own."""
    made = await booked(pool, order(number, **more), HOST)
    return await promise(pool, made.reservation.reservation_id)


async def promise(pool: Pool, reservation_id: UUID) -> Promise:
    async with transaction(pool) as conn:
        period = await period_of(conn, VENUE, reservation_id)
    found = {each.reservation_id: each for each in (await picture(pool, period)).promises}
    return found[reservation_id]


async def state(pool: Pool, reservation_id: UUID) -> str:
    """Its state as written, also when tonight no longer shows it."""
    found: str = await pool.fetchval(
        "select state from reservation where reservation_id = $1", reservation_id
    )
    return found


async def picture(pool: Pool, period: Period | None = None) -> Picture:
    """What is true of a period, tonight's unless another is meant."""
    async with transaction(pool) as conn:
        known = await house_of(conn, VENUE)
        now = await CLOCK.now(conn)
        return await read_unlocked(
            conn, VENUE, known, period or tonights_period(known, now), now=now
        )


async def stand(pool: Pool) -> StandView:
    async with transaction(pool) as conn:
        return await read_stand_view(conn, VENUE, None, CLOCK)


async def pass_minutes(pool: Pool, minutes: float) -> datetime:
    """Let time pass without any job running."""
    async with transaction(pool) as conn:
        now = await CLOCK.now(conn)
    await move_clock(pool, now + timedelta(minutes=minutes))
    return now + timedelta(minutes=minutes)


def moved_in(told: CommandResult) -> tuple[UUID, ...]:
    """The reservations whose plan has moved."""
    return tuple(each.reservation_id for each in told.moved)


def about(promise: Promise) -> dict[str, Any]:
    """The fields of an order about a reservation as it was seen."""
    return {
        "id": uuid4(),
        "reservation_id": promise.reservation_id,
        "version": promise.version,
    }


def of(seating: Seating) -> dict[str, Any]:
    """The fields of an order about a seated party as it was seen."""
    return {"id": uuid4(), "seating_id": seating.seating_id, "version": seating.version}


def into(seating: Seating) -> dict[str, Any]:
    """The fields that name the party to join."""
    return {"into_id": seating.seating_id, "into_version": seating.version}


def other(seating: Seating) -> dict[str, Any]:
    """The fields that name the party to change places with."""
    return {"other_id": seating.seating_id, "other_version": seating.version}


def waits(told: CommandResult) -> dict[str, Any]:
    """The fields of an order about the party just put on the waitlist."""
    return {"id": uuid4(), "wait_id": told.waiting[0].wait_id, "version": 1}
