"""Opening a house: its owner gets in at the first start, and again whenever it is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from api import setup
from api.machine_zone import machine_zone
from api.setup import fresh_login, open_house, open_what_is_there
from seating.access.devices import device_of_token, pair
from seating.db import transaction
from seating.errors import Invalid, NotFound
from seating.house.examples import shipped_text
from seating.migrate import MigrationError
from tests.api.conftest import client_of
from tests.support.application import living

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from api.settings import Settings
    from seating.db import Pool


LETS_A_TABLET_IN = ["pairing code for a tablet", "the stand, on that tablet", "or"]


def kinds(lines: Sequence[str]) -> list[str]:
    return [line.split(":")[0].split(" of ")[0] for line in lines]


def pin_and_code(lines: Sequence[str]) -> tuple[str, str]:
    """What lets one in: a line each."""
    text = "\n".join(lines)
    (pin,), (code,) = (
        re.findall(r"PIN of .*: (\d{6})$", text, re.MULTILINE),
        re.findall(r"pairing code for a tablet: (\w+) ", text),
    )
    return pin, code


async def test_the_first_owner_gets_a_pin_and_a_code(database: str, pool: Pool) -> None:
    lines = await open_house(database, shipped_text("bistro"))
    assert kinds(lines) == ["PIN", *LETS_A_TABLET_IN]
    assert await pool.fetchval("select count(*) from staff where pin_hash is not null") == 1
    again = await open_house(database, shipped_text("bistro"))
    assert kinds(again)[:-1] == LETS_A_TABLET_IN
    assert again[-1].startswith("an owner's PIN is set already; to have a new one: ")


async def test_a_code_is_printed_until_a_tablet_came_back_with_its_cookie(
    database: str, pool: Pool
) -> None:
    _, code = pin_and_code(await open_house(database, shipped_text("bistro")))
    token = await pair(pool, "bistro", code, "Door", "here")
    assert kinds(await open_house(database, shipped_text("bistro")))[:1] == [
        "pairing code for a tablet"
    ]
    assert await device_of_token(pool, token)
    assert await open_house(database, shipped_text("bistro"), "scripts/serve") == [
        "owner and tablets are known; a fresh PIN and pairing code: scripts/serve owner"
    ]


async def test_without_a_file_a_house_of_ones_own_opens_and_its_owner_gets_in(
    database: str, settings: Settings
) -> None:
    lines = await open_what_is_there(database, zone="America/Lima")
    assert lines[0].startswith(
        "a new house, house: its clocks are those of America/Lima (as --zone"
    )
    assert "owner is a new owner's account" in lines[1]
    pin, code = pin_and_code(lines)
    async with living(settings) as app, client_of(app) as client:
        pairing = {"venue": "house", "code": code, "device_name": "Door"}
        await client.post("/host/pair", json=pairing)
        await client.post("/host/login", json={"staff_id": "owner", "pin": pin})
        me = (await client.get("/host/me")).json()
    assert (me["staff_id"], me["role"]) == ("owner", "owner")


async def test_what_is_there_is_served_and_not_opened_twice(database: str, pool: Pool) -> None:
    await open_what_is_there(database, "my-house", "UTC")
    again = await open_what_is_there(database)
    assert kinds(again)[:-1] == LETS_A_TABLET_IN
    assert await pool.fetchval("select array_agg(venue_id) from venue") == ["my-house"]
    with pytest.raises(NotFound, match="There is no house other here, only my-house"):
        await open_what_is_there(database, "other")


async def test_of_several_houses_each_says_how_to_get_in(database: str) -> None:
    for venue in ("one", "two"):
        await open_house(
            database, shipped_text("bistro").replace('id = "bistro"', f'id = "{venue}"')
        )
    lines = await open_what_is_there(database)
    assert [line for line in lines if line.startswith("at ")] == ["at one:", "at two:"]
    with pytest.raises(Invalid, match="There are one and two"):
        await fresh_login(database, None, None, "a test")
    assert '"venue": "two"' in (await fresh_login(database, "two", None, "a test"))[-1]


@pytest.mark.parametrize(
    ("venue", "zone", "says"),
    [
        ("House", None, "cannot be a house's id"),
        (None, "Mars/Olympus", "no time zone Mars/Olympus"),
    ],
)
async def test_a_house_that_cannot_be_opened_says_why(
    database: str, pool: Pool, venue: str | None, zone: str | None, says: str
) -> None:
    with pytest.raises(Invalid, match=says):
        await open_what_is_there(database, venue, zone)
    assert await pool.fetchval("select count(*) from venue") == 0


async def test_the_owner_of_a_lost_tablet_gets_in_and_shuts_it_out(
    database: str, settings: Settings
) -> None:
    """The only tablet is stolen, the PIN forgotten, and the last manager has gone."""
    pin, code = pin_and_code(await open_what_is_there(database, zone="UTC"))
    async with living(settings) as app, client_of(app) as thief, client_of(app) as owner:
        for client, first in ((thief, True), (owner, False)):
            if not first:
                pin, code = pin_and_code(await fresh_login(database, None, None, "a test"))
                assert (await thief.get("/host/me")).json()["code"] == "SESSION_ENDED"
            pairing = {"venue": "house", "code": code, "device_name": "first" if first else "new"}
            await client.post("/host/pair", json=pairing)
            login = await client.post("/host/login", json={"staff_id": "owner", "pin": pin})
            client.headers["X-CSRF-Token"] = login.json()["csrf_token"]
            first_only = await client.get("/manage/devices")
            assert (first_only.status_code, first_only.json()["code"]) == (403, "NEW_PIN_NEEDED")
            own = {"old_pin": pin, "pin": "739164" if first else "284615"}
            assert (await client.put("/host/pin", json=own)).status_code == 200
        devices = {each["name"]: each for each in (await owner.get("/manage/devices")).json()}
        lost = devices["first"]["device_id"]
        assert (await owner.delete(f"/manage/devices/{lost}")).status_code == 204
        assert (await thief.get("/host/staff")).status_code == 401
        new = {"staff_id": "mia", "name": "Mia", "role": "manager", "pin": "482061"}
        assert (await owner.post("/manage/staff", json=new)).status_code == 204


async def test_there_is_no_way_into_a_house_that_is_not_there(
    database: str, empty_database: str
) -> None:
    with pytest.raises(NotFound, match="There is no house in this database yet"):
        await fresh_login(database, None, None, "a test")
    with pytest.raises(MigrationError, match="start the service first"):
        await fresh_login(empty_database, None, None, "a test")


async def test_the_command_prints_it_and_the_audit_has_no_secret(
    database: str, pool: Pool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio  # noqa: PLC0415

    await open_what_is_there(database, zone="UTC")
    monkeypatch.setenv("DATABASE_URL", database)
    monkeypatch.setattr("sys.argv", ["setup", "owner", "--staff", "owner"])
    await asyncio.to_thread(setup.main)
    pin, code = pin_and_code(capsys.readouterr().out.splitlines())
    async with transaction(pool) as conn:
        kept = await conn.fetchval("select string_agg(e::text, '') from security_event e")
    assert pin not in kept
    assert code not in kept
    assert "python -m api.setup owner" in kept


def test_the_machines_zone_is_that_of_tz_or_of_its_clock(tmp_path: Path) -> None:
    clock = tmp_path / "localtime"
    assert machine_zone({}, clock).zone == "UTC"
    clock.symlink_to("/usr/share/zoneinfo/America/Argentina/Ushuaia")
    assert machine_zone({}, clock).zone == "America/Argentina/Ushuaia"
    assert machine_zone({"TZ": "CET-1CEST,M3.5.0"}, clock).named_by == str(clock)
    for name in ("Asia/Tbilisi", ":Asia/Tbilisi", "/usr/share/zoneinfo/Asia/Tbilisi"):
        assert machine_zone({"TZ": name}, clock).zone == "Asia/Tbilisi"


def test_a_house_that_is_not_there_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["setup", str(tmp_path / "none.toml")])
    with pytest.raises(SystemExit, match=r"No such file.*python -m api.setup HOUSE"):
        setup.main()


def test_every_mistake_in_a_house_is_a_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "house.toml"
    file.write_text("[venue]\nid = 3\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost/none")
    monkeypatch.setattr("sys.argv", ["setup", str(file)])
    with pytest.raises(SystemExit, match="venue"):
        setup.main()
