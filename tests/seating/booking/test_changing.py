"""Changing is judged as making is: approval, the cut-off, and what is no new demand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from seating.book.reservations import Reservation, standing_of
from seating.booking.availability import Search, search_availability
from seating.booking.by_link import GUEST
from seating.booking.changing import Change, cancel, change
from seating.db import run
from seating.errors import OutsideCancellationWindow
from seating.turnaways.log import LoggedRefusal
from tests.support.house import (
    CLOCK,
    HOST,
    NOON,
    VENUE,
    at,
    booked,
    house_text,
    move_clock,
    new_site,
    open_house,
    order,
    rewrite_house,
    site,
)
from tests.support.stand import promise

if TYPE_CHECKING:
    from datetime import date, datetime

    from seating.book.reservations import Booker
    from seating.db import Pool

TOMORROW = 24.0
TODAY = NOON.date()
EASTER = """[[special_days]]
date = 2027-03-04
name = "Day after"
[[special_days.periods]]
name = "dinner"
opens = "18:00"
last_seating = "22:00"
closes = "23:55"
pacing = 500
needs_approval = true
[[periods]]"""


def approving_tomorrow(text: str) -> str:
    """The same house; tomorrow a person confirms every booking."""
    return text.replace("[[periods]]", EASTER, 1)


@pytest.fixture
async def partner(pool: Pool) -> Booker:
    await open_house(pool, house_text(4))
    return site((await new_site(pool))[0])


async def ask_change(
    pool: Pool, kept: Reservation, wish: Change, booker: Booker = GUEST
) -> Reservation | LoggedRefusal:
    key = kept.reservation_id
    return await run(pool, lambda conn: change(conn, VENUE, key, wish, booker, CLOCK, version=None))


async def changed(
    pool: Pool, kept: Reservation, wish: Change, booker: Booker = GUEST
) -> Reservation:
    done = await ask_change(pool, kept, wish, booker)
    assert isinstance(done, Reservation), done
    return done


async def made(pool: Pool, booker: Booker, number: int = 0, size: int = 4) -> Reservation:
    return (await booked(pool, order(number, party_size=size), booker)).reservation


async def offered(
    pool: Pool, kept: Reservation, size: int, day: date = TODAY
) -> dict[datetime, bool]:
    """The starts the guest's page would offer, and whether a person confirms them."""
    wish = Search(
        service_date=day, party_size=size, channel="guest", standing=standing_of(kept, GUEST)
    )
    found = await run(pool, lambda conn: search_availability(conn, VENUE, wish, CLOCK))
    return {slot.start: slot.requires_approval for slot in found.slots}


@pytest.mark.parametrize("door", ["partner", "guest"])
async def test_a_move_to_where_a_person_confirms_is_a_request(pool: Pool, door: str) -> None:
    await open_house(pool, approving_tomorrow(house_text(4)))
    partner = site((await new_site(pool))[0])
    kept = await made(pool, partner)
    booker = GUEST if door == "guest" else partner
    assert set((await offered(pool, kept, 4, TODAY + timedelta(days=1))).values()) == {True}
    moved = await changed(pool, kept, Change(starts=at(TOMORROW)), booker)
    assert (moved.state, moved.starts, moved.version) == ("requested", at(TOMORROW), 2)
    assert await pool.fetchval("select count(*) from intention") == 0
    await made(pool, partner, 1)  # its table is free
    counted = "select sum(physical_parties) from period where period_id like '2027-03-04%'"
    assert await pool.fetchval(counted) == 0


async def test_the_house_moves_without_asking_itself(pool: Pool) -> None:
    await open_house(pool, approving_tomorrow(house_text(4)))
    kept = await made(pool, HOST)
    assert (await changed(pool, kept, Change(starts=at(TOMORROW)), HOST)).state == "booked"


async def test_where_a_person_has_confirmed_more_is_asked_and_less_is_not(
    pool: Pool, partner: Booker
) -> None:
    kept = await made(pool, partner, size=3)
    await rewrite_house(pool, "{periods,0,needs_approval}", value=True)
    fewer = await changed(pool, kept, Change(party_size=2))
    assert fewer.state == "booked"
    assert (await offered(pool, fewer, 2))[at(0)] is False
    assert (await offered(pool, fewer, 4))[at(0)] is True
    assert (await changed(pool, fewer, Change(party_size=4))).state == "requested"


async def test_a_move_out_of_the_cutoff_is_judged_as_cancelling(
    pool: Pool, partner: Booker
) -> None:
    kept = await made(pool, partner)
    await move_clock(pool, at(-1))
    for booker in (GUEST, partner):
        with pytest.raises(OutsideCancellationWindow):
            await ask_change(pool, kept, Change(starts=at(24 * 30)), booker)
        with pytest.raises(OutsideCancellationWindow):
            await ask_change(pool, kept, Change(starts=at(1.25)), booker)
    assert await offered(pool, kept, 4, TODAY + timedelta(days=1)) == {}
    assert max(await offered(pool, kept, 4)) == at(0.75)
    later = await changed(pool, kept, Change(starts=at(0.75)))
    with pytest.raises(OutsideCancellationWindow):
        await run(pool, lambda conn: cancel(conn, VENUE, kept.reservation_id, "", GUEST, CLOCK))
    host = await changed(pool, later, Change(starts=at(24 * 30)), HOST)
    assert host.starts == at(24 * 30)


