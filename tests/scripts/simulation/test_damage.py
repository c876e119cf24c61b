"""After violations one knows whether it was PostgreSQL: an index that misses a row is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.simulation.damage import damaged_indexes, keep_data

if TYPE_CHECKING:
    from pathlib import Path

    from seating.db import Pool

# An index whose rows no longer say what they said when they were entered.
DOUBTFUL = """
create function told(x int) returns int immutable language sql as 'select x';
create table dish (number int);
insert into dish select generate_series(1, 9);
create index dish_told on dish (told(number));
create or replace function told(x int) returns int immutable language sql as 'select x + 100';
"""


async def test_an_index_that_does_not_agree_with_its_table_is_named(
    database: str, pool: Pool
) -> None:
    assert await damaged_indexes(database) == []
    await pool.execute(DOUBTFUL)
    (told,) = await damaged_indexes(database)
    assert told.startswith("dish_told: ")


def test_the_data_of_a_server_are_kept_without_what_says_that_it_runs(tmp_path: Path) -> None:
    data = tmp_path / "data" / "postgres"
    data.mkdir(parents=True)
    for name in ("PG_VERSION", "postmaster.pid", ".s.PGSQL.5432.lock"):
        (data / name).write_text("18")
    kept = keep_data(tmp_path / "data", tmp_path / "kept", 4)
    assert [each.name for each in (kept / "postgres").iterdir()] == ["PG_VERSION"]
