"""Late orders over HTTP: both sides of a clash are named, and whose act it was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.api.host.conftest import done, show, tap
from tests.support.house import SEVEN

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

BEFORE = (SEVEN - timedelta(minutes=4)).isoformat()
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


async def test_nobody_acts_in_the_name_of_who_was_not_here(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    del manager  # logged in at a tablet of its own
    answer = await tap(host, "seat", tables=["1"], party_size=2, happened_at=BEFORE, by="manager")
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    assert (await show(host))["seatings"] == []
