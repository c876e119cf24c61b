"""An owner's pace and turn times: a share for sites, Fridays outside, three hours for one party."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.settings import Settings
from seating.db import transaction
from tests.api.booking.conftest import BASE
from tests.api.booking.conftest import book as book_by_site
from tests.api.conftest import NEW_STAFF, host, manager, partner
from tests.api.host.conftest import booked, done, tap, wish
from tests.support.application import living
from tests.support.house import DATE, SEVEN, VENUE, at, house_text, move_clock, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

__all__ = ["host", "manager", "partner"]

FRIDAY = "2027-03-05"
PATCH: dict[str, Any] = {
    "periods": {
        "dinner": {
            "pacing": 30,
            "pacing_limits": [
                {"covers": 4, "channels": ["online"]},
                {"parties": 1, "areas": ["terrace"]},
            ],
        }
    },
    "turn_times": {
        "4 areas=terrace days=fri": {"minutes": 105},
        "50 days=fri": {"minutes": 150},
    },
}


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    """Three tables inside and two on the terrace."""
    await open_house(pool, house_text(2, 4, 4, 2, 2, terrace=2))
    async with transaction(pool) as conn:
        for role in ("host", "manager"):
            await conn.execute(NEW_STAFF, VENUE, role)
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        yield app


@pytest.fixture
async def house(manager: httpx.AsyncClient) -> dict[str, Any]:
    """The house with the owner's pace and turn times, in force from today."""
    made = await manager.post(
        "/manage/house/drafts",
        json={"id": str(uuid4()), "reason": "spring", "patch": PATCH},
    )
    assert made.status_code == 201, made.text
    draft: dict[str, Any] = made.json()
    assert draft["problems"] == []
    published = await manager.post(
        f"/manage/house/drafts/{draft['version']}/publish",
        json={"id": str(uuid4()), "from_date": DATE},
    )
    assert published.status_code == 200, published.text
    return draft


