"""Leaving the waitlist by one's page: apart from the next step, asked once more, taken back."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from policies.floor.orders import Leave
from tests.support.guest_pages import waiting_page
from tests.support.house import SEVEN, move_clock
from tests.support.stand import tell
from tests.support.waitlist import joined

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def state(pool: Pool, name: str = "Guest 0") -> str:
    """The state of the latest entry of a guest."""
    found: str = await pool.fetchval(
        "select state from wait_entry where name = $1 order by joined_at desc", name
    )
    return found


async def later(pool: Pool, seconds: int) -> None:
    await move_clock(pool, SEVEN + timedelta(seconds=seconds))


def forms(html: str) -> list[str]:
    """Where the buttons of a page post to."""
    return re.findall(r'<form method="post" action="([^"]+)"', html)


async def test_leaving_is_asked_once_more_and_looking_at_the_question_changes_nothing(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await waiting_page(pool)
    shown = (await guest.get(path)).text
    assert forms(shown) == [f"{path}/coming"]
    assert f'<p class="apart"><a href="{path}/leave">' in shown
    asked = await guest.get(f"{path}/leave")
    assert "Do you want to leave the waitlist?" in asked.text
    assert forms(asked.text) == [f"{path}/leave"]
    assert 'http-equiv="refresh"' not in asked.text  # it stays under the guest's thumb
    assert f'class="link" href="{path}">Keep my place' in asked.text
    assert await state(pool) == "waiting"


async def test_within_a_minute_the_old_place_can_be_taken_back(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await waiting_page(pool)
    await later(pool, 10)
    behind = await waiting_page(pool, 1)
    await guest.post(f"{path}/coming")
    await guest.post(f"{path}/leave")
    assert "You are next" in (await guest.get(behind)).text
    await later(pool, 69)
    left = (await guest.get(path)).text
    assert forms(left) == [f"{path}/back"]
    assert '<meta http-equiv="refresh" content="1">' in left
    for _ in range(2):
        back = await guest.post(f"{path}/back")
        assert (back.status_code, back.headers["Location"]) == (303, path)
    here = (await guest.get(path)).text
    assert "You are next" in here
    assert "the host knows that you are on your way" in here
    assert "<dd>1</dd>" in (await guest.get(behind)).text
    assert await pool.fetchval("select count(*) from turnaway") == 0


async def test_after_a_minute_the_place_is_gone(guest: httpx.AsyncClient, pool: Pool) -> None:
    path = await waiting_page(pool)
    await guest.post(f"{path}/leave")
    await later(pool, 60)
    assert forms((await guest.get(path)).text) == []
    assert (await guest.post(f"{path}/back")).headers["Location"] == path
    assert await state(pool) == "left"


async def test_a_party_that_the_house_took_off_the_list_does_not_take_that_back(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    entry = await joined(pool)
    await tell(pool, Leave(id=uuid4(), wait_id=entry.wait_id, version=1))
    path = f"/w/{entry.token}"
    assert forms((await guest.get(path)).text) == []
    await guest.post(f"{path}/back")
    assert await state(pool) == "left"


async def test_a_guest_who_joined_anew_does_not_wait_twice(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    first = await joined(pool)
    path = f"/w/{first.token}"
    await guest.post(f"{path}/leave")
    await joined(pool)
    await guest.post(f"{path}/back")
    waiting = "select array_agg(wait_id) from wait_entry where state = 'waiting'"
    assert first.wait_id not in (await pool.fetchval(waiting) or [])


async def test_a_called_party_that_comes_back_is_still_called(
    guest: httpx.AsyncClient, pool: Pool
) -> None:
    path = await waiting_page(pool)
    await pool.execute(
        "update wait_entry set state = 'notified', notified_at = $1, version = 2", SEVEN
    )
    await guest.post(f"{path}/leave")
    await guest.post(f"{path}/back")
    assert "Your table is ready" in (await guest.get(path)).text
