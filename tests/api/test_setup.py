"""Opening a house: its owner gets in, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api import setup
from api.setup import open_house
from seating.house.examples import shipped_text

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool


async def test_the_first_owner_gets_a_pin_and_a_code(database: str, pool: Pool) -> None:
    lines = await open_house(database, shipped_text("bistro"))
    assert [line.split(":")[0].split(" of ")[0] for line in lines] == [
        "PIN",
        "pairing code for the first tablet",
    ]
    assert await pool.fetchval("select count(*) from staff where pin_hash is not null") == 1
    again = await open_house(database, shipped_text("bistro"))
    assert [line.split(":")[0] for line in again] == ["pairing code for the first tablet"]


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
