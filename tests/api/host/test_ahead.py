"""Ahead of tonight by the API: levers, notes, the days, and a day on which the house is closed."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked, done, show, tap
from tests.support.house import DATE, at, rewrite_house

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

SATURDAY = "2027-03-06"
CLOSED = [{"date": DATE, "name": "Spring cleaning", "periods": []}]


async def note(client: httpx.AsyncClient, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = {"id": str(uuid4()), "service_date": SATURDAY, "text": "No oysters"} | more
    return await client.post("/host/notes", json=body)


async def test_notes_are_written_ahead_changed_and_deleted(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    made = (await note(host, service_date=DATE, period="dinner", text="Tasting at 20:00 ")).json()
    assert (made["text"], made["written_by"], made["version"]) == ("Tasting at 20:00", "host", 1)
    assert (await note(manager, service_date=DATE)).status_code == 200
    assert [each["text"] for each in (await show(host))["notes"]] == ["No oysters", made["text"]]
    path = f"/host/notes/{made['note_id']}"
    body = {"id": str(uuid4()), "version": 1, "text": "Tasting at 21:00\nupstairs"}
    changed = (await manager.post(f"{path}/change", json=body)).json()
    assert (changed["version"], changed["changed_by"]) == (2, "manager")
    assert (await manager.post(f"{path}/change", json=body)).json() == changed
    stale = await host.post(f"{path}/delete", json={"id": str(uuid4()), "version": 1})
    assert (stale.status_code, stale.json()["code"]) == (409, "STALE")
    gone = await host.post(f"{path}/delete", json={"id": str(uuid4()), "version": 2})
    assert gone.status_code == 200
    assert len((await host.get("/host/notes")).json()) == 1
    again = await host.post(f"{path}/delete", json={"id": str(uuid4()), "version": 3})
    assert again.status_code == 404
    kinds = await pool.fetch("select kind from action where subject_id = $1", made["note_id"])
    assert {row["kind"] for row in kinds} == {"WriteNote", "ChangeNote", "DeleteNote"}


WRONG_NOTES: list[tuple[dict[str, Any], int, str]] = [
    ({"text": ""}, 400, "/text"),
    ({"text": "x" * 501}, 400, "/text"),
    ({"text": "bell \x07"}, 400, "/text"),
    ({"text": "  \n "}, 422, "/text"),
    ({"service_date": "2027-03-02"}, 422, "/service_date"),
    ({"service_date": "2037-03-02"}, 422, "/service_date"),
    ({"service_date": "soon"}, 400, "/service_date"),
    ({"period": "brunch"}, 422, "/period"),
    ({"colour": "red"}, 400, "/colour"),
]


async def test_a_note_that_makes_no_sense_is_refused(host: httpx.AsyncClient, pool: Pool) -> None:
    for wrong, status, pointer in WRONG_NOTES:
        answer = await note(host, **wrong)
        assert answer.status_code == status, answer.text
        (problem,) = answer.json()["errors"]
        assert problem["pointer"] == pointer
        assert problem["detail"]
    assert await pool.fetchval("select count(*) from service_note") == 0


WRONG_LEVERS: list[tuple[dict[str, Any], int, str]] = [
    ({"service_date": "2027-03-02"}, 422, "/service_date"),
    ({"service_date": SATURDAY, "from_date": SATURDAY}, 422, "/from_date"),
    ({"service_date": SATURDAY, "period": "brunch"}, 422, "/period"),
    ({"from_date": SATURDAY}, 422, "/until_date"),
    ({"until": "2027-03-03T10:00:00Z"}, 422, "/until"),
    ({"until": "2027-03-03T22:00:00"}, 400, "/until"),
    ({"pace": -1}, 400, "/pace"),
    ({"pace": "slow"}, 400, "/pace"),
    ({"service_date": SATURDAY, "areas_shut": ["cellar"]}, 422, "/areas_shut"),
    ({"service_date": SATURDAY, "last_orders": True}, 422, "/last_orders"),
]


async def test_a_lever_that_makes_no_sense_is_refused(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    for wrong, status, pointer in WRONG_LEVERS:
        answer = await tap(manager, "levers", **({"online_paused": True} | wrong))
        assert answer.status_code == status, answer.text
        assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]
    assert await pool.fetchval("select count(*) from lever") == 0


async def test_a_host_is_told_to_ask_a_manager_for_another_date(host: httpx.AsyncClient) -> None:
    answer = await tap(host, "levers", online_paused=True, service_date=SATURDAY)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    assert "manager" in answer.json()["detail"]


async def test_the_days_ahead_tell_what_is_booked_pulled_and_noted(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    await booked(host, 1, starts=at(72).isoformat(), party_size=4)
    await booked(host, 2, starts=at(72).isoformat())
    await done(
        manager, "levers", areas_shut=["terrace"], pace=6, service_date=SATURDAY, reason="Rain"
    )
    await note(host, period="dinner")
    await rewrite_house(pool, "{closures}", [
        {"name": "Holidays", "from_date": "2027-03-08", "until_date": "2027-03-09", "areas": []}
    ])  # fmt: skip
    found = (await host.get("/host/days", params={"from": DATE, "days": 7})).json()
    assert [day["service_date"] for day in found["days"]][-1] == "2027-03-09"
    assert [day["about"]["kind"] for day in found["days"]] == ["open"] * 5 + ["closed"] * 2
    assert found["days"][5]["about"]["closure"] == "Holidays"
    (saturday,) = found["days"][3]["services"]
    assert (saturday["booked"]["reservations"], saturday["booked"]["covers"]) == (2, 6)
    assert (saturday["capacity"]["seats"], saturday["capacity"]["pace_covers"]) == (14, 17 * 6)
    assert saturday["period"]["areas_shut"] == ["terrace"]
    assert {(each["kind"], each["pulled_by"], each["reason"]) for each in saturday["levers"]} == {
        ("area_shut", "manager", "Rain"),
        ("pace", "manager", "Rain"),
    }
    assert [each["text"] for each in saturday["notes"]] == ["No oysters"]
    (thursday,) = found["days"][1]["services"]
    assert thursday["booked"]["reservations"] == 0
    assert len((await host.get("/host/days")).json()["days"]) == 60
    assert len((await host.get("/host/levers")).json()) == 2


async def test_days_that_make_no_sense_are_refused(host: httpx.AsyncClient) -> None:
    queries = ("days=0", "days=93", "from=soon", "from=9999-12-31", "to=2")
    for path, query in product(("days", "notes"), queries):
        answer = await host.get(f"/host/{path}?{query}")
        assert answer.status_code in {400, 422}, answer.text
        assert answer.json()["errors"][0]["pointer"] == "/" + query.partition("=")[0]


async def test_on_a_closed_day_the_stand_works_and_says_what_comes_next(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await rewrite_house(pool, "{special_days}", CLOSED)
    shown = await show(host)
    assert (shown["period"], shown["reservations"], shown["waiting"]) == (None, [], [])
    assert shown["closed"]["next"]["period_id"] == "2027-03-04.dinner"
    said = "We are closed today. Next: dinner, Thursday 4 March, 18:00."
    assert shown["closed"]["sentence"] == said
    for empty in ("cases", "foreseen", "foreseen?party_size=2", "requests"):
        answer = await host.get(f"/host/{empty}")
        assert (answer.status_code, answer.json()) == (200, []), empty
    journal = (await host.get("/host/actions")).json()
    assert journal == {"items": [], "next_cursor": None}
    alerts = (await host.get("/host/alerts")).json()
    assert alerts == {"to_me": [], "by_me": [], "colleagues": []}
    door = (await host.get("/host/door?party_size=2")).json()
    assert (door["options"], door["because"]) == ([], shown["closed"]["sentence"])
    gestures = (await host.get("/host/gestures")).json()
    assert (gestures["period_id"], gestures["catalogue"]) == (None, [])
    assert (await host.get("/host/house")).json()["periods"] == []
    made = await booked(host, 1, starts=at(24).isoformat())
    listed = (await host.get("/host/reservations?date=2027-03-04")).json()
    assert [each["reservation_id"] for each in listed] == [made["reservation_id"]]
    assert len((await host.get("/host/guests?q=Guest")).json()) == 1
