"""A restore is on record in the database that it brought."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import asyncpg

from seating.backups.dumping import back_up
from seating.backups.restoring import restore
from seating.db import open_pool
from seating.migrate import migrate
from tests.support.house import house_text, open_house

if TYPE_CHECKING:
    from pathlib import Path


async def test_a_restore_is_on_record_for_every_owner(empty_database: str, tmp_path: Path) -> None:

    await migrate(empty_database)
    async with await open_pool(empty_database, min_size=1, max_size=1) as pool:
        await open_house(pool, house_text(2))
    file = tmp_path / "kept.dump"
    await back_up(empty_database, file)
    await restore(empty_database, file)
    conn = await asyncpg.connect(empty_database)
    rows = await conn.fetch("select venue_id, kind, facts::text from security_event order by at")
    await conn.close()
    assert (rows[-1]["venue_id"], rows[-1]["kind"]) == ("", "RestoreBackup")
    assert json.loads(rows[-1]["facts"]) == {"file": "kept.dump", "left": None}
    assert [row["kind"] for row in rows].count("RestoreBackup") == 1
