"""What can be booked is told by the engine that books, and nothing more is told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.api.booking.conftest import BASE, book, made
from tests.support.house import DATE, SEVEN, move_clock

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def look(client: httpx.AsyncClient, **asked: Any) -> dict[str, Any]:  # noqa: ANN401
    params: dict[str, Any] = {"date": DATE, "party_size": 2} | asked
    answer = await client.get(f"{BASE}/availability", params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, Any] = answer.json()
    return found


def starts(found: list[dict[str, Any]]) -> list[str]:
    return [slot["start"] for slot in found]


async def test_an_empty_evening_is_all_there(partner: httpx.AsyncClient) -> None:
    found = await look(partner)
    assert len(found["items"]) == 17
    assert found["items"][0] == {
        "start": "2027-03-03T18:00:00+01:00",
        "duration_s": 5400,
        "areas": ["room", "terrace"],
        "areas_by_request": [],
        "requires_approval": False,
    }
    assert (found["alternatives"], found["enquiry"]) == ([], None)


async def test_what_is_offered_is_then_booked_and_what_is_not_is_refused(
    partner: httpx.AsyncClient,
) -> None:
    await made(partner, 0, party_size=6)
    offered = starts((await look(partner, party_size=5))["items"])
    for number in range(17):
        start = SEVEN + timedelta(minutes=15 * (number - 4))
        answer = await book(partner, 50 + number, party_size=5, start=start.isoformat())
        said = (start + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S+01:00")
        if answer.status_code == 201:
            assert said in offered
            path = f"{BASE}/reservations/{answer.json()['id']}"
            await partner.post(f"{path}/cancel", json={}, headers={"Idempotency-Key": f"c{number}"})
        else:
            assert said not in offered


async def test_a_full_date_comes_with_the_nearest_ones(partner: httpx.AsyncClient) -> None:
    for hours in (-1, 1, 3):
        start = (SEVEN + timedelta(hours=hours)).isoformat()
        await made(partner, hours + 5, party_size=6, start=start)
    found = await look(partner, party_size=6)
    assert found["items"] == []
    assert starts(found["alternatives"])[0] == "2027-03-04T18:00:00+01:00"


async def test_needs_and_areas_narrow_the_search(partner: httpx.AsyncClient) -> None:
    outside = await look(partner, area="terrace", party_size=4)
    assert {tuple(slot["areas"]) for slot in outside["items"]} == {("terrace",)}
    assert (await look(partner, needs="step_free"))["items"] == []
    assert (await look(partner, high_chairs=2))["items"] == []
    assert (await look(partner, high_chairs=1))["items"] != []


async def test_several_dates_are_asked_for_at_once(partner: httpx.AsyncClient) -> None:
    params = {"from": DATE, "to": "2027-03-05", "party_size": "2"}
    found = (await partner.get(f"{BASE}/availability", params=params)).json()
    assert {start[:10] for start in starts(found["items"])} == {DATE, "2027-03-04", "2027-03-05"}


async def test_what_is_past_or_too_far_or_too_large_is_not_offered(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    assert (await look(partner, date="2027-08-01"))["items"] == []
    assert (await look(partner, date="0001-01-01"))["items"] == []
    assert (await look(partner, date="9999-12-31"))["items"] == []
    assert (await look(partner, party_size=9))["items"] == []
    await move_clock(pool, SEVEN + timedelta(minutes=1))
    assert starts((await look(partner))["items"])[0] == "2027-03-03T19:15:00+01:00"


async def test_a_party_seen_as_gone_by_the_clock_frees_its_table_for_readers(
    partner: httpx.AsyncClient, pool: Pool
) -> None:
    await made(partner, party_size=6)
    await move_clock(pool, SEVEN + timedelta(minutes=20))
    assert "2027-03-03T19:30:00+01:00" in starts((await look(partner, party_size=6))["items"])


async def test_looking_stores_nothing(partner: httpx.AsyncClient, pool: Pool) -> None:
    await look(partner, party_size=9)
    assert await pool.fetchval("select count(*) from period") == 0
    assert await pool.fetchval("select count(*) from turnaway") == 0


async def test_a_reservation_to_be_changed_does_not_stand_in_its_own_way(
    partner: httpx.AsyncClient, stranger: httpx.AsyncClient
) -> None:
    reservation = await made(partner, 0, party_size=6)
    assert "2027-03-03T19:00:00+01:00" not in starts((await look(partner, party_size=6))["items"])
    found = await look(partner, party_size=6, reservation_id=reservation["id"])
    assert len(found["items"]) == 17
    params = {"date": DATE, "party_size": 6, "reservation_id": reservation["id"]}
    other = await stranger.get(f"{BASE}/availability", params=params)
    assert (other.status_code, other.json()["code"]) == (404, "NOT_FOUND")
    for item in (found["items"][0], found["items"][-1]):
        moved = await partner.patch(
            f"{BASE}/reservations/{reservation['id']}",
            json={"start": item["start"]},
            headers={"If-Match": f'"v{reservation["version"]}"'},
        )
        assert moved.status_code == 200
        reservation = moved.json()
