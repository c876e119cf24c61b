"""The kitchen's screen: what is to be brought and known, noted once, without money or contacts."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from seating.db import transaction
from tests.api.conftest import NEW_STAFF, staff_client
from tests.api.host.conftest import booked, done
from tests.api.host.test_tasks import accepted, in_force
from tests.support.hearing import listening
from tests.support.house import SEVEN, VENUE, move_clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

NUTS = "update guest set allergies = 'nuts' where name = 'Guest 1'"
WORDS = {"cost", "price", "phone", "email", "risk", "owner", "purse", "spent", "guest_notes"}
"""What no answer to the kitchen has a field of."""


@pytest.fixture
async def kitchens(app: Litestar, pool: Pool) -> AsyncIterator[tuple[httpx.AsyncClient, ...]]:
    """Two tablets of the kitchen, and a viewer's."""
    async with AsyncExitStack() as open_:
        async with transaction(pool) as conn:
            for role in ("kitchen", "viewer"):
                await conn.execute(NEW_STAFF, VENUE, role)
            name = (
                "insert into staff (venue_id, staff_id, name, role) values ($1, $2, $3, 'kitchen')"
            )
            await conn.execute(name, VENUE, "cook", "Ida")
        yield tuple(
            [
                await open_.enter_async_context(staff_client(app, who))
                for who in ("kitchen", "cook", "viewer")
            ]
        )


async def see(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/host/kitchen")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def order(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"id": str(uuid4())} | more


async def seated_with_nuts(host: httpx.AsyncClient, pool: Pool) -> dict[str, Any]:
    party = (await booked(host, 1))["reservation_id"]
    await pool.execute(NUTS)
    await done(host, "arrive", reservation_id=party, version=1, arrived=2)
    sat = await done(host, "seat", reservation_id=party, version=2, tables=["1"])
    found: dict[str, Any] = sat["seatings"][0]
    return found


def fields(told: Any) -> set[str]:  # noqa: ANN401 - JSON
    if isinstance(told, dict):
        return set(told) | set().union(*(fields(each) for each in told.values()), set())
    if isinstance(told, list):
        return set[str]().union(*(fields(each) for each in told))
    return set()


async def test_the_kitchen_sees_what_to_bring_and_to_know_each_at_its_moment(
    host: httpx.AsyncClient,
    manager: httpx.AsyncClient,
    kitchens: tuple[httpx.AsyncClient, ...],
    pool: Pool,
) -> None:
    kitchen, *_ = kitchens
    await in_force(manager)
    seating = await seated_with_nuts(host, pool)
    await pool.execute("update guest set allergies = ''")  # else the guest would be asked first
    await accepted(host, seating["reservation_id"], "cake")
    await pool.execute(NUTS)
    shown = await see(kitchen)
    told = [(each["kind"], each["moment"], each["tables"]) for each in shown["tasks"]]
    assert told == [("allergies", "now", ["1"]), ("gesture", "later", ["1"])]
    assert [each["allergies"] for each in shown["tasks"]] == ["nuts", "nuts"]
    assert shown["tasks"][1]["name"] == {"en": "Cake"}
    assert not fields(shown) & WORDS

    await move_clock(pool, SEVEN + timedelta(minutes=6))
    which = {"seating_id": seating["seating_id"], "version": seating["version"]}
    await done(host, "serve", **which, check_down=True)
    shown = await see(kitchen)
    assert [(each["kind"], each["moment"]) for each in shown["tasks"]] == [("gesture", "now")]


async def test_a_large_party_is_on_the_list_an_hour_before_it_comes(
    host: httpx.AsyncClient, kitchens: tuple[httpx.AsyncClient, ...], pool: Pool
) -> None:
    kitchen, *_ = kitchens
    starts = (SEVEN + timedelta(hours=1)).isoformat()
    await booked(host, 3, party_size=6, starts=starts)
    await pool.execute("update reservation set party_size = 8")
    (task,) = (await see(kitchen))["tasks"]
    assert (task["kind"], task["party_size"], task["moment"]) == ("large_party", 8, "later")
    assert task["due_at"] == (SEVEN + timedelta(minutes=45)).isoformat().replace("+00:00", "Z")
    await move_clock(pool, SEVEN + timedelta(minutes=51))
    assert [each["moment"] for each in (await see(kitchen))["tasks"]] == ["over"]
    answer = await kitchen.post(
        "/host/kitchen/note", json=order(kind="large_party", subject_id=task["subject_id"])
    )
    assert answer.status_code == 200, answer.text
    shown = await see(kitchen)
    assert (shown["tasks"], [each["done_by"] for each in shown["noted"]]) == ([], ["kitchen"])


async def test_of_two_tablets_one_notes_it_and_only_that_one_takes_it_back(
    host: httpx.AsyncClient, kitchens: tuple[httpx.AsyncClient, ...], pool: Pool
) -> None:
    kitchen, ida, viewer = kitchens
    seating = await seated_with_nuts(host, pool)
    about = {"kind": "allergies", "subject_id": seating["seating_id"]}
    refused = await viewer.post("/host/kitchen/note", json=order(**about))
    assert (refused.status_code, refused.json()["message"]) == (403, "role-needed")
    bodies = [order(**about), order(**about)]
    async with listening(pool) as ear:
        answers = await asyncio.gather(
            *(
                who.post("/host/kitchen/note", json=body)
                for who, body in zip((kitchen, ida), bodies, strict=True)
            )
        )
        told = await ear.until("kitchen.marked")
    assert told["id"] == seating["seating_id"]
    assert sorted(each.status_code for each in answers) == [200, 409]
    lost = next(each for each in answers if each.status_code == 409)
    assert lost.json()["message"] == "kitchen-noted-already"
    first = answers.index(next(each for each in answers if each.status_code == 200))
    winner, loser = ((kitchen, ida), (ida, kitchen))[first]
    again = await winner.post("/host/kitchen/note", json=bodies[first])
    assert again.json() == answers[first].json(), "sent again is done once"
    assert (await see(loser))["tasks"] == []
    refused = await loser.post("/host/kitchen/unnote", json=order(**about))
    assert refused.status_code == 404
    back = await winner.post("/host/kitchen/unnote", json=order(**about))
    assert back.json()["noted"] is False
    assert [each["kind"] for each in (await see(loser))["tasks"]] == ["allergies"]


async def test_what_is_noted_is_to_be_noted_again_once_the_allergies_are_others(
    host: httpx.AsyncClient, kitchens: tuple[httpx.AsyncClient, ...], pool: Pool
) -> None:
    kitchen, *_ = kitchens
    seating = await seated_with_nuts(host, pool)
    about = {"kind": "allergies", "subject_id": seating["seating_id"]}
    await kitchen.post("/host/kitchen/note", json=order(**about))
    guest = await pool.fetchval("select guest_id from guest where name = 'Guest 1'")
    change = order(allergies="nuts, milk", consent=True)
    answer = await host.patch(f"/host/guests/{guest}", json=change)
    assert answer.status_code == 200, answer.text
    assert [each["allergies"] for each in (await see(kitchen))["tasks"]] == ["nuts, milk"]
