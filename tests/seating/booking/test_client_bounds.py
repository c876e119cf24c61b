"""How much of an evening one booking site may have, and that no person of the house is bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from msgspec.structs import replace

from policies.booking import client_bounds
from policies.house.calendar import periods_on
from policies.house.file import read_house
from seating.booking.changing import cancel
from seating.booking.enquiries import create_enquiry
from seating.booking.slot_holds import HoldRequest, give_back_hold, hold_slot
from seating.db import run
from seating.errors import TooManyBookings, TooManyHolds
from seating.waitlist import joining
from seating.waitlist.joining import JoinRequest, join
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    VENUE,
    at,
    book,
    booked,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)

if TYPE_CHECKING:
    from datetime import datetime

    from seating.book.reservations import Booker
    from seating.booking.slot_holds import ClientSlotHold
    from seating.db import Pool


@pytest.fixture
async def sites(pool: Pool) -> list[Booker]:
    """Two sites of a house of six tables for two and one for eight."""
    await open_house(pool, house_text(2, 2, 2, 2, 2, 2, 8))
    return [site((await new_site(pool))[0]) for _ in range(2)]


async def hold(
    pool: Pool, booker: Booker, party_size: int = 2, starts: datetime = SEVEN
) -> ClientSlotHold:
    wish = HoldRequest(party_size=party_size, starts=starts)
    done = await run(pool, lambda conn: hold_slot(conn, VENUE, wish, booker, CLOCK))
    assert not hasattr(done, "no"), done
    return done


async def test_one_site_holds_at_most_half_of_the_tables_and_seats_and_others_the_rest(
    pool: Pool, sites: list[Booker]
) -> None:
    ours, others = sites
    first = [await hold(pool, ours) for _ in range(4)]
    with pytest.raises(TooManyHolds) as refused:
        await hold(pool, ours)
    assert refused.value.said.params == {"parties": 4, "guests": 10}
    await hold(pool, ours, starts=at(1.5))  # once their turn is over
    later = first.pop()
    await run(pool, lambda conn: give_back_hold(conn, VENUE, later.slot_hold_id, ours, CLOCK))
    with pytest.raises(TooManyHolds):
        await hold(pool, ours, 5)  # in all eleven guests of twenty seats
    await hold(pool, others, 8)
    for _ in range(2):
        await hold(pool, others, 1)
    # A house with one site is filled by it: what is booked is no longer held.
    for number, held in enumerate(first):
        wish = replace(order(number), slot_hold_id=held.slot_hold_id)
        await booked(pool, wish, ours)
    await hold(pool, ours)


async def test_a_site_that_books_and_cancels_without_end_is_stopped_for_that_evening(
    pool: Pool, sites: list[Booker], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, others = sites
    monkeypatch.setattr(client_bounds, "LEAST_MADE", 1)
    monkeypatch.setattr(client_bounds, "MADE_PER_PLACE", 1)
    monkeypatch.setattr(client_bounds, "parties_seated", lambda *_: 3)
    for number in range(3):
        made = (await booked(pool, order(number, known=number == 1), ours)).reservation
        key = made.reservation_id
        await run(pool, lambda conn, key=key: cancel(conn, VENUE, key, "", ours, CLOCK))  # type: ignore[misc]
    with pytest.raises(TooManyBookings):
        await book(pool, order(5), ours)
    await booked(pool, order(5, starts=at(24)), ours)
    await booked(pool, order(5), others)
    for number in range(6, 9):
        await booked(pool, order(number), HOST)


async def test_requests_and_waiting_parties_of_one_site_have_an_end(
    pool: Pool, sites: list[Booker], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, others = sites
    monkeypatch.setattr(client_bounds, "LEAST_WAITING", 1)
    monkeypatch.setattr(client_bounds, "parties_seated", lambda *_: 2)  # requests

    async def enquire(number: int, booker: Booker) -> None:
        wish = order(number, party_size=20)
        await run(pool, lambda conn: create_enquiry(conn, VENUE, wish, booker, CLOCK))

    async def wait(number: int, booker: Booker) -> None:
        wish = JoinRequest(
            wait_id=UUID(int=number),
            party_size=2,
            guest=order(number).guest,
            accepted_house_rules=3,
        )
        await run(pool, lambda conn: join(conn, VENUE, wish, booker, CLOCK))

    for number in range(2):
        await enquire(number, ours)
    with pytest.raises(TooManyBookings):
        await enquire(2, ours)
    await enquire(3, others)
    await move_clock(pool, SEVEN)
    monkeypatch.setattr(joining, "most_waiting", lambda _: 2)
    for number in range(2):
        await wait(number, ours)
    with pytest.raises(TooManyBookings):
        await wait(20, ours)
    await wait(21, others)


def test_the_bounds_follow_from_the_room() -> None:
    house = read_house(house_text(2, 2, 2, 2, 2, 2, 8))
    (period,) = periods_on(house, SEVEN.date())
    assert client_bounds.most_held(house) == (4, 10)
    assert client_bounds.parties_seated(house, period) == 21  # from six to ten, turns of 90 minutes
    assert client_bounds.most_made(house, period) == 84
    assert client_bounds.most_requested(house, period) == 21
    assert client_bounds.most_waiting(house) == 14
    small = read_house(house_text(2))
    assert client_bounds.most_held(small) == (2, 2)
    assert client_bounds.most_held(read_house(house_text(2, 4, 6))) == (2, 10)
    assert client_bounds.most_made(small, period) == 40
