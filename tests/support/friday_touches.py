"""What else is true of the Friday at 19:42: who waits, what is shut, a gift, a call, notes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from policies.floor import orders
from policies.gestures.orders import OfferGesture
from policies.house.room import Needs
from seating.book.actions import ActionAuthor
from seating.book.guests import Contact
from seating.book.reservations import Booker
from seating.book.service_notes import WriteNote, write_note
from seating.booking.making import BookingRequest, BookingResult, create_reservation
from seating.clock import set_clock
from seating.db import run
from seating.floor.orders import execute_command
from seating.gestures.offers import offer_gesture
from seating.jobs.sweeps import mark_late_and_no_show, open_cases, stretch_overruns
from seating.rescue.alerts import RaiseAlert, raise_alert
from seating.turnaways.at_the_door import DoorTurnaway, record_door_turnaway
from tests.support.house import CLOCK, VENUE

if TYPE_CHECKING:
    from datetime import datetime

    from seating.db import Connection, Pool

ANNA = ActionAuthor(staff_id="anna", actor="host")
SOFIA = ActionAuthor(staff_id="sofia", actor="host")
AT_THE_DOOR = Booker(channel="walk_in", actor="host", staff_id="sofia")
SOMEBODY_SITS = """
select seating_id from seating
where venue_id = $1 and state = 'seated' order by seated_at desc limit 1
"""
WAITING = (
    ("Familie Öztürk-Yıldırım", 5, 25, 21),
    ("Ng", 2, 15, 17),
    ("Екатерина Преображенская", 3, 20, 6),
    ("Max", 2, 10, 1),
)
"""Who waits: name, size, minutes quoted, minutes ago."""


async def touch(pool: Pool, now: datetime) -> None:
    """Do all of it in the minutes before `now`; then the jobs look after the late."""
    for name, size, quoted, ago in WAITING:
        await _at(pool, now - timedelta(minutes=ago))
        wish = orders.Wait(
            id=uuid4(),
            party_size=size,
            name=name,
            phone=f"+493050000{size}{quoted}",
            needs=Needs(high_chairs=1) if size > 4 else Needs(),
            quoted_minutes=quoted,
        )
        await _order(pool, wish)
        if quoted == 15:
            await _order(pool, orders.Notify(id=uuid4(), wait_id=wish.id, version=1))
    await _order(pool, orders.BlockTable(id=uuid4(), table_id="27", reason="a wobbly leg"))
    await _order(pool, orders.Levers(id=uuid4(), areas_shut=("garden",), reason="wind"))
    await run(pool, lambda conn: _notes(conn, now))
    await run(pool, _gift)
    await run(pool, _refused)
    await run(pool, lambda conn: _beyond(conn, now))
    await _at(pool, now)
    for sweep in (mark_late_and_no_show, stretch_overruns, open_cases):
        await sweep(pool, CLOCK)


async def _at(pool: Pool, now: datetime) -> None:
    await run(pool, lambda conn: set_clock(conn, now, 0.0))


async def _order(pool: Pool, wish: orders.Order) -> None:
    await run(pool, lambda conn: execute_command(conn, VENUE, wish, SOFIA, CLOCK))


async def _notes(conn: Connection, now: datetime) -> None:
    for period, text in (
        ("dinner", "Sea bass is off from eight. The big birthday at 53 pays separately."),
        (None, "Стройка во дворе до 18:00. Door of the salon sticks: lift and push."),
    ):
        note = WriteNote(id=uuid4(), service_date=now.date(), period=period, text=text)
        await write_note(conn, VENUE, note, ANNA, CLOCK)


async def _gift(conn: Connection) -> None:
    seating_id = await conn.fetchval(SOMEBODY_SITS, VENUE)
    wish = OfferGesture(
        id=uuid4(),
        item="coffee",
        line="because you waited for us",
        reason="long wait",
        seating_id=seating_id,
        guest_asked=True,
    )
    await offer_gesture(conn, VENUE, wish, SOFIA, CLOCK)


async def _refused(conn: Connection) -> None:
    """A party of six was told no, and Marat is called to it."""
    report = DoorTurnaway(
        turnaway_id=uuid4(), party_size=6, code="NO_TABLE_FITS", kind="denial", name="Ortmann"
    )
    told = await record_door_turnaway(conn, VENUE, report, AT_THE_DOOR, CLOCK)
    call = RaiseAlert(
        id=uuid4(),
        colleague="marat",
        line="Six at the door, old friends of the house",
        turnaway_id=told.turnaway_id,
    )
    await raise_alert(conn, VENUE, call, SOFIA, CLOCK)


async def _beyond(conn: Connection, now: datetime) -> None:
    """A promise against the engine, with its reason."""
    wish = BookingRequest(
        starts=now.replace(minute=0) + timedelta(hours=1),
        party_size=7,
        guest=Contact(name="Konsul Albrecht von Thurn-Valsassina", phone="+493060000001"),
        accepted_house_rules=3,
        overrule="the consul, as every year",
    )
    anna = Booker(channel="phone", actor="host", staff_id="anna")
    made = await create_reservation(conn, VENUE, wish, anna, CLOCK)
    assert isinstance(made, BookingResult), made
