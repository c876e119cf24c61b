"""R5: whoever serves the guest may act on their own wish; beyond that, one tap asks a manager."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.conftest import ELSEWHERE, NEW_STAFF, NEW_VENUE, staff_client
from tests.stories.kindness import gift, give, given_away, publish, seated, wish
from tests.support.house import VENUE, at, move_clock

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar


async def asked(host: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    """What was refused is asked of a manager with the same body."""
    refused = await host.post("/host/gestures/offer", json=body)
    assert refused.status_code == 409, refused.text
    answer = await host.post("/host/gestures/ask", json=body)
    assert answer.status_code == 201, answer.text
    question: dict[str, Any] = answer.json()
    return question


def answer_to(question: dict[str, Any], *, yes: bool, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    said = "of course, for them" if yes else "not tonight, give them the glass"
    about = {"approval_id": question["approval_id"], "version": question["version"]}
    return wish(yes=yes, said=said, **about) | more


async def purses(manager: httpx.AsyncClient) -> dict[str, int]:
    found = await manager.get("/manage/purses", params={"date": "2027-03-03"})
    return {each["owner"]: each["spent"] for each in found.json()}


async def test_r05_a_host_gives_alone_and_beyond_the_limit_the_manager_says_yes(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    assert (await give(host, party, "cake"))["owner"] == "person:host"
    question = await asked(host, gift(party, "magnum"))
    assert (question["state"], question["over_limit"]["code"]) == ("waiting", "OVER_LIMIT")
    (seen,) = (await manager.get("/manage/approvals")).json()
    assert seen == question
    body = answer_to(question, yes=True)
    told = (await manager.post("/manage/approvals/answer", json=body)).json()
    assert (told["approval"]["state"], told["approval"]["answered_by"]) == ("approved", "manager")
    gesture = told["gesture"]
    assert (gesture["gesture_id"], gesture["state"]) == (question["approval_id"], "offered")
    assert (gesture["offered_by"], gesture["owner"]) == ("host", "person:manager")
    shown = (await host.get("/host/gestures")).json()
    assert [each["said"] for each in shown["approvals"]] == ["of course, for them"]
    assert {task["gesture"]["item"] for task in shown["offers"]} == {"cake", "magnum"}
    assert await purses(manager) == {"venue": 4300, "person:host": 300, "person:manager": 4000}
    assert (await manager.post("/manage/approvals/answer", json=body)).json() == told
    assert await given_away(host) == 4300


async def test_r05_the_yes_may_be_charged_to_the_house_alone(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager, approvals={"charged": "venue"})
    question = await asked(host, gift(await seated(host), "magnum"))
    body = answer_to(question, yes=True)
    told = (await manager.post("/manage/approvals/answer", json=body)).json()
    assert told["gesture"]["owner"] == "venue"
    assert await purses(manager) == {"venue": 4000, "person:host": 0}
    void = {"gesture_id": told["gesture"]["gesture_id"], "version": 1, "reason": "sold out"}
    assert (await host.post("/host/gestures/void", json=wish(**void))).status_code == 200
    assert await purses(manager) == {"venue": 0, "person:host": 0}


async def test_r05_a_no_comes_with_a_line_and_costs_nothing(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    question = await asked(host, gift(await seated(host), "magnum"))
    body = answer_to(question, yes=False)
    silent = await manager.post("/manage/approvals/answer", json=body | {"said": ""})
    assert silent.json()["errors"][0]["pointer"] == "/said"
    told = (await manager.post("/manage/approvals/answer", json=body)).json()
    assert (told["approval"]["state"], told["gesture"]) == ("refused", None)
    late = answer_to(question, yes=True)
    again = await manager.post("/manage/approvals/answer", json=late)
    assert (again.status_code, again.json()["code"]) == (409, "STALE")
    assert again.json()["now"]["state"] == "refused"
    assert await given_away(host) == 0


async def test_r05_a_question_nobody_answered_lapses(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    question = await asked(host, gift(await seated(host), "magnum"))
    await move_clock(app.state.pool, at(11 / 60))
    (seen,) = (await manager.get("/manage/approvals")).json()
    assert seen["state"] == "expired"
    body = answer_to(question, yes=True)
    answer = await manager.post("/manage/approvals/answer", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    await manager.post("/demo/sweep")
    (seen,) = (await host.get("/host/gestures")).json()["approvals"]
    assert (seen["state"], seen["version"]) == ("expired", 2)
    assert await given_away(host) == 0


async def test_r05_what_is_asked_and_answered_is_heard_of_at_once(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    with app.state.broadcaster.subscribed(VENUE, uuid4()) as screen:
        question = await asked(host, gift(await seated(host), "magnum"))
        body = answer_to(question, yes=True)
        await manager.post("/manage/approvals/answer", json=body)
        said = []
        while "approval.approved" not in said:
            event = await asyncio.wait_for(screen.next(), 30)
            if event is not None and event.id == question["approval_id"]:
                said.append(event.event)
    assert said == [
        "notice.called",
        "approval.waiting",
        "gesture.offered",
        "approval.approved",
    ]


async def test_r05_what_needs_no_asking_or_is_not_ones_own_to_answer_changes_nothing(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    party = await seated(host)
    needless = await host.post("/host/gestures/ask", json=gift(party, "cake"))
    assert (needless.status_code, needless.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    unknown = answer_to({"approval_id": str(uuid4()), "version": 1}, yes=True)
    assert (await manager.post("/manage/approvals/answer", json=unknown)).status_code == 404
    question = await asked(host, gift(party, "magnum"))
    body = answer_to(question, yes=True)
    assert (await host.post("/manage/approvals/answer", json=body)).status_code == 403
    pool = app.state.pool
    await pool.execute(NEW_VENUE, ELSEWHERE, "{}")
    await pool.execute(NEW_STAFF, ELSEWHERE, "manager")
    async with staff_client(app, "manager", ELSEWHERE) as stranger:
        answer = await stranger.post("/manage/approvals/answer", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
    await asks_oneself(manager, party)
    assert await given_away(host) == 0


async def asks_oneself(manager: httpx.AsyncClient, party: dict[str, str]) -> None:
    """A manager beyond the night's purse asks; answering it is for somebody else."""
    tonight = {"venue_night": 0}
    patch = wish(rules={"purses": tonight}, reason="a quiet night")
    answer = await manager.post("/manage/periods/2027-03-03.dinner/override", json=patch)
    assert answer.status_code == 200, answer.text
    mine = await manager.post("/host/gestures/ask", json=gift(party, "cake"))
    assert mine.json()["over_limit"]["manager_can"] == "raise"
    body = answer_to(mine.json(), yes=True)
    answer = await manager.post("/manage/approvals/answer", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
