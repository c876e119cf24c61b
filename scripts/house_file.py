"""`scripts/serve house export`: the house in force as a TOML file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import asyncpg

from seating.access.audit import keep_record
from seating.clock import MovableClock
from seating.db import open_pool, transaction
from seating.house.house_drafts import exported_house

if TYPE_CHECKING:
    from pathlib import Path

NO_HOUSE: Final = "The database holds no house yet."
OF_EARLIER_RELEASE: Final = (
    "The database is of an earlier release: start scripts/serve once, it is brought up to date."
)
VENUES: Final = "select venue_id from venue order by venue_id"


class HouseFileError(Exception):
    """No file was written; the message is the sentence to show."""


async def exported(dsn: str, venue_id: str | None) -> str:
    """The TOML of a venue's house in force, put on record; of the only one, if none is named."""
    async with await open_pool(dsn, min_size=1, max_size=1) as pool, transaction(pool) as conn:
        try:
            known = [row["venue_id"] for row in await conn.fetch(VENUES)]
        except asyncpg.UndefinedTableError as error:
            raise HouseFileError(NO_HOUSE) from error
        chosen = _chosen(known, venue_id)
        try:
            text = await exported_house(conn, chosen, MovableClock())
            await keep_record(conn, chosen, "ExportHouse", {}, by=None)
        except (asyncpg.UndefinedTableError, asyncpg.UndefinedColumnError) as error:
            raise HouseFileError(OF_EARLIER_RELEASE) from error
        return text


def write(file: Path, text: str, *, force: bool = False) -> None:
    """Write the file. Raises HouseFileError if it exists, unless `force`, or cannot be written."""
    if file.is_dir():
        raise HouseFileError(f"{file} is a folder: name a file in it.")
    if file.exists() and not force:
        raise HouseFileError(f"{file} exists: pass --force to overwrite it.")
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise HouseFileError(f"{file} cannot be written: {error.strerror}.") from error


def _chosen(known: list[str], asked: str | None) -> str:
    if asked in known:
        return str(asked)
    if asked is None and len(known) == 1:
        return known[0]
    if not known:
        raise HouseFileError(NO_HOUSE)
    raise HouseFileError(f"Name the house with --venue: {', '.join(known)}.")
