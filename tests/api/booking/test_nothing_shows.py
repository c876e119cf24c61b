"""A booking site cannot tell a held table, a promise beyond the room or a gift from nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from seating.forecast.prices import refresh_prices
from tests.api.booking.conftest import BASE, book, key, made, wish
from tests.support.house import CLOCK, SEVEN, at, house_text, open_house
from tests.support.rules import FIRST_COME, PEAK, beyond, make_dear, rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

EIGHT = at(1).isoformat()
TELLING = ("held", "overbook", "beyond", "risk", "ceiling", "purse", "gesture", "physical", "kind")
SEARCH: dict[str, str | int] = {"date": "2027-03-03", "party_size": 2}
OWN = {"id", "code", "created_at", "updated_at", "expires_at", "manage_url"}


@pytest.fixture
async def small(pool: Pool, partner: httpx.AsyncClient) -> httpx.AsyncClient:
    """Three tables of two."""
    await open_house(pool, house_text(2, 2, 2))
    return partner


def told(answer: httpx.Response) -> tuple[int, dict[str, Any], set[str]]:
    """All that an answer says, but for what names the thing itself."""
    body = {name: value for name, value in answer.json().items() if name not in OWN}
    headers = {name for name in answer.headers if name not in {"date", "content-length"}}
    return answer.status_code, body, headers


def apart_from_alternatives(answer: httpx.Response) -> tuple[int, dict[str, Any], set[str]]:
    status, body, headers = told(answer)
    return status, body | {"alternatives": None}, headers


def silent(answer: httpx.Response) -> bool:
    """Slot holds may be spoken of: they are the site's own."""
    text = answer.text.lower().replace("slot_hold", "").replace('"status":"held"', "")
    return not any(word in text for word in TELLING)


async def test_a_table_held_back_is_refused_as_one_that_is_taken(
    small: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, holds=[PEAK])
    await made(small, 1, start=EIGHT)
    held_back = await book(small, 2, start=EIGHT)
    code = await pool.fetchval("select code from turnaway")
    assert code == "HELD_BACK"
    await pool.execute("update held_table set state = 'cancelled', ended_at = now(), version = 2")
    await pool.execute("delete from intention where kind = 'held'")
    for number in (3, 4):
        await made(small, number, start=EIGHT)
    taken = await book(small, 5, start=EIGHT)
    assert apart_from_alternatives(held_back) == apart_from_alternatives(taken)
    assert silent(held_back)


async def test_every_no_beyond_the_room_is_the_same_no(
    small: httpx.AsyncClient, pool: Pool
) -> None:
    answers = []
    for day, rules in enumerate(
        ({"enabled": False}, beyond(1, ceiling=0.0), beyond(0), beyond(2) | {"party_max": 1})
    ):
        await rule(pool, overbooking=rules, decisions=FIRST_COME)
        start = at(24 * day).isoformat()
        for number in range(3):
            await made(small, 10 * day + number, start=start)
        refused = await book(small, 10 * day + 9, start=start)
        answers.append(apart_from_alternatives(refused))
        assert silent(refused)
    codes = {row["code"] for row in await pool.fetch("select code from turnaway")}
    assert codes == {"NO_TABLE_FITS", "RISK_OVER_CEILING", "OVERBOOKING_CAP"}
    assert all(answer == answers[0] for answer in answers)


async def test_a_table_kept_for_others_is_the_same_no_as_a_full_room(
    small: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, overbooking={"enabled": False}, decisions=FIRST_COME)
    for number in range(3):
        await made(small, number)
    full = apart_from_alternatives(await book(small, 9))
    await rule(pool, decisions={"by_value": True})
    start = at(24).isoformat()
    first = await book(small, 10, start=start)
    await refresh_prices(pool, CLOCK)
    await make_dear(pool, 50)
    kept = await book(small, 11, start=start)
    assert first.status_code == 201
    assert apart_from_alternatives(kept) == full
    assert silent(kept)
    row = await pool.fetchrow("select code, explained::text from turnaway where code = 'BID_PRICE'")
    assert row is not None
    assert '"displaced_value"' in row["explained"]


async def test_a_promise_beyond_the_room_reads_like_any_other(
    small: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, overbooking=beyond(4), decisions=FIRST_COME)
    found = []
    for number in range(5):
        search = await small.get(f"{BASE}/availability", params=SEARCH)
        offered = {item["start"]: item for item in search.json()["items"]}
        made_now = await book(small, number)
        body = made_now.json()
        read = await small.get(f"{BASE}/reservations/{body['id']}")
        cut = {name: value for name, value in told(made_now)[1].items() if name != "guest"}
        found.append((offered["2027-03-03T19:00:00+01:00"], cut, told(read)[0]))
        assert silent(made_now)
        assert silent(read)
        assert silent(search)
    kinds = [row["kind"] for row in await pool.fetch("select kind from reservation order by kind")]
    assert kinds == ["overbooked"] * 2 + ["physical"] * 3
    assert all(each == found[0] for each in found)


async def test_a_slot_hold_beyond_the_room_reads_like_any_other(
    small: httpx.AsyncClient, stranger: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, overbooking=beyond(4), decisions=FIRST_COME)
    body = {"start": SEVEN.isoformat(), "party_size": 2}
    sites = [stranger, stranger, small, small]
    held = [
        await sites[number].post(f"{BASE}/slot-holds", json=body, headers=key(f"hold {number}"))
        for number in range(4)
    ]
    kinds = {row["kind"] for row in await pool.fetch("select kind from slot_hold")}
    assert kinds == {"physical", "overbooked"}
    assert all(told(each) == told(held[0]) for each in held)
    assert all(silent(each) for each in held)
    last = wish(7, slot_hold_id=held[-1].json()["id"])
    confirmed = await small.post(f"{BASE}/reservations", json=last, headers=key("confirm"))
    assert confirmed.status_code == 201
    assert silent(confirmed)


async def test_no_route_for_booking_sites_leads_to_discretion(small: httpx.AsyncClient) -> None:
    for path in (
        "/host/tonight",
        "/host/gestures",
        "/manage/rules",
        "/host/door?party_size=2",
        "/manage/holding?date=2027-03-03",
    ):
        assert (await small.get(path)).status_code == 403
