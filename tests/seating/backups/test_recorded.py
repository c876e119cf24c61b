"""What a command does to the whole database is on record in it, for every owner."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

import asyncpg

from seating.backups.command import run
from seating.backups.updating import Keeping
from seating.migrate import migrate

if TYPE_CHECKING:
    from pathlib import Path

LATEST = """
select concat_ws(' ', venue_id, kind, facts ->> 'file') from security_event
order by at desc limit 1
"""


async def latest(dsn: str) -> object:
    conn = await asyncpg.connect(dsn)
    try:
        return await conn.fetchval(LATEST)
    finally:
        await conn.close()


async def test_a_backup_and_a_restore_are_on_record_for_every_owner(
    empty_database: str, tmp_path: Path
) -> None:
    await migrate(empty_database)
    file = tmp_path / "kept.dump"
    keeping = Keeping(folder=None, kept=1, code="", back="")
    await run(empty_database, Namespace(action="backup", file=file, force=False), keeping)
    assert await latest(empty_database) == " MakeBackup kept.dump"
    await run(empty_database, Namespace(action="restore", file=file, unverified=True), keeping)
    assert await latest(empty_database) == " RestoreBackup kept.dump"
