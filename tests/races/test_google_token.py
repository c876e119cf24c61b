"""Twenty times the same token at once, on two pools: one booking, whatever is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import AsyncMock

import pytest

from seating.book.reservations import Booker
from seating.booking import making
from seating.db import Pool, run
from seating.partners import google_bookings
from seating.partners.google_bookings import (
    GoogleBooking,
    GoogleBookingRequest,
    GoogleUser,
    book_once,
)
from tests.races.conftest import alternating, open_period, together
from tests.support.house import CLOCK, SEVEN, VENUE, house_text, new_site, open_house, order

if TYPE_CHECKING:
    from collections import Counter

TIMES = 20
# Without a phone number only the token tells the twentieth request from another booking.
WISH = GoogleBookingRequest(
    token="one", request=order(known=False), user=GoogleUser(user_id="somebody")
)
BOOKINGS = "select count(*) from reservation"


@pytest.fixture
async def google(pools: tuple[Pool, Pool]) -> Booker:
    await open_house(pools[0], house_text(*[2] * 40))
    await open_period(pools[0], SEVEN)
    client_id, _ = await new_site(pools[0])
    return Booker(channel="google", actor="partner", client_id=client_id)


async def twenty(pools: tuple[Pool, Pool], booker: Booker) -> set[object]:
    """Whichever bookings were answered."""

    async def send(pool: Pool, _: int) -> GoogleBooking | object:
        return await run(pool, lambda conn: book_once(conn, VENUE, WISH, booker, CLOCK))

    made = await together(alternating(pools, TIMES, send))
    return {
        each.reservation.reservation_id if isinstance(each, GoogleBooking) else each
        for each in made
    }


async def test_one_booking_is_decided_on_and_answered_to_all(
    pools: tuple[Pool, Pool], google: Booker, yeses: Counter[str]
) -> None:
    assert len(await twenty(pools, google)) == 1
    assert await pools[0].fetchval(BOOKINGS) == yeses["yes"] == 1


async def test_control_without_the_wait_several_decide_and_the_constraint_keeps_one(
    pools: tuple[Pool, Pool],
    google: Booker,
    yeses: Counter[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heedless = "select $1::text || $2::text || $3::text"
    monkeypatch.setattr(google_bookings, "WAIT_FOR_TOKEN", heedless)
    monkeypatch.setattr(making, "check_reference", AsyncMock())
    assert len(await twenty(pools, google)) == 1
    assert yeses["yes"] > 1
    assert await pools[0].fetchval(BOOKINGS) == 1


async def test_control_without_either_there_are_several(
    pools: tuple[Pool, Pool], google: Booker, monkeypatch: pytest.MonkeyPatch
) -> None:
    heedless = "select $1::text || $2::text || $3::text"
    monkeypatch.setattr(google_bookings, "WAIT_FOR_TOKEN", heedless)
    monkeypatch.setattr(making, "check_reference", AsyncMock())
    await pools[0].execute("alter table google_booking drop constraint google_booking_token")
    await twenty(pools, google)
    assert await pools[0].fetchval(BOOKINGS) > 1
