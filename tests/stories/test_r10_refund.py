"""R10: money back at once for a dish that was not liked, with respect."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from tests.stories.kindness import DATES, check, gift, give, publish, seated, told_the_till, wish
from tests.support.house import at, move_clock

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def test_r10_a_dish_is_refunded_four_minutes_after_the_guest_said_so(
    app: Litestar,
    host: httpx.AsyncClient,
    manager: httpx.AsyncClient,
    partner: httpx.AsyncClient,
) -> None:
    await publish(manager)
    party = await seated(host)
    await check(partner, "1", 8400, closed=False)
    about = wish(about="the risotto is cold", **party)
    complaint = (await host.post("/host/complaints", json=about)).json()
    assert (await host.post("/host/complaints", json=about)).json() == complaint
    await move_clock(app.state.pool, at(4 / 60))
    more = {"amount": 1900, "dish": "Risotto", "cause": "complaint"}
    named = {"complaint_id": complaint["complaint_id"]}
    refund = await give(host, party, "refund", line="because it was cold", **more, **named)
    assert (refund["state"], refund["cost"], refund["dish"]) == ("delivered", 1900, "Risotto")
    (told,) = await told_the_till(app)
    assert told == {
        "adjustment_id": refund["adjustment_id"],
        "kind": "refund",
        "reason_code": "DISH_RETURNED",
        "amount": 1900,
        "currency": "EUR",
        "check_id": "check of 1",
        "table_id": "1",
        "occurred_at": at(4 / 60).isoformat().replace("+00:00", "Z"),
        "reverses": None,
    }
    again = gift(party, "refund", amount=100, **named)
    refused = await host.post("/host/gestures/offer", json=again)
    assert refused.json()["errors"][0]["pointer"] == "/complaint_id"
    found = (await manager.get("/manage/gestures", params=DATES)).json()["refunds"]
    assert found == {
        "refunds": 1,
        "amount": 1900,
        "timed": 1,
        "median_minutes": 4.0,
        "slowest_minutes": 4.0,
    }


async def test_r10_a_refund_sent_twice_by_a_bad_wifi_reaches_the_till_once(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    body = gift(await seated(host), "refund", amount=1900, dish="Risotto")
    first = await host.post("/host/gestures/offer", json=body)
    assert (await host.post("/host/gestures/offer", json=body)).json() == first.json()
    assert len(await told_the_till(app)) == 1


async def test_r10_an_unknown_complaint_or_too_much_money_changes_nothing(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    unknown = gift(party, "refund", amount=100, complaint_id=str(uuid4()))
    assert (await host.post("/host/gestures/offer", json=unknown)).status_code == 422
    much = await host.post("/host/gestures/offer", json=gift(party, "refund", amount=3001))
    assert (much.json()["code"], much.json()["over_limit"]["limit"]) == ("OVER_LIMIT", 3000)
    assert await told_the_till(app) == []
