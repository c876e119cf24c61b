"""R2, when it goes wrong: a promised party is looked after before it has to complain."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from seating.jobs.sweeps import open_cases
from tests.api.host.conftest import booked
from tests.api.host.conftest import done as told
from tests.support.house import CLOCK, SEVEN, at, move_clock
from tests.support.rescues import NEIGHBOURS, done, kinds, seat
from tests.support.rules import rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

Json = dict[str, Any]
LADDER = [
    {"minutes": 10, "gesture": "glass"},
    {"minutes": 30, "gesture": "cake"},
]
GIFTS = [
    {"key": "cake", "name": {"en": "Cake"}, "cost": 600, "due": "bill"},
    {"key": "glass", "name": {"en": "A glass"}, "cost": 500, "due": "arrival"},
]


@pytest.fixture
async def vera(marina: httpx.AsyncClient, pool: Pool) -> Json:
    """A six booked for seven is here, and at the only six somebody stays on and on."""
    await rule(pool, gestures=GIFTS, wait_ladder=LADDER, neighbours=NEIGHBOURS)
    made = await booked(marina, 1, party_size=6)
    known = ["DUE_PARTY_LOSES_TABLE"]
    await seat(marina, "4", size=6, name="The long birthday", anyway=known)
    here = await told(marina, "arrive", reservation_id=made["reservation_id"], version=1, arrived=6)
    (vera,) = (
        each for each in here["reservations"] if each["reservation_id"] == made["reservation_id"]
    )
    found: Json = vera
    return found


async def cases(client: httpx.AsyncClient) -> list[Json]:
    answer = await client.get("/host/cases")
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()
    return found


async def rescue_of(client: httpx.AsyncClient, reservation_id: str) -> Json:
    body = {"id": str(uuid4()), "reservation_id": reservation_id}
    answer = await client.post("/host/rescues", json=body)
    assert answer.status_code == 201, answer.text
    listed: Json = answer.json()
    return listed


async def test_r02_whoever_loses_its_table_has_a_case_at_once_with_what_is_owed_to_it(
    marina: httpx.AsyncClient, vera: Json, pool: Pool
) -> None:
    (case,) = await cases(marina)
    assert (case["kind"], case["reservation_id"]) == ("exposed", vera["reservation_id"])
    assert (case["waited_minutes"], case["rungs_reached"]) == (0, [])
    await move_clock(pool, SEVEN + timedelta(minutes=12))
    (case,) = await cases(marina)
    assert case["waited_minutes"] == 12
    assert [each["gesture"] for each in case["rungs_reached"]] == ["glass"]


async def test_r02_a_way_taken_for_the_party_closes_its_case_and_says_how(
    oleg: httpx.AsyncClient, vera: Json, pool: Pool
) -> None:
    listed = await rescue_of(oleg, vera["reservation_id"])
    assert set(kinds(listed)) <= {"join", "move", "shorter", "table", "partner"}
    await done(oleg, listed, "partner", "open")
    await done(oleg, listed, "partner", "take", reason="because we cannot keep them standing")
    assert await cases(oleg) == []
    row = await pool.fetchrow("select how, note, closed_by from exposure")
    assert row is not None
    assert tuple(row) == ("partner", "because we cannot keep them standing", "oleg")
    state = await pool.fetchval("select state from reservation")
    assert state == "walked"


async def test_r02_a_party_kept_waiting_is_found_before_it_complains(
    marina: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(marina, 2)
    version = 1
    await told(marina, "arrive", reservation_id=made["reservation_id"], version=version, arrived=2)
    await move_clock(pool, SEVEN + timedelta(minutes=9))
    assert await open_cases(pool, CLOCK) == 1
    assert await cases(marina) == []
    await move_clock(pool, SEVEN + timedelta(minutes=11))
    await open_cases(pool, CLOCK)
    (case,) = await cases(marina)
    assert (case["kind"], case["waited_minutes"], case["arrived"]) == ("waiting", 11, True)

    listed = await rescue_of(marina, made["reservation_id"])
    opened = await done(marina, listed, "table", "open")
    assert opened["option"]["tables"] == made["tables"]
    taken = await done(marina, listed, "table", "take")
    assert taken["result"]["seatings"][0]["reservation_id"] == made["reservation_id"]
    assert await cases(marina) == []
    assert await pool.fetchval("select how from exposure") == "table"


async def test_r02_what_was_opened_and_let_go_leaves_the_promise_its_place(
    marina: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(marina, 2)
    await told(marina, "arrive", reservation_id=made["reservation_id"], version=1, arrived=2)
    await move_clock(pool, SEVEN + timedelta(minutes=11))
    listed = await rescue_of(marina, made["reservation_id"])
    await done(marina, listed, "table", "open")
    await done(marina, listed, "table", "close")
    shown = (await marina.get("/host/tonight")).json()["reservations"][0]
    assert (shown["tables"], shown["exposed"]) == (made["tables"], False)


async def test_r02_rain_on_the_terrace_opens_a_case_for_each_party_it_strands(
    marina: httpx.AsyncClient, pool: Pool
) -> None:
    await booked(marina, 1, party_size=4, needs={"area": "terrace"}, starts=at(1).isoformat())
    await told(marina, "levers", areas_shut=["terrace"])
    (case,) = await cases(marina)
    assert (case["kind"], case["arrived"]) == ("exposed", False)
    await told(marina, "levers", areas_shut=[])
    assert await cases(marina) == []
    assert await pool.fetchval("select count(*) from exposure where closed_at is null") == 0


async def test_r02_a_case_is_closed_by_hand_once_with_what_was_done(
    marina: httpx.AsyncClient, vera: Json, pool: Pool
) -> None:
    assert vera["exposed"]
    (case,) = await cases(marina)
    body = {"id": str(uuid4()), "done": "they come back tomorrow, on us"}
    path = f"/host/cases/{case['case_id']}/close"
    first, again = [await marina.post(path, json=body) for _ in range(2)]
    assert (first.status_code, first.json()) == (200, again.json())
    other = await marina.post(path, json=body | {"id": str(uuid4())})
    assert (other.status_code, other.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    row = await pool.fetchrow("select how, note, closed_by from exposure")
    assert row is not None
    assert tuple(row) == ("by hand", "they come back tomorrow, on us", "marina")
    unknown = await marina.post(f"/host/cases/{uuid4()}/close", json=body | {"id": str(uuid4())})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "NOT_FOUND")
