"""The waitlist from outside the house: joining, the quote, the place in the line, leaving."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.book.answers import Ask, No
from policies.floor import orders
from policies.house.room import Needs
from policies.words.message import message
from seating.access.clients import create_client
from seating.book.guests import Contact
from seating.db import run, transaction
from seating.errors import IdReused, NotFound, NotPossibleNow
from seating.floor.leaving import leave_waitlist, leave_waitlist_by_link
from seating.privacy.retention import remove_aged
from seating.turnaways.log import LoggedRefusal, Turnaway, log_turnaway
from seating.waitlist.entries import entry_by_token, read_own_entry
from seating.waitlist.joining import estimates, mark_coming
from seating.waitlist.report import waits_report
from seating.waitlist.turns import promote_waiting
from tests.support.house import CLOCK, SEVEN, VENUE, house_text, move_clock, open_house, phone, site
from tests.support.rules import FIRST_COME, rule
from tests.support.stand import (
    clear,
    pass_minutes,
    picture,
    reserve,
    stand,
    take_back,
    tell,
    waits,
    walk_in,
)
from tests.support.waitlist import GUEST, ask, joined, suggested, wish

if TYPE_CHECKING:
    from policies.book.picture import Seating
    from seating.book.reservations import Booker
    from seating.db import Pool
    from seating.waitlist.joining import Estimates

TWO_TABLES = house_text(2, 4)


@pytest.fixture
async def full(pool: Pool) -> Pool:
    """At seven walk-ins have just taken both tables: one for two, one for four."""
    await open_house(pool, TWO_TABLES)
    await rule(pool, decisions=FIRST_COME)
    await move_clock(pool, SEVEN)
    await walk_in(pool, "1", size=2)
    await walk_in(pool, "2", size=4)
    return pool


async def sat_at(pool: Pool) -> dict[str, Seating]:
    """Who sits at each table."""
    return {
        table: seating for seating in (await picture(pool)).seatings for table in seating.tables
    }


async def expect(pool: Pool, *sizes: int) -> Estimates:
    parties = tuple((size, Needs()) for size in sizes)
    return await run(pool, lambda conn: estimates(conn, VENUE, parties, GUEST, CLOCK))


async def test_a_party_is_told_an_honest_wait_and_its_place(full: Pool) -> None:
    first = await joined(full, 1)
    assert (first.state, first.parties_ahead) == ("waiting", 0)
    assert first.quoted_minutes is not None
    assert 90 <= first.quoted_minutes <= 120  # the party of two turns in an hour and a half
    assert first.seats_from is not None
    assert first.seats_until == SEVEN + timedelta(minutes=first.quoted_minutes)
    await pass_minutes(full, 1)
    second = await joined(full, 2)
    assert second.parties_ahead == 1
    assert second.quoted_minutes is not None
    assert second.quoted_minutes > first.quoted_minutes  # it is told of who waits before it


async def test_the_same_id_joins_once_and_another_wish_under_it_is_refused(full: Pool) -> None:
    asked = wish(1)
    first, again = await ask(full, asked), await ask(full, asked)
    assert not isinstance(first, LoggedRefusal)
    assert not isinstance(again, LoggedRefusal)
    assert first.wait_id == again.wait_id
    assert await full.fetchval("select count(*) from wait_entry") == 1
    with pytest.raises(IdReused):
        await ask(full, wish(1, wait_id=asked.wait_id, party_size=4))


async def test_one_guest_waits_once_a_night(full: Pool) -> None:
    await joined(full, 1)
    refused = await ask(full, wish(1))
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "ALREADY_WAITING"
    other = Contact(name="Alan Turing", phone=phone(1))  # the same concierge
    assert not isinstance(await ask(full, wish(1, guest=other)), LoggedRefusal)


@pytest.mark.parametrize(
    ("lever", "code"),
    [({"seating_stopped": True}, "CLOSED"), ({"online_paused": True}, "PAUSED")],
)
async def test_the_list_is_closed_by_the_levers_of_the_evening(
    full: Pool, lever: dict[str, Any], code: str
) -> None:
    await tell(full, orders.Levers(id=uuid4(), **lever))
    refused = await ask(full, wish(1))
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == code
    (logged,) = await full.fetch("select code, channel from turnaway")
    assert tuple(logged) == (code, "guest")
    shut = await expect(full, 2)
    assert shut.no is not None
    assert shut.no.code == code


async def test_nobody_joins_before_the_doors_open_or_too_late_for_a_table(full: Pool) -> None:
    await move_clock(full, SEVEN - timedelta(hours=5))
    early = await ask(full, wish(1))
    await move_clock(full, SEVEN + timedelta(hours=3, minutes=30))
    late = await ask(full, wish(2))
    assert isinstance(early, LoggedRefusal)
    assert isinstance(late, LoggedRefusal)
    assert (early.no.code, late.no.code) == ("CLOSED", "CLOSED")


async def test_a_party_no_table_is_for_is_refused_by_its_size(full: Pool) -> None:
    refused = await ask(full, wish(1, party_size=9))
    assert isinstance(refused, LoggedRefusal)
    assert refused.no.code == "PARTY_SIZE_NOT_ALLOWED"


async def test_estimates_say_who_could_sit_down_at_once(pool: Pool) -> None:
    await open_house(pool, TWO_TABLES)
    await move_clock(pool, SEVEN)
    await walk_in(pool, "2", size=4)
    two, four, nine = (await expect(pool, 2, 4, 9)).estimates
    assert two.free_now
    assert not four.free_now
    assert four.minutes is not None
    assert four.minutes >= 120
    assert nine.minutes is None


async def test_a_client_sees_its_own_entry_only(full: Pool) -> None:
    async with transaction(full) as conn:
        mine, _ = await create_client(conn, "Mine", {VENUE: ["waitlist"]})
        other, _ = await create_client(conn, "Another", {VENUE: ["waitlist"]})
    entry = await joined(full, 1, site(mine))

    async def read(booker: Booker) -> object:
        return await run(
            full, lambda conn: read_own_entry(conn, VENUE, entry.wait_id, booker, CLOCK)
        )

    assert await read(site(mine))
    with pytest.raises(NotFound):
        await read(site(other))
    with pytest.raises(NotFound):
        await run(full, lambda conn: leave_waitlist(conn, VENUE, entry.wait_id, site(other), CLOCK))


async def test_leaving_twice_is_once_and_a_turnaway_that_a_host_can_take_back(full: Pool) -> None:
    entry = await joined(full, 1)
    for _ in range(2):
        gone = await run(
            full, lambda conn: leave_waitlist(conn, VENUE, entry.wait_id, GUEST, CLOCK)
        )
        assert gone.state == "left"
    assert await full.fetchval("select kind from turnaway") == "regret"
    action = await full.fetchval("select action_id from action where kind = 'Leave'")
    await tell(full, orders.Undo(id=uuid4(), action_id=action))
    assert (await stand(full)).waiting[0].state == "waiting"


async def test_who_was_seated_cannot_leave_the_list(full: Pool) -> None:
    entry = await joined(full, 1)
    sat = (await stand(full)).seatings[0]
    await tell(full, orders.Clear(id=uuid4(), seating_id=sat.seating_id, version=sat.version))
    await tell(full, orders.Seat(id=uuid4(), tables=sat.tables, wait_id=entry.wait_id, version=1))
    with pytest.raises(NotPossibleNow):
        await run(full, lambda conn: leave_waitlist(conn, VENUE, entry.wait_id, GUEST, CLOCK))


async def test_a_link_opens_one_page_until_the_period_is_over(full: Pool) -> None:
    entry = await joined(full, 1)
    token = entry.token or ""
    async with transaction(full) as conn:
        venue, seen = await entry_by_token(conn, token, CLOCK)
    assert (venue, seen.wait_id) == (VENUE, entry.wait_id)
    kept = await full.fetchval("select encode(token_hash, 'hex') from guest_link")
    assert token not in kept
    assert await full.fetchval(
        "select abs(extract(epoch from expires_at - now() - ("
        " (select max(closes) from period) - $1))) < 60 from guest_link",
        SEVEN,
    )
    await full.execute("update guest_link set expires_at = now()")
    async with transaction(full) as conn:
        with pytest.raises(NotFound):
            await entry_by_token(conn, token, CLOCK)


async def test_what_is_no_number_makes_no_two_parties_one(full: Pool) -> None:
    """ "at the bar" was written for a party that was refused, and for another that waits."""
    asked = Ask(party_size=2, starts=SEVEN, channel="walk_in")
    no = No(code="NO_TABLE_FITS", said=message("house-closed-now"))
    for number in ("at the bar", "+4930901820"):
        turnaway = Turnaway(ask=asked, no=no, service_date=SEVEN.date(), phone=number)
        async with transaction(full) as conn:
            await log_turnaway(conn, VENUE, turnaway, now=SEVEN)
    for number in ("at the bar", "+4930901820"):
        entry = uuid4()
        await tell(full, orders.Wait(id=entry, party_size=2, phone=number))
        sat = (await sat_at(full))["1"]
        await clear(full, sat)
        await tell(full, orders.Seat(id=uuid4(), tables=("1",), wait_id=entry, version=1))
    rows = await full.fetch("select phone, recovered_at is not null from turnaway")
    assert {tuple(row) for row in rows} == {("at the bar", False), ("+4930901820", True)}


async def test_expired_links_are_purged_venue_by_venue(full: Pool) -> None:
    entry = await joined(full, 1)
    await full.execute(
        "with h as (insert into house (venue_id, version, checksum, house)"
        " select 'elsewhere', 1, checksum, house from house)"
        " insert into venue (venue_id, name, house_version) values ('elsewhere', 'Elsewhere', 1)"
    )
    await full.execute(
        "insert into guest_link select 'elsewhere', token_hash, kind, subject_id, now()"
        " from guest_link"
    )
    await move_clock(full, SEVEN + timedelta(days=1000))
    assert (await remove_aged(full, CLOCK))["guest links"] == 1
    async with transaction(full) as conn:
        venue, _ = await entry_by_token(conn, entry.token or "", CLOCK)
    assert venue == VENUE


async def test_a_guest_on_its_way_is_shown_to_the_host(full: Pool) -> None:
    entry = await joined(full, 1)
    await run(full, lambda conn: mark_coming(conn, entry.token or "", CLOCK))
    assert (await stand(full)).waiting[0].coming_at == SEVEN
    await run(full, lambda conn: leave_waitlist_by_link(conn, entry.token or "", CLOCK))
    assert (await stand(full)).waiting == ()


async def test_a_table_that_turns_prompts_the_host_for_the_next_party_that_fits(
    full: Pool,
) -> None:
    four = await joined(full, 1, party_size=4)
    await pass_minutes(full, 1)
    two = await joined(full, 2)
    sat = await sat_at(full)
    told = await tell(
        full,
        orders.Clear(id=uuid4(), seating_id=sat["1"].seating_id, version=1),
    )
    assert await suggested(full) == {two.wait_id: ["1"]}  # too small for the four before it
    assert (await stand(full)).waiting[1].suggested_tables == ("1",)
    await take_back(full, told)
    assert (await stand(full)).waiting[1].suggested_tables == ()  # somebody sits there again
    await tell(full, orders.Clear(id=uuid4(), seating_id=sat["2"].seating_id, version=1))
    assert four.wait_id in await suggested(full)


async def test_a_table_that_turns_by_itself_is_found_by_the_sweep_once(pool: Pool) -> None:
    await open_house(pool, house_text(2))
    await move_clock(pool, SEVEN)
    late = await reserve(pool, 1)
    entry = await joined(pool, 2)
    assert await promote_waiting(pool, CLOCK) == 0
    await pass_minutes(pool, 20)  # past the grace: the table is given up
    assert await promote_waiting(pool, CLOCK) == 1
    assert await promote_waiting(pool, CLOCK) == 0
    assert await suggested(pool) == {entry.wait_id: ["1"]}
    assert late.state == "booked"


async def test_a_party_that_was_called_keeps_its_table_from_the_next(full: Pool) -> None:
    told = await tell(full, orders.Wait(id=uuid4(), party_size=2, name="Called"))
    sat = await sat_at(full)
    await clear(full, sat["1"])
    await tell(full, orders.Notify(**waits(told)))
    await joined(full, 2)
    await promote_waiting(full, CLOCK)
    assert await suggested(full) == {told.waiting[0].wait_id: ["1"]}


async def test_quotes_and_waits_are_reported(full: Pool) -> None:
    kept = await joined(full, 1)
    gone = await joined(full, 2, guest=Contact(name="No phone"))
    sat = await sat_at(full)
    await pass_minutes(full, 45)
    await clear(full, sat["1"])
    await tell(full, orders.Seat(id=uuid4(), tables=("1",), wait_id=kept.wait_id, version=1))
    await run(full, lambda conn: leave_waitlist(conn, VENUE, gone.wait_id, GUEST, CLOCK))
    async with transaction(full) as conn:
        report = await waits_report(conn, VENUE, SEVEN.date(), SEVEN.date())
    (row,) = report.channels
    assert (row.channel, row.parties, row.seated, row.left, row.kept) == ("guest", 2, 1, 1, 1)
    assert (row.waited_minutes, report.kept_share) == (45, 1.0)
    assert row.quoted_minutes == kept.quoted_minutes


async def test_a_site_that_sends_a_wish_again_joins_it_once(full: Pool) -> None:
    async with transaction(full) as conn:
        client_id, _ = await create_client(conn, "A site", {VENUE: ["waitlist"]})
    nobody: dict[str, Any] = {"guest": Contact(name="Nobody"), "partner_reference": "order-7"}
    await joined(full, booker=site(client_id), **nobody)
    again = await ask(full, wish(**nobody), site(client_id))
    assert isinstance(again, LoggedRefusal)
    assert again.no.code == "ALREADY_WAITING"
    await joined(full, booker=site(client_id), **nobody | {"partner_reference": "order-8"})
