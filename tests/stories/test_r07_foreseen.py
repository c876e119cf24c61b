"""R7, the first arm: help before the refusal, where the refusal can be foreseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked
from tests.support.house import at
from tests.support.rescues import NEIGHBOURS, done, kinds, seat
from tests.support.rules import FIRST_COME, beyond, rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def foreseen(client: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of a query
    answer = await client.get("/host/foreseen", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def full(client: httpx.AsyncClient) -> None:
    for table, size in (("1", 2), ("2", 2), ("3", 4), ("4", 6), ("5", 4)):
        await seat(client, table, size=size)


async def test_r07_a_known_guest_who_calls_into_a_full_evening_is_foreseen_and_helped_first(
    marina: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, neighbours=NEIGHBOURS)
    guest = (await booked(marina, 7, starts=at(3).isoformat(), party_size=2))["guest_id"]
    assert await foreseen(marina, party_size=2, guest_id=guest) == []
    await full(marina)
    (found,) = await foreseen(marina, party_size=2, guest_id=guest)
    assert (found["why"], found["name"], found["guest_id"]) == (
        "would_be_refused",
        "Guest 7",
        guest,
    )
    assert found["no"]["code"]
    assert found["prompt"].startswith("We have no table for Guest 7 (2 guests, ")
    assert (found["message"], found["params"]["size"]) == ("foreseen-caller", 2)

    body = {"id": str(uuid4()), "party_size": 2, "name": "Guest 7"}
    listed = (await marina.post("/host/rescues", json=body)).json()
    assert "later" in kinds(listed)
    await done(marina, listed, "later", "open")
    made = (await done(marina, listed, "later", "take"))["reservation"]
    assert made["name"] == "Guest 7"
    assert await pool.fetchval("select count(*) from turnaway") == 0  # nobody heard a no


async def test_r07_a_promise_beyond_the_room_is_shown_before_its_guests_come(
    marina: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, overbooking=beyond(1), decisions=FIRST_COME)
    for number in range(2):
        await booked(marina, number, party_size=6 - 2 * number, starts=at(0.5).isoformat())
    for number in range(2, 4):
        await booked(marina, number, party_size=4, starts=at(0.5).isoformat())
    last = await booked(marina, 4, party_size=4, starts=at(0.5).isoformat())
    assert last["kind"] == "overbooked"
    (found,) = await foreseen(marina)
    assert (found["why"], found["reservation_id"]) == ("overbooked", last["reservation_id"])


async def test_r07_an_unknown_guest_is_nobody_we_know(marina: httpx.AsyncClient) -> None:
    answer = await marina.get("/host/foreseen", params={"party_size": 2, "guest_id": str(uuid4())})
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
