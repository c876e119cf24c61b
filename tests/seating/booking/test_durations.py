"""How long one reservation keeps its table, set by staff: protected, kept by changes, bounded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from policies.floor import orders
from policies.house.room import Needs
from seating.book.reservations import Reservation, standing_of
from seating.booking.availability import Search, search_availability
from seating.booking.by_link import GUEST
from seating.booking.changing import Change, change
from seating.db import run
from seating.errors import Invalid
from seating.turnaways.log import LoggedRefusal
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
    open_house,
    order,
    rewrite_house,
)
from tests.support.stand import about, promise, tell

if TYPE_CHECKING:
    from seating.book.reservations import Booker
    from seating.db import Pool

THREE_HOURS = 180


async def long_stay(pool: Pool, hours: float = 0, minutes: int = THREE_HOURS) -> Reservation:
    wish = replace(order(1, starts=at(hours)), duration_minutes=minutes)
    return (await booked(pool, wish, HOST)).reservation


async def ask_change(
    pool: Pool, kept: Reservation, wish: Change, booker: Booker = HOST
) -> Reservation | LoggedRefusal:
    key = kept.reservation_id
    return await run(pool, lambda conn: change(conn, VENUE, key, wish, booker, CLOCK, version=None))


async def changed(
    pool: Pool, kept: Reservation, wish: Change, booker: Booker = HOST
) -> Reservation:
    done = await ask_change(pool, kept, wish, booker)
    assert isinstance(done, Reservation), done
    return done


def stay(kept: Reservation) -> int:
    return int((kept.ends - kept.starts).total_seconds()) // 60


async def test_three_hours_keep_their_table_from_the_party_after_the_usual_turn(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    made = await long_stay(pool)
    assert (stay(made), made.duration_minutes) == (180, 180)
    assert isinstance(await book(pool, order(2, starts=at(2)), HOST), LoggedRefusal)
    await booked(pool, order(3, starts=at(3)), HOST)


async def test_a_longer_stay_is_judged_and_a_shorter_one_frees_the_table(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    made = (await booked(pool, order(1), HOST)).reservation
    after = (await booked(pool, order(2, starts=at(2)), HOST)).reservation
    refused = await ask_change(pool, made, Change(duration_minutes=150))
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "TURN_TOO_SHORT"
    assert refused.no.alternatives
    assert stay(await changed(pool, made, Change(duration_minutes=120))) == 120
    assert stay(await changed(pool, after, Change(duration_minutes=60))) == 60
    await booked(pool, order(3, starts=at(3)), HOST)


@pytest.mark.parametrize("needs", [Needs(high_chairs=1), Needs(area="terrace"), Needs()])
async def test_a_shorter_stay_is_not_dropped_when_the_needs_change_with_it(
    pool: Pool, needs: Needs
) -> None:
    await open_house(pool, house_text(2, 2, terrace=1))
    made = await long_stay(pool)
    kept = await changed(pool, made, Change(needs=needs, duration_minutes=60))
    assert (stay(kept), kept.duration_minutes) == (60, 60)
    usual = await changed(pool, kept, Change(needs=Needs(), duration_minutes="usual"))
    assert (stay(usual), usual.duration_minutes) == (90, None)


async def test_it_is_kept_when_start_and_size_change_until_the_usual_one_is_asked_for(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 4))
    made = await long_stay(pool, hours=-1)
    later = await changed(pool, made, Change(starts=at(0)))
    assert (stay(later), later.duration_minutes) == (180, 180)
    more = await changed(pool, later, Change(party_size=4), GUEST)
    assert (stay(more), more.duration_minutes, more.party_size) == (180, 180, 4)
    fewer = await changed(pool, more, Change(party_size=1))
    assert (stay(fewer), fewer.duration_minutes) == (180, 180)
    noted = await changed(pool, fewer, Change(notes="a birthday"))
    assert (stay(noted), noted.duration_minutes) == (180, 180)
    usual = await changed(pool, noted, Change(duration_minutes="usual"))
    assert (stay(usual), usual.duration_minutes) == (90, None)


async def test_what_the_house_has_changed_of_its_turns_asks_for_nothing(pool: Pool) -> None:
    await open_house(pool, house_text(2, 4))
    made = (await booked(pool, order(1), HOST)).reservation
    await rewrite_house(pool, "{turn_times,0,minutes}", 150)
    await booked(pool, order(2, starts=at(1.75), party_size=1), HOST)
    noted = await changed(pool, made, Change(notes="by the window", party_size=1))
    assert (stay(noted), noted.party_size) == (90, 1)


async def test_where_it_can_be_moved_is_told_for_its_own_stay(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    made = await long_stay(pool, hours=-1)
    await booked(pool, order(2, starts=at(2)), HOST)
    wish = Search(
        service_date=SEVEN.date(), party_size=2, channel="phone", standing=standing_of(made, HOST)
    )
    found = await run(pool, lambda conn: search_availability(conn, VENUE, wish, CLOCK))
    assert {each.duration_s for each in found.slots} == {180 * 60}
    assert at(-0.75) not in {each.start for each in found.slots}
    assert {each.turn_said for each in found.slots} == {"3 hours: set by staff"}


async def test_at_the_table_it_stays_as_long_as_it_was_promised(pool: Pool) -> None:
    await open_house(pool, house_text(2, 4))
    made = await long_stay(pool)
    await move_clock(pool, SEVEN)
    grown = await tell(
        pool,
        orders.Resize(**about(await promise(pool, made.reservation_id)), party_size=3),
    )
    assert grown.reservations[0].ends == at(3)
    told = await tell(
        pool,
        orders.Seat(**about(await promise(pool, made.reservation_id)), tables=("2",)),
    )
    assert told.seatings[0].expected_end == at(3)


@pytest.mark.parametrize("hours", [0, 2.5])
async def test_it_reaches_no_further_than_turns_of_the_period_do(pool: Pool, hours: float) -> None:
    """The last seating is at 22:00, the longest turn two hours: tables are kept until midnight."""
    await open_house(pool, house_text(2))
    most = round((5 - hours) * 60)
    assert stay(await long_stay(pool, hours, most)) == most
    await pool.execute("update reservation set state = 'cancelled'")
    await pool.execute("delete from intention")
    with pytest.raises(Invalid, match="until 00:00 at most") as wrong:
        await long_stay(pool, hours, most + 5)
    assert wrong.value.pointer == "/duration_minutes"
    made = await long_stay(pool, hours, most)
    with pytest.raises(Invalid, match="until 00:00 at most"):
        await ask_change(pool, made, Change(duration_minutes=most + 5))
    later = Change(starts=made.starts + timedelta(minutes=30))
    refused = await ask_change(pool, made, later)
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "TURN_TOO_SHORT"
    assert made.starts - timedelta(minutes=15) in refused.no.alternatives
    with pytest.raises(Invalid, match="until 00:00 at most"):
        await ask_change(pool, made, replace(later, overrule="she is an old friend"))
    shorter = replace(later, duration_minutes=most - 30)
    assert stay(await changed(pool, made, shorter)) == most - 30
