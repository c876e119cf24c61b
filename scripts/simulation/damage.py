"""After violations: whether PostgreSQL's own files are whole, and a copy of them to look into."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import asyncpg

from seating.connecting import connect

if TYPE_CHECKING:
    from pathlib import Path

INDEXES: Final = """
select c.oid::regclass::text as name from pg_index i
join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
where a.amname = 'btree' and c.relnamespace = current_schema()::regnamespace
order by name
"""
CHECK: Final = "select bt_index_parent_check($1::text::regclass, true, true)"


async def damaged_indexes(dsn: str) -> list[str]:
    """What is wrong with each index that does not agree with its table; `dsn`: of a superuser.

    Rows that one index finds and another does not come from PostgreSQL or the disk, not from us.
    """
    connection = await connect(dsn, {})
    try:
        await connection.execute("create extension if not exists amcheck")
        found = []
        for row in await connection.fetch(INDEXES):
            try:
                await connection.execute(CHECK, row["name"])
            except asyncpg.PostgresError as error:
                found.append(f"{row['name']}: {error}")
        return found
    finally:
        await connection.close()


def keep_data(data: Path, folder: Path, seed: int) -> Path:
    """Copy a server's data folder; a server started on the copy recovers as after a kill."""
    kept = folder / f"seed-{seed}"
    shutil.copytree(data, kept, ignore=shutil.ignore_patterns("postmaster.pid", ".s.PGSQL.*"))
    return kept
