"""A user's telephone at both of Google's doors: of the venue's country, whole, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.api.google.conftest import BASE, call, user, wish
from tests.support.house import SEVEN, VENUE, move_clock

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def test_a_telephone_that_is_not_whole_is_pointed_at(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    await move_clock(pool, SEVEN)
    party = {"merchant_id": VENUE, "party_size": 2, "idempotency_token": "a"}
    for phone in ("1234", "80", "110", "+49301234567890123", "+1 555-0100"):
        who = {"user_information": user() | {"telephone": phone}}
        for method, body in (("CreateBooking", wish() | who), ("CreateWaitlistEntry", party | who)):
            answer = await google.post(f"{BASE}/{method}", json=body)
            assert answer.status_code == 400, answer.text
            assert answer.json()["errors"][0]["pointer"] == "/user_information/telephone"
    assert await pool.fetchval("select count(*) from guest") == 0


async def test_a_national_telephone_is_of_the_venues_country_whatever_its_own_number(
    google: httpx.AsyncClient, pool: Pool
) -> None:
    changed = """jsonb_set(house::jsonb, '{venue,phone}', '"030 1234"')"""
    await pool.execute(f"update house set house = {changed}, checksum = 'unchecked'")
    who = user() | {"telephone": "030 23125024"}
    booking = (await call(google, "CreateBooking", wish(user_information=who)))["booking"]
    assert booking["user_information"]["telephone"] == "030 23125024"
    assert await pool.fetchval("select phone from guest") == "+493023125024"
