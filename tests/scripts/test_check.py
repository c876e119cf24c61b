"""The demo's logins, and the check that uses a running service as a person would."""

from __future__ import annotations

import logging
import secrets
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import asyncpg
import pytest

from api.setup import open_what_is_there
from scripts import check, demo, embedded, serving
from scripts.setup_venv import ROOT
from scripts.simulation import logins as keys
from scripts.simulation.options import parse
from scripts.simulation.servers import Servers
from scripts.simulation.servers import serving as served_by
from scripts.simulation.written_house import read_house
from seating.clock import set_clock
from seating.house.examples import shipped_text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from seating.db import Pool

BISTRO = read_house("bistro")


@pytest.fixture
async def served(template: str, tmp_path: Path) -> AsyncIterator[Servers]:
    """One api process on a database of its own."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    server = embedded.Server(folder=tmp_path, dsn=template, lock=-1)
    async with served_by(server, BISTRO.text, 1) as servers:
        yield servers


async def move_clock(dsn: str, to: datetime, rate: float) -> None:
    connection = await asyncpg.connect(dsn)
    await set_clock(connection, to, rate)
    await connection.close()


async def test_the_check_books_seats_and_clears(
    served: Servers, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = await demo.prepare_demo(served.dsn, "bistro")
    await check.check(served.urls[0], lines)
    printed = capsys.readouterr().out
    for words in ("searched: ", "booked: ", "paired a tablet", "seated a walk-in", "cleared"):
        assert words in printed


async def test_a_failed_check_says_what_failed(served: Servers) -> None:
    lines = await demo.prepare_demo(served.dsn, "bistro")
    with pytest.raises(check.CheckError, match="without demo logins"):
        await check.check(served.urls[0], [])
    wrong = [line.replace("client_secret ", "client_secret x") for line in lines]
    with pytest.raises(check.CheckError, match="While getting a token, /oauth/token answered 401"):
        await check.check(served.urls[0], wrong)
    served.processes[0].stop()
    with pytest.raises(check.CheckError, match="the service did not answer"):
        await check.check(served.urls[0], lines)


async def test_a_second_start_prints_the_same_logins(database: str, tmp_path: Path) -> None:
    await demo.load_house(database, "bistro")
    keep = tmp_path / "demo.json"
    first = await demo.prepare_demo(database, "bistro", keep)
    second = await demo.prepare_demo(database, "bistro", keep)
    assert first[:-2] == second[:-2]
    assert first[-1] != second[-1], "a pairing code is good once"
    assert keep.stat().st_mode & 0o777 == 0o600
    known = demo.read_lines(first)
    assert len(known.clients) == 3
    assert set(known.pins) == set(BISTRO.staff)
    assert known.roles == dict(BISTRO.staff)


async def test_logins_of_another_database_are_not_printed(database: str, tmp_path: Path) -> None:
    await demo.load_house(database, "bistro")
    keep = tmp_path / "demo.json"
    foreign = keys.Logins(venue="bistro", clients={"client_gone": "x"}, pins={"anna": "0000"})
    keys.save(foreign, keep)
    lines = await demo.prepare_demo(database, "bistro", keep)
    assert "client_gone" not in "\n".join(lines)
    assert demo.read_lines(lines).pins["anna"] != "0000"


async def test_demo_logins_are_refused_in_production(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAITRED_PRODUCTION", "1")
    with pytest.raises(demo.DemoError, match="refused while MAITRED_PRODUCTION is on"):
        await demo.prepare_demo(database, "bistro")


async def test_every_mistake_in_a_house_file_is_a_line(database: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    text = shipped_text("bistro").replace('zone = "Europe/Berlin"', 'zone = "Europe/Nowhere"')
    file.write_text(text.replace('role = "owner"', 'role = "king"'))
    with pytest.raises(demo.DemoError) as refusal:
        await demo.load_house(database, str(file))
    assert str(file) in str(refusal.value)
    assert "role" in str(refusal.value)


async def test_a_house_nobody_knows_is_one_sentence(database: str) -> None:
    with pytest.raises(demo.DemoError, match="There is no house nowhere: name a file, or one of"):
        await demo.load_house(database, "nowhere")


async def test_the_demo_leaves_a_house_alone(database: str, pool: Pool) -> None:
    """It would move the clock by which that house's guests come."""
    await open_what_is_there(database, zone="UTC")
    with pytest.raises(demo.DemoError, match=r"holds the house house, .* add --no-demo"):
        await demo.load_house(database, "bistro", demo=True)
    assert await pool.fetchval("select array_agg(venue_id) from venue") == ["house"]


async def test_two_demos_share_a_database(database: str, pool: Pool) -> None:
    await demo.load_house(database, "bistro", demo=True)
    await move_clock(database, datetime.now(UTC), 1)
    await demo.load_house(database, "sixty", demo=True)
    assert await pool.fetchval("select count(*) from venue") == 2


async def test_a_new_demo_is_booked_four_weeks_ahead_and_plays_on(
    database: str, tmp_path: Path
) -> None:
    await demo.load_house(database, "bistro")
    words = await demo.simulation_arguments(database, "bistro", tmp_path / "demo.json", 60)
    options = parse(["--url", "http://127.0.0.1:1", *words])
    assert (options.house, options.endless, options.then_rate) == ("bistro", True, 60)
    assert datetime.now(UTC) - options.since >= timedelta(days=28)


async def test_a_second_start_asks_the_service_for_its_time(database: str, tmp_path: Path) -> None:
    """Business time never goes back, and an evening that goes on is taken up."""
    await demo.load_house(database, "bistro")
    await move_clock(database, datetime(2027, 3, 12, 19, tzinfo=UTC), 1)
    words = await demo.simulation_arguments(database, "bistro", tmp_path / "demo.json")
    options = parse(["--url", "http://127.0.0.1:1", *words])
    assert (options.endless, options.since, options.then_rate) == (True, None, 1)


@pytest.mark.parametrize("rate", ["0", "-1", "601", "nan", "fast"])
def test_a_rate_that_is_none_is_refused(rate: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        serving.parse(["--rate", rate])
    assert f"{rate} is no number above 0 and up to 600" in capsys.readouterr().err


def test_lines_can_be_read_back() -> None:
    secret = secrets.token_urlsafe(8)
    logins = keys.Logins(
        venue="", clients={"client_1": secret}, pins={"anna": "1234"}, roles={"anna": "owner"}
    )
    found = demo.read_lines(demo.lines_of(logins, "ABCDEFGH"))
    assert (found.clients, found.pins, found.codes) == (logins.clients, logins.pins, ["ABCDEFGH"])


def test_the_player_ends_with_who_started_it() -> None:
    """Also where that was killed and could not stop it: another player would play beside it."""
    waits = "import time; from scripts.simulation.command import end_with_standard_input as end"
    player = subprocess.Popen(
        [sys.executable, "-c", f"{waits}; end(); print('plays', flush=True); time.sleep(60)"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with player:
        assert player.stdout
        assert player.stdin
        assert player.stdout.readline() == b"plays\n"
        player.stdin.close()
        assert player.wait(10) == -signal.SIGTERM
