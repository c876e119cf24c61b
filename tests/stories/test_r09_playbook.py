"""R9: how it is solved today, and how it would be for one's mother: answers, their use, results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from policies.rescue.ordinary_answers import ordinary_answer
from tests.api.host.conftest import wish
from tests.support.house import DATE
from tests.support.rescues import done, seat, told_no, ways
from tests.support.rules import rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

PLAYBOOK: list[dict[str, Any]] = [
    {
        "code": "NO_TABLE_FITS",
        "ordinary": {"en": "We are full just now. Let me see what I can do.", "ru": "Минуту."},
        "beyond": [
            {"key": "walk", "text": {"en": "A walk by the river, and I call you."}, "way": "wait"},
            {"key": "bar", "text": {"en": "A glass at the bar with me, until I find you a place."}},
            {"key": "mother", "text": {"en": "You take my office table."}, "role": "manager"},
        ],
    }
]


@pytest.fixture
async def written(host: httpx.AsyncClient, pool: Pool) -> None:
    """The manager has written the playbook; every table is taken."""
    await rule(pool, playbook=PLAYBOOK)
    for table, size in (("1", 2), ("2", 2), ("3", 4), ("4", 6), ("5", 4)):
        await seat(host, table, size=size)


def keys(answers: dict[str, Any]) -> list[str]:
    return [each["key"] for each in answers["beyond"]]


async def turn_away(host: httpx.AsyncClient, code: str = "NO_TABLE_FITS") -> dict[str, Any]:
    body = {"id": str(uuid4()), "party_size": 2, "code": code, "kind": "denial"}
    answer = await host.post("/host/turnaways", json=body)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def give(host: httpx.AsyncClient, turnaway: str, answer: str, **more: str) -> httpx.Response:
    body = {"id": str(uuid4()), "answer": answer} | more
    return await host.post(f"/host/turnaways/{turnaway}/answers", json=body)


async def uses(manager: httpx.AsyncClient) -> dict[str, tuple[int, dict[str, int]]]:
    report = await manager.get("/manage/playbook", params={"from": DATE, "to": DATE})
    assert report.status_code == 200, report.text
    return {each["answer"]: (each["times"], each["outcomes"]) for each in report.json()}


@pytest.mark.usefixtures("written")
async def test_r09_a_refusal_comes_with_what_may_be_said(host: httpx.AsyncClient) -> None:
    answers = (await turn_away(host))["answers"]
    assert answers["ordinary"] == "We are full just now. Let me see what I can do."
    assert keys(answers) == ["walk", "bar", "mother"]
    assert (answers["beyond"][0]["way"], answers["beyond"][2]["role"]) == ("wait", "manager")
    other = (await turn_away(host, "PACING_FULL"))["answers"]
    assert (other["ordinary"], other["beyond"]) == (ordinary_answer("PACING_FULL", "en"), [])


@pytest.mark.usefixtures("written")
async def test_r09_on_the_phone_and_in_the_rescue_list_too(host: httpx.AsyncClient) -> None:
    refused = (await host.post("/host/reservations", json=wish(1))).json()
    assert (refused["code"], keys(refused["answers"])) == (
        "NO_TABLE_FITS",
        ["walk", "bar", "mother"],
    )
    listed = await ways(host, refused["turnaway_id"])
    assert keys(listed["answers"]) == ["walk", "bar", "mother"]


@pytest.mark.usefixtures("written")
async def test_r09_what_was_said_is_counted_once_with_what_it_led_to(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    assert await uses(manager) == {"walk": (0, {}), "bar": (0, {}), "mother": (0, {})}
    lost = (await turn_away(host))["turnaway_id"]
    tap = str(uuid4())
    for _ in range(2):
        given = await give(host, lost, "bar", id=tap)
        assert (given.status_code, given.json()["code"]) == (201, "NO_TABLE_FITS")
    listed = await ways(host, await told_no(host), name="Vera")
    await done(host, listed, "wait", "take")
    told = await uses(manager)
    assert told == {"walk": (1, {"expected": 1}), "bar": (1, {"lost": 1}), "mother": (0, {})}


@pytest.mark.usefixtures("written")
async def test_r09_some_answers_are_a_managers_and_others_are_nobodys(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    lost = (await turn_away(host))["turnaway_id"]
    refused = await give(host, lost, "mother")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    assert (await give(manager, lost, "mother")).status_code == 201
    assert (await give(host, lost, "ordinary")).status_code == 201
    unknown = await give(host, lost, "champagne")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "INVALID")
    nobody = await give(host, str(uuid4()), "bar")
    assert (nobody.status_code, nobody.json()["code"]) == (404, "NOT_FOUND")
    assert (await uses(manager))["ordinary"] == (1, {"lost": 1})


async def test_r09_a_playbook_with_mistakes_is_told_every_one(
    manager: httpx.AsyncClient,
) -> None:
    beyond = [
        {"key": "ordinary", "text": {"en": "x"}},
        {"key": "a", "text": {"de": "x"}, "way": "teleport"},
        {"key": "a", "text": {"en": "x"}},
    ]
    plays = [
        {"code": "NO_TABLE_FITS", "ordinary": {"en": "x"}, "beyond": beyond},
        {"code": "NO_TABLE_FITS", "ordinary": {"en": "x"}},
        {"code": "BAD_MOOD", "ordinary": {"ru": "x"}},
    ]
    body = {"id": str(uuid4()), "rules": {"playbook": plays}, "reason": "a new season"}
    answer = await manager.post("/manage/rules", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_RULES")
    assert {each["pointer"] for each in answer.json()["errors"]} == {
        "/rules/playbook/0/beyond/0/key",
        "/rules/playbook/0/beyond/1/way",
        "/rules/playbook/0/beyond/1/text",
        "/rules/playbook/0/beyond/2/key",
        "/rules/playbook/1/code",
        "/rules/playbook/2/code",
        "/rules/playbook/2/ordinary",
    }
