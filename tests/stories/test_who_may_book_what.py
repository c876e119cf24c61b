"""Who may book what: an owner's access rules, as sites, guests, hosts and the door meet them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.settings import Settings
from seating.db import transaction
from tests.api.conftest import NEW_STAFF, client_of
from tests.support.application import living
from tests.support.house import (
    DATE,
    NOON,
    SEVEN,
    VENUE,
    house_text,
    move_clock,
    new_site,
    open_house,
    phone,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

Json = dict[str, Any]
PLACES = {
    "areas": {"bar": {"name": "Bar"}, "private": {"name": "Private room"}},
    "tables": {
        "B1": {"area": "bar", "seats_max": 2},
        "Chef": {"area": "room", "seats_max": 4},
        "P1": {"area": "private", "seats_max": 14, "seats_min": 8},
    },
}
RULES = {
    "access": {
        "Walk-ins at the bar": {"to": "walk_ins", "areas": ["bar"]},
        "The private room on request": {"to": "request", "areas": ["private"]},
        "No terrace in the cold": {
            "to": "nobody",
            "areas": ["terrace"],
            "season": {"from_day": "10-01", "until_day": "04-30"},
        },
        "The chef's table": {"to": "members", "tables": ["Chef"], "tags": ["member"]},
    },
    "enquiries": {"protect": "area", "hours": 24},
}
MEMBER = "update guest set tags = '{member}' where venue_id = $1 and phone = $2"


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    """Tables for two and four inside, one for two on the terrace; it is Wednesday noon in March."""
    await open_house(pool, house_text(2, 2, terrace=1))
    await move_clock(pool, NOON)
    async with transaction(pool) as conn:
        for role in ("host", "manager"):
            await conn.execute(NEW_STAFF, VENUE, role)
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        yield app


@pytest.fixture
async def site(app: Litestar, pool: Pool) -> AsyncIterator[httpx.AsyncClient]:
    _, token = await new_site(pool)
    async with client_of(app, headers={"Authorization": f"Bearer {token}"}) as client:
        yield client


async def publish(manager: httpx.AsyncClient, *patches: Json) -> Json:
    """Draft the house with these patches, in force from today."""
    body = {"id": str(uuid4()), "reason": "who may book what", "patch": patches[0]}
    draft: Json = (await manager.post("/manage/house/drafts", json=body)).json()
    path = f"/manage/house/drafts/{draft['version']}"
    for patch in patches[1:]:
        edit = {"id": str(uuid4()), "edits": draft["edits"], "patch": patch}
        draft = (await manager.patch(path, json=edit)).json()
    assert draft["problems"] == []
    answer = await manager.post(f"{path}/publish", json={"id": str(uuid4()), "from_date": DATE})
    assert answer.status_code == 200, answer.text
    return draft


@pytest.fixture
async def ruled(manager: httpx.AsyncClient) -> Json:
    return await publish(manager, PLACES, RULES)


async def post(client: httpx.AsyncClient, path: str, body: Json) -> httpx.Response:
    headers = {"Idempotency-Key": str(uuid4())}
    return await client.post(f"/v1/venues/{VENUE}/{path}", json=body, headers=headers)


def wish(number: int, size: int = 2, **more: Any) -> Json:  # noqa: ANN401
    who = {"name": f"Guest {number}", "phone": phone(number)}
    about = {"start": SEVEN.isoformat(), "party_size": size, "guest": who}
    return about | {"accepted_house_rules": 3} | more


async def slots(client: httpx.AsyncClient, size: int = 2, **more: Any) -> Json:  # noqa: ANN401
    asked: Json = {"date": DATE, "party_size": size} | more
    answer = await client.get(f"/v1/venues/{VENUE}/availability", params=asked)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def at_seven(found: Json) -> Json:
    (slot,) = (each for each in found["items"] if each["start"].startswith(f"{DATE}T19:00"))
    return dict(slot)


async def ours(host: httpx.AsyncClient, made: httpx.Response) -> Json:
    found: Json = (await host.get(f"/host/reservations/{made.json()['id']}")).json()
    return found


async def test_an_owner_says_who_may_have_which_place_and_reads_it_back(
    manager: httpx.AsyncClient, ruled: Json
) -> None:
    said = {each["pointer"]: each["sentence"]["en"] for each in ruled["differences"]}
    assert said["/access/Walk-ins at the bar"].startswith(
        "Access “Walk-ins at the bar”: new, for walk-ins and"
    )
    assert said["/enquiries/protect"] == (
        "Enquiries: a place is kept for those who asked for an area instead of nobody."
    )
    text = (await manager.get("/manage/house/export")).text
    assert 'name = "The chef\'s table", to = "members"' in text
    wrong = {"access": {"Nowhere": {"to": "members", "areas": ["moon"]}}}
    body = {"id": str(uuid4()), "reason": "a mistake", "patch": wrong}
    draft = (await manager.post("/manage/house/drafts", json=body)).json()
    pointers = [each["pointer"] for each in draft["problems"]]
    assert pointers == ["/access/4/areas", "/access/4/tags"]
    body["patch"] = {"access": {"Nowhere": {"to": "friends", "areas": ["bar"]}}}
    refused = await manager.post("/manage/house/drafts", json=body | {"id": str(uuid4())})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/patch/access/Nowhere/to"


async def test_a_booking_site_is_told_the_areas_it_may_sell_and_which_ask_a_person(
    site: httpx.AsyncClient, host: httpx.AsyncClient, ruled: Json
) -> None:
    assert ruled
    slot = at_seven(await slots(site))
    assert (slot["areas"], slot["areas_by_request"]) == (["room"], ["private"])
    assert slot["requires_approval"] is False
    for area, told in (("bar", "Bar"), ("terrace", "Terrace")):
        assert (await slots(site, area=area))["items"] == []
        refused = await post(site, "reservations", wish(1, area=area))
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (409, "SLOT_UNAVAILABLE")
        assert (problem["reason"], problem["areas"]) == ("AREA_NOT_BOOKABLE", ["room"])
        assert problem["detail"].startswith(f"We take no bookings for {told} here.")
    held = await post(
        site, "slot-holds", {"start": SEVEN.isoformat(), "party_size": 2, "area": "bar"}
    )
    assert held.json()["reason"] == "AREA_NOT_BOOKABLE"
    book = (await host.get("/host/reservations", params={"date": DATE})).json()
    assert book == []


async def test_the_private_room_is_asked_for_and_given_by_a_person(
    site: httpx.AsyncClient, host: httpx.AsyncClient, ruled: Json
) -> None:
    assert ruled
    slot = at_seven(await slots(site, area="private"))
    assert (slot["areas"], slot["requires_approval"]) == (["private"], True)
    asked = await post(site, "reservations", wish(1, area="private"))
    assert (asked.status_code, asked.json()["status"]) == (201, "requested")
    first = await post(site, "reservations", wish(2))
    assert (await ours(host, first))["tables"] == ["1"]
    second = await post(site, "reservations", wish(3))
    assert second.json()["reason"] == "NO_TABLE_FITS"  # never the private room, nor the bar
    (request,) = (await host.get("/host/requests")).json()
    approved = await host.post(
        "/host/orders/approve",
        json={"id": str(uuid4()), "reservation_id": request["reservation_id"],
              "version": request["version"]},
    )  # fmt: skip
    assert approved.status_code == 200, approved.text
    assert (await ours(host, asked))["tables"] == ["P1"]


async def test_a_pending_enquiry_keeps_its_room_until_it_is_answered_or_its_hours_are_over(
    site: httpx.AsyncClient, host: httpx.AsyncClient, ruled: Json, pool: Pool
) -> None:
    assert ruled
    sent = await post(site, "enquiries", wish(1, 12, area="private"))
    assert sent.status_code == 202, sent.text
    (request,) = (await host.get("/host/requests")).json()
    assert request["protected_until"].startswith("2027-03-03T18:00")
    assert (await slots(site, area="private"))["items"][0]["start"].endswith("T21:00:00+01:00")
    refused = await post(site, "reservations", wish(2, area="private"))
    assert refused.json()["reason"] == "NO_TABLE_FITS"
    staff: Json = {"date": DATE, "party_size": 2, "area": "private"}
    assert (await host.get("/host/availability", params=staff)).json()["slots"]
    declined = await host.post(
        "/host/orders/decline",
        json={"id": str(uuid4()), "reservation_id": request["reservation_id"],
              "version": request["version"]},
    )  # fmt: skip
    assert declined.status_code == 200, declined.text
    assert at_seven(await slots(site, area="private"))["requires_approval"]
    later = {"start": (SEVEN + timedelta(days=7)).isoformat(), "area": "private"}
    await post(site, "enquiries", wish(1, 12) | later)
    for hours, kept in ((23, True), (25, False)):
        await move_clock(pool, NOON + timedelta(hours=hours))
        asked = await post(site, "reservations", wish(2) | later)
        assert (asked.status_code == 409) is kept, asked.text


async def test_the_bar_is_for_who_comes_in_and_a_host_may_book_it_with_a_reason(
    host: httpx.AsyncClient, ruled: Json, pool: Pool
) -> None:
    assert ruled
    who = {"name": "Ada", "phone": phone(1)}
    call = {"channel": "phone", "party_size": 2, "starts": SEVEN.isoformat(), "guest": who,
            "accepted_house_rules": 3, "tables": ["B1"]}  # fmt: skip
    refused = await host.post("/host/reservations", json=call | {"id": str(uuid4())})
    assert (refused.status_code, refused.json()["code"]) == (409, "AREA_NOT_BOOKABLE")
    assert "Walk-ins at the bar" in refused.json()["detail"]
    booked = await host.post(
        "/host/reservations", json=call | {"id": str(uuid4()), "overrule": "her usual seat"}
    )
    assert (booked.status_code, booked.json()["tables"]) == (201, ["B1"]), booked.text
    await move_clock(pool, SEVEN)
    offered = (await host.get("/host/door", params={"party_size": 2})).json()["options"]
    assert {each["area"] for each in offered} == {"room"}
    await host.post(
        f"/host/reservations/{booked.json()['reservation_id']}/cancel",
        json={"id": str(uuid4()), "reason": "she called"},
    )
    offered = (await host.get("/host/door", params={"party_size": 2})).json()["options"]
    assert {each["area"] for each in offered} == {"room", "bar"}


async def test_the_terrace_is_sold_in_its_season(site: httpx.AsyncClient, ruled: Json) -> None:
    assert ruled
    april = await slots(site, area="terrace", date="2027-04-30")
    may = await slots(site, area="terrace", date="2027-05-01")
    assert (april["items"], may["items"][0]["areas"]) == ([], ["terrace"])


async def test_the_chefs_table_is_for_members(
    site: httpx.AsyncClient, host: httpx.AsyncClient, ruled: Json, pool: Pool
) -> None:
    assert ruled
    four = await post(site, "reservations", wish(1, 4))
    assert (four.status_code, four.json()["status"]) == (201, "requested")  # the private room
    await pool.execute(MEMBER, VENUE, phone(1))
    start = (SEVEN + timedelta(days=1)).isoformat()
    again = await post(site, "reservations", wish(1, 4, start=start))
    assert (again.status_code, again.json()["status"]) == (201, "requested")  # no site learns it
    call = {"channel": "phone", "party_size": 4, "starts": start, "accepted_house_rules": 3,
            "guest": {"name": "Her friend", "phone": phone(1)}, "id": str(uuid4())}  # fmt: skip
    booked = await host.post("/host/reservations", json=call)
    assert (booked.status_code, booked.json()["tables"]) == (201, ["Chef"]), booked.text
    found = (await host.get("/host/guests", params={"q": "Guest 1"})).json()
    asked: Json = {"date": DATE, "party_size": 4}
    for member, areas in (({}, ["private"]), ({"guest_id": found[0]["guest_id"]}, ["room"])):
        told = await host.get("/host/availability", params=asked | member)
        assert told.json()["slots"][0]["areas"] == areas, member


async def test_a_wish_ranks_tables_and_is_told_as_met_or_not(
    site: httpx.AsyncClient, host: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    likes = {"area": "terrace", "quiet": False, "window": False, "booth": False}
    first = await post(site, "reservations", wish(1, preferences={"area": "terrace"}))
    assert (first.json()["preferences"], first.json()["preferences_met"]) == (likes, True)
    second = await post(site, "reservations", wish(2, preferences={"area": "terrace"}))
    assert (second.status_code, second.json()["preferences_met"]) == (201, False)
    entries = [await ours(host, each) for each in (first, second)]
    assert [each["tables"] for each in entries] == [["2"], ["1"]]
    assert [each["preferences_met"] for each in entries] == [True, False]
    page = (await anybody.get(first.json()["manage_url"].partition("maitred.test")[2])).text
    assert "If we can" in page
    assert "Terrace" in page
    changed = await site.patch(
        f"/v1/venues/{VENUE}/reservations/{second.json()['id']}",
        json={"preferences": {}},
        headers={"If-Match": '"v1"'},
    )
    assert (changed.status_code, changed.json()["preferences"]) == (200, None), changed.text
    await site.post(
        f"/v1/venues/{VENUE}/reservations/{first.json()['id']}/cancel",
        json={},
        headers={"Idempotency-Key": str(uuid4())},
    )
    body = {"id": str(uuid4()), "version": 2, "preferences": {"area": "terrace"}}
    path = f"/host/reservations/{second.json()['id']}"
    moved = (await host.patch(path, json=body)).json()
    assert (moved["tables"], moved["preferences_met"]) == (["2"], True)
    refused = await post(site, "reservations", wish(3, preferences={"area": "moon"}))
    assert refused.json()["errors"][0]["pointer"] == "/preferences/area"


async def test_a_party_above_what_is_sold_online_is_pointed_to_an_enquiry(
    site: httpx.AsyncClient, host: httpx.AsyncClient, ruled: Json
) -> None:
    assert ruled
    found = await slots(site, 10)
    assert (found["items"], found["alternatives"]) == ([], [])
    assert found["enquiry"]["party_max"] == 8
    assert found["enquiry"]["path"] == f"/v1/venues/{VENUE}/enquiries"
    assert "up to 8 guests" in found["enquiry"]["detail"]
    assert (await slots(site, 2))["enquiry"] is None
    asked: Json = {"date": DATE, "party_size": 10}
    assert (await host.get("/host/availability", params=asked)).json()["enquiry"] is None
    asked = {"date": DATE, "party_size": 20}
    told = (await host.get("/host/availability", params=asked)).json()["enquiry"]
    assert told["party_max"] == 14
