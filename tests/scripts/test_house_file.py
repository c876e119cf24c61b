"""`scripts/serve house export`, and a house file that is read before anything is started."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from policies.house.file import read_house
from scripts import house_file, serving
from scripts.house_file import HouseFileError, exported
from tests.support.house import house_text, open_house

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool


async def test_the_house_in_force_is_exported_with_its_accounts(database: str, pool: Pool) -> None:
    await open_house(pool, house_text(2, 4))
    await pool.execute(
        "insert into staff (venue_id, staff_id, name, role) values ('bistro', 'bo', 'Bo', 'host')"
    )
    written = read_house(await exported(database, None))
    assert [table.seats_max for table in written.tables] == [2, 4]
    assert {(each.id, each.role) for each in written.staff} == {("anna", "owner"), ("bo", "host")}
    exports = "select count(*) from security_event where kind = 'ExportHouse'"
    assert await pool.fetchval(exports) == 1


async def test_the_command_writes_a_file_or_prints_it(
    database: str,
    pool: Pool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    await open_house(pool, house_text(2, 4))
    monkeypatch.setenv("DATABASE_URL", database)
    file = tmp_path / "house.toml"
    for arguments in (["house", "export"], ["house", "export", str(file)]):
        options = serving.parse(arguments)
        await asyncio.to_thread(options.command, options)
    printed, _, told = capsys.readouterr().out.rpartition("written: ")
    assert printed == file.read_text()
    assert told == f"{file}\n"


async def test_which_house_is_asked_where_there_are_several(database: str, pool: Pool) -> None:
    with pytest.raises(HouseFileError, match="holds no house yet"):
        await exported(database, None)
    for venue in ("bistro", "corner"):
        await open_house(pool, house_text(2, venue=venue))
    with pytest.raises(HouseFileError, match="--venue: bistro, corner"):
        await exported(database, None)
    assert read_house(await exported(database, "corner")).venue.id == "corner"


def test_a_file_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "house.toml"
    house_file.write(file, "one")
    with pytest.raises(HouseFileError, match="--force"):
        house_file.write(file, "two")
    house_file.write(file, "two", force=True)
    assert file.read_text() == "two"
    with pytest.raises(HouseFileError, match="cannot be written"):
        house_file.write(tmp_path / "none" / "house.toml", "x")


@pytest.mark.parametrize("options", [[], ["--check"]])
def test_a_wrong_house_file_is_told_before_anything_is_compiled_or_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    def started(*_: object) -> None:
        raise AssertionError

    file = tmp_path / "house.toml"
    file.write_text(house_text(2).replace("[venue]", "[venue]\nwalls = []"))
    monkeypatch.setattr(serving, "compile_kernels", started)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    with pytest.raises(SystemExit) as refused:
        serving.main([*options, "--house", str(file)])
    assert "walls stands after [venue]" in str(refused.value)


def test_a_folder_is_no_file_to_write_nor_to_overwrite(tmp_path: Path) -> None:
    for force in (False, True):
        with pytest.raises(house_file.HouseFileError, match="is a folder: name a file in it"):
            house_file.write(tmp_path, "", force=force)
