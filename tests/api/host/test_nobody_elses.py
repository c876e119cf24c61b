"""What a booking site may learn and change by a phone number: nothing that is another's."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.api.booking import conftest as site
from tests.api.conftest import client_of
from tests.api.google import conftest as google
from tests.api.host.conftest import booked, show
from tests.support.house import VENUE, at, move_clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

NAME = "Ada Lovelace"
KNOWN, UNKNOWN, NEVER = "+493023125024", "+493023125025", "+493023125026"
CHANGING = re.compile(
    r'"(id|code|updated_at|manage_url|page_url|partner_reference)":"[^"]*"|reservations/[0-9a-f-]+'
)
OF_NOBODY = """
select count(*) from turnaway t where t.guest_id is not null
  and not exists (select from guest g where g.guest_id = t.guest_id)
"""
GUESTS = "select json_agg(g order by phone)::text from guest g"


@pytest.fixture
async def first(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with site.site_client(app) as client:
        yield client


@pytest.fixture
async def second(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with site.site_client(app) as client:
        yield client


def asked(phone: str, hours: float = 1, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    guest = {"name": NAME, "phone": phone}
    return site.wish(guest=guest, start=at(hours).isoformat()) | more


def party(phone: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    guest = {"name": NAME, "phone": phone}
    return {"party_size": 2, "guest": guest, "accepted_house_rules": 3} | more


async def send(client: httpx.AsyncClient, to: str, body: dict[str, Any]) -> httpx.Response:
    return await client.post(f"{site.BASE}/{to}", json=body, headers=site.key(str(uuid4())))


async def everything_asked(app: Litestar, client: httpx.AsyncClient, phone: str) -> list[str]:
    """All that a site may ask about a number, as it is answered; nothing is left of it."""
    heard = [
        await send(client, "reservations", asked(phone, needs={"high_chairs": 9})),
        await send(client, "reservations", asked(phone, party_size=9)),
        made := await send(client, "reservations", asked(phone)),
        await send(client, "reservations", asked(phone, 1.5)),
        await send(client, "enquiries", asked(phone, 3, party_size=20)),
        waits := await send(client, "waitlist", party(phone)),
        await send(client, "waitlist", party(phone)),
    ]
    path = f"{site.BASE}/reservations/{made.json()['id']}"
    days = f"date=2027-03-03&party_size=2&reservation_id={made.json()['id']}"
    heard.append(await client.get(f"{site.BASE}/availability?{days}"))
    for hours, tag in ((2, "v1"), (1.25, "v2")):
        body = {"start": at(hours).isoformat()}
        heard.append(await client.patch(path, json=body, headers={"If-Match": f'"{tag}"'}))
    heard += [await client.get(path), await client.get(f"{path}/calendar.ics")]
    async with client_of(app) as guest:
        page = await guest.get(made.json()["manage_url"].partition("maitred.test")[2])
        heard.append(page)
    ahead = [await send(client, "reservations", asked(phone, 24 * day)) for day in range(1, 6)]
    heard += ahead
    for each in (made, heard[4], *ahead):
        if "id" in each.json():
            await client.post(
                f"{site.BASE}/reservations/{each.json()['id']}/cancel",
                json={},
                headers=site.key(str(uuid4())),
            )
    await client.delete(f"{site.BASE}/waitlist/{waits.json()['id']}")
    return [f"{each.status_code} {told(each.text)}" for each in heard]


def told(text: str) -> str:
    """An answer without what is new in every one: ids, codes, links, stamps."""
    text = re.sub(r"bistro:[\w-]{43}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "...", text)
    text = re.sub(r"(DTSTAMP|LAST-MODIFIED|UID)\S*", "...", CHANGING.sub("...", text))
    return re.sub(r"(?<![A-Z0-9])[A-Z2-9]{8}(?![A-Z0-9])", "...", text)


async def test_a_number_changes_nothing_that_another_site_can_see(
    app: Litestar,
    host: httpx.AsyncClient,
    first: httpx.AsyncClient,
    second: httpx.AsyncClient,
    pool: Pool,
) -> None:
    mine = await send(first, "reservations", asked(KNOWN))
    assert mine.status_code == 201, mine.text
    for day in range(1, 4):
        assert (await send(first, "reservations", asked(KNOWN, 24 * day + 2))).status_code == 201
    assert (await send(first, "waitlist", party(KNOWN))).status_code == 201
    await move_clock(pool, at(0.05))
    (guest,) = (await host.get("/host/guests", params={"q": NAME})).json()
    known = {"email": "ada@home.example", "locale": "uk", "notes": "Sings", "tags": ["friend"],
             "allergies": "nuts", "consent": True, "id": str(uuid4())}  # fmt: skip
    assert (await host.patch(f"/host/guests/{guest['guest_id']}", json=known)).status_code == 200
    with_theirs = await everything_asked(app, second, KNOWN)
    without = await everything_asked(app, second, UNKNOWN)
    for theirs, nobodys in zip(with_theirs, without, strict=True):
        assert theirs == nobodys
    codes = [each[:3] for each in without]
    assert codes[:7] == ["409", "422", "201", "409", "202", "201", "409"], without
    assert codes[-5:] == ["201", "201", "201", "201", "409"], without[-5:]
    for secret in ("home.example", "Sings", "friend", "nuts"):
        assert secret not in str(with_theirs)
    again = await send(first, "reservations", asked(KNOWN, 1.5))
    assert (again.status_code, again.json()["code"]) == (409, "DUPLICATE_RESERVATION")
    assert json.loads(await pool.fetchval(GUESTS))[0]["email"] == "ada@home.example"


async def test_whatever_is_refused_leaves_no_trace_of_its_guest(
    app: Litestar,
    host: httpx.AsyncClient,
    first: httpx.AsyncClient,
    second: httpx.AsyncClient,
    pool: Pool,
) -> None:
    mine = asked(KNOWN, guest={"name": NAME, "phone": KNOWN, "locale": "uk"})
    assert (await send(first, "reservations", mine)).status_code == 201
    before = await pool.fetchval(GUESTS)
    for phone in (KNOWN, NEVER):
        guest = {"name": "Mallory", "phone": phone, "email": "m@evil.example", "locale": "en"}
        for to, more in (
            ("reservations", {"party_size": 9}),
            ("reservations", {"accepted_house_rules": 2}),
            ("reservations", {"needs": {"high_chairs": 9}}),
            ("reservations", {"start": at(-24).isoformat()}),
            ("enquiries", {"accepted_house_rules": 2}),
            ("waitlist", {"party_size": 30}),
        ):
            body = (party(phone) if to == "waitlist" else asked(phone)) | {"guest": guest} | more
            refused = await send(second, to, body)
            assert refused.status_code in {409, 422}, (to, more, refused.text)
        async with google.google_client(app) as facade:
            user = google.user() | {"telephone": phone, "email": "m@evil.example"}
            failed = await google.cause(
                facade, "CreateBooking", google.wish(9, party_size=9, user_information=user)
            )
            assert failed == "SLOT_UNAVAILABLE"
    own = await booked(host, 3)
    path = f"/host/reservations/{own['reservation_id']}"
    body = {"id": str(uuid4()), "version": 1, "phone": NEVER, "party_size": 40}
    assert (await host.patch(path, json=body)).status_code == 409
    body = {"id": str(uuid4()), "version": 1, "phone": KNOWN, "party_size": 40}
    assert (await host.patch(path, json=body)).status_code == 409
    after = [each for each in json.loads(await pool.fetchval(GUESTS)) if each["name"] != "Guest 3"]
    assert after == json.loads(before)
    assert await pool.fetchval(OF_NOBODY) == 0


async def test_another_sites_booking_of_a_number_stands_is_marked_and_overwrites_nothing(
    host: httpx.AsyncClient, first: httpx.AsyncClient, second: httpx.AsyncClient, pool: Pool
) -> None:
    ours = {"name": NAME, "phone": KNOWN, "email": "ada@home.example"}
    one = (await send(first, "reservations", asked(KNOWN, guest=ours))).json()
    theirs = {"name": "ada lovelace", "phone": KNOWN, "email": "m@evil.example", "locale": "ru"}
    two = (await send(second, "reservations", asked(KNOWN, 1.5, guest=theirs))).json()
    concierge = asked(KNOWN, 1, guest={"name": "Alan Turing", "phone": KNOWN})
    three = (await send(second, "reservations", concierge)).json()
    row = await pool.fetchrow("select name, email, locale from guest where venue_id = $1", VENUE)
    assert row is not None
    assert tuple(row) == (NAME, "ada@home.example", "ru")  # only what was empty
    entries = [
        (await host.get(f"/host/reservations/{each['id']}")).json() for each in (one, two, three)
    ]
    assert [each["email"] for each in entries] == [
        "ada@home.example",
        "m@evil.example",
        "ada@home.example",
    ]
    same = [[other["reservation_id"] for other in each["maybe_same_guest_as"]] for each in entries]
    assert same == [[two["id"]], [one["id"]], []]
    said = entries[0]["maybe_same_guest_as"][0]
    assert said["said"].startswith("May be the same guest as ada lovelace (2) at 20:30")
    assert said["message"]["key"] == "maybe-same-guest"
    stood = {each["reservation_id"]: each for each in (await show(host))["reservations"]}
    assert stood[two["id"]]["maybe_same_guest_as"][0]["reservation_id"] == one["id"]
    assert stood[three["id"]]["maybe_same_guest_as"] == []
    body = {"id": str(uuid4()), "version": 1, "email": "ada@new.example"}
    mended = await host.patch(f"/host/reservations/{two['id']}", json=body)
    assert (mended.status_code, mended.json()["email"]) == (200, "ada@new.example")
    for client in (first, second):
        assert (await send(client, "waitlist", party(KNOWN))).status_code == 201
    waits = (await show(host))["waiting"]
    assert [each["maybe_same_guest_as"][0]["wait_id"] for each in waits] == [
        each["wait_id"] for each in reversed(waits)
    ]
