"""A quote that has passed or cannot be kept is told to the host, with a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.floor import orders
from seating.booking.making import BookingResult
from seating.waitlist.requoting import renew_quotes
from tests.support.house import (
    CLOCK,
    SEVEN,
    VENUE,
    book,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    site,
)
from tests.support.rules import FIRST_COME, rule
from tests.support.stand import clear, pass_minutes, picture, stand, tell, walk_in
from tests.support.waitlist import joined

if TYPE_CHECKING:
    from seating.db import Pool
    from seating.door.stand_view import WaitEntryView


@pytest.fixture
async def full(pool: Pool) -> Pool:
    """At seven; the only table, for two, has been taken for half an hour: free at half past."""
    await open_house(pool, house_text(2))
    await rule(pool, decisions=FIRST_COME)
    await move_clock(pool, SEVEN - timedelta(minutes=60))
    await walk_in(pool, "1")
    await move_clock(pool, SEVEN)
    return pool


async def entry(pool: Pool) -> WaitEntryView:
    return (await stand(pool)).waiting[0]


async def test_a_party_that_a_booking_passes_by_is_told_to_the_host_once(full: Pool) -> None:
    waiting = await joined(full, 1)
    assert waiting.quoted_minutes == 40
    assert await renew_quotes(full, CLOCK) == 0
    client_id, _ = await new_site(full, VENUE)
    wish = order(2, starts=SEVEN + timedelta(minutes=45))
    assert isinstance(await book(full, wish, site(client_id)), BookingResult)
    assert await renew_quotes(full, CLOCK) == 1
    seen = await entry(full)
    assert (seen.requoted_at, seen.requoted_minutes) == (SEVEN, None)  # none before 22:00
    assert seen.quoted_minutes == 40  # what it was told stays in the reports
    assert await renew_quotes(full, CLOCK) == 0


async def test_a_quote_whose_time_has_passed_is_told_again_and_again(full: Pool) -> None:
    await joined(full, 1)
    now = await pass_minutes(full, 40)  # who sits there stays
    assert await renew_quotes(full, CLOCK) == 1
    seen = await entry(full)
    assert (seen.requoted_at, seen.requoted_minutes) == (now, 20)  # a quarter, and the margin
    assert await renew_quotes(full, CLOCK) == 0
    later = await pass_minutes(full, 20)
    assert await renew_quotes(full, CLOCK) == 1
    assert (await entry(full)).requoted_at == later


async def test_a_wait_a_host_told_that_cannot_be_kept_is_told_too(full: Pool) -> None:
    await tell(full, orders.Wait(id=uuid4(), party_size=2, quoted_minutes=10))
    assert await renew_quotes(full, CLOCK) == 1
    assert (await entry(full)).requoted_minutes == 40


async def test_whose_turn_has_come_is_called_and_not_quoted_again(full: Pool) -> None:
    waiting = await joined(full, 1)
    (sat,) = (await picture(full)).seatings
    await clear(full, sat)
    await pass_minutes(full, 45)
    assert await renew_quotes(full, CLOCK) == 0
    await tell(full, orders.Notify(id=uuid4(), wait_id=waiting.wait_id, version=1))
    assert await renew_quotes(full, CLOCK) == 0
