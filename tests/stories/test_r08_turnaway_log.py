"""R8: find every place where the service refuses: each "no" is written down once, and its end."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from seating.db import transaction
from seating.jobs.sweeps import mark_late_and_no_show
from seating.turnaways.log import LoggedRefusal, mark_recovered
from tests.api.host.conftest import done, show, wish
from tests.support.house import CLOCK, DATE, HOST, SEVEN, VENUE, book, move_clock, order, phone
from tests.support.rescues import done as rescued
from tests.support.rescues import told_no, ways
from tests.support.waitlist import joined

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

SIX = {"party_size": 6}
"""One table of the house takes six."""


async def report(manager: httpx.AsyncClient) -> dict[str, Any]:
    answer = await manager.get("/manage/turnaways", params={"from": DATE, "to": DATE})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def causes(told: dict[str, Any]) -> dict[str, tuple[str, str, int, int]]:
    """By channel: the code, whose no it was, parties, and how often they heard it again."""
    return {
        each["channel"]: (each["code"], each["kind"], each["parties"], each["repeats"])
        for each in told["causes"]
    }


async def six_are_booked(host: httpx.AsyncClient) -> None:
    answer = await host.post("/host/reservations", json=wish(1, **SIX))
    assert answer.status_code == 201, answer.text


def of_a_site(number: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {
        "start": SEVEN.isoformat(),
        "party_size": 6,
        "guest": {"name": f"Guest {number}", "phone": phone(number)},
        "accepted_house_rules": 3,
    } | more


async def site_asks(site: httpx.AsyncClient, path: str, body: dict[str, Any]) -> httpx.Response:
    return await site.post(
        f"/v1/venues/{VENUE}/{path}", json=body, headers={"Idempotency-Key": str(uuid4())}
    )


async def test_r08_a_guest_who_hears_no_everywhere_is_one_guest_turned_away(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await six_are_booked(host)
    assert (await site_asks(partner, "reservations", of_a_site(7))).status_code == 409
    called = await host.post("/host/reservations", json=wish(7, **SIX))
    assert called.status_code == 409
    at_the_door = {"id": str(uuid4()), "code": "NO_TABLE_FITS", "kind": "denial", "phone": phone(7)}
    assert (await host.post("/host/turnaways", json=at_the_door | SIX)).status_code == 201
    told = await report(manager)
    assert causes(told) == {"partner": ("NO_TABLE_FITS", "denial", 1, 2)}
    (no,) = told["turnaways"]
    assert (no["party_size"], no["asked_for"], no["staff_id"]) == (
        6,
        "2027-03-03T18:00:00Z",
        "host",
    )


async def test_r08_every_channel_is_in_the_log(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await six_are_booked(host)
    hold = {"start": SEVEN.isoformat(), "party_size": 6}
    assert (await site_asks(partner, "slot-holds", hold)).status_code == 409
    assert (await host.post("/host/reservations", json=wish(2, **SIX))).status_code == 409
    await host.post(
        "/host/turnaways",
        json={
            "id": str(uuid4()),
            "party_size": 3,
            "code": "PACING_FULL",
            "kind": "regret",
            "quoted_minutes": 50,
            "name": "Ola",
        },
    )
    waits = await done(host, "wait", party_size=2, name="Ines", phone=phone(3))
    wait_id = waits["waiting"][0]["wait_id"]
    await done(host, "leave", wait_id=wait_id, version=1)
    told = await report(manager)
    assert causes(told) == {
        "partner": ("NO_TABLE_FITS", "denial", 1, 0),
        "phone": ("NO_TABLE_FITS", "denial", 1, 0),
        "desk": ("PACING_FULL", "regret", 1, 0),
        "waitlist": ("NO_TABLE_FITS", "regret", 1, 0),
    }
    by_name = {each["name"]: each for each in told["turnaways"]}
    assert (by_name["Ola"]["quoted_minutes"], by_name["Ola"]["staff_id"]) == (50, "host")
    assert (by_name["Guest 2"]["staff_id"], by_name["Ines"]["staff_id"]) == ("host", "host")


async def test_r08_a_declined_request_is_a_no_and_says_who_said_it(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    asked = await site_asks(partner, "enquiries", of_a_site(4, party_size=20))
    assert asked.status_code == 202, asked.text
    await done(host, "decline", reservation_id=asked.json()["id"], version=1)
    (no,) = (await report(manager))["turnaways"]
    assert (no["channel"], no["party_size"], no["staff_id"]) == ("partner", 20, "host")


async def test_r08_who_books_after_all_is_recovered_once_it_comes(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await six_are_booked(host)
    body = {"id": str(uuid4()), "code": "NO_TABLE_FITS", "kind": "denial", "phone": phone(5)}
    await host.post("/host/turnaways", json=body | SIX)
    later = (SEVEN + timedelta(hours=2)).isoformat()
    made = await host.post("/host/reservations", json=wish(5, starts=later, **SIX))
    assert made.status_code == 201, made.text
    told = await report(manager)
    assert (told["recovered"], told["expected"], told["recoveries"]) == (0, 1, [])
    await move_clock(app.state.pool, SEVEN + timedelta(hours=2))
    party = {"reservation_id": made.json()["reservation_id"]}
    here = await done(host, "arrive", **party, version=1, arrived=6)
    told = await report(manager)
    assert (told["recovered"], told["recovered_share"], told["expected"]) == (1, 1.0, 0)
    assert told["recoveries"] == [{"how": "booked", "parties": 1, "covers": 6}]
    await done(host, "undo", action_id=here["action_id"])
    assert (await report(manager))["recovered"] == 0


async def test_r08_who_booked_after_all_and_never_came_is_lost(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await six_are_booked(host)
    body = {"id": str(uuid4()), "code": "NO_TABLE_FITS", "kind": "denial", "phone": phone(5)}
    await host.post("/host/turnaways", json=body | SIX)
    later = (SEVEN + timedelta(hours=2)).isoformat()
    made = (await host.post("/host/reservations", json=wish(5, starts=later, **SIX))).json()
    await move_clock(app.state.pool, SEVEN + timedelta(hours=2, minutes=40))
    await mark_late_and_no_show(app.state.pool, CLOCK)
    told = await report(manager)
    assert (told["parties"], told["recovered"], told["expected"]) == (1, 0, 0)
    (absent,) = [
        each
        for each in (await show(host))["reservations"]
        if each["reservation_id"] == made["reservation_id"]
    ]
    assert absent["state"] == "no_show"
    sits = {"reservation_id": made["reservation_id"], "version": absent["version"]}
    await done(host, "seat", tables=["4"], **sits)
    assert (await report(manager))["recovered"] == 1


async def test_r08_who_cancels_the_place_that_was_found_may_be_placed_again(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await six_are_booked(host)
    body = {"id": str(uuid4()), "code": "NO_TABLE_FITS", "kind": "denial", "phone": phone(5)}
    await host.post("/host/turnaways", json=body | SIX)
    later = (SEVEN + timedelta(hours=2)).isoformat()
    for expected in (1, 1):
        made = (await host.post("/host/reservations", json=wish(5, starts=later, **SIX))).json()
        assert (await report(manager))["expected"] == expected
        why = {"id": str(uuid4()), "reason": "ill"}
        path = f"/host/reservations/{made['reservation_id']}/cancel"
        assert (await host.post(path, json=why)).status_code == 200
        told = await report(manager)
        assert (told["expected"], told["recovered"]) == (0, 0)


async def test_r08_who_is_seated_from_the_waitlist_after_a_no_is_recovered_until_undone(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    body = {"id": str(uuid4()), "code": "NO_TABLE_FITS", "kind": "denial", "party_size": 2}
    await host.post("/host/turnaways", json=body | {"phone": phone(6)})
    await joined(app.state.pool, 6)
    (waiting,) = (await show(host))["waiting"]
    sat = await done(host, "seat", wait_id=waiting["wait_id"], version=1, tables=["1"])
    told = await report(manager)
    assert told["recoveries"] == [{"how": "waitlist", "parties": 1, "covers": 2}]
    await done(host, "undo", action_id=sat["action_id"])
    assert (await report(manager))["recovered"] == 0


async def test_r08_a_rescue_says_how_and_only_the_first_counts(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    pool: Pool = app.state.pool
    turnaway_id = uuid4()
    body = {"id": str(turnaway_id), "code": "HELD_BACK", "kind": "denial", "party_size": 2}
    await host.post("/host/turnaways", json=body)

    async def rescue(how: str) -> bool:
        async with transaction(pool) as conn:
            return await mark_recovered(conn, VENUE, turnaway_id, how, UUID(int=1), now=SEVEN)

    assert await rescue("held_table")
    assert not await rescue("wait")
    told = await report(manager)
    assert told["recoveries"] == [{"how": "held_table", "parties": 1, "covers": 2}]


async def test_r08_a_party_let_wait_instead_that_leaves_is_lost_again(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    for table, size in (("1", 2), ("2", 2), ("3", 4), ("4", 6), ("5", 4)):
        await done(host, "seat", tables=[table], party_size=size)
    listed = await ways(host, await told_no(host), name="Vera")
    taken = await rescued(host, listed, "wait", "take")
    assert [(await report(manager))[each] for each in ("recovered", "expected")] == [0, 1]
    (entry,) = taken["result"]["waiting"]
    await done(host, "leave", wait_id=entry["wait_id"], version=entry["version"])
    told = await report(manager)
    assert (told["parties"], told["recovered"], told["recoveries"]) == (1, 0, [])


async def test_r08_a_party_let_wait_instead_is_recovered_once_it_sits(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    for table, size in (("1", 2), ("2", 2), ("3", 4), ("4", 6), ("5", 4)):
        sat = await done(host, "seat", tables=[table], party_size=size)
    taken = await rescued(host, await ways(host, await told_no(host), name="Vera"), "wait", "take")
    (entry,), (seating,) = taken["result"]["waiting"], sat["seatings"]
    await done(host, "clear", seating_id=seating["seating_id"], version=seating["version"])
    await done(host, "seat", wait_id=entry["wait_id"], version=entry["version"], tables=["5"])
    told = await report(manager)
    assert told["recoveries"] == [{"how": "wait", "parties": 1, "covers": 2}]


async def test_r08_searches_in_vain_count_as_demand_without_a_person(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    pool: Pool = app.state.pool
    await done(host, "levers", online_paused=True)
    path = f"/v1/venues/{VENUE}/availability"
    for _ in range(3):
        found = await partner.get(path, params={"date": DATE, "party_size": 2})
        assert found.json()["items"] == []
    await partner.get(path, params={"date": "2027-03-05", "party_size": 2})  # that one finds
    assert await pool.fetchval("select count(*) from search_in_vain") == 0  # nothing is written yet
    for _ in range(2):  # written twice, counted once
        await app.state.searches.flush(pool)
    told = await report(manager)
    assert told["searches"] == [
        {
            "service_date": DATE,
            "period_id": f"{DATE}.dinner",
            "party_size": 2,
            "channel": "partner",
            "code": "PAUSED",
            "searches": 3,
        }
    ]
    assert told["parties"] == 0


async def test_r08_nothing_of_it_leaves_the_house(
    host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await six_are_booked(host)
    refused = (await site_asks(partner, "reservations", of_a_site(7))).json()
    assert not {"turnaway_id", "explained", "because"} & refused.keys()
    assert (await partner.get("/manage/turnaways")).status_code == 403


async def test_r08_the_same_guest_refused_by_many_at_once_is_one(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await six_are_booked(host)
    await asyncio.gather(*(site_or_phone(app.state.pool, number) for number in range(6)))
    told = await report(manager)
    assert (told["parties"], sum(each["repeats"] for each in told["causes"])) == (1, 5)


async def site_or_phone(pool: Pool, _: int) -> None:
    refused = await book(pool, order(9, party_size=6), HOST)
    assert isinstance(refused, LoggedRefusal)
