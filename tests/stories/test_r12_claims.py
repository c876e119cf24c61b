"""R12: a guest says a racket went missing: pay, up to a sensible price, and let them keep face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.host.conftest import booked, done
from tests.stories.kindness import (
    DATES,
    gift,
    give,
    given_away,
    publish,
    seated,
    told_the_till,
    wish,
)

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def test_r12_up_to_the_cap_it_is_paid_on_the_spot_without_a_question(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    claim = await give(host, party, "lost", amount=4500, reason="a tennis racket")
    assert (claim["state"], claim["cost"], claim["kind"]) == ("delivered", 4500, "claim")
    (told,) = await told_the_till(app)
    assert (told["kind"], told["reason_code"], told["amount"]) == ("refund", "GOODWILL", 4500)


async def test_r12_nobody_can_even_record_a_proof(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    for path in ("/host/gestures/offer", "/host/gestures/ask"):
        body = gift(party, "lost", amount=4500, proof="a receipt")
        answer = await host.post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, "INVALID_REQUEST")
    assert await given_away(host) == 0


async def test_r12_above_the_cap_a_quiet_call_to_a_manager_and_still_no_proof(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    body = gift(party, "lost", amount=5001, reason="a tennis racket")
    refused = (await host.post("/host/gestures/offer", json=body)).json()
    assert (refused["code"], refused["over_limit"]["limit"]) == ("OVER_LIMIT", 5000)
    question = (await host.post("/host/gestures/ask", json=body)).json()
    assert "proof" not in question["wish"]
    reply = {"approval_id": question["approval_id"], "version": 1, "yes": True}
    answer = await manager.post(
        "/manage/approvals/answer", json=wish(**reply, said="yes, and apologise for the trouble")
    )
    assert answer.json()["gesture"]["state"] == "delivered", answer.text
    assert [each["amount"] for each in await told_the_till(app)] == [5001]


async def test_r12_patterns_are_for_the_manager_and_never_for_the_door(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    made = await booked(host, 1)
    party = {"reservation_id": made["reservation_id"]}
    await done(host, "arrive", **party, version=1, arrived=2)
    for amount in (1000, 1500):
        await give(host, party, "lost", amount=amount, reason="an umbrella")
    found = (await manager.get("/manage/claims", params=DATES)).json()
    assert sorted(each["cost"] for each in found["claims"]) == [1000, 1500]
    patterns = {each["by"]: each for each in found["patterns"]}
    assert (patterns["guest"]["name"], patterns["guest"]["claims"]) == ("Guest 1", 2)
    assert patterns["person"]["cost"] == 2500
    assert (await host.get("/manage/claims", params=DATES)).status_code == 403
    for path in ("/host/gestures", "/host/tonight", "/host/guests?q=Guest"):
        seen = await host.get(path)
        assert seen.status_code == 200, seen.text
        assert "claim" not in seen.text.replace('"kind":"claim"', "")
