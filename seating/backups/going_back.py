"""Going back: the backup made before an update is restored, for the code before to run on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from seating.backups.dumping import NOBODY, applied_in, connected
from seating.backups.folder import backups_in
from seating.backups.programs import BackupError
from seating.backups.restoring import Leaving, beside, replace
from seating.backups.updating import KNOWS_CODE, LAST_CODE, UPDATE
from seating.clock import wall_now

if TYPE_CHECKING:
    from pathlib import Path

    from seating.backups.dumping import Applied, Connection
    from seating.backups.folder import Named
    from seating.backups.manifest import Maker

SELECT_RESERVATIONS: Final = "select venue_id, reservation_id, version from reservation"
COUNT_AUDIT: Final = "select count(*) from action"


class Lost(Struct, frozen=True, kw_only=True):
    """What going back loses: reservations made and changed since, and entries of the audit."""

    made: int
    changed: int
    audit: int


class Return(Struct, frozen=True, kw_only=True):
    """Going back, done or only looked at; `code`: what ran then, if known; `left`: a backup."""

    backup: Named
    since: str
    upto: str
    code: str
    lost: Lost
    done: bool
    left: Path | None = None


async def go_back(
    dsn: str,
    folder: Path,
    kept: int,
    *,
    yes: bool,
    maker: Maker = NOBODY,
    unverified: bool = False,
) -> Return:
    """Restore the backup taken before the last update; the service must not be running.

    Without `yes` it is only restored beside the database, read and compared. With it, the state
    that is left is backed up first (`kept` of those stay). Raises BackupError, NoConnectionError.
    """
    async with connected(dsn) as conn:
        current = await applied_in(conn)
    backup = _before_update(folder, current)
    trusted = None if unverified else maker
    async with beside(dsn, backup.path, maker=trusted) as filled:
        async with connected(dsn) as conn, connected(filled.dsn) as then:
            lost = await _lost(conn, then)
            code = await then.fetchval(LAST_CODE) if await then.fetchval(KNOWS_CODE) else None
        left = None
        if yes:
            leaving = Leaving(folder=folder, kept=kept, now=wall_now(), maker=maker)
            left = await replace(dsn, filled, leaving, backup.path, "GoBack")
    return Return(
        backup=backup,
        since=current[-1].name,
        upto=filled.applied[-1].name,
        code=code or "",
        lost=lost,
        done=yes,
        left=left,
    )


def _before_update(folder: Path, current: list[Applied]) -> Named:
    """The newest backup from before an update that this database has had."""
    at = current[-1].number if current else 0
    older = (one for one in backups_in(folder, UPDATE) if one.migration < at)
    if backup := next(older, None):
        return backup
    raise BackupError(
        f"There is nothing to go back to: {folder} has no backup from before an update to"
        f" {current[-1].name if current else 'an empty database'}."
    )


async def _lost(conn: Connection, then: Connection) -> Lost:
    """Compare the reservations and the audit of now with those of the backup."""
    now, before = await _reservations(conn), await _reservations(then)
    return Lost(
        made=len(now.keys() - before.keys()),
        changed=sum(1 for key in before if now.get(key) != before[key]),
        audit=await conn.fetchval(COUNT_AUDIT) - await then.fetchval(COUNT_AUDIT),
    )


async def _reservations(conn: Connection) -> dict[tuple[object, object], int]:
    rows = await conn.fetch(SELECT_RESERVATIONS)
    return {(row["venue_id"], row["reservation_id"]): row["version"] for row in rows}


def lines_of(way: Return) -> list[str]:
    """What going back did, or would do, for whoever typed the command."""
    lost = way.lost
    what = (
        f"{_counted(lost.made, 'reservation')} made since, changes to"
        f" {_counted(lost.changed, 'other')}, {_counted(lost.audit, 'line')} of the audit"
    )
    place = f"{way.backup.path} of {way.backup.made_at:%Y-%m-%d %H:%M} UTC"
    code = f"the code before ({way.code})" if way.code else "the code from before the update"
    if not way.done:
        return [
            f"going back from {way.since} to {way.upto}, by {place}, which is whole",
            f"lost would be: {what}",
            "nothing was changed; to do it, add --yes",
        ]
    kept = f"what was left is kept in {way.left}" if way.left else "there was nothing to keep"
    return [
        f"the database is at {way.upto} again, restored from {place}",
        f"lost: {what}; {kept}",
        f"now start {code}: this code would update the database again",
    ]


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
