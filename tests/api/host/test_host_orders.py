"""Orders over HTTP: answers, conflicts with what is true now, roles, malformed bodies."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.host.orders import ROUTES
from tests.api.host.conftest import booked, done, show, tap

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool


async def test_a_party_is_followed_from_the_book_to_the_door(host: httpx.AsyncClient) -> None:
    made = await booked(host)
    told = await done(host, "arrive", reservation_id=made["reservation_id"], version=1, arrived=2)
    assert told["undo_until"]
    told = await done(
        host, "seat", reservation_id=made["reservation_id"], version=2, tables=made["tables"]
    )
    (seated,) = told["seatings"]
    told = await done(host, "clear", seating_id=seated["seating_id"], version=1)
    assert told["reservations"][0]["state"] == "finished"
    told = await done(host, "undo", action_id=told["action_id"])
    assert told["seatings"][0]["state"] == "seated"


async def test_a_taken_table_is_a_conflict_that_names_who_sits_there(
    host: httpx.AsyncClient,
) -> None:
    await done(host, "seat", tables=["1"], party_size=2, name="Ines")
    answer = await tap(host, "seat", tables=["1"], party_size=2)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "TABLE_OCCUPIED")
    assert problem["now"]["name"] == "Ines"


async def test_a_stale_version_is_answered_with_what_is_true_now(host: httpx.AsyncClient) -> None:
    told = await done(host, "seat", tables=["1"], party_size=2)
    seating = told["seatings"][0]["seating_id"]
    await done(host, "move", seating_id=seating, version=1, tables=["2"])
    answer = await tap(host, "move", seating_id=seating, version=1, tables=["3"])
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "STALE")
    assert (problem["now"]["version"], problem["now"]["tables"]) == (2, ["2"])


async def test_a_site_that_cancelled_meanwhile_is_told_to_the_host(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    path = f"/host/reservations/{made['reservation_id']}/cancel"
    gone = await host.post(path, json={"id": str(uuid4()), "reason": "guest called"})
    assert gone.json()["state"] == "cancelled"
    answer = await tap(host, "arrive", reservation_id=made["reservation_id"], version=1, arrived=2)
    assert (answer.status_code, answer.json()["code"]) == (409, "STALE")
    assert answer.json()["now"]["state"] == "cancelled"


async def test_what_the_lifecycle_has_no_step_for_is_not_possible_now(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    answer = await tap(host, "reopen", reservation_id=made["reservation_id"], version=1)
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_POSSIBLE_NOW")


async def test_what_only_a_manager_may_do_is_forbidden_to_a_host(host: httpx.AsyncClient) -> None:
    answer = await tap(host, "hold-more", window="peak")
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")


async def test_the_same_tap_from_two_tablets_at_once_is_one(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    body = {"id": str(uuid4()), "tables": ["1"], "party_size": 2}
    answers = await asyncio.gather(
        *(tap(client, "seat", **body) for client in (host, manager, host, manager))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len((await show(host))["seatings"]) == 1


async def test_an_undo_past_its_time_is_too_late(host: httpx.AsyncClient, pool: Pool) -> None:
    told = await done(host, "seat", tables=["1"], party_size=2)
    await pool.execute("update clock set anchor = anchor + interval '3 minutes'")
    answer = await tap(host, "undo", action_id=told["action_id"])
    assert (answer.status_code, answer.json()["code"]) == (409, "TOO_LATE")


async def test_levers_and_blocks_and_the_waitlist_are_shown_tonight(
    host: httpx.AsyncClient,
) -> None:
    await done(host, "levers", online_paused=True, areas_shut=["terrace"])
    await done(host, "block", table_id="1", reason="broken leg")
    await done(host, "wait", party_size=3, name="Ola", quoted_minutes=20)
    shown = await show(host)
    assert shown["period"]["online_paused"]
    assert shown["blocks"][0]["reason"] == "broken leg"
    assert (shown["waiting"][0]["waited"], shown["waiting"][0]["quoted_minutes"]) == (0, 20)


async def test_every_order_has_its_body_in_the_api_description(app: Litestar) -> None:
    paths = app.openapi_schema.to_schema()["paths"]
    for name, order in ROUTES.items():
        body = paths[f"/host/orders/{name}"]["post"]["requestBody"]
        reference = body["content"]["application/json"]["schema"]["$ref"]
        assert reference.rpartition("/")[2] == order.__name__


MALFORMED: list[tuple[str, dict[str, Any]]] = [
    ("seat", {"tables": [], "party_size": 2}),
    ("seat", {"tables": ["1"], "party_size": 0}),
    ("seat", {"tables": ["1"], "party_size": 10_000}),
    ("seat", {"tables": ["1"], "party_size": "2"}),
    ("seat", {"tables": ["1"], "party_size": 2, "surprise": 1}),
    ("seat", {"tables": ["1"], "party_size": 2, "id": "not a uuid"}),
    ("clear", {"seating_id": str(uuid4())}),
    ("block", {"table_id": "1", "ends": "2027-03-03T22:00:00"}),
    ("wait", {"party_size": 2, "needs": {"high_chairs": -1}}),
    ("extend", {"seating_id": str(uuid4()), "version": 1, "minutes": 7}),
]


@pytest.mark.parametrize(("order", "body"), MALFORMED)
async def test_a_malformed_order_is_a_problem_with_a_pointer_and_changes_nothing(
    host: httpx.AsyncClient, pool: Pool, order: str, body: dict[str, Any]
) -> None:
    answer = await tap(host, order, **body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"]
    actions = "select count(*) from action where kind <> 'PairDevice'"
    assert await pool.fetchval(actions) == 0


UNKNOWN: list[tuple[str, dict[str, Any], int]] = [
    ("clear", {"seating_id": str(uuid4()), "version": 1}, 404),
    ("arrive", {"reservation_id": str(uuid4()), "version": 1, "arrived": 2}, 404),
    ("leave", {"wait_id": str(uuid4()), "version": 1}, 404),
    ("lift", {"block_id": str(uuid4()), "version": 1}, 404),
    ("undo", {"action_id": str(uuid4())}, 404),
    ("seat", {"tables": ["99"], "party_size": 2}, 422),
    ("seat", {"tables": ["1"]}, 422),
    ("block", {"table_id": "1", "ends": "9999-12-31T22:00:00Z"}, 422),
    ("block", {"table_id": "1", "starts": "0001-01-01T00:00:00Z"}, 422),
    ("block", {"table_id": "99"}, 422),
    ("levers", {"areas_shut": ["cellar"]}, 422),
    ("wait", {"party_size": 2, "needs": {"area": "cellar"}}, 422),
    ("wait", {"party_size": 2, "name": "\u0000"}, 400),
]


@pytest.mark.parametrize(("order", "body", "status"), UNKNOWN)
async def test_what_does_not_exist_is_never_a_failure_of_ours(
    host: httpx.AsyncClient, order: str, body: dict[str, Any], status: int
) -> None:
    answer = await tap(host, order, **body)
    assert answer.status_code == status, answer.text
    assert answer.json()["code"]
