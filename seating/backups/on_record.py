"""What the commands do to a whole database, in its record of what matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from seating.access.audit import INSTALLATION, keep_record
from seating.backups.dumping import connected

if TYPE_CHECKING:
    from collections.abc import Mapping

HAS_RECORD: Final = "select to_regclass('security_event') is not null"

What = Literal["MakeBackup", "RestoreBackup", "GoBack"]


async def put_on_record(dsn: str, kind: What, facts: Mapping[str, str | None]) -> None:
    """Record it in the database of `dsn`; one from before there was a record stays without."""
    async with connected(dsn) as connection:
        if await connection.fetchval(HAS_RECORD):
            await keep_record(connection, INSTALLATION, kind, facts, by=None)
