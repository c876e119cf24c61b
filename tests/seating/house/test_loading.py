"""Loading a house file: once, again, changed, and kept for a decision when it would strand."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from policies.floor.orders import Seat
from seating.book.actions import ActionAuthor
from seating.book.guests import Contact
from seating.book.reservations import Booker
from seating.booking.making import BookingRequest, BookingResult, create_reservation
from seating.clock import MovableClock, set_clock
from seating.db import Pool, run
from seating.floor.orders import execute_command
from seating.house.examples import shipped, shipped_text
from seating.house.house_drafts import DraftHouse, draft_house, exported_house
from seating.house.house_publishing import PublishHouse, publish
from seating.house.loading import load_house
from tests.support.drafts import drafted

FILE = """
areas = [{id = "room", name = "Room"}, {id = "terrace", name = "Terrace"}]
turn_times = [{party_max = 4, minutes = 90}]

[venue]
id = "corner"
name = "The Corner"
zone = "Europe/Berlin"
currency = "EUR"

[[tables]]
id = "1"
area = "room"
seats_max = 2

[[tables]]
id = "2"
area = "terrace"
seats_max = 2

[[periods]]
name = "dinner"
days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
opens = "18:00"
last_seating = "21:00"
closes = "23:00"
pacing = 40
"""
AT_SEVEN = datetime(2026, 12, 4, 18, 0, tzinfo=UTC)
DESK = Booker(channel="desk", actor="host", staff_id="anna")
TABLE = {"area": "room", "seats_max": 2}


async def load(pool: Pool, text: str) -> int:
    return (await load_house(pool, text, MovableClock())).version


async def book(pool: Pool, name: str) -> BookingResult:
    order = BookingRequest(party_size=2, starts=AT_SEVEN, guest=Contact(name=name))
    answer = await run(
        pool, lambda conn: create_reservation(conn, "corner", order, DESK, MovableClock())
    )
    assert isinstance(answer, BookingResult)
    return answer


@pytest.fixture(autouse=True)
async def in_december(pool: Pool) -> None:
    async with pool.acquire() as conn:
        await set_clock(conn, datetime(2026, 12, 1, 9, 0, tzinfo=UTC), 0)


async def test_a_house_loaded_twice_keeps_its_version(pool: Pool) -> None:
    assert [await load(pool, FILE), await load(pool, FILE)] == [1, 1]


async def test_a_changed_house_is_a_new_version(pool: Pool) -> None:
    await load(pool, FILE)
    assert await load(pool, FILE.replace("pacing = 40", "pacing = 30")) == 2


@pytest.mark.parametrize("name", shipped())
async def test_the_shipped_houses_load(pool: Pool, name: str) -> None:
    assert await load(pool, shipped_text(name)) == 1


async def test_promises_move_to_the_tables_that_are_left(pool: Pool) -> None:
    await load(pool, FILE)
    await book(pool, "Ada")
    smaller = FILE.replace('[[tables]]\nid = "1"\narea = "room"\nseats_max = 2\n', "")
    await load(pool, smaller)
    assert await pool.fetchval("select array_agg(table_id) from intention") == ["2"]


async def test_a_file_without_room_for_a_promise_waits_as_a_draft(pool: Pool) -> None:
    await load(pool, FILE)
    await book(pool, "Ada")
    await book(pool, "Ben")
    smaller = FILE.replace('[[tables]]\nid = "1"\narea = "room"\nseats_max = 2\n', "")
    loaded = await load_house(pool, smaller, MovableClock())
    assert (loaded.version, loaded.draft) == (1, 2)
    assert await pool.fetchval("select house_version from venue") == 1
    assert await pool.fetchval("select count(*) from intention") == 2
    told = [line for line in loaded.lines if "No table is left for it." in line]
    assert len(told) == 1
    assert "2 guests, 04 December 19:00, " in told[0]
    again = await load_house(pool, smaller, MovableClock())
    assert (again.version, again.draft) == (1, 2)
    assert "POST /manage/house/drafts/2/preview" in again.lines[-1]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('opens = "18:00"', 'opens = "20:00"', "It starts outside the hours."),
        ('"fri", ', "", "The house is closed then."),
    ],
)
async def test_new_hours_that_leave_a_promise_out_are_to_be_decided(
    pool: Pool, old: str, new: str, why: str
) -> None:
    await load(pool, FILE)
    code = (await book(pool, "Ada")).reservation.code
    loaded = await load_house(pool, FILE.replace(old, new), MovableClock())
    assert loaded.version == 1
    assert f"Ada, 2 guests, 04 December 19:00, {code}: {why}" in loaded.lines


async def test_a_buy_out_over_a_promise_is_to_be_decided(pool: Pool) -> None:
    await load(pool, FILE)
    await book(pool, "Ada")
    bought = FILE + (
        '[[buy_outs]]\nname = "Wedding"\ndate = 2026-12-04\nstarts = "18:00"\nends = "23:00"\n'
        'areas = ["room", "terrace"]\n'
    )
    assert (await load_house(pool, bought, MovableClock())).draft == 2


async def test_a_table_with_guests_at_it_is_not_taken_out_of_the_house_unseen(pool: Pool) -> None:
    await load(pool, FILE)
    async with pool.acquire() as conn:
        await set_clock(conn, AT_SEVEN, 0)
        await conn.execute("insert into staff values ('corner', 'anna', 'Anna', 'host')")
    seat = Seat(id=uuid4(), tables=("1",), party_size=2)
    who = ActionAuthor(staff_id="anna", actor="host")
    await run(pool, lambda conn: execute_command(conn, "corner", seat, who, MovableClock()))
    smaller = FILE.replace('[[tables]]\nid = "1"\narea = "room"\nseats_max = 2\n', "")
    loaded = await load_house(pool, smaller, MovableClock())
    lost = "It sits at table 1, which the house will not have."
    assert any(lost in line for line in loaded.lines)


async def test_an_unchanged_file_does_not_overwrite_what_was_published_since(pool: Pool) -> None:
    await load(pool, FILE)
    edited = FILE.replace("pacing = 40", "pacing = 30")
    await publish_over_manage(pool, edited)
    assert await load(pool, FILE) == 2  # as it was when it was last loaded: nothing to do
    changed = await load_house(pool, FILE.replace("pacing = 40", "pacing = 20"), MovableClock())
    assert (changed.version, changed.draft) == (2, 3)
    assert "The house was changed on the screens since" in changed.lines[0]
    assert await load(pool, edited) == 2  # the house in force, from a file: no version of its own
    assert await pool.fetchval("select count(*) from house") == 3


async def test_the_export_of_the_house_in_force_is_nothing_new(pool: Pool) -> None:
    staffed = FILE + '[[staff]]\nid = "ada"\nname = "Ada"\nrole = "owner"\n'
    await load(pool, staffed)
    async with pool.acquire() as conn:
        asked = DraftHouse(id=uuid4(), reason="more", patch={"tables": {"9": TABLE}})
        draft = await draft_house(conn, "corner", asked, "ada", MovableClock())
        command = PublishHouse(id=uuid4(), from_date=date(2026, 12, 1))
        await publish(conn, "corner", draft.version, command, "ada", MovableClock())
        exported = await exported_house(conn, "corner", MovableClock())
    loaded = await load_house(pool, exported, MovableClock())
    assert (loaded.version, loaded.draft, loaded.lines) == (2, None, ())
    assert await load(pool, exported.replace("pacing = 40", "pacing = 20")) == 3


async def publish_over_manage(pool: Pool, text: str) -> None:
    await pool.execute("insert into staff values ('corner', 'anna', 'Anna', 'manager')")
    version = await drafted(pool, text)
    command = PublishHouse(id=uuid4(), from_date=date(2026, 12, 1))
    await run(pool, lambda conn: publish(conn, "corner", version, command, "anna", MovableClock()))
