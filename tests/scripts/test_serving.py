"""`scripts/serve` for a house of one's own: what it opens, what it refuses, and its `owner`."""

from __future__ import annotations

import asyncio
import re
import signal
from typing import TYPE_CHECKING

import pytest

from api.settings import SettingsError
from scripts import app_server, demo, embedded, serving
from seating.house.examples import shipped_text

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool


async def test_without_a_file_it_opens_a_house_and_then_serves_what_is_there(
    database: str, pool: Pool
) -> None:
    options = app_server.ServeOptions(dsn=database, house=None, demo=False, zone="Asia/Tokyo")
    lines = await app_server.opened(options)
    assert [line for line in lines if line.startswith("PIN of owner (owner): ")]
    await pool.execute("update device set seen_at = now()")
    assert await pool.fetchval("select house #>> '{venue,zone}' from house") == "Asia/Tokyo"
    again = await app_server.opened(
        app_server.ServeOptions(dsn=database, house=None, demo=False, zone="Asia/Seoul")
    )
    assert again[0].startswith("pairing code for a tablet: ")
    assert await pool.fetchval("select array_agg(venue_id) from venue") == ["house"]
    assert await pool.fetchval("select count(*) from house") == 1


async def test_its_owner_gets_in_by_the_command(
    database: str, pool: Pool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = app_server.ServeOptions(dsn=database, house=None, demo=False)
    await app_server.opened(options)
    monkeypatch.setenv("DATABASE_URL", database)
    given = serving.parse(["owner", "--venue", "house", "--staff", "owner"])
    await asyncio.to_thread(given.command, given)
    printed = capsys.readouterr().out
    assert printed.startswith("PIN of owner (owner): ")
    reasons = await pool.fetch(
        "select reason from security_event where kind = 'LetOwnerIn' order by at"
    )
    assert reasons[-1]["reason"] == "scripts/serve owner"


@pytest.mark.parametrize(
    "command", [["owner"], ["house", "export"], ["backup", "kept.dump"], ["back"]]
)
def test_where_there_is_no_house_a_command_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(embedded, "start", lambda _: pytest.fail("started"))
    none = tmp_path / "none"
    for arguments in (["--data", str(none), *command], [*command, "--data", str(none)]):
        given = serving.parse(arguments)
        says = f"There is no house in {none} yet: scripts/serve --data {none} --no-demo opens one."
        with pytest.raises(SystemExit, match=re.escape(says)):
            given.command(given)
    assert not none.exists()


async def test_the_way_to_another_login_leads_to_the_same_folder(
    database: str, pool: Pool, tmp_path: Path
) -> None:
    again = serving.command_on(tmp_path / "my house")
    options = app_server.ServeOptions(dsn=database, house=None, demo=False, again=again)
    await app_server.opened(options)
    await pool.execute("update device set seen_at = now()")
    (*_, last) = await app_server.opened(options)
    assert last.endswith(f": scripts/serve --data '{tmp_path}/my house' owner")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--venue", "mine"], "--venue and --zone are of a new house"),
        (["--no-demo", "--house", "bistro", "--zone", "UTC"], "leave out --house"),
        (["--no-demo"], "holds the demo: give your own house another folder"),
        (["--no-demo"], rf"a house of yours in there too, .*, move .*{demo.LOGINS} away"),
    ],
)
def test_what_does_not_go_together_is_refused(
    tmp_path: Path, arguments: list[str], says: str
) -> None:
    (tmp_path / demo.LOGINS).touch()
    given = serving.parse([*arguments, "--data", str(tmp_path)])
    with pytest.raises(SystemExit, match=says):
        given.command(given)


def test_a_house_file_is_checked_before_anything_is_compiled_or_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(shipped_text("bistro").replace('role = "owner"', 'role = "king"'))
    monkeypatch.setattr(serving, "compile_kernels", lambda: pytest.fail("compiled"))
    given = serving.parse(["--no-demo", "--house", str(file), "--data", str(tmp_path)])
    with pytest.raises(demo.DemoError, match=r"cannot be used:\n.*role"):
        given.command(given)


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("MAITRED_BACKUPS_AT", "25:00", "is a time of day such as 04:30"),
        ("MAITRED_BACKUPS_KEPT", "few", "is a whole number from 1 on"),
        ("MAITRED_SECURE_COOKIES", "maybe", "cannot be read: it is 0 or 1, not maybe"),
        ("MAITRED_SECRETS_KEY", "short", "cannot be read: "),
    ],
)
def test_a_setting_is_read_before_anything_is_started_or_updated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, says: str
) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(serving, "compile_kernels", lambda: pytest.fail("compiled"))
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match=f"{variable} {says}"):
        serving.main(["--no-demo", "--data", str(tmp_path)])


def test_a_key_file_that_is_no_key_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "MAITRED_DEMO", "MAITRED_JOBS", "MAITRED_BACKUPS"):
        monkeypatch.setenv(name, "")
    key = tmp_path / "secrets.key"
    key.write_text("half a k")
    monkeypatch.setenv("MAITRED_KEY_FILE", str(key))
    options = app_server.ServeOptions(dsn="postgresql:///", house=None, demo=False, keys=key)
    with pytest.raises(SettingsError, match=re.escape(f"The key in {key} cannot be read: ")):
        app_server.make_server(options)