async def slots(client: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    answer = await client.get("/host/availability", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["slots"]
    return found


@pytest.mark.usefixtures("house")
async def test_a_site_at_its_share_of_the_pace_is_refused_while_the_phone_still_books(
    partner: httpx.AsyncClient, host: httpx.AsyncClient, pool: Pool
) -> None:
    for number in (1, 2):
        answer = await book_by_site(partner, number)
        assert answer.status_code == 201, answer.text
    refused = await book_by_site(partner, 3)
    assert (refused.status_code, refused.json()["reason"]) == (409, "PACING_FULL")
    assert refused.json()["detail"] == "The kitchen cannot take more guests around then."
    assert refused.json()["alternatives"]
    assert await pool.fetchval("select code from turnaway") == "PACING_FULL"
    made = await booked(host, 4)
    assert made["state"] == "booked"


@pytest.mark.usefixtures("house")
async def test_the_terrace_starts_one_party_a_quarter_and_the_host_is_told_which_limit_bound(
    host: httpx.AsyncClient,
) -> None:
    await booked(host, 1, needs={"area": "terrace"})
    refused = await host.post("/host/reservations", json=wish(2, needs={"area": "terrace"}))
    assert (refused.status_code, refused.json()["code"]) == (409, "PACING_FULL")
    assert "at most 1 party (Terrace)" in refused.json()["detail"]
    inside = [await booked(host, number) for number in (3, 4, 5)]
    assert {table for made in inside for table in made["tables"]} == {"1", "2", "3"}
    last = await host.post("/host/reservations", json=wish(6))
    assert last.json()["code"] == "PACING_FULL"


@pytest.mark.usefixtures("house")
async def test_friday_on_the_terrace_has_a_turn_of_its_own_and_the_answer_says_which(
    host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    outside = await slots(host, date=FRIDAY, party_size=2, area="terrace")
    assert {each["turn_said"] for each in outside} == {
        "1 h 45 min: up to 4 guests, Terrace, Friday"
    }
    assert outside[0]["turn_time"]["areas"] == ["terrace"]
    assert {each["duration_s"] for each in outside} == {105 * 60}
    anywhere = await slots(host, date=FRIDAY, party_size=2)
    assert {each["turn_said"] for each in anywhere} == {"2 h 30 min: up to 50 guests, Friday"}
    tonight = await slots(host, date=DATE, party_size=2, area="terrace")
    assert {each["turn_said"] for each in tonight} == {"1 h 30 min: up to 2 guests"}
    seen = await partner.get(
        f"{BASE}/availability", params={"date": FRIDAY, "party_size": 2, "area": "terrace"}
    )
    assert {each["duration_s"] for each in seen.json()["items"]} == {105 * 60}
    assert "turn_said" not in seen.json()["items"][0]
    friday = at(48).isoformat()
    made = await booked(host, 1, starts=friday, needs={"area": "terrace"})
    assert made["ends"] == at(49.75).isoformat().replace("+00:00", "Z")


async def test_one_booking_of_three_hours_protects_its_table(host: httpx.AsyncClient) -> None:
    long = await slots(host, date=DATE, party_size=4, duration_minutes=180)
    assert {each["turn_said"] for each in long} == {"3 hours: set by staff"}
    assert max(each["start"] for each in long) == at(2).isoformat().replace("+00:00", "Z")
    made = await booked(host, 1, party_size=4, tables=["2"], duration_minutes=180)
    assert (made["duration_minutes"], made["tables"]) == (180, ["2"])
    assert made["ends"] == at(3).isoformat().replace("+00:00", "Z")
    next_one = wish(2, party_size=4, tables=["2"], starts=at(2.5).isoformat())
    refused = await host.post("/host/reservations", json=next_one)
    assert refused.json()["code"] == "NO_TABLE_FITS"
    shorter = await host.patch(
        f"/host/reservations/{made['reservation_id']}",
        json={"id": str(uuid4()), "version": made["version"], "duration_minutes": "usual"},
    )
    assert (shorter.status_code, shorter.json()["duration_minutes"]) == (200, None)
    again = await host.post("/host/reservations", json=next_one | {"id": str(uuid4())})
    assert again.status_code == 201, again.text


async def test_at_the_door_it_sits_for_its_three_hours(host: httpx.AsyncClient, pool: Pool) -> None:
    made = await booked(host, 1, duration_minutes=180)
    await move_clock(pool, SEVEN)
    told = await done(host, "seat", reservation_id=made["reservation_id"], version=1, tables=["1"])
    assert told["seatings"][0]["expected_end"] == at(3).isoformat().replace("+00:00", "Z")
    assert (await tap(host, "seat", tables=["4"], party_size=2)).status_code == 200


async def test_a_stay_that_cannot_be_or_by_a_site_is_a_mistake_and_nothing_is_stored(
    host: httpx.AsyncClient, partner: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, 1)
    for minutes, status in ((10, 400), (62, 400), ("long", 400), (700, 422)):
        sent = {"duration_minutes": minutes}
        changed = {"id": str(uuid4()), "version": 1} | sent
        for answer in (
            await host.post("/host/reservations", json=wish(2, **sent)),
            await host.patch(f"/host/reservations/{made['reservation_id']}", json=changed),
        ):
            assert answer.status_code == status, answer.text
            (wrong,) = answer.json()["errors"]
            assert wrong["pointer"] == "/duration_minutes"
            assert len(wrong["detail"]) > 20
    refused = await book_by_site(partner, 1, duration_minutes=180)
    assert refused.status_code in {400, 422}
    assert "duration_minutes" in refused.text
    assert await pool.fetchval("select count(*) from reservation") == 1
    assert await pool.fetchval("select version from reservation") == 1
    assert await pool.fetchval("select count(*) from turnaway") == 0


async def test_what_the_draft_says_against_itself_is_told_and_cannot_be_published(
    manager: httpx.AsyncClient,
) -> None:
    patch = {
        "turn_times": {"4 areas=roof": {"minutes": 90}},
        "periods": {"dinner": {"pacing_limits": [{"areas": ["terrace"]}]}},
    }
    made = await manager.post(
        "/manage/house/drafts", json={"id": str(uuid4()), "reason": "spring", "patch": patch}
    )
    told = {each["pointer"]: each["sentence"] for each in made.json()["problems"]}
    assert set(told) == {"/turn_times/1/areas", "/periods/0/pacing_limits/0"}
    assert "This house has no area roof" in told["/turn_times/1/areas"]
    assert "covers, parties or both" in told["/periods/0/pacing_limits/0"]
    published = await manager.post(
        f"/manage/house/drafts/{made.json()['version']}/publish",
        json={"id": str(uuid4()), "from_date": DATE},
    )
    assert published.status_code == 422, published.text
