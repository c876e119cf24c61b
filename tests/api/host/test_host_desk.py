"""Reservations by phone and at the desk, guests looked up, turnaways told at the door."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.host.conftest import booked, done, wish
from tests.support.house import DATE, at, phone

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def fill(client: httpx.AsyncClient) -> None:
    """Every table of four or more is promised at seven."""
    for number, size in ((90, 4), (91, 4), (92, 6), (93, 4)):
        await booked(client, number, party_size=size)


async def test_a_reservation_has_its_tables_and_who_read_the_rules_out(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    body = wish()
    answer = await host.post("/host/reservations", json=body)
    made = answer.json()
    assert (answer.status_code, made["reservation_id"]) == (201, body["id"])
    assert (made["kind"], made["tables"]) == ("physical", ["1"])
    (read,) = await pool.fetch("select read_by, channel, rules_version from acknowledgement")
    assert tuple(read) == ("host", "phone", 3)


async def test_rules_not_read_out_are_not_on_record(host: httpx.AsyncClient, pool: Pool) -> None:
    await booked(host, accepted_house_rules=None)
    assert await pool.fetchval("select count(*) from acknowledgement") == 0


async def test_a_number_without_a_country_is_the_venue_s_own(host: httpx.AsyncClient) -> None:
    answer = await host.post(
        "/host/reservations", json=wish(guest={"name": "Ada", "phone": "nonsense"})
    )
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/guest/phone")


@pytest.mark.parametrize(
    ("tables", "said"),
    [(["5", "5"], "Table 5 is named twice. Name it once."), (["1", "P9"], "There is no table P9.")],
)
async def test_tables_that_cannot_be_named_are_a_mistake_and_nobody_is_turned_away(
    host: httpx.AsyncClient, pool: Pool, tables: list[str], said: str
) -> None:
    made = await booked(host)
    ours = {"reservation_id": made["reservation_id"], "version": 1, "id": str(uuid4())}
    new = wish(1, tables=tables)
    answers = [
        await host.post("/host/reservations", json=new),
        await host.post("/host/reservations", json=new | {"overrule": "a regular"}),
        await host.post("/host/orders/assign", json=ours | {"tables": tables}),
    ]
    told = [(each.status_code, *each.json()["errors"]) for each in answers]
    assert [(status, wrong["pointer"], wrong["detail"]) for status, wrong in told] == [
        (422, "/tables", said)
    ] * 3
    assert await pool.fetchval("select count(*) from reservation") == 1
    assert await pool.fetchval("select count(*) from turnaway") == 0


async def test_a_named_table_that_is_taken_is_said_by_its_name(host: httpx.AsyncClient) -> None:
    await booked(host, tables=["1"])
    answer = await host.post("/host/reservations", json=wish(1, tables=["1"]))
    assert (answer.status_code, answer.json()["detail"]) == (
        409, "Table 1 is not free for 2 guests at 19:00.",
    )  # fmt: skip


async def test_a_host_who_names_a_table_that_is_too_small_turns_nobody_away(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    answer = await host.post("/host/reservations", json=wish(1, party_size=4, tables=["1"]))
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "NO_TABLE_FITS")
    assert not {"turnaway_id", "answers"} & told.keys()
    assert told["detail"] == "Table 1 is too small for 4 guests. Choose a larger table."
    assert await pool.fetchval("select count(*) from turnaway") == 0


async def test_what_else_there_is_is_told_by_the_venues_clock(host: httpx.AsyncClient) -> None:
    await fill(host)
    told = (await host.post("/host/reservations", json=wish(1, party_size=6))).json()
    assert told["alternatives"]
    assert all(each.endswith("+01:00") for each in told["alternatives"])


@pytest.mark.parametrize("times", [2, 8])
async def test_a_reservation_sent_again_is_the_same_one(
    host: httpx.AsyncClient, pool: Pool, times: int
) -> None:
    body = wish()
    answers = await asyncio.gather(
        *(host.post("/host/reservations", json=body) for _ in range(times))
    )
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert await pool.fetchval("select count(*) from reservation") == 1
    again = body | {"starts": at(2).isoformat(), "dry_run": True}
    answer = await host.post("/host/reservations", json=again)
    assert (answer.status_code, answer.json()["dry_run"]) == (200, True), "answered as of now"
    await pool.execute("delete from action")
    theirs = await host.post("/host/reservations", json=body | {"starts": at(2).isoformat()})
    assert (theirs.status_code, theirs.json()["code"]) == (409, "ID_REUSED")


async def test_a_no_says_why_and_what_else_and_is_logged_once_however_often_sent(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await fill(host)
    body = wish(1, party_size=6, guest={"name": "No phone"})
    answers = [await host.post("/host/reservations", json=body) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {409}
    assert len({answer.text for answer in answers}) == 1
    problem = answers[0].json()
    assert problem["code"] == "NO_TABLE_FITS"
    assert problem["alternatives"]
    assert await pool.fetchval("select count(*) from turnaway") == 1
    night = (await host.get("/host/turnaways", params={"date": DATE})).json()
    assert (night[0]["code"], night[0]["channel"]) == ("NO_TABLE_FITS", "phone")


async def test_a_host_overrules_tonight_a_manager_any_night(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await fill(host)
    tonight = await booked(host, 1, party_size=6, overrule="an old friend")
    assert (tonight["kind"], tonight["tables"]) == ("overbooked", [])
    beyond = {"party_size": 40, "starts": at(48).isoformat(), "overrule": "a wedding"}
    answer = await host.post("/host/reservations", json=wish(2, **beyond))
    assert (answer.status_code, answer.json()["code"]) in {
        (403, "NOT_ALLOWED"),
        (409, "PARTY_SIZE_NOT_ALLOWED"),
    }
    for number in range(3, 10):
        await manager.post(
            "/host/reservations", json=wish(number, party_size=4, starts=at(48).isoformat())
        )
    late = {"party_size": 6, "starts": at(48).isoformat(), "overrule": "an old friend"}
    answer = await host.post("/host/reservations", json=wish(20, **late))
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED")
    assert (await booked(manager, 21, **late))["kind"] == "overbooked"


async def test_a_reservation_is_changed_under_the_version_that_was_seen(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    path = f"/host/reservations/{made['reservation_id']}"
    body = {"id": str(uuid4()), "version": 1, "starts": at(1).isoformat(), "party_size": 4}
    changed = [await host.patch(path, json=body) for _ in range(2)]
    assert [answer.status_code for answer in changed] == [200, 200]
    assert changed[0].text == changed[1].text
    assert (changed[0].json()["party_size"], changed[0].json()["version"]) == (4, 2)
    stale = await host.patch(path, json=body | {"id": str(uuid4())})
    assert (stale.status_code, stale.json()["code"]) == (409, "STALE")
    assert stale.json()["now"]["version"] == 2


async def test_a_change_sent_several_times_at_once_is_answered_alike(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    path = f"/host/reservations/{made['reservation_id']}"
    body = {"id": str(uuid4()), "version": 1, "starts": at(1).isoformat(), "party_size": 4}
    answers = await asyncio.gather(*(host.patch(path, json=body) for _ in range(6)))
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}


async def test_a_cancelled_reservation_stays_in_the_book_and_frees_its_table(
    host: httpx.AsyncClient,
) -> None:
    made = await booked(host)
    path = f"/host/reservations/{made['reservation_id']}"
    body = {"id": str(uuid4()), "reason": "guest called"}
    for _ in range(2):
        gone = await host.post(f"{path}/cancel", json=body)
        assert (gone.status_code, gone.json()["state"]) == (200, "cancelled")
    (kept,) = (await host.get("/host/reservations", params={"date": DATE})).json()
    assert (kept["state"], kept["tables"], kept["cancelled_why"]) == (
        "cancelled",
        [],
        "guest called",
    )
    assert (await host.get(path)).json() == kept


async def test_requests_wait_for_a_person(host: httpx.AsyncClient, pool: Pool) -> None:
    made = await booked(host)
    await pool.execute("update reservation set state = 'requested'")
    await pool.execute("delete from intention")
    (asked,) = (await host.get("/host/requests")).json()
    assert asked["reservation_id"] == made["reservation_id"]
    told = await done(host, "approve", reservation_id=asked["reservation_id"], version=1)
    assert told["reservations"][0]["tables"]
    assert (await host.get("/host/requests")).json() == []


async def test_the_desk_sees_what_could_be_booked(host: httpx.AsyncClient) -> None:
    answer = await host.get("/host/availability", params={"date": DATE, "party_size": 4})
    assert answer.json()["slots"]
    answer = await host.get("/host/availability", params={"date": "9999-12-31", "party_size": 4})
    assert answer.json()["code"] == "OUTSIDE_BOOKING_WINDOW"


async def test_the_desk_sees_where_a_reservation_could_be_moved(host: httpx.AsyncClient) -> None:
    made = await booked(host, party_size=6)

    async def starts(**more: str) -> set[datetime]:
        asked = {"date": DATE, "party_size": "6"} | more
        told = (await host.get("/host/availability", params=asked)).json()
        return {datetime.fromisoformat(slot["start"]) for slot in told["slots"]}

    assert at(0.25) not in await starts()
    assert {at(-0.25), at(0), at(0.25)} <= await starts(reservation_id=made["reservation_id"])


async def test_a_guest_is_found_by_name_or_number_and_noted(host: httpx.AsyncClient) -> None:
    await booked(host, 7)
    for sought in ("guest 7", "Guest", phone(7)[-4:]):
        (guest,) = (await host.get("/host/guests", params={"q": sought})).json()
        assert guest["name"] == "Guest 7"
    path = f"/host/guests/{guest['guest_id']}"
    noted = await host.patch(path, json={"allergies": "nuts", "consent": True})
    assert (noted.status_code, noted.json()["allergies"]) == (200, "nuts")
    (shown,) = (await host.get("/host/tonight")).json()["reservations"]
    assert shown["allergies"] == "nuts"
    assert (await host.patch(f"/host/guests/{uuid4()}", json={})).status_code == 404


async def test_a_turnaway_told_at_the_door_is_logged_once(host: httpx.AsyncClient) -> None:
    body: dict[str, Any] = {
        "id": str(uuid4()),
        "party_size": 5,
        "code": "NO_TABLE_FITS",
        "kind": "regret",
        "quoted_minutes": 40,
    }
    for _ in range(2):
        answer = await host.post("/host/turnaways", json=body)
        assert (answer.status_code, answer.json()["turnaway_id"]) == (201, body["id"])
    (night,) = (await host.get("/host/turnaways", params={"date": DATE})).json()
    assert (night["parties"], night["covers"], night["kind"]) == (1, 5, "regret")
    far = body | {"id": str(uuid4()), "asked_for": "9999-12-31T23:00:00Z"}
    assert (await host.post("/host/turnaways", json=far)).status_code == 422
