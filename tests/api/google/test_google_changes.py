"""UpdateBooking is judged as CreateBooking is: approval, the cut-off, fewer guests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.google.conftest import SECONDS, booked, call, cause, slot
from tests.support.house import at, move_clock, rewrite_house

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


def to(booking: dict[str, Any], **change: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    """An update of a booking."""
    return {"booking": {"booking_id": booking["booking_id"]} | change}


async def status_of(google: httpx.AsyncClient, booking: dict[str, Any]) -> str:
    told = await call(google, "GetBookingStatus", {"booking_id": booking["booking_id"]})
    return str(told["booking_status"])


async def test_a_move_to_where_a_person_confirms_asks(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(google)
    await rewrite_house(pool, "{periods,0,needs_approval}", value=True)
    at_once = slot(1) | {"confirmation_mode": "CONFIRMATION_MODE_SYNCHRONOUS"}
    assert await cause(google, "UpdateBooking", to(made, slot=at_once)) == "SLOT_UNAVAILABLE"
    assert await status_of(google, made) == "CONFIRMED"
    assert await cause(google, "UpdateBooking", to(made, slot=slot(1))) == "SLOT_UNAVAILABLE"
    may_wait = slot(1) | {"confirmation_mode": "CONFIRMATION_MODE_ASYNCHRONOUS"}
    moved = await call(google, "UpdateBooking", to(made, slot=may_wait))
    assert moved["booking"]["status"] == "PENDING_MERCHANT_CONFIRMATION"


async def test_past_the_cutoff_a_move_away_is_cancelling_and_fewer_guests_are_not(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(google)
    await move_clock(pool, at(-1))
    away = to(made, slot={"start_sec": SECONDS + 24 * 3600})
    assert await cause(google, "UpdateBooking", away) == "OUTSIDE_CANCELLATION_WINDOW"
    await move_clock(pool, at(0.1))
    fewer = await call(google, "UpdateBooking", to(made, slot=slot(0, 1)))
    assert fewer["booking"]["slot"]["resources"]["party_size"] == 1
