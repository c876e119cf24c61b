"""R16: an hour of parking per 300 of the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.stories.kindness import (
    check,
    give,
    given_away,
    publish,
    seated,
    tap,
    told_the_till,
    wish,
)

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def test_r16_a_bill_of_950_is_three_hours_of_parking(
    app: Litestar,
    host: httpx.AsyncClient,
    manager: httpx.AsyncClient,
    partner: httpx.AsyncClient,
) -> None:
    await publish(manager)
    party = await seated(host)
    parking = await tap(host, "accept", await give(host, party, "parking"))
    assert (parking["units"], parking["per_amount"], parking["cost"]) == (4, 30_000, 800)
    assert await given_away(host) == 800

    await check(partner, "1", 95_000, closed=False)
    early = wish(gesture_id=parking["gesture_id"], version=parking["version"])
    answer = await host.post("/host/gestures/deliver", json=early)
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_POSSIBLE_NOW")

    await check(partner, "1", 95_000)
    (task,) = (await host.get("/host/gestures")).json()["tasks"]["host"]
    assert (task["units"], task["due"]) == (3, True)
    brought = await tap(host, "deliver", parking)
    assert (brought["state"], brought["units"], brought["cost"]) == ("delivered", 3, 600)
    assert await given_away(host) == 600
    (told,) = await told_the_till(app)
    assert (told["kind"], told["reason_code"], told["amount"]) == (
        "spend_linked",
        "SPEND_LINKED",
        600,
    )
    assert told["check_id"] == "check of 1"


async def test_r16_a_small_bill_earns_nothing_and_a_large_one_no_more_than_the_most(
    app: Litestar,
    host: httpx.AsyncClient,
    manager: httpx.AsyncClient,
    partner: httpx.AsyncClient,
) -> None:
    await publish(manager)
    small, large = await seated(host, "1"), await seated(host, "3", 4)
    await check(partner, "1", 29_999)
    await check(partner, "3", 990_000)
    parking = await give(host, small, "parking")
    body = wish(gesture_id=parking["gesture_id"], version=parking["version"])
    answer = await host.post("/host/gestures/deliver", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    assert "€299.99" in answer.json()["detail"]
    brought = await tap(host, "deliver", await give(host, large, "parking"))
    assert (brought["units"], brought["cost"]) == (4, 800)
    assert len(await told_the_till(app)) == 1
