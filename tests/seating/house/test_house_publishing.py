"""A new version of the house: what it does to the book, seen before and after it is published."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from msgspec.structs import replace

from policies.drafts.documents import DocumentError
from policies.floor.orders import Assign, Clear, Levers, Seat
from policies.house.file import read_house
from policies.house.room import Needs
from seating.book.in_force import house_of
from seating.booking.availability import Search, search_availability
from seating.booking.changing import Change, cancel, change
from seating.booking.making import BookingResult
from seating.booking.slot_holds import HoldRequest, hold_slot
from seating.db import run, transaction
from seating.errors import Invalid, NeedsAnyway, NotFound, NotPossibleNow, WouldStrand
from seating.house.carrying import follow_houses
from seating.house.house_publishing import PublishHouse, publish
from seating.house.stranded import StrandedList, stranded_promises
from seating.jobs.sweeps import sweep_all
from seating.turnaways.log import LoggedRefusal
from tests.support.drafts import (
    closed_on,
    drafted,
    previewed,
    published,
    with_dinner,
    withdrawn,
)
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
from tests.support.rules import PEAK, rule
from tests.support.stand import about, picture, promise, reserve, state, tell, walk_in

if TYPE_CHECKING:
    from policies.book.picture import Promise
    from seating.db import Pool

TODAY = date(2027, 3, 3)
TOMORROW = date(2027, 3, 4)
ROOM = house_text(2, 2, 4)
CLOSED = closed_on(ROOM, TOMORROW)
WITHOUT_1 = ROOM.replace('{ id = "1", area = "room", seats_max = 2 }, ', "")
LATER = SEVEN + timedelta(days=1)
RENAMED = with_dinner(ROOM, "18:00", "22:00", name="supper")
SPLIT = (
    with_dinner(ROOM, "18:00", "18:45", name="early")
    .replace('"23:55"', '"19:00"')
    .replace(
        "[house_rules]",
        '[[periods]]\nname = "late"\ndays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'
        'opens = "19:00"\nlast_seating = "22:00"\ncloses = "23:55"\npacing = 500\n[house_rules]',
        1,
    )
)


@pytest.fixture(autouse=True)
async def _house(pool: Pool) -> None:
    await open_house(pool, ROOM)


async def free(pool: Pool, day: date, party_size: int = 2) -> int:
    """How many starts a phone call would be offered."""
    async with transaction(pool) as conn:
        search = Search(service_date=day, party_size=party_size, channel="phone")
        return len((await search_availability(conn, VENUE, search, CLOCK)).slots)


async def listed(pool: Pool) -> StrandedList:
    async with transaction(pool) as conn:
        return await stranded_promises(conn, VENUE, CLOCK)


async def cancelled(pool: Pool, kept: Promise) -> str:
    done = await run(
        pool, lambda conn: cancel(conn, VENUE, kept.reservation_id, "a test", HOST, CLOCK)
    )
    return done.state


async def versions_of_rows(pool: Pool) -> dict[str, tuple[int, bool]]:
    rows = await pool.fetch("select period_id, house_version, served from period")
    return {row["period_id"]: (row["house_version"], row["served"]) for row in rows}


async def test_a_day_closed_and_reopened_is_booked_again(pool: Pool) -> None:
    kept = await reserve(pool, 1, starts=LATER)
    assert await cancelled(pool, kept) == "cancelled"
    await published(pool, CLOSED, TODAY)
    assert isinstance(await book(pool, order(2, starts=LATER), HOST), LoggedRefusal)
    await published(pool, ROOM, TODAY)
    client, _ = await new_site(pool)
    assert isinstance(await book(pool, order(3, starts=LATER), site(client)), BookingResult)
    assert isinstance(await book(pool, order(4, starts=LATER), HOST), BookingResult)


async def test_rows_an_older_program_left_behind_are_brought_along_at_the_start(
    pool: Pool,
) -> None:
    kept = await reserve(pool, 1, starts=LATER)
    await published(pool, house_text(2, 2, 4, 6), TODAY)
    await pool.execute("update period set house_version = 1, served = false")
    assert isinstance(await book(pool, order(2, starts=LATER), HOST), LoggedRefusal)  # no 500
    assert await follow_houses(pool, CLOCK) == 1
    assert set((await versions_of_rows(pool)).values()) == {(2, True)}
    assert isinstance(await book(pool, order(2, starts=LATER), HOST), BookingResult)
    assert (await promise(pool, kept.reservation_id)).tables


async def test_an_evening_that_is_over_is_read_under_its_own_house(pool: Pool) -> None:
    kept = await reserve(pool, 1)
    assert await cancelled(pool, kept) == "cancelled"
    await move_clock(pool, LATER)
    await sweep_all(pool, CLOCK)
    await published(pool, WITHOUT_1, TOMORROW)
    assert await cancelled(pool, kept) == "cancelled"  # again: the same answer
    assert (await versions_of_rows(pool))["2027-03-03.dinner"] == (1, True)


async def test_a_closed_day_lets_go_of_held_tables_and_slot_holds(pool: Pool) -> None:
    await rule(pool, holds=[PEAK])
    client, _ = await new_site(pool)
    wish = HoldRequest(party_size=4, starts=LATER)
    await run(pool, lambda conn: hold_slot(conn, VENUE, wish, site(client), CLOCK))
    assert not (await published(pool, CLOSED, TODAY)).stranded
    assert not (await published(pool, closed_on(house_text(2, 2), TOMORROW), TODAY)).stranded
    await move_clock(pool, LATER + timedelta(hours=3))
    await sweep_all(pool, CLOCK)
    assert {row["state"] for row in await pool.fetch("select state from slot_hold")} == {"expired"}
    held = await pool.fetch(
        "select state, ended_by, ended_why ->> 'key' as why from held_table"
        " where period_id like '2027-03-04%'"
    )
    assert {tuple(row) for row in held} == {("cancelled", "system", "held-not-served")}


async def test_who_loses_the_place_is_told_before_with_phone_local_time_and_a_way_out(
    pool: Pool,
) -> None:
    kept = await booked(pool, order(1, starts=LATER), HOST)
    seen = await previewed(pool, CLOSED, TODAY)
    (lost,) = seen.stranded
    assert (lost.name, lost.why) == ("Guest 1", "The house is closed then.")
    assert (lost.code, lost.phone) == (kept.reservation.code, "+493020000001")
    assert lost.starts.isoformat() == "2027-03-04T19:00:00+01:00"
    assert lost.proposal.kind == "another_start"
    assert [each.isoformat() for each in lost.proposal.starts] == ["2027-03-05T19:00:00+01:00"]
    assert (await versions_of_rows(pool))["2027-03-04.dinner"] == (1, True)  # only read


async def test_another_table_is_proposed_where_only_the_wished_area_is_gone(pool: Pool) -> None:
    await published(pool, house_text(2, 2, 4, terrace=1), TODAY)
    wish = replace(order(1, starts=LATER, party_size=2), needs=Needs(area="terrace"))
    await booked(pool, wish, HOST)
    (lost,) = (await previewed(pool, house_text(2, 2), TODAY)).stranded
    assert (lost.why, lost.proposal.kind) == ("No table is left for it.", "another_table")
    assert lost.proposal.tables in {("1",), ("2",)}


async def test_a_table_proposed_in_another_area_is_taken_with_a_reason(pool: Pool) -> None:
    await published(pool, house_text(2, 2, 4, terrace=1), TODAY)
    wish = replace(order(1, starts=LATER, party_size=2), needs=Needs(area="terrace"))
    kept = (await booked(pool, wish, HOST)).reservation.reservation_id
    await published(pool, house_text(2, 2), TODAY, "become_cases")
    (lost,) = (await listed(pool)).stranded
    asked = about(await promise(pool, kept)) | {"tables": lost.proposal.tables}
    with pytest.raises(NeedsAnyway, match="asked for Terrace") as refused:
        await tell(pool, Assign(**asked))
    assert refused.value.pointer == "/anyway"
    await tell(pool, Assign(**asked, reason="the guest agrees"))
    now = await promise(pool, kept)
    assert (now.tables, now.exposed) == (lost.proposal.tables, False)
    assert not (await listed(pool)).stranded
    await published(pool, house_text(2, 2, 4), TODAY)  # planned anew: it stays
    assert (await promise(pool, kept)).tables


async def test_who_keeps_a_table_that_stands_in_another_area_by_now_has_to_be_called(
    pool: Pool,
) -> None:
    await published(pool, house_text(2, 2, 4, terrace=1), TODAY)
    wish = replace(order(1, starts=LATER, party_size=2), needs=Needs(area="terrace"))
    kept = (await booked(pool, wish, HOST)).reservation.reservation_id
    (told,) = (await previewed(pool, house_text(2, 2, 4), TODAY)).stranded
    assert (told.reservation_id, told.phone) == (kept, "+493020000001")
    assert told.why == "The area it asked for has no table any more."
    await published(pool, house_text(2, 2, 4), TODAY, "become_cases")
    assert (await promise(pool, kept)).tables == ("3",)
    (listed_,) = (await listed(pool)).stranded
    assert listed_.why == told.why
    asked = about(await promise(pool, kept)) | {"tables": ("3",), "reason": "the guest agrees"}
    await tell(pool, Assign(**asked))
    assert not (await listed(pool)).stranded


async def test_no_start_is_proposed_that_the_guests_wishes_would_refuse(pool: Pool) -> None:
    await published(pool, house_text(2, 2, 4, terrace=1), TODAY)
    wish = replace(order(1, starts=LATER, party_size=2), needs=Needs(area="terrace"))
    await booked(pool, wish, HOST)
    (lost,) = (await previewed(pool, closed_on(house_text(2, 2), TOMORROW), TODAY)).stranded
    assert lost.proposal.kind == "a_person_decides"


async def test_another_start_is_proposed_by_the_engine_that_books(pool: Pool) -> None:
    await reserve(pool, 1, party_size=4)
    smaller = ROOM.replace(', { id = "3", area = "room", seats_max = 4 }', "")
    await published(pool, ROOM, TODAY)
    (lost,) = (await previewed(pool, smaller, TODAY)).stranded
    assert (lost.why, lost.proposal.kind) == ("No table is left for it.", "a_person_decides")
    (late,) = (await previewed(pool, with_dinner(ROOM, "20:00", "22:00"), TODAY)).stranded
    assert late.why == "It starts outside the hours."
    assert late.proposal.kind == "another_start"
    assert f"{late.proposal.starts[0]:%H:%M}" == "20:00"


async def test_nothing_is_refused_for_good_only_until_somebody_says_that_they_know(
    pool: Pool,
) -> None:
    kept = await reserve(pool, 1, starts=LATER)
    with pytest.raises(WouldStrand) as refused:
        await published(pool, CLOSED, TODAY)
    assert isinstance(refused.value.now, StrandedList)
    ids = [each.reservation_id for each in refused.value.now.stranded]
    assert ids == [kept.reservation_id]
    assert await free(pool, TOMORROW) > 0
    done = await published(pool, CLOSED, TODAY, ids)
    assert [each.reservation_id for each in done.stranded] == ids
    assert await free(pool, TOMORROW) == 0
    assert await state(pool, kept.reservation_id) == "booked"  # a promise stays one
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 1
    assert [each.reservation_id for each in (await listed(pool)).stranded] == ids


async def test_a_promise_of_a_closed_day_can_be_moved_and_cancelled(pool: Pool) -> None:
    one, other = [await reserve(pool, number, starts=LATER) for number in (1, 2)]
    await published(pool, CLOSED, TODAY, "become_cases")
    wish = Change(starts=LATER + timedelta(days=1))
    moved = await run(
        pool,
        lambda conn: change(conn, VENUE, one.reservation_id, wish, HOST, CLOCK, version=None),
    )
    assert not isinstance(moved, LoggedRefusal)
    assert (await promise(pool, one.reservation_id)).tables
    assert await cancelled(pool, other) == "cancelled"
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 0
    assert not (await listed(pool)).stranded


async def test_who_comes_all_the_same_is_seated(pool: Pool) -> None:
    kept = await reserve(pool, 1)
    await published(pool, closed_on(ROOM, TODAY), TODAY, "become_cases")
    await move_clock(pool, SEVEN)
    seat = Seat(id=uuid4(), tables=("1",), reservation_id=kept.reservation_id)
    (seated,) = (await tell(pool, seat)).seatings
    assert await state(pool, kept.reservation_id) == "seated"
    done = Clear(id=uuid4(), seating_id=seated.seating_id, version=seated.version)
    await tell(pool, done)
    assert await state(pool, kept.reservation_id) == "finished"
    with pytest.raises(NotFound):
        await walk_in(pool, "2")


async def test_nobody_is_a_no_show_at_a_house_that_was_closed(pool: Pool) -> None:
    kept, early = await reserve(pool, 1, starts=LATER), await reserve(pool, 2, starts=at(-0.5))
    await published(pool, CLOSED, TODAY, "become_cases")
    await published(
        pool, closed_on(with_dinner(ROOM, "19:00", "22:00"), TOMORROW), TODAY, "become_cases"
    )
    await move_clock(pool, LATER + timedelta(hours=1))
    await sweep_all(pool, CLOCK)
    assert await state(pool, kept.reservation_id) == "booked"
    await move_clock(pool, LATER + timedelta(hours=20))
    await sweep_all(pool, CLOCK)
    assert await state(pool, kept.reservation_id) == "walked"
    assert await state(pool, early.reservation_id) == "walked"


async def test_a_reopened_day_gives_its_promises_tables_again(pool: Pool) -> None:
    kept = await reserve(pool, 1, starts=LATER)
    await published(pool, CLOSED, TODAY, "become_cases")
    assert not (await promise(pool, kept.reservation_id)).tables
    await published(pool, with_dinner(ROOM, "17:00", "22:00"), TODAY)
    again = await promise(pool, kept.reservation_id)
    assert (again.tables != (), again.exposed) == (True, False)
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 0
    assert await pool.fetchval(
        "select opens from period where period_id = '2027-03-04.dinner'"
    ) == LATER - timedelta(hours=2)


@pytest.mark.parametrize(
    ("house", "period"), [(RENAMED, "2027-03-04.supper"), (SPLIT, "2027-03-04.late")]
)
async def test_a_promise_is_taken_over_by_the_period_it_starts_in(
    pool: Pool, house: str, period: str
) -> None:
    kept = await reserve(pool, 1, starts=LATER)
    assert not (await previewed(pool, house, TODAY)).stranded
    done = await published(pool, house, TODAY)
    assert (done.followed, done.stranded) == ((kept.reservation_id,), ())
    now = await promise(pool, kept.reservation_id)
    assert (now.period_id, now.exposed, len(now.tables)) == (period, False, 1)
    counted = await pool.fetchval(
        "select physical_parties from period where period_id = $1", period
    )
    assert counted == 1
    assert await cancelled(pool, kept) == "cancelled"


async def test_who_sits_goes_on_in_the_period_that_takes_the_place_of_theirs(pool: Pool) -> None:
    await move_clock(pool, SEVEN)
    seated = await walk_in(pool, "1")
    await published(pool, RENAMED, TODAY)
    told = await walk_in(pool, "2")
    assert told.period_id == "2027-03-03.supper"
    done = Clear(id=uuid4(), seating_id=seated.seating_id, version=seated.version)

    assert (await tell(pool, done)).seatings[0].period_id == "2027-03-03.supper"


async def test_what_is_over_and_due_falls_due_first(pool: Pool) -> None:
    await reserve(pool, 1)
    await move_clock(pool, SEVEN + timedelta(hours=20))  # no job has run since
    assert not (await published(pool, WITHOUT_1, TOMORROW)).stranded
    await sweep_all(pool, CLOCK)
    assert await pool.fetchval("select state from reservation") == "no_show"


async def test_promises_keep_their_local_times_in_another_zone(pool: Pool) -> None:
    kept = await reserve(pool, 1, starts=LATER)
    london = ROOM.replace("Europe/Berlin", "Europe/London")
    seen = await previewed(pool, london, TODAY)
    assert (seen.stranded, seen.zone and seen.zone.becomes) == ((), "Europe/London")
    await published(pool, london, TODAY)
    now = await promise(pool, kept.reservation_id)
    assert now.starts == LATER + timedelta(hours=1)  # 19:00 on the clocks of London
    assert now.tables == kept.tables


async def test_what_is_over_by_the_clocks_of_another_zone_is_counted_neither_before_nor_after(
    pool: Pool,
) -> None:
    await reserve(pool, 1)
    await reserve(pool, 2, starts=LATER)
    await move_clock(pool, at(3))  # 22:00 in Berlin: dinner is over by the clocks of Tokyo
    tokyo = ROOM.replace("Europe/Berlin", "Asia/Tokyo")
    seen = await previewed(pool, tokyo, TODAY)
    done = await published(pool, tokyo, TODAY, "become_cases")
    assert seen.periods == done.periods


async def test_another_zone_taken_back_at_once_leaves_local_times_as_they_were(pool: Pool) -> None:
    kept = await reserve(pool, 1, starts=LATER)
    done = await published(pool, ROOM.replace("Europe/Berlin", "Europe/London"), TOMORROW)
    await withdrawn(pool, done.version)
    assert (await promise(pool, kept.reservation_id)).starts == LATER


async def test_each_date_has_the_house_of_its_date(pool: Pool) -> None:
    larger = house_text(2, 2, 4, 6)
    done = await published(pool, larger, TOMORROW)
    assert [await free(pool, day, party_size=6) > 0 for day in (TODAY, TOMORROW)] == [False, True]
    assert isinstance(await book(pool, order(1, starts=LATER, party_size=6), HOST), BookingResult)
    assert (await versions_of_rows(pool))["2027-03-04.dinner"] == (done.version, True)
    assert isinstance(await book(pool, order(2, party_size=6), HOST), LoggedRefusal)
    await move_clock(pool, SEVEN)
    await walk_in(pool, "1")
    await move_clock(pool, LATER)  # nobody has moved the venue's pointer
    assert (await walk_in(pool, "3")).period_id == "2027-03-04.dinner"
    async with transaction(pool) as conn:
        assert len((await house_of(conn, VENUE)).at(LATER).house.tables) == 4
    assert await follow_houses(pool, CLOCK) == 1
    assert await pool.fetchval("select house_version from venue") == done.version
    assert await follow_houses(pool, CLOCK) == 0


async def test_guests_accept_the_house_rules_of_today_whenever_they_come(pool: Pool) -> None:
    stricter = ROOM.replace("version = 3", "version = 4").replace("15 minutes", "10 minutes")
    await published(pool, stricter, TOMORROW)
    client, _ = await new_site(pool)
    made = await booked(pool, order(1, starts=LATER), site(client))
    assert await pool.fetchval("select rules_version from acknowledgement") == 3
    await move_clock(pool, LATER - timedelta(hours=5))
    await follow_houses(pool, CLOCK)
    later = await book(pool, order(2, starts=LATER), site(client))
    assert isinstance(later, LoggedRefusal)
    assert later.no.code == "HOUSE_RULES_NOT_ACCEPTED"
    assert await state(pool, made.reservation.reservation_id) == "booked"


async def test_the_night_between_two_versions_has_the_tables_of_both(pool: Pool) -> None:
    """An evening that runs past midnight, a lunch soon after it: each under its own house."""
    night = with_dinner(ROOM, "18:00", "03:00").replace('"23:55"', '"05:00"')
    await published(pool, night, TODAY)
    small = house_text(2, 2).replace(
        "[[periods]]",
        '[[periods]]\nname = "breakfast"\n'
        'days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]\n'
        'opens = "05:00"\nlast_seating = "08:00"\ncloses = "09:00"\npacing = 500\n[[periods]]',
        1,
    )
    late = SEVEN + timedelta(hours=7, minutes=45)  # 02:45
    four = await reserve(pool, 1, starts=late, party_size=4)
    assert four.tables == ("3",)
    await published(pool, small, TOMORROW)
    two = [await reserve(pool, number, starts=late, party_size=2) for number in (2, 3)]
    morning = SEVEN + timedelta(hours=10)  # 05:00: the parties of the night are there still
    assert isinstance(await book(pool, order(4, starts=morning), HOST), BookingResult)
    assert (await promise(pool, four.reservation_id)).tables == ("3",)
    assert {(await promise(pool, each.reservation_id)).exposed for each in two} == {False}


async def test_a_version_that_has_not_begun_is_withdrawn(pool: Pool) -> None:
    larger = house_text(2, 2, 4, 6)
    done = await published(pool, larger, TOMORROW)
    kept = await reserve(pool, 1, starts=LATER, party_size=6)
    with pytest.raises(WouldStrand):
        await withdrawn(pool, done.version)
    await withdrawn(pool, done.version, [kept.reservation_id])
    assert (await versions_of_rows(pool))["2027-03-04.dinner"] == (1, True)
    assert await free(pool, TOMORROW, party_size=6) == 0
    with pytest.raises(NotPossibleNow):
        await withdrawn(pool, done.version)
    with pytest.raises(NotPossibleNow):
        await withdrawn(pool, 1)


async def test_later_versions_take_a_change_along(pool: Pool) -> None:
    june = await published(pool, house_text(2, 2, 4, 6), date(2027, 6, 1))
    done = await published(pool, ROOM.replace("pacing = 500", "pacing = 40"), TODAY)
    (carried,) = done.carried_into
    async with transaction(pool) as conn:
        known = (await house_of(conn, VENUE)).on(date(2027, 6, 1))
    assert (known.version, len(known.house.tables)) == (carried, 4)
    assert known.house.periods[0].pacing == 40
    assert carried > june.version


async def test_what_a_later_version_has_removed_already_is_no_obstacle_to_a_change(
    pool: Pool,
) -> None:
    later = house_text(2, 2, 4).replace('[[staff]]\nid = "anna"\nname = "Anna"\nrole = "owner"', "")
    later = later.replace('{ id = "1", area = "room", seats_max = 2 }, ', "")
    await published(pool, with_dinner(later, "18:00", "22:00", name="supper"), date(2027, 6, 1))
    now = WITHOUT_1.replace("pacing = 500", "pacing = 40").split("[[staff]]")[0]  # of a draft
    (carried,) = (await published(pool, now, TODAY)).carried_into
    async with transaction(pool) as conn:
        known = (await house_of(conn, VENUE)).on(date(2027, 6, 1))
    assert known.version == carried
    assert [each.id for each in known.house.tables] == ["2", "3"]
    assert [(each.name, each.pacing) for each in known.house.periods] == [("supper", 500)]


async def test_a_later_version_that_cannot_take_the_change_is_named(pool: Pool) -> None:
    inside = ROOM.replace(', { id = "terrace", name = "Terrace" }', "")
    later = await published(pool, inside, date(2027, 6, 1))
    with pytest.raises(
        NotPossibleNow, match=f"Version {later.version}, which holds from 1 June 2027 on"
    ):
        await published(pool, house_text(2, 2, 4, terrace=1), TODAY)


async def test_a_house_that_contradicts_itself_is_not_published(pool: Pool) -> None:
    version = await drafted(pool, ROOM)
    await pool.execute(
        """update house set house = jsonb_set(house, '{tables,0,area}', '"cellar"'), checksum = ''
        where version = $1""",
        version,
    )
    command = PublishHouse(id=uuid4(), from_date=TODAY)
    with pytest.raises(DocumentError) as refused:
        await run(pool, lambda conn: publish(conn, VENUE, version, command, "anna", CLOCK))
    assert [pointer for pointer, _ in refused.value.problems] == ["/tables/0/area"]
    assert await pool.fetchval("select state from house where version = $1", version) == "draft"


async def test_a_version_is_published_from_today_at_the_earliest_and_once(pool: Pool) -> None:
    with pytest.raises(Invalid) as refused:
        await published(pool, CLOSED, TODAY - timedelta(days=1))
    assert refused.value.pointer == "/from_date"
    done = await published(pool, CLOSED, TODAY)
    assert await drafted(pool, ROOM) == done.version + 1


async def test_of_two_of_one_date_the_one_published_last_holds(pool: Pool) -> None:
    early = await drafted(pool, house_text(2))
    await published(pool, house_text(2, 2, 4, 6), TODAY)
    command = PublishHouse(id=uuid4(), from_date=TODAY)
    done = await run(pool, lambda conn: publish(conn, VENUE, early, command, "anna", CLOCK))
    async with transaction(pool) as conn:
        known = await house_of(conn, VENUE)
    assert (len(known.house.tables), known.version) == (1, done.version)


async def test_levers_of_the_evening_stay(pool: Pool) -> None:

    await reserve(pool, 1)
    await move_clock(pool, at(0))
    await tell(pool, Levers(id=uuid4(), online_paused=True))
    await published(pool, WITHOUT_1, TODAY)
    assert (await picture(pool)).period.online_paused


async def test_the_same_house_under_another_number_changes_nothing(pool: Pool) -> None:
    kept = await reserve(pool, 1)
    await published(pool, ROOM, TODAY)
    now = await promise(pool, kept.reservation_id)
    assert replace(now, version=kept.version) == kept
    assert read_house(ROOM).venue.id == VENUE
