"""The folder of backups: names that tell when and what, room on the disk, how many are kept."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from uuid import uuid4

from msgspec import Struct

from seating.backups.programs import BackupError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

Kind = Literal["nightly", "before-update", "before-restore"]
"""`before-restore`: what a restore, or going back, was about to replace."""

STAMP: Final = "%Y%m%dT%H%M%SZ"
NAME: Final = re.compile(
    r"(nightly|before-update|before-restore)-(\d{8}T\d{6}Z)-(\d{4})(?:-to-(\d{4}))?\.dump"
)
PARTIAL: Final = ".partial"
MARGIN_BYTES: Final = 10_000_000
# As far as two machines' clocks may differ.
SLIP: Final = timedelta(minutes=5)


class Named(Struct, frozen=True, kw_only=True):
    """What the name of a backup tells; `upto`: to which migration the update was to lead."""

    path: Path
    kind: str
    made_at: datetime
    migration: int
    upto: int | None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


def name_for(kind: Kind, now: datetime, migration: int, upto: int | None = None) -> str:
    """The name of a backup made at `now`, at this migration."""
    to = "" if upto is None else f"-to-{upto:04}"
    return f"{kind}-{now.astimezone(UTC):{STAMP}}-{migration:04}{to}.dump"


def backups_in(folder: Path, kind: Kind | None = None) -> list[Named]:
    """The backups in a folder, the newest first; of one kind only, if said."""
    found = [
        Named(
            path=path,
            kind=match[1],
            made_at=datetime.strptime(match[2], STAMP).replace(tzinfo=UTC),
            migration=int(match[3]),
            upto=int(match[4]) if match[4] else None,
        )
        for path in (folder.iterdir() if folder.is_dir() else ())
        if (match := NAME.fullmatch(path.name)) and kind in {None, match[1]}
    ]
    return sorted(found, key=lambda one: (one.made_at, one.name), reverse=True)


def by_age(backups: Sequence[Named], now: datetime) -> list[Named]:
    """The newest first, and last those of time to come: made before the clock was set back."""
    return sorted(backups, key=lambda one: one.made_at > now + SLIP)


def prune(folder: Path, kind: Kind, kept: int, now: datetime) -> None:
    """Delete all but the newest `kept` of this kind, and what killed backups left half written."""
    for one in by_age(backups_in(folder, kind), now)[kept:]:
        one.path.unlink(missing_ok=True)
    for half in folder.glob(f"*{PARTIAL}"):
        if NAME.match(half.name):
            half.unlink(missing_ok=True)


def ready_folder(folder: Path) -> None:
    """Make the folder, for its owner only; the one above it must be there.

    A disk that is not mounted would else be written beside. Raises BackupError.
    """
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileNotFoundError:
        raise BackupError(f"There is no folder {folder.parent} to keep backups in.") from None
    except OSError as error:
        raise BackupError(f"{folder} cannot be used for backups: {error.strerror}.") from error


def require_room(folder: Path, needed: int, what: str) -> None:
    """Raise BackupError when fewer than `needed` bytes are free where `folder` is."""
    free = _free_at(folder)
    if free < needed:
        raise BackupError(
            f"{what} may need {size_of(needed)}, but {size_of(free)} are free at {folder}:"
            " make room there first. Nothing was changed."
        )


def _free_at(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def size_of(count: int) -> str:
    """Bytes for people, such as 1.2 MB."""
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    if count < 1_000_000_000:
        return f"{count / 1_000_000:.1f} MB"
    return f"{count / 1_000_000_000:.1f} GB"


@asynccontextmanager
async def appearing(file: Path) -> AsyncIterator[Path]:
    """A file beside `file`, of mode 0600, that takes its place and is on the disk after the block.

    When the block fails it is deleted, and what was at `file` stays. Raises BackupError.
    """
    fresh = Path(f"{file}.{uuid4().hex[:8]}{PARTIAL}")
    try:
        _begin(fresh)
        yield fresh
        await asyncio.to_thread(_settle, fresh, file)
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        _discard(fresh)


def _begin(fresh: Path) -> None:
    fresh.touch(mode=0o600, exist_ok=False)


def _discard(fresh: Path) -> None:
    with suppress(OSError):
        fresh.unlink(missing_ok=True)


def _settle(fresh: Path, file: Path) -> None:
    """Flush the file, rename it, flush the folder: after this a power failure loses nothing."""
    _flush(fresh)
    fresh.replace(file)
    if os.name == "posix":
        _flush(file.parent)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
