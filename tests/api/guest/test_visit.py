"""The page of a visit from booking to leaving: what a guest says on it, and what it is answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from msgspec.structs import replace

from policies.floor import orders
from seating.db import transaction
from seating.floor.orders import execute_command
from tests.support.gestures import JONAS
from tests.support.guest_pages import booked_page, texts_of
from tests.support.house import CLOCK, SEVEN, VENUE, at, move_clock

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def said(guest: httpx.AsyncClient, path: str) -> str:
    """The words of a page."""
    return " ".join(" ".join(texts_of((await guest.get(path)).text)).split())


def once(**more: str) -> dict[str, str]:
    return {"id": str(uuid4())} | more


async def row(pool: Pool, column: str) -> object:
    return await pool.fetchval(f"select {column} from reservation where venue_id = $1", VENUE)


async def first(pool: Pool, query: str) -> tuple[object, ...]:
    found = await pool.fetchrow(query, VENUE)
    assert found is not None
    return tuple(found)


async def test_ten_minutes_late_is_answered_with_what_is_kept_and_what_comes_after(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(0.25), party_size=2)
    before = await said(guest, path)
    assert "We will be late" in before
    assert "10 min, 19:25" in before
    form = once(minutes="10")
    done = await guest.post(f"{path}/late", data=form)
    assert (done.status_code, done.headers["location"]) == (303, path)
    page = await said(guest, path)
    assert "You come at 19:25" in page
    assert "We keep your table until 19:40." in page
    assert re.search(
        r"If you come later than that: table [\d +]+ at 19:40, kept until 19:55\.", page
    )
    told = await row(pool, "late_told ->> 'by'")
    starts = "select min(starts) from intention where venue_id = $1 and kind = 'reservation'"
    assert (told, await row(pool, "late_until"), await pool.fetchval(starts, VENUE)) == (
        "guest",
        at(0.25 + 10 / 60),
        at(0.25 + 10 / 60),
    ), "noted as a host's call is, and planned from then"
    version = await row(pool, "version")
    assert (await guest.post(f"{path}/late", data=form)).status_code == 303
    assert await row(pool, "version") == version, "a button sent twice happens once"
    acted = "select kind, staff_id from action where venue_id = $1 order by at desc limit 1"
    assert await first(pool, acted) == ("TellLate", None)


async def test_a_get_changes_nothing_and_far_ahead_nobody_is_late(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(27), party_size=2)
    count = "select count(*) from action where venue_id = $1"
    was = await pool.fetchval(count, VENUE), await row(pool, "version")
    for each in ("", "/late", "/confirm", "/coming", "/allergies", "/message", "/size"):
        assert (await guest.get(path + each)).status_code in {200, 405}
    assert (await pool.fetchval(count, VENUE), await row(pool, "version")) == was
    page = await said(guest, path)
    assert "We will be late" not in page
    assert "Yes, we are coming" in page
    refused = await guest.post(f"{path}/late", data=once(minutes="10"))
    assert refused.status_code == 409
    assert await row(pool, "late_until") is None


async def test_confirming_before_the_day_and_on_the_way_on_it_are_marks_of_the_stand(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(26), party_size=2)
    assert (await guest.post(f"{path}/confirm", data=once())).status_code == 303
    assert await row(pool, "reconfirmed_at") == SEVEN
    assert "You told us that you are coming" in await said(guest, path)
    await move_clock(pool, at(25.5))
    assert (await guest.post(f"{path}/coming", data=once())).status_code == 303
    assert await row(pool, "coming_at is not null")
    page = await said(guest, path)
    assert "We know that you are on your way" in page
    assert "We are on our way" not in page


async def test_three_instead_of_two_is_judged_at_once_and_can_be_asked_back(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(2), party_size=2)
    form = {"party_size": "3", "version": "1"}
    assert (await guest.post(f"{path}/size", data=form)).status_code == 303
    assert await row(pool, "party_size") == 3
    version = str(await row(pool, "public_version"))
    back = {"party_size": "2", "version": version}
    assert (await guest.post(f"{path}/size", data=back)).status_code == 303
    assert await row(pool, "party_size") == 2
    stale = await guest.post(f"{path}/size", data={"party_size": "4", "version": "1"})
    assert stale.status_code == 409


async def test_a_larger_party_that_does_not_fit_keeps_its_table_and_the_no_is_logged(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(3), party_size=2)
    await booked_page(pool, 1, starts=at(3), party_size=6)
    refused = await guest.post(f"{path}/size", data={"party_size": "6", "version": "1"})
    assert refused.status_code == 409
    words = " ".join(" ".join(texts_of(refused.text)).split())
    assert "We keep your table for 2 guests." in words
    assert await row(pool, "min(party_size)") == 2
    logged = "select party_size, channel from turnaway where venue_id = $1"
    assert [tuple(each) for each in await pool.fetch(logged, VENUE)] == [(6, "guest")]


async def test_allergies_reach_the_house_with_consent_and_what_it_noted_stays_unseen(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(2), party_size=2)
    await pool.execute("update guest set allergies = 'nuts' where venue_id = $1", VENUE)
    assert "nuts" not in await said(guest, path)
    done = await guest.post(f"{path}/allergies", data=once(text="  gluten "))
    assert done.status_code == 303
    known = "select allergies, health_consent_how from guest where venue_id = $1"
    assert await first(pool, known) == ("nuts; gluten", "page")


async def test_a_thread_has_a_limit_and_a_line_is_kept_once(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(2), party_size=2)
    line = once(text="Is there <b>parking</b> near you?")
    for _ in range(2):
        assert (await guest.post(f"{path}/message", data=line)).status_code == 303
    html = (await guest.get(path)).text
    assert html.count("Is there &lt;b&gt;parking") == 1
    for number in range(4):
        done = await guest.post(f"{path}/message", data=once(text=f"And {number}?"))
        assert done.status_code == 303
    full = await guest.post(f"{path}/message", data=once(text="Hello?"))
    assert full.status_code == 409
    assert "please call us" in " ".join(texts_of(full.text))


async def test_the_page_goes_with_the_visit_until_thanks(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await booked_page(pool, starts=at(0.25), party_size=2)
    key = await row(pool, "reservation_id")
    assert isinstance(key, UUID)
    seat = orders.Seat(id=uuid4(), tables=("1",), reservation_id=key, version=1)
    async with transaction(pool) as conn:
        await execute_command(conn, VENUE, seat, JONAS, CLOCK)
    check = """
insert into till_check (venue_id, check_id, state, table_id, sequence, total, opened_at,
                        reservation_id, seating_id, heard_at)
values ($1, 'c1', 'open', '1', 1, 8640, $2, $3, $4, $2)
"""
    await pool.execute(check, VENUE, SEVEN, key, seat.id)
    page = await said(guest, path)
    assert "Enjoy your time with us." in page
    assert "Your bill so far" in page
    assert "86.4" in page
    for gone in ("We will be late", "We are more, or fewer", "Cancel"):
        assert gone not in page
    clear = orders.Clear(id=uuid4(), seating_id=seat.id, version=1)
    async with transaction(pool) as conn:
        await execute_command(conn, VENUE, replace(clear, anyway=()), JONAS, CLOCK)
    page = await said(guest, path)
    assert "Thank you for coming." in page
    assert "Your message" not in page
