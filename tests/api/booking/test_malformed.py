"""Whatever is sent, the answer is a problem that says where; nothing is stored, nothing breaks."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from api.http import requests
from tests.api.booking.conftest import BASE, key, made, wish

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

STORED = """
select (select count(*) from reservation) + (select count(*) from slot_hold)
     + (select count(*) from guest) + (select count(*) from turnaway)
     + (select count(*) from idempotency) + (select count(*) from period)
"""
JSON = {"Content-Type": "application/json"}
GUEST = {"name": "Guest", "phone": "+493020000001"}

FIELDS: list[tuple[dict[str, Any], int, str]] = [
    ({"party_size": 0}, 400, "/party_size"),
    ({"party_size": 10_000}, 400, "/party_size"),
    ({"party_size": -1}, 400, "/party_size"),
    ({"party_size": 10**30}, 400, "/party_size"),
    ({"party_size": "4"}, 400, "/party_size"),
    ({"party_size": 4.5}, 400, "/party_size"),
    ({"party_size": True}, 400, "/party_size"),
    ({"party_size": [4]}, 400, "/party_size"),
    ({"start": "2027-03-03T19:00:00"}, 400, "/start"),
    ({"start": "2027-03-03"}, 400, "/start"),
    ({"start": "tonight"}, 400, "/start"),
    ({"start": 1_800_000_000}, 400, "/start"),
    ({"start": "2027-02-30T19:00:00Z"}, 400, "/start"),
    ({"start": "2037-03-03T19:00:00+01:00"}, 422, "/start"),
    ({"start": "2020-03-03T19:00:00+01:00"}, 422, "/start"),
    ({"start": "0001-01-01T00:00:00+14:00"}, 422, "/start"),
    ({"start": "9999-12-31T23:59:59-12:00"}, 422, "/start"),
    ({"area": "cellar"}, 422, "/area"),
    ({"area": ""}, 400, "/area"),
    ({"area": "room\u0000"}, 400, "/area"),
    ({"needs": {"high_chairs": 51}}, 400, "/needs/high_chairs"),
    ({"needs": {"view": True}}, 400, "/needs/view"),
    ({"needs": None}, 400, "/needs"),
    ({"table": "1"}, 400, "/table"),
]
BOOKING_FIELDS: list[tuple[dict[str, Any], int, str]] = [
    ({"guest": None}, 400, "/guest"),
    ({"guest": {}}, 400, "/guest/name"),
    ({"guest": GUEST | {"name": ""}}, 400, "/guest/name"),
    ({"guest": GUEST | {"name": "   "}}, 400, "/guest/name"),
    ({"guest": GUEST | {"name": "x" * 201}}, 400, "/guest/name"),
    ({"guest": GUEST | {"name": "a\u0000b"}}, 400, "/guest/name"),
    ({"guest": GUEST | {"name": 7}}, 400, "/guest/name"),
    ({"guest": GUEST | {"age": 7}}, 400, "/guest/age"),
    ({"guest": GUEST | {"phone": "030 200"}}, 400, "/guest/phone"),
    ({"guest": GUEST | {"phone": "+4930"}}, 400, "/guest/phone"),
    ({"guest": GUEST | {"phone": "+999999999999999"}}, 422, "/guest/phone"),
    ({"guest": GUEST | {"phone": "+4930200000012345"}}, 400, "/guest/phone"),
    ({"guest": GUEST | {"phone": "+493020000001\u0000"}}, 400, "/guest/phone"),
    ({"guest": GUEST | {"email": "nobody"}}, 400, "/guest/email"),
    ({"guest": GUEST | {"email": "a@b.c" + "c" * 250}}, 400, "/guest/email"),
    ({"guest": GUEST | {"locale": "<script>"}}, 400, "/guest/locale"),
    ({"notes": "x" * 1001}, 400, "/notes"),
    ({"notes": "\u0000"}, 400, "/notes"),
    ({"partner_reference": ""}, 400, "/partner_reference"),
    ({"partner_reference": "x" * 201}, 400, "/partner_reference"),
    ({"accepted_house_rules": 0}, 400, "/accepted_house_rules"),
    ({"accepted_house_rules": 2**31}, 400, "/accepted_house_rules"),
    ({"accepted_house_rules": "3"}, 400, "/accepted_house_rules"),
    ({"guarantee": {"kind": "card"}}, 400, "/guarantee/external_ref"),
    ({"guarantee": {"kind": "c\u0000", "external_ref": "x"}}, 400, "/guarantee/kind"),
]
RAW: list[tuple[bytes, dict[str, str], int]] = [
    (b"", JSON, 400),
    (b"", {}, 400),
    (b"{", JSON, 400),
    (b"null", JSON, 400),
    (b"[]", JSON, 400),
    (b"NaN", JSON, 400),
    (b'{"party_size": NaN}', JSON, 400),
    (b'{"party_size": 1e999}', JSON, 400),
    (b'{"guest": {"name": "\\ud800"}}', JSON, 400),
    (b'{"guest": {"name": "\xed\xa0\x80"}}', JSON, 400),
    (b'{"guest": {"name": "\xff\xfe"}}', JSON, 400),
    (b"\xff\xfe{\x00}\x00", JSON, 400),
    (b"[" * 100_000, JSON, 400),
    (b'{"a":' * 50_000, JSON, 400),
    (b"party_size=2", {"Content-Type": "application/x-www-form-urlencoded"}, 415),
    (b"{}", {"Content-Type": "text/plain"}, 415),
    (b"x" * 300_000, JSON, 413),
]
DOORS = ["reservations", "enquiries", "slot-holds"]


async def refused(
    pool: Pool, answer: httpx.Response, status: int, where: str | None = None, *, stored: int = 0
) -> None:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    said = answer.json()
    assert answer.status_code == status, said
    assert said["code"]
    if where is not None:
        assert [error["pointer"] for error in said["errors"]] == [where], said
    assert await pool.fetchval(STORED) == stored


async def send(client: httpx.AsyncClient, door: str, body: dict[str, Any]) -> httpx.Response:
    content = msgspec.json.encode(body)
    return await client.post(f"{BASE}/{door}", content=content, headers=key() | JSON)


async def test_a_body_sent_piece_by_piece_may_be_no_larger(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"x" * 10_000

    answer = await partner.post(f"{BASE}/reservations", content=pieces(), headers=key() | JSON)
    assert answer.request.headers["transfer-encoding"] == "chunked"
    await refused(pool, answer, 413)


async def test_a_body_that_does_not_come_is_not_waited_for(
    partner: httpx.AsyncClient, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "BODY_SECONDS", 0.05)

    async def dripping() -> AsyncIterator[bytes]:
        yield b'{"party_size": '
        await asyncio.sleep(5)
        yield b"2}"

    answer = await partner.post(f"{BASE}/reservations", content=dripping(), headers=key() | JSON)
    assert answer.json()["code"] == "BODY_TOO_SLOW"
    await refused(pool, answer, 408)


@pytest.mark.parametrize(("more", "status", "where"), FIELDS, ids=str)
async def test_a_wrong_field_is_pointed_at(
    partner: httpx.AsyncClient, pool: Pool, more: dict[str, Any], status: int, where: str
) -> None:
    hold = {name: wish()[name] for name in ("start", "party_size")}
    await refused(pool, await send(partner, "slot-holds", hold | more), status, where)
    await refused(pool, await send(partner, "reservations", wish() | more), status, where)
    await refused(pool, await send(partner, "enquiries", wish() | more), status, where)


@pytest.mark.parametrize(("more", "status", "where"), BOOKING_FIELDS, ids=str)
async def test_a_wrong_field_of_a_booking_is_pointed_at(
    partner: httpx.AsyncClient, pool: Pool, more: dict[str, Any], status: int, where: str
) -> None:
    await refused(pool, await send(partner, "reservations", wish() | more), status, where)
    await refused(pool, await send(partner, "enquiries", wish() | more), status, where)


@pytest.mark.parametrize(
    ("missing", "status"), [("start", 422), ("party_size", 422), ("guest", 400)]
)
async def test_a_missing_field_is_named(
    partner: httpx.AsyncClient, pool: Pool, missing: str, status: int
) -> None:
    body = wish()
    del body[missing]
    answer = await send(partner, "reservations", body)
    await refused(pool, answer, status)
    assert missing in answer.text


async def test_a_whole_number_may_be_written_with_a_point(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    await refused(pool, await send(partner, "reservations", wish() | {"party_size": 2.5}), 400)
    answer = await send(partner, "reservations", wish() | {"party_size": 2.0})
    assert (answer.status_code, answer.json()["party_size"]) == (201, 2)


@pytest.mark.parametrize(
    ("content", "headers", "status"), RAW, ids=[repr(content[:24]) for content, _, _ in RAW]
)
async def test_a_body_that_is_none_is_refused(
    partner: httpx.AsyncClient,
    pool: Pool,
    content: bytes,
    headers: dict[str, str],
    status: int,
) -> None:
    for door in DOORS:
        answer = await partner.post(f"{BASE}/{door}", content=content, headers=key() | headers)
        await refused(pool, answer, status)


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("", "/party_size"),
        ("date=2027-03-03", "/party_size"),
        ("party_size=2", "/date"),
        ("party_size=0&date=2027-03-03", "/party_size"),
        ("party_size=10000&date=2027-03-03", "/party_size"),
        ("party_size=two&date=2027-03-03", "/party_size"),
        ("party_size=2.5&date=2027-03-03", "/party_size"),
        ("party_size=99999999999999999999999&date=2027-03-03", "/party_size"),
        ("party_size=2&date=2027-02-30", "/date"),
        ("party_size=2&date=1800000000", "/date"),
        ("party_size=2&date=tonight", "/date"),
        ("party_size=2&date=%00", "/date"),
        ("party_size=2&from=2027-03-03", "/to"),
        ("party_size=2&from=2027-03-03&to=2027-03-01", "/to"),
        ("party_size=2&from=2027-03-03&to=2028-03-01", "/to"),
        ("party_size=2&from=0001-01-01&to=9999-12-31", "/to"),
        ("party_size=2&date=2027-03-03&needs=view", "/needs"),
        ("party_size=2&date=2027-03-03&high_chairs=-1", "/high_chairs"),
        ("party_size=2&date=2027-03-03&area=%27--", "/area"),
    ],
)
async def test_a_wrong_search_is_pointed_at(
    partner: httpx.AsyncClient, pool: Pool, query: str, where: str
) -> None:
    answer = await partner.get(f"{BASE}/availability?{query}")
    if query == "":
        assert answer.status_code == 400
    else:
        await refused(pool, answer, 400, where)


async def test_a_wrong_search_keeps_no_connection_of_the_pool(
    partner: httpx.AsyncClient, app: Litestar
) -> None:
    """It is refused while a connection is being lent to it; to close the pool waits for all."""
    for _ in range(3):
        answer = await partner.get(f"{BASE}/availability?party_size=0&date=2027-03-03")
        assert answer.status_code == 400
    assert app.state.pool.get_idle_size() == app.state.pool.get_size()


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=201",
        "limit=x",
        "cursor=x",
        "cursor=%00",
        "cursor=W10=",
        "cursor=é",
        "updated_since=2027-03-03T19:00:00",
        "updated_since=1800000000",
        "updated_since=9999-12-31T23:59:59-12:00",
        "updated_since=0001-01-01T00:00:00%2B14:00",
        "partner_reference=%00",
    ],
)
async def test_a_wrong_list_is_refused(partner: httpx.AsyncClient, pool: Pool, query: str) -> None:
    await refused(pool, await partner.get(f"{BASE}/reservations?{query}"), 400)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/venues/%00",
        "/v1/venues/nowhere/availability?date=2027-03-03&party_size=2",
        "/v1/venues/bistro/nothing",
        f"{BASE}/reservations/7",
        f"{BASE}/reservations/00000000-0000-4000-8000-000000000000",
        f"{BASE}/slot-holds/00000000-0000-4000-8000-000000000000",
    ],
)
async def test_what_is_not_there_is_not_found(
    partner: httpx.AsyncClient, pool: Pool, path: str
) -> None:
    answer = await partner.get(path)
    assert answer.status_code in {400, 404}
    await refused(pool, answer, answer.status_code)


@pytest.mark.parametrize(
    "body",
    [
        {"party_size": 0},
        {"start": "2027-03-03T19:00:00"},
        {"start": "9999-12-31T23:59:59-12:00"},
        {"guest": GUEST},
        {"notes": "\u0000"},
    ],
)
async def test_a_wrong_change_changes_nothing(
    partner: httpx.AsyncClient, pool: Pool, body: dict[str, Any]
) -> None:
    path = f"{BASE}/reservations/{(await made(partner))['id']}"
    stored = await pool.fetchval(STORED)
    content, headers = msgspec.json.encode(body), {"If-Match": '"v1"'} | JSON
    answer = await partner.patch(path, content=content, headers=headers)
    assert answer.status_code in {400, 422}
    await refused(pool, answer, answer.status_code, stored=stored)
    assert (await partner.get(path)).json()["version"] == 1


async def test_an_expired_token_is_a_problem(partner: httpx.AsyncClient, pool: Pool) -> None:
    await pool.execute("update access_token set expires_at = now() - interval '1 second'")
    answer = await send(partner, "reservations", wish())
    await refused(pool, answer, 401)
    assert "Bearer" in answer.headers["www-authenticate"]


@pytest.mark.parametrize("path", ["reservations", "waitlist", "enquiries"])
async def test_a_number_that_is_not_whole_is_pointed_at(
    partner: httpx.AsyncClient, path: str
) -> None:
    for phone, status in (
        ("+15550100", 422),
        ("+22997", 400),
        ("+229971234", 422),
        ("+12025550100;ext=x", 400),
    ):
        body = wish() | {"guest": {"name": "Ada", "phone": phone}}
        if path == "waitlist":
            del body["start"]
        answer = await partner.post(f"{BASE}/{path}", json=body, headers=key(phone))
        pointer = answer.json()["errors"][0]["pointer"]
        assert (answer.status_code, pointer) == (status, "/guest/phone")


async def test_a_number_in_a_given_up_form_is_the_guest_of_the_new_one(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    for number, phone in enumerate(("+5215512345678", "+22997123456", "+12025550100;ext=204")):
        await made(partner, number, guest={"name": "Ada", "phone": phone})
    kept = await pool.fetch("select phone from guest order by phone")
    assert [row["phone"] for row in kept] == [
        "+12025550100;ext=204",
        "+2290197123456",
        "+525512345678",
    ]
