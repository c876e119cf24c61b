"""A house of one's own: from one table and no hours to a restaurant, by patches alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import msgspec
import pytest
from msgspec.structs import replace

from api.settings import Settings
from policies.drafts.starter import starter_house
from policies.house.file import house_toml, read_house
from policies.house.house import House
from seating.db import transaction
from seating.house.house_drafts import exported_house
from tests.api.conftest import NEW_STAFF, manager
from tests.support.application import living
from tests.support.house import CLOCK, DATE, NOON, VENUE, move_clock, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

__all__ = ["manager"]

WEEK = ["tue", "wed", "thu", "fri", "sat", "sun"]
ROOM: dict[str, Any] = {
    "areas": {"courtyard": {"name": "Courtyard"}, "salon": {"name": "The salon"}},
    "tables": {
        "1": {"shape": "round", "width": 0.8},
        **{str(n): {"area": "room", "seats_max": 2, "x": n * 1.5, "y": 1.0} for n in (2, 3)},
        **{str(n): {"area": "room", "seats_max": 4, "x": n * 1.5, "y": 3.5} for n in (4, 5, 6)},
        **{f"C{n}": {"area": "courtyard", "seats_max": 4, "x": n * 2, "y": -3} for n in (1, 2, 3)},
        "S": {"area": "salon", "seats_max": 14, "seats_min": 8, "x": 12, "y": 4, "shape": "oval"},
    },
    "joins": {"4+5": {"seats_max": 8}, "2+3": {"seats_max": 4}},
    "walls": {"front": {"x1": 0, "y1": 0, "x2": 10, "y2": 0}},
}  # fmt: skip
HOURS: dict[str, Any] = {
    "periods": {
        "lunch": {"days": WEEK, "opens": "12:00", "last_seating": "13:45", "closes": "15:30",
                  "pacing": 12},
        "dinner": {"days": WEEK, "opens": "18:00", "last_seating": "21:30", "closes": "23:30",
                   "pacing": 14},
    },
    "turn_times": {"14": {"minutes": 180}},
    "special_days": {"2027-12-24": {"name": "Christmas Eve"}},
    "closures": {"2027-08-02 Holidays": {"until_date": "2027-08-22"}},
}  # fmt: skip
WORDS: dict[str, Any] = {
    "venue": {
        "phone": "+49 30 23125 024",
        "web": "https://corner.example",
        "category": "German restaurant",
        "postal_address": {
            "street_address": "Am Markt 1",
            "locality": "Berlin",
            "postal_code": "10115",
            "country": "DE",
        },
        "coordinates": {"latitude": 52.53, "longitude": 13.38},
    },
    "house_rules": {
        "rules": {
            "late": {"text": {"en": "We keep your table for 15 minutes."}},
            "turn": {"text": {"en": "The table is yours for two hours."}},
        }
    },
    "booking": {"party_max_online": 8, "window_days": 90},
}


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    house = starter_house(VENUE, "The Corner", "Europe/Berlin", "EUR", "en")
    await open_house(pool, house_toml(house))
    await move_clock(pool, NOON)
    async with transaction(pool) as conn:
        await conn.execute(NEW_STAFF, VENUE, "manager")
        await conn.execute(NEW_STAFF, VENUE, "owner")
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        yield app


async def test_an_owner_builds_a_house_by_patches_and_carries_it_away_as_a_file(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    made = await manager.post(
        "/manage/house/drafts", json={"id": str(uuid4()), "reason": "we open", "patch": ROOM}
    )
    assert made.status_code == 201, made.text
    draft = made.json()
    for patch in (HOURS, WORDS):
        answer = await manager.patch(
            f"/manage/house/drafts/{draft['version']}",
            json={"id": str(uuid4()), "edits": draft["edits"], "patch": patch},
        )
        assert answer.status_code == 200, answer.text
        draft = answer.json()
    assert draft["problems"] == []
    assert len(draft["house"]["tables"]) == 10
    assert draft["house"]["house_rules"]["version"] == 1
    assert len(draft["differences"]) > 20
    assert all(each["sentence"]["en"] for each in draft["differences"])
    house = msgspec.convert(draft["house"], House)
    assert read_house(house_toml(house)) == house

    published = await manager.post(
        f"/manage/house/drafts/{draft['version']}/publish",
        json={"id": str(uuid4()), "from_date": DATE},
    )
    assert (published.status_code, published.json()["stranded"]) == (200, []), published.text
    in_force = (await manager.get("/manage/house")).json()
    assert (in_force["version"], in_force["from_date"]) == (draft["version"], DATE)
    assert in_force["house"] == draft["house"]
    asked: dict[str, str | int] = {"date": DATE, "party_size": 14}
    slots = (await manager.get("/host/availability", params=asked)).json()["slots"]
    assert {tuple(slot["areas"]) for slot in slots} == {("salon",)}
    holidays: dict[str, str | int] = {"date": "2027-08-03", "party_size": 2}
    assert (await manager.get("/host/availability", params=holidays)).json()["slots"] == []

    file = (await manager.get("/manage/house/export")).text
    assert replace(read_house(file), staff=()) == house
    again = await manager.post(
        "/manage/house/drafts", json={"id": str(uuid4()), "reason": "the file", "toml": file}
    )
    assert (again.status_code, again.json()["differences"]) == (201, []), again.text
    await open_house(pool, file.replace(f'id = "{VENUE}"', 'id = "twin"'))
    async with transaction(pool) as conn:
        twin = await exported_house(conn, "twin", CLOCK)
    assert twin == file.replace(f'id = "{VENUE}"', 'id = "twin"')
