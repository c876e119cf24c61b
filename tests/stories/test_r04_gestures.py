"""R4: a dessert from the house at the end, carried by somebody, at its moment, once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from tests.api.host.conftest import done
from tests.stories.kindness import (
    DATES,
    gift,
    give,
    given_away,
    publish,
    seated,
    tap,
    told_the_till,
    wish,
)
from tests.support.house import at

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def test_r04_a_cake_from_the_house_comes_with_the_bill(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    cake = await give(host, party, "cake", cause="first_visit")
    assert (cake["state"], cake["kind"], cake["cause"]) == ("offered", "item", "first_visit")
    cake = await tap(host, "accept", cake)
    shown = (await host.get("/host/gestures")).json()
    assert [task["gesture"]["item"] for task in shown["due_later"]] == ["cake"]
    await done(host, "serve", **party, version=1, check_down=True)
    shown = (await host.get("/host/gestures")).json()
    (task,) = shown["tasks"]["kitchen"]
    assert (task["tables"], task["due"]) == (["1"], True)
    assert await told_the_till(app) == []
    await tap(host, "deliver", cake)
    (told,) = await told_the_till(app)
    assert (told["kind"], told["reason_code"], told["amount"], told["table_id"]) == (
        "comp",
        "FROM_THE_HOUSE",
        900,
        "1",
    )
    assert await given_away(host) == 300


async def test_r04_a_slip_is_taken_back_at_the_till_too(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    brought = await tap(host, "deliver", await give(host, await seated(host), "cake"))
    back = await tap(host, "undo", brought)
    assert (back["state"], back["adjustment_id"]) == ("offered", None)
    first, second = await told_the_till(app)
    assert second["reverses"] == first["adjustment_id"]
    assert (first["amount"], second["amount"]) == (900, -900)
    again = await tap(host, "deliver", back)
    assert [each["amount"] for each in await told_the_till(app)] == [900, -900, 900]
    assert again["adjustment_id"] not in {first["adjustment_id"], second["adjustment_id"]}


async def test_r04_what_nobody_brought_goes_back_into_the_purse_at_the_close(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    """Decided: a promise nobody kept costs nothing, and the manager sees it the next morning."""
    await publish(manager)
    party = await seated(host)
    kept = await tap(host, "accept", await give(host, party, "cake"))
    brought = await tap(host, "deliver", await give(host, party, "sorbet"))
    assert await given_away(host) == 500
    await move_clock_and_sweep(manager, 11)
    purses = await manager.get("/manage/purses", params={"date": "2027-03-03"})
    assert {each["owner"]: each["spent"] for each in purses.json()} == {
        "venue": 200,
        "person:host": 200,
    }
    late = wish(gesture_id=kept["gesture_id"], version=kept["version"])
    answer = await host.post("/host/gestures/deliver", json=late)
    assert (answer.status_code, answer.json()["code"]) == (409, "STALE")
    assert answer.json()["now"]["ended_why"] == "nobody brought it before the close"
    assert brought["state"] == "delivered"
    found = (await manager.get("/manage/gestures", params=DATES)).json()
    assert [each["gesture_id"] for each in found["undelivered"]] == [kept["gesture_id"]]


async def test_r04_a_gesture_that_is_not_as_it_should_be_changes_nothing(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    wrong = {
        "/item": gift(party, "caviar"),
        "/amount": gift(party, "off"),
        "/line": gift(party, "cake", line=" "),
        "/cause": gift(party, "cake", cause="bored"),
    }
    for pointer, body in wrong.items():
        answer = await host.post("/host/gestures/offer", json=body)
        assert answer.status_code in {400, 422}, answer.text
        assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    nobody = gift({"seating_id": str(uuid4())}, "cake")
    assert (await host.post("/host/gestures/offer", json=nobody)).status_code == 404
    both = gift(party, "cake", wait_id=str(uuid4()))
    assert (await host.post("/host/gestures/offer", json=both)).json()["code"] == "INVALID"
    assert await given_away(host) == 0


async def test_r04_the_same_tap_twice_is_one_cake(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    body = gift(await seated(host), "cake")
    first = await host.post("/host/gestures/offer", json=body)
    assert (await host.post("/host/gestures/offer", json=body)).json() == first.json()
    other = await host.post("/host/gestures/offer", json=body | {"item": "sorbet"})
    assert (other.status_code, other.json()["code"]) == (409, "ID_REUSED")
    assert await given_away(host) == 300


async def move_clock_and_sweep(manager: httpx.AsyncClient, hours: float) -> None:
    to = at(hours).isoformat()
    answer = await manager.post("/demo/clock", json={"to": to, "rate": 0.0})
    assert answer.status_code == 200, answer.text