async def test_no_request_frees_from_the_cutoff(pool: Pool, partner: Booker) -> None:
    kept = await made(pool, partner)
    await rewrite_house(pool, "{periods,0,needs_approval}", value=True)
    await move_clock(pool, at(-1))
    with pytest.raises(OutsideCancellationWindow):
        await ask_change(pool, kept, Change(starts=at(0.25)))
    assert set(await offered(pool, kept, 4)) == {at(0)}


async def test_within_the_grace_after_booking_a_move_is_free(pool: Pool, partner: Booker) -> None:
    await move_clock(pool, at(-1))
    kept = await made(pool, partner)
    assert (await changed(pool, kept, Change(starts=at(TOMORROW)))).starts == at(TOMORROW)


async def test_a_refused_move_offers_nothing_out_of_the_cutoff(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    partner = site((await new_site(pool))[0])
    kept = await made(pool, partner, size=2)
    await booked(pool, order(1, starts=at(1)), partner)
    await booked(pool, order(2, starts=at(1.5)), partner)
    await move_clock(pool, at(0.1))
    refused = await ask_change(pool, kept, Change(starts=at(0.5)))
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.alternatives == ()  # 21:30 is free, and out of the cut-off
    assert (await changed(pool, kept, Change(starts=at(2.5)), HOST)).starts == at(2.5)


async def test_fewer_guests_are_no_new_demand(pool: Pool, partner: Booker) -> None:
    kept = await made(pool, partner, size=4)
    await rewrite_house(pool, "{booking,min_notice_minutes}", 120)
    await pool.execute("update period set online_paused = true")
    await move_clock(pool, at(-0.25))
    assert list(await offered(pool, kept, 3)) == [at(0)]
    fewer = await changed(pool, kept, Change(party_size=3))
    assert (fewer.party_size, fewer.state, fewer.starts) == (3, "booked", at(0))
    assert (await promise(pool, fewer.reservation_id)).tables == ("1",)
    more = await ask_change(pool, fewer, Change(party_size=4))
    assert isinstance(more, LoggedRefusal)
    assert more.no.code == "OUTSIDE_BOOKING_WINDOW"
    await rewrite_house(pool, "{booking,min_notice_minutes}", 0)
    more = await ask_change(pool, fewer, Change(party_size=4))
    assert isinstance(more, LoggedRefusal)
    assert more.no.code == "PAUSED"
    moved = await ask_change(pool, fewer, Change(starts=at(0.5), party_size=2))
    assert isinstance(moved, LoggedRefusal)


async def test_saying_again_what_stands_is_no_demand(pool: Pool, partner: Booker) -> None:
    kept = await made(pool, partner, size=4)
    await pool.execute("update period set online_paused = true")
    same = await changed(pool, kept, Change(starts=kept.starts, party_size=4), partner)
    assert (same.starts, same.party_size, same.state) == (at(0), 4, "booked")


async def test_a_smaller_party_leaves_the_larger_table(pool: Pool) -> None:
    await open_house(pool, house_text(2, 4))
    kept = await made(pool, HOST, size=4)
    assert (await promise(pool, kept.reservation_id)).tables == ("2",)
    await changed(pool, kept, Change(party_size=2))
    assert (await promise(pool, kept.reservation_id)).tables == ("1",)


async def test_a_party_by_phone_above_the_online_limit_may_shrink(pool: Pool) -> None:
    await open_house(pool, house_text(12))
    kept = await made(pool, HOST, size=12)
    assert (await changed(pool, kept, Change(party_size=10))).party_size == 10
    more = await ask_change(pool, kept, Change(party_size=11))
    assert isinstance(more, LoggedRefusal)
    assert more.no.code == "PARTY_SIZE_NOT_ALLOWED"


async def test_the_own_booking_does_not_stand_in_its_own_way(pool: Pool, partner: Booker) -> None:
    kept = await made(pool, partner)
    starts = await offered(pool, kept, 4)
    assert len(starts) == 17
    for start in starts:
        moved = await changed(pool, kept, Change(starts=start))
        assert moved.starts == start


async def test_another_booking_of_the_guest_is_not_offered_over(pool: Pool) -> None:
    await open_house(pool, house_text(4, 4))
    partner = site((await new_site(pool))[0])
    kept = await made(pool, partner)
    other = order(0, party_size=4, starts=at(2.5))
    await booked(pool, other, partner)
    starts = await offered(pool, kept, 4)
    assert max(starts) == at(0.5)
    refused = await ask_change(pool, kept, Change(starts=at(0.75)))
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "DUPLICATE"


async def test_a_request_is_moved_as_an_enquiry(pool: Pool, partner: Booker) -> None:
    await rewrite_house(pool, "{periods,0,needs_approval}", value=True)
    kept = await made(pool, partner)
    assert kept.state == "requested"
    assert len(await offered(pool, kept, 4)) == 17
    assert (await changed(pool, kept, Change(starts=at(1)))).state == "requested"
