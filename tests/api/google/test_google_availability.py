"""Look-ups say what a booking would hear, and read each period once however many slots they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from policies.booking.engine import acceptable_asks
from seating.book.periods import read_unlocked
from seating.partners import google_lookups as look_ups
from tests.api.google.conftest import (
    booked,
    call,
    cause,
    google_client,
    lookup,
    slot,
    slot_time,
    wish,
)
from tests.support.house import house_text, open_house
from tests.support.rules import FIRST_COME, PEAK, beyond, rule

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

SIZES = (1, 2, 4, 6, 8)
QUARTERS = tuple(quarter / 4 for quarter in range(-4, 14))


async def agreeing(google: httpx.AsyncClient, *slots: tuple[float, int]) -> list[bool]:
    """What the look-up says of the slots, and CheckAvailability of each alone."""
    told = await lookup(google, *(slot_time(*each) for each in slots))
    for each, yes in zip(slots, told, strict=True):
        checked = await call(google, "CheckAvailability", {"slot": slot(*each)})
        assert checked["count_available"] == int(yes)
    return told


async def test_each_slot_is_answered_in_its_place(google: httpx.AsyncClient) -> None:
    """Closed, fine, too many, off the grid, the same again, another day, too far ahead."""
    asked = [(-3.0, 2), (0.0, 2), (0.0, 9), (0.1, 2), (0.0, 2), (24.0, 6), (24 * 80.0, 2)]
    told = await agreeing(google, *asked)
    assert told == [False, True, False, False, True, True, False]


async def test_an_area_is_a_service_of_its_own(google: httpx.AsyncClient) -> None:
    terrace = {"service_id": "reservation:terrace"}
    first = await booked(google, 1, slot=slot(0, 4, **terrace))
    assert first["slot"]["service_id"] == "reservation:terrace"
    told = await lookup(google, slot_time(0, 4, **terrace), slot_time(0, 4))
    assert told == [False, True]
    assert await cause(google, "CreateBooking", wish(2, slot=slot(0, 4, **terrace))) == (
        "SLOT_UNAVAILABLE"
    )


async def test_a_yes_is_a_yes_to_whoever_books_and_a_no_a_no(google: httpx.AsyncClient) -> None:
    """The room fills up; after every booking all that is said is tried."""
    for number, (hours, size) in enumerate((q, s) for q in (0, 0.5, 2) for s in (2, 4, 6, 2)):
        (yes,) = await agreeing(google, (hours, size))
        answer = await call(google, "CreateBooking", wish(number, hours, size))
        assert answer.keys() == ({"booking"} if yes else {"booking_failure"})


async def test_a_table_held_back_is_not_available(google: httpx.AsyncClient, pool: Pool) -> None:
    await open_house(pool, house_text(2, 2, 2))
    await rule(pool, holds=[PEAK])
    assert await lookup(google, slot_time(1)) == [True]
    await booked(google, 1, hours=1)
    assert await lookup(google, slot_time(1)) == [False]
    assert await cause(google, "CreateBooking", wish(2, 1)) == "SLOT_UNAVAILABLE"
    assert await pool.fetchval("select code from turnaway") == "HELD_BACK"


async def test_promises_beyond_the_room_are_looked_up_as_they_are_made(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, overbooking=beyond(1), decisions=FIRST_COME)
    told = []
    for number in range(4):
        told += await agreeing(google, (0, 2))
        await call(google, "CreateBooking", wish(number))
    assert told == [True, True, True, False]
    assert await pool.fetchval("select count(*) from reservation where kind = 'overbooked'") == 1


async def test_a_pause_is_heard(google: httpx.AsyncClient, pool: Pool) -> None:
    await booked(google, 1)
    await pool.execute("update period set online_paused = true")
    assert await lookup(google, slot_time(), slot_time(24)) == [False, True]


async def test_a_period_is_read_once_for_all_its_slots(
    google: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads, tried = [], []

    async def counting(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - handed on
        reads.append(given[1:3])
        return await read_unlocked(*given, **more)

    def told(picture: Any, asks: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401
        tried.extend(asks)
        return acceptable_asks(picture, asks, *rest, **more)

    monkeypatch.setattr(look_ups, "read_unlocked", counting)
    monkeypatch.setattr(look_ups, "acceptable_asks", told)
    asked = [slot_time(q + day * 24, s) for day in (0, 1) for q in QUARTERS for s in SIZES]
    both = await lookup(google, *asked, *asked)
    assert both[: len(asked)] == both[len(asked) :]
    assert len(reads) == 2
    assert len(tried) == len(set(tried)) <= len(asked)


BY_REQUEST = 'access = [{ name = "On request", to = "request", areas = ["room"] }]\n'


@pytest.mark.parametrize(
    "asking",
    [
        house_text(2).replace("pacing = 500", "pacing = 500\nneeds_approval = true"),
        BY_REQUEST + house_text(2),
    ],
    ids=["the period", "the room"],
)
async def test_where_a_person_answers_a_yes_at_once_is_none(
    pool: Pool, app: Litestar, asking: str
) -> None:
    """To Google, a slot without a mode is one to be confirmed at once."""
    await open_house(pool, asking)
    at_once: dict[str, Any] = {"confirmation_mode": "CONFIRMATION_MODE_SYNCHRONOUS"}
    later: dict[str, Any] = {"confirmation_mode": "CONFIRMATION_MODE_ASYNCHRONOUS"}
    async with google_client(app) as google:
        told = await lookup(google, slot_time(**at_once), slot_time(**later), slot_time())
        assert told == [False, True, False]
        for mode in (at_once, {}, {"confirmation_mode": "CONFIRMATION_MODE_UNSPECIFIED"}):
            checked = await call(google, "CheckAvailability", {"slot": slot(**mode)})
            assert checked["count_available"] == 0, mode
            refused = wish(1, slot=slot(**mode))
            assert await cause(google, "CreateBooking", refused) == "SLOT_UNAVAILABLE", mode
        waiting = await booked(google, 2, slot=slot(**later))
        assert waiting["status"] == "PENDING_MERCHANT_CONFIRMATION"
        assert waiting["slot"] == slot(**later)
        await pool.execute("update reservation set state = 'declined'")
        told_later = {"booking_id": waiting["booking_id"]}
        status = await call(google, "GetBookingStatus", told_later)
    assert status["booking_status"] == "DECLINED_BY_MERCHANT"
