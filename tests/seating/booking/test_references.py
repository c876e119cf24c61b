"""A wish sent again with nobody named: the site's own reference tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from seating.booking.changing import Change, cancel, change
from seating.booking.enquiries import create_enquiry
from seating.db import run
from seating.errors import ReferenceTaken
from tests.support.house import (
    CLOCK,
    HOST,
    VENUE,
    at,
    book,
    booked,
    house_text,
    new_site,
    open_house,
    order,
    site,
)

if TYPE_CHECKING:
    from uuid import UUID

    from seating.book.reservations import Booker
    from seating.booking.making import BookingRequest
    from seating.db import Pool


def nobody(**more: object) -> BookingRequest:
    return replace(order(known=False), partner_reference="order-7", **more)


@pytest.fixture
async def partner(pool: Pool) -> Booker:
    await open_house(pool, house_text(2, 2, 2))
    return site((await new_site(pool))[0])


async def move(pool: Pool, reservation_id: UUID, hours: float, booker: Booker) -> None:
    wish = Change(starts=at(hours))
    await run(
        pool,
        lambda conn: change(conn, VENUE, reservation_id, wish, booker, CLOCK, version=None),
    )


async def test_a_reference_is_of_one_live_booking_of_a_start(pool: Pool, partner: Booker) -> None:
    first = (await booked(pool, nobody(), partner)).reservation
    with pytest.raises(ReferenceTaken, match=str(first.reservation_id)) as told:
        await book(pool, nobody(), partner)
    assert told.value.pointer == "/partner_reference"
    assert await pool.fetchval("select count(*) from turnaway") == 0
    await booked(pool, nobody(starts=at(2)), partner)
    await booked(pool, replace(nobody(), partner_reference="order-8"), partner)
    rival = site((await new_site(pool))[0])
    await booked(pool, nobody(), rival)


async def test_a_cancelled_booking_gives_its_reference_back(pool: Pool, partner: Booker) -> None:
    first = (await booked(pool, nobody(), partner)).reservation
    await run(pool, lambda conn: cancel(conn, VENUE, first.reservation_id, "ill", partner, CLOCK))
    await booked(pool, nobody(), partner)


async def test_an_enquiry_sent_again_is_one(pool: Pool, partner: Booker) -> None:
    wish = nobody(party_size=20)
    await run(pool, lambda conn: create_enquiry(conn, VENUE, wish, partner, CLOCK))
    with pytest.raises(ReferenceTaken):
        await run(pool, lambda conn: create_enquiry(conn, VENUE, wish, partner, CLOCK))


async def test_a_move_does_not_bring_two_of_a_reference_together(
    pool: Pool, partner: Booker
) -> None:
    await booked(pool, nobody(), partner)
    later = (await booked(pool, nobody(starts=at(2)), partner)).reservation
    with pytest.raises(ReferenceTaken):
        await move(pool, later.reservation_id, 0, partner)
    await move(pool, later.reservation_id, 1, partner)
    await move(pool, later.reservation_id, 0, HOST)  # a person knows what it does
