"""Late orders over HTTP: both sides of a clash are named, and whose act it was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.api.host.conftest import done, show, tap
from tests.support.house import DATE, SEVEN, move_clock

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

BEFORE = (SEVEN - timedelta(minutes=4)).isoformat()
NEXT_MORNING = SEVEN + timedelta(hours=11)
"""Of another service date, and less than twelve hours later."""
WAS_HERE = """
insert into session (venue_id, session_id, token_hash, csrf_hash, device_id, staff_id, expires_at,
                     opened_at, seen_at, ended_at)
select venue_id, gen_random_uuid(), 'another', csrf_hash, device_id, 'manager', expires_at,
       opened_at, seen_at, opened_at
from session where staff_id = 'host'
"""
BY = "select staff_id from action where action_id = $1"


async def test_both_sides_of_a_clash_are_named(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await done(manager, "seat", tables=["1"], party_size=2, name="Weber")
    answer = await tap(host, "seat", tables=["1"], party_size=2, name="Lind", happened_at=BEFORE)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "TABLE_OCCUPIED")
    assert (problem["now"]["name"], problem["now"]["tables"]) == ("Weber", ["1"])
    assert problem["against"]["staff_id"] == "manager"
    assert problem["against"]["tables"] == ["1"]


async def test_on_time_nobody_is_named_twice(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await done(manager, "seat", tables=["1"], party_size=2)
    assert "against" not in (await tap(host, "seat", tables=["1"], party_size=2)).json()


async def test_an_act_is_in_the_name_of_who_did_it_at_this_tablet(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    """Whoever logs in next sends what the one before could not."""
    await pool.execute(WAS_HERE)
    act = str(uuid4())
    await done(host, "seat", id=act, tables=["1"], party_size=2, happened_at=BEFORE, by="manager")
    assert await pool.fetchval(BY, act) == "manager"
    again = await done(host, "seat", id=act, tables=["1"], party_size=2, happened_at=BEFORE)
    assert again["action_id"] == act, "in whose name it is sent again says nothing of what was done"
    assert await pool.fetchval(BY, act) == "manager"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("update session set opened_at = opened_at - interval '30 days'", "late-not-here"),
        ("update staff set left_at = now()", "late-not-here"),
        ("update staff set role = 'viewer'", "role-needed"),
    ],
)
async def test_nobody_acts_in_the_name_of_who_was_here_once_or_may_not_do_it(
    host: httpx.AsyncClient, pool: Pool, change: str, why: str
) -> None:
    await pool.execute(WAS_HERE)
    await pool.execute(f"{change} where staff_id = 'manager'")
    answer = await tap(host, "seat", tables=["1"], party_size=2, happened_at=BEFORE, by="manager")
    assert (answer.status_code, answer.json()["message"]) == (403, why)
    assert (await show(host))["seatings"] == []


async def test_a_note_written_without_the_network_is_kept_once_as_of_who_wrote_it_and_when(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    wish = {"id": str(uuid4()), "service_date": DATE, "text": "No oysters", "happened_at": BEFORE}
    nobody = await host.post("/host/notes", json={**wish, "by": "manager"})
    assert (nobody.status_code, nobody.json()["code"]) == (403, "NOT_ALLOWED")
    del manager
    await pool.execute(WAS_HERE)
    now = NEXT_MORNING
    await move_clock(pool, now)
    answers = [await host.post("/host/notes", json={**wish, "by": "manager"}) for _ in range(2)]
    assert [each.status_code for each in answers] == [200, 200], "of the evening that is over"
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["written_by"] == "manager"
    assert datetime.fromisoformat(answers[0].json()["written_at"]) == SEVEN - timedelta(minutes=4)
    for too_late in (
        {"happened_at": None},
        {"happened_at": (now - timedelta(hours=13)).isoformat()},
    ):
        answer = await host.post("/host/notes", json={**wish, "id": str(uuid4()), **too_late})
        assert answer.status_code == 422


async def test_nobody_acts_in_the_name_of_who_was_not_here(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    del manager  # logged in at a tablet of its own
    answer = await tap(host, "seat", tables=["1"], party_size=2, happened_at=BEFORE, by="manager")
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    assert (await show(host))["seatings"] == []
