"""A place kept for some minutes: taken from everybody else, confirmed, given back or expired."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from seating.booking import slot_holds
from tests.api.booking.conftest import BASE, book, key, made
from tests.support.house import NOON, SEVEN, move_clock, phone

if TYPE_CHECKING:
    import httpx
    import pytest

    from seating.db import Pool


async def hold(client: httpx.AsyncClient, name: str = "hold", **more: Any) -> httpx.Response:  # noqa: ANN401
    body = {"start": SEVEN.isoformat(), "party_size": 6} | more
    return await client.post(f"{BASE}/slot-holds", json=body, headers=key(name))


async def confirm(client: httpx.AsyncClient, hold_id: str, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = {
        "slot_hold_id": hold_id,
        "guest": {"name": "Guest", "phone": phone(77)},
        "accepted_house_rules": 3,
    } | more
    return await client.post(f"{BASE}/reservations", json=body, headers=key(str(uuid4())))


async def test_a_held_place_is_nobody_elses(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    held = await hold(partner)
    assert held.status_code == 201
    assert held.json()["expires_at"] == "2027-03-03T13:05:00+01:00"
    assert (await partner.get(held.headers["location"])).content == held.content
    assert (await book(stranger, 1, party_size=6)).status_code == 409
    assert (await stranger.get(held.headers["location"])).status_code == 404
    assert (await stranger.delete(held.headers["location"])).status_code == 404


async def test_a_confirmed_hold_is_one_reservation(partner: httpx.AsyncClient, pool: Pool) -> None:
    held = (await hold(partner)).json()
    first, again = await confirm(partner, held["id"]), await confirm(partner, held["id"])
    assert first.status_code == 201
    assert (first.json()["party_size"], first.json()["start"]) == (6, held["start"])
    assert (again.status_code, again.json()["code"]) == (409, "HOLD_MISMATCH")
    assert await pool.fetchval("select count(*) from reservation") == 1
    seen = (await partner.get(f"{BASE}/slot-holds/{held['id']}")).json()
    assert seen["status"] == "confirmed"


async def test_an_expired_hold_is_gone(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient, pool: Pool
) -> None:
    held = (await hold(partner, ttl_s=60)).json()
    await move_clock(pool, NOON + timedelta(seconds=60))
    assert (await partner.get(f"{BASE}/slot-holds/{held['id']}")).json()["status"] == "expired"
    answer = await confirm(partner, held["id"])
    assert (answer.status_code, answer.json()["code"]) == (410, "HOLD_EXPIRED")
    assert (await book(stranger, 1, party_size=6)).status_code == 201


async def test_a_hold_for_something_else_is_a_mismatch(partner: httpx.AsyncClient) -> None:
    held = (await hold(partner, area="room")).json()
    for other in (
        {"party_size": 5},
        {"start": (SEVEN + timedelta(minutes=15)).isoformat()},
        {"needs": {"quiet": True}},
    ):
        answer = await confirm(partner, held["id"], **other)
        assert (answer.status_code, answer.json()["code"]) == (409, "HOLD_MISMATCH")
    kept = await confirm(partner, held["id"])
    assert (kept.status_code, kept.json()["area"]) == (201, "room")


async def test_anothers_hold_cannot_be_confirmed(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    held = (await hold(partner)).json()
    assert (await confirm(stranger, held["id"])).status_code == 404
    assert (await confirm(partner, str(uuid4()))).status_code == 404


async def test_a_hold_given_back_twice_is_free_for_others(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    path = (await hold(partner)).headers["location"]
    assert [(await partner.delete(path)).status_code for _ in range(2)] == [204, 204]
    assert (await partner.get(path)).json()["status"] == "given_back"
    assert (await book(stranger, 1, party_size=6)).status_code == 201
    assert (await confirm(partner, path.rsplit("/", 1)[1])).status_code == 410


async def test_the_guests_rules_still_bind_a_hold(partner: httpx.AsyncClient) -> None:
    held = (await hold(partner)).json()
    await made(partner, 77)
    twice = await confirm(partner, held["id"])
    assert (twice.status_code, twice.json()["code"]) == (409, "DUPLICATE_RESERVATION")
    unread = await confirm(partner, held["id"], accepted_house_rules=None)
    assert (unread.status_code, unread.json()["code"]) == (422, "HOUSE_RULES_NOT_ACCEPTED")


async def test_what_is_held_stays_promised_when_its_area_is_shut(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    held = (await hold(partner, party_size=2, area="terrace")).json()
    await pool.execute("""update period set areas_shut = '["terrace"]'""")
    await pool.execute("delete from intention")
    confirmed = await confirm(partner, held["id"])
    assert confirmed.status_code == 201
    row = await pool.fetchrow("select kind, exposed from reservation")
    assert row is not None
    assert tuple(row) == ("physical", True)


async def test_too_many_open_holds_are_refused(
    partner: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, pool: Pool
) -> None:
    monkeypatch.setattr(slot_holds, "MAX_OPEN_HOLDS", 2)
    answers = [await hold(partner, str(number), party_size=1) for number in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[2].json()["code"] == "TOO_MANY_HOLDS"
    assert await pool.fetchval("select count(*) from idempotency") == 2
