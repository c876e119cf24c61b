"""Gestures and rules over HTTP: what a tablet shows and taps, what a manager writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.host.conftest import booked, done
from tests.support.gestures import PERIOD, RULES
from tests.support.house import DATE

if TYPE_CHECKING:
    import httpx


def order(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"id": str(uuid4())} | more


async def rules_in_force(manager: httpx.AsyncClient) -> None:
    body = order(rules=RULES, reason="a new season")
    made = await manager.post("/manage/rules", json=body)
    assert made.status_code == 201, made.text
    again = await manager.post("/manage/rules", json=body)
    assert again.json() == made.json()
    path = f"/manage/rules/{made.json()['version']}/publish"
    published = await manager.post(path, json=order(from_date=DATE))
    assert published.json()["version"]["state"] == "published", published.text


@pytest.fixture
async def party(host: httpx.AsyncClient, manager: httpx.AsyncClient) -> str:
    await rules_in_force(manager)
    made = await booked(host)
    await done(host, "arrive", reservation_id=made["reservation_id"], version=1, arrived=2)
    return str(made["reservation_id"])


def gift(party: str, item: str = "glass") -> dict[str, Any]:
    line, reason = "because it is your first time", "first visit"
    return order(item=item, line=line, reason=reason, reservation_id=party)


async def test_an_offer_is_accepted_and_brought(host: httpx.AsyncClient, party: str) -> None:
    made = await host.post("/host/gestures/offer", json=gift(party))
    assert (made.status_code, made.json()["state"]) == (201, "offered")
    gesture = {"gesture_id": made.json()["gesture_id"]}
    accepted = await host.post("/host/gestures/accept", json=order(**gesture, version=1))
    assert accepted.json()["state"] == "accepted"
    shown = (await host.get("/host/gestures")).json()
    assert [task["gesture"]["item"] for task in shown["tasks"]["floor"]] == ["glass"]
    assert (shown["person"]["granted"], shown["person"]["spent"]) == (1500, 500)
    assert [each["reservation_id"] for each in shown["late_parties"]] == [party]
    tonight = (await host.get("/host/tonight")).json()
    assert (tonight["reservations"][0]["gestures_due"], tonight["counts"]["tasks"]) == (1, 1)
    stale = await host.post("/host/gestures/deliver", json=order(**gesture, version=1))
    assert (stale.status_code, stale.json()["code"]) == (409, "STALE")
    assert stale.json()["now"]["state"] == "accepted"
    brought = await host.post("/host/gestures/deliver", json=order(**gesture, version=2))
    assert brought.json()["state"] == "delivered"
    tonight = (await host.get("/host/tonight")).json()
    assert (tonight["reservations"][0]["gestures_due"], tonight["counts"]["tasks"]) == (0, 0)


async def test_a_slip_is_undone_and_a_void_says_why(host: httpx.AsyncClient, party: str) -> None:
    made = (await host.post("/host/gestures/offer", json=gift(party))).json()
    gesture = {"gesture_id": made["gesture_id"]}
    await host.post("/host/gestures/decline", json=order(**gesture, version=1))
    undone = await host.post("/host/gestures/undo", json=order(**gesture, version=2))
    assert undone.json()["state"] == "offered"
    silent = await host.post("/host/gestures/void", json=order(**gesture, version=3))
    assert silent.status_code == 400
    said = order(**gesture, version=3, reason="the last one fell")
    assert (await host.post("/host/gestures/void", json=said)).json()["state"] == "voided"
    late = order(**gesture, version=4)
    assert (await host.post("/host/gestures/undo", json=late)).json()["code"] == "TOO_LATE"


async def test_a_gesture_needs_its_personal_line(host: httpx.AsyncClient, party: str) -> None:
    answer = await host.post("/host/gestures/offer", json=gift(party) | {"line": ""})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/line")


async def test_beyond_the_limit_a_manager_can(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, party: str
) -> None:
    refused = await host.post("/host/gestures/offer", json=gift(party, "magnum"))
    said = refused.json()
    assert (refused.status_code, said["code"]) == (409, "OVER_LIMIT")
    assert said["over_limit"] == {
        "cost": 4000,
        "limit": 1500,
        "left": {"person": 1500, "venue": 5000},
        "manager_can": "give",
    }
    given = await manager.post("/host/gestures/offer", json=gift(party, "magnum"))
    assert given.status_code == 201
    purses = (await manager.get("/manage/purses", params={"date": DATE})).json()
    assert [(each["owner"], each["spent"]) for each in purses] == [
        ("venue", 4000),
        ("person:manager", 4000),
        ("person:host", 0),
    ]


async def test_wrong_rules_are_told_by_their_keys(manager: httpx.AsyncClient) -> None:
    wrong = {"holds": [{"count": -1}], "purses": {"venue_night": "much"}}
    answer = await manager.post("/manage/rules", json=order(rules=wrong, reason="trying"))
    said = answer.json()
    assert (answer.status_code, said["code"]) == (422, "INVALID_RULES")
    details = {each["pointer"]: each["detail"] for each in said["errors"]}
    assert details["/rules/holds/0/count"].startswith("Expected an integer from 0")
    assert "/rules/purses/venue_night" in details


async def test_tonight_differs_from_the_version(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, party: str
) -> None:
    path, patch = f"/manage/periods/{PERIOD}/override", {"purses": {"venue_night": 400}}
    told = await manager.post(path, json=order(rules=patch, reason="a quiet night"))
    assert told.json()["rules"]["purses"]["venue_night"] == 400
    read, said = (await manager.get(path)).json(), told.json()
    assert (read["override"], read["rules"]) == (said["override"], said["rules"])
    assert [(each["owner"], each["after"]) for each in said["purses"]] == []
    refused = await host.post("/host/gestures/offer", json=gift(party))
    assert (refused.json()["code"], refused.json()["over_limit"]["manager_can"]) == (
        "PURSE_EMPTY",
        "raise",
    )


async def test_a_patch_is_foreseen_then_published_for_dates_that_are_booked(
    manager: httpx.AsyncClient, party: str
) -> None:
    assert party
    dessert = {"patch": {"overbooking": {"enabled": True, "cap_parties": 2, "cap_covers": 4}}}
    made = await manager.patch("/manage/rules", json=order(reason="it is full", **dessert))
    assert (made.status_code, made.json()["version"]) == (201, 2), made.text
    assert made.json()["rules"]["gestures"][0]["key"] == "cake"
    when = {"from_date": DATE, "also_open": True}
    told = (await manager.post("/manage/rules/2/preview", json=when)).json()
    assert [each["capacity"]["rules"] for each in told["periods"]] == [["overbooking"]]
    wish = order(**when)
    done = (await manager.post("/manage/rules/2/publish", json=wish)).json()
    assert (done["periods"], done["left"]) == (told["periods"], 0)
    assert (await manager.post("/manage/rules/2/publish", json=wish)).json() == done


@pytest.mark.parametrize(
    ("path", "body", "pointer"),
    [
        ("/manage/rules/1/preview", {"from_date": "2027-02-31"}, "/from_date"),
        ("/manage/rules/1/preview", {"from_date": "2027-03-02"}, "/from_date"),
        ("/manage/rules/1/preview", {"from_date": DATE, "also": True}, "/also"),
        ("/manage/rules/1/publish", {"from_date": DATE, "also_open": 1}, "/also_open"),
        ("/manage/overrides", {"rules": {}, "reason": "x", "dates": [DATE]}, "/rules"),
        (
            "/manage/overrides",
            {"rules": {"tips": 1}, "reason": "x", "dates": [DATE]},
            "/rules/tips",
        ),
        ("/manage/overrides", {"rules": {"mains_minutes": 9}, "reason": "x"}, "/dates"),
    ],
)
async def test_bad_input_is_told_with_its_pointer_and_nothing_is_stored(
    manager: httpx.AsyncClient, path: str, body: dict[str, Any], pointer: str
) -> None:
    await manager.post("/manage/rules", json=order(rules=RULES, reason="a new season"))
    sent = body if path.endswith("preview") else order(**body)
    answer = await manager.post(path, json=sent)
    assert answer.status_code in {400, 422}, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    (version,) = (await manager.get("/manage/rules")).json()
    assert version["state"] == "draft"


async def test_a_version_is_withdrawn_once(manager: httpx.AsyncClient) -> None:
    await rules_in_force(manager)
    gone = await manager.post("/manage/rules/1/withdraw", json=order(reason="too generous"))
    assert gone.json()["state"] == "withdrawn"
    again = await manager.post("/manage/rules/1/withdraw", json=order(reason="too generous"))
    assert (again.status_code, again.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    listed = (await manager.get("/manage/rules")).json()
    assert [(each["version"], each["state"]) for each in listed] == [(1, "withdrawn")]


async def test_a_partner_sees_no_trace(partner: httpx.AsyncClient, party: str) -> None:
    for path in ("/host/gestures", "/manage/rules", "/manage/purses?date=" + DATE):
        assert (await partner.get(path)).status_code == 403
    for path in (
        "/host/gestures/offer",
        "/host/gestures/accept",
        "/host/gestures/decline",
        "/host/gestures/deliver",
        "/host/gestures/void",
        "/host/gestures/undo",
        "/manage/rules",
        "/manage/rules/1/publish",
        "/manage/rules/1/preview",
        "/manage/rules/1/withdraw",
        "/manage/overrides",
        f"/manage/periods/{PERIOD}/override",
    ):
        assert (await partner.post(path, json=gift(party))).status_code == 403, path
