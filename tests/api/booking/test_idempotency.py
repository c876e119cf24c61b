"""The same request again: one effect, one answer."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec

from seating.access.idempotency import IdempotentRequest, claim
from seating.clock import MovableClock, wall_now
from seating.privacy.retention import remove_aged
from tests.api.booking.conftest import BASE, book, key, made, wish

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

PATH = f"{BASE}/reservations"


async def test_the_first_answer_is_given_again_to_the_byte(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    first, again = await book(partner), await book(partner)
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    for name in ("etag", "location", "content-type"):
        assert first.headers[name] == again.headers[name]
    assert await pool.fetchval("select count(*) from reservation") == 1


async def test_spaces_and_order_do_not_make_another_payload(partner: httpx.AsyncClient) -> None:
    await made(partner)
    turned = dict(reversed(wish().items()))
    again = await partner.post(
        PATH,
        content=msgspec.json.format(msgspec.json.encode(turned)),
        headers=key("book 0") | {"Content-Type": "application/json"},
    )
    assert again.status_code == 201


async def test_another_payload_under_the_same_key_is_refused(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    await made(partner)
    answer = await book(partner, party_size=3)
    assert (answer.status_code, answer.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    assert await pool.fetchval("select count(*) from reservation") == 1


async def test_a_key_belongs_to_its_client_and_path(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    await made(partner)
    other = await stranger.post(PATH, json=wish(1), headers=key("book 0"))
    hold = await partner.post(
        f"{BASE}/slot-holds",
        json={"start": wish()["start"], "party_size": 1},
        headers=key("book 0"),
    )
    assert (other.status_code, hold.status_code) == (201, 201)


async def test_quoted_and_bare_keys_are_the_same_key(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    for said in ('"abc"', "abc", ' "abc" '):
        answer = await partner.post(PATH, json=wish(), headers={"Idempotency-Key": said})
        assert answer.status_code == 201
    assert await pool.fetchval("select array_agg(key) from idempotency") == ["abc"]


async def test_a_missing_or_malformed_key_is_a_400(partner: httpx.AsyncClient, pool: Pool) -> None:
    for headers in ({}, {"Idempotency-Key": '"a'}, {"Idempotency-Key": ""}, key("x" * 300)):
        answer = await partner.post(PATH, json=wish(), headers=headers)
        assert answer.status_code == 400, headers
        assert answer.json()["errors"][0]["pointer"] == "/Idempotency-Key"
    assert await pool.fetchval("select count(*) from reservation") == 0


async def test_a_no_is_kept_with_its_turnaway(partner: httpx.AsyncClient, pool: Pool) -> None:
    await made(partner, 1, party_size=6)
    first, again = await book(partner, party_size=6), await book(partner, party_size=6)
    assert first.status_code == again.status_code == 409
    assert first.content == again.content
    assert await pool.fetchval("select sum(repeats + 1) from turnaway") == 1


async def test_an_error_is_kept_though_it_undid_the_command(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    body = wish() | {"slot_hold_id": "00000000-0000-4000-8000-000000000000"}
    first = await partner.post(PATH, json=body, headers=key("k"))
    again = await partner.post(PATH, json=body, headers=key("k"))
    assert first.status_code == again.status_code == 404
    assert first.content == again.content
    assert again.headers["content-type"] == "application/problem+json"
    assert await pool.fetchval("select count(*) from idempotency") == 1
    assert await pool.fetchval("select count(*) from guest") == 0


async def test_what_has_to_be_mended_first_is_not_kept(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    for body in (wish(area="cellar"), wish(start="2037-03-03T19:00:00+01:00")):
        answer = await partner.post(PATH, json=body, headers=key("k"))
        assert answer.status_code == 422
    assert await pool.fetchval("select count(*) from idempotency") == 0
    assert (await partner.post(PATH, json=wish(), headers=key("k"))).status_code == 201


async def test_while_the_first_is_at_work_the_second_is_told_to_wait(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    client_id = await pool.fetchval("select client_id from client")
    call = IdempotentRequest(
        venue_id="bistro",
        client_id=client_id,
        method="POST",
        path=PATH,
        key="book 0",
        fingerprint=hashlib.sha256(b"").digest(),
    )
    async with pool.acquire() as conn, conn.transaction():
        assert await claim(conn, call)
        answer = await book(partner)
        assert (answer.status_code, answer.json()["code"]) == (409, "IDEMPOTENCY_IN_PROGRESS")
        assert answer.headers["retry-after"] == "1"
    assert (await book(partner)).status_code == 201


async def test_answers_are_kept_for_a_day(partner: httpx.AsyncClient, pool: Pool) -> None:
    await made(partner)
    kept: timedelta = await pool.fetchval("select kept_until from idempotency") - wall_now()
    assert timedelta(hours=23, minutes=59) < kept <= timedelta(hours=24)
    assert (await remove_aged(pool, MovableClock()))["idempotency answers"] == 0
    await pool.execute("update idempotency set kept_until = now() - interval '1 second'")
    forgotten = await book(partner)
    assert forgotten.json()["code"] == "DUPLICATE_RESERVATION"
    await pool.execute("update idempotency set kept_until = now() - interval '1 second'")
    assert (await remove_aged(pool, MovableClock()))["idempotency answers"] == 1
