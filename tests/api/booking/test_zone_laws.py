"""The zone data are renewed and the server starts again: everybody sees the same local time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.settings import Settings
from seating.webhooks.sealed_secrets import new_key
from tests.api.booking.conftest import BASE, made
from tests.api.booking.test_calendar import calendar_of
from tests.api.booking.test_guest_page import path_of
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.house import DATE, house_text, new_site, open_house
from tests.support.zone_data import pinned_to, zone_folder

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool

CALGARY = house_text(2, 4).replace("Europe/Berlin", "America/Edmonton")


async def test_after_a_law_has_moved_the_clocks_the_table_is_still_booked_for_seven(
    database: str, pool: Pool, tmp_path: Path
) -> None:
    settings = Settings(
        database_url=database, demo=True, jobs="none", pool_max=4, secrets_key=new_key()
    )
    old = zone_folder(tmp_path / "old", America__Edmonton="MST7MDT,M3.2.0,M11.1.0")
    new = zone_folder(tmp_path / "new", America__Edmonton="CST6")
    with pinned_to(old):
        await open_house(pool, CALGARY)
        _, token = await new_site(pool)
        headers = {"Authorization": f"Bearer {token}"}
        async with living(settings) as app, client_of(app, headers=headers) as partner:
            before = await made(partner, start="2027-03-03T19:00:00-07:00")
    with pinned_to(new):
        async with living(settings) as app, client_of(app, headers=headers) as partner:
            answer = await partner.get(f"{BASE}/reservations/{before['id']}")
            assert answer.json()["start"] == "2027-03-03T19:00:00-06:00"
            assert answer.headers["ETag"] == '"v2"'
            assert "19:00" in (await partner.get(path_of(before))).text
            file = await calendar_of(partner, before)
            assert (file["start"], file["sequence"]) == ("2027-03-04T01:00:00.000Z", 1)
            assert file["description"].startswith("2027-03-03 19:00 - 20:30, America/Edmonton")
            path = f"{BASE}/availability?date={DATE}&party_size=2"
            items = (await partner.get(path)).json()["items"]
            assert items[0]["start"] == "2027-03-03T18:00:00-06:00"
