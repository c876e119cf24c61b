"""Who left no more than a number, because they waited or were turned away, is erased as others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked, done
from tests.api.manage.people.conftest import NAME, PHONE, ok, places_of_her, turned_away
from tests.support.house import VENUE

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

LOCAL = "030 23125871"
BY_NUMBER = "/manage/guests/by-number"


async def test_what_was_left_with_a_number_is_exported_and_erased(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    await turned_away(host)
    told = await done(host, "wait", party_size=2, name=NAME, phone=LOCAL)
    await done(host, "leave", wait_id=told["waiting"][0]["wait_id"], version=1)
    assert await pool.fetchval("select count(*) from guest") == 0
    assert await places_of_her(pool)
    asked: dict[str, Any] = {"phone": LOCAL}
    assert (await host.post(f"{BY_NUMBER}/export", json=asked)).status_code == 403
    told = await ok(await manager.post(f"{BY_NUMBER}/export", json=asked))
    assert len(told["held"]["waitlist"]) >= 1
    assert len(told["held"]["turnaways"]) >= 1
    assert await pool.fetchval("select count(*) from guest") == 0, "nothing is kept of an export"

    body = asked | {"id": str(uuid4()), "reason": "asked on the phone"}
    answers = [await manager.post(f"{BY_NUMBER}/erase", json=body) for _ in range(2)]
    erased = await ok(answers[0])
    assert answers[1].json() == erased
    assert (erased["waits"] >= 1, erased["turnaways"] >= 1) == (True, True)
    assert await places_of_her(pool) == set()
    again = await manager.post(f"{BY_NUMBER}/erase", json=body | {"id": str(uuid4())})
    assert (again.status_code, again.json()["message"]) == (404, "no-such-guest")


async def test_a_guest_with_a_record_is_found_by_the_number_too(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, guest={"name": "Ida", "phone": PHONE})
    told = await ok(await manager.post(f"{BY_NUMBER}/export", json={"phone": PHONE}))
    assert told["guest_id"] == made["guest_id"]
    wrong = await manager.post(f"{BY_NUMBER}/export", json={"phone": "at the bar"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/phone")
    body = {"id": str(uuid4()), "reason": "asked on the phone", "phone": PHONE}
    refused = await manager.post(f"{BY_NUMBER}/erase", json=body)
    assert (refused.status_code, refused.json()["message"]) == (409, "guest-has-bookings")
    erased = await ok(
        await manager.post(f"{BY_NUMBER}/erase", json=body | {"cancel_bookings": True})
    )
    assert len(erased["cancelled"]) == 1
    left = "select count(*) from guest where venue_id = $1 and phone is not null"
    assert await pool.fetchval(left, VENUE) == 0
