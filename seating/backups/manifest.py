"""What a backup says of itself, behind its last byte, and the checksum that nobody else can make.

The file is one of pg_dump's, followed by a manifest (JSON), a checksum of all before it (HMAC with
a key derived from the house's sealing key), the manifest's length and a mark; pg_restore reads up
to its own end and does not mind. A house without a key has a plain checksum (SHA-256), which finds
damage but not a hand that can count.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from datetime import datetime  # noqa: TC003 - msgspec reads the annotations
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from msgspec import Meta, Struct

from seating.backups.programs import BackupError

if TYPE_CHECKING:
    from pathlib import Path

PURPOSE: Final = "backups"
"""Of the derived key (seating/keys.py)."""

MARK: Final = b"maitred-backup-1"
SUM_BYTES: Final = hashlib.sha256().digest_size
LENGTH_BYTES: Final = 8
TAIL_BYTES: Final = SUM_BYTES + LENGTH_BYTES + len(MARK)
LONGEST: Final = 1_000_000
CHUNK: Final = 1 << 20
ANYWAY: Final = "Restore it all the same with --unverified."


class Maker(Struct, frozen=True, kw_only=True):
    """Who makes backups and checks them: the code's version, and the keys derived for it.

    Made with the first key, accepted with any.
    """

    code: str = ""
    keys: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        return f"Maker(code={self.code!r}, ids={self.ids!r})"

    @property
    def ids(self) -> list[str]:
        """What each key is called; it names no host and tells nothing of the key."""
        return [hmac.digest(key, b"maker", "sha256").hex()[:12] for key in self.keys]


class Manifest(Struct, frozen=True, kw_only=True):
    """What a backup holds: by which code and maker, when, of which database, how many rows.

    `maker` is empty where no key was; `bytes` of the dump, `database_bytes` of the database then.
    """

    code: Annotated[str, Meta(max_length=200)]
    maker: Annotated[str, Meta(pattern=r"^[0-9a-f]{0,12}\Z")]
    made_at: datetime
    database: str
    database_bytes: int
    migration: str
    bytes: int
    rows: dict[str, int]

    @property
    def words(self) -> str:
        """The manifest for people, in a line."""
        maker = f"by {self.maker}" if self.maker else "without a key"
        code = f"code {self.code}" if self.code else "code not named"
        return (
            f"made {self.made_at:%Y-%m-%d %H:%M} UTC {maker} ({code}), of {self.database} at"
            f" {self.migration}, {sum(self.rows.values())} rows in {len(self.rows)} tables"
        )


async def add_manifest(file: Path, manifest: Manifest, maker: Maker) -> None:
    """Write manifest and checksum behind a dump, which has none yet."""
    await asyncio.to_thread(_add, file, manifest, maker)


def _add(file: Path, manifest: Manifest, maker: Maker) -> None:
    text = msgspec.json.encode(manifest)
    with file.open("r+b") as opened:
        counted = _sum_of(
            opened.fileno(), manifest.bytes, text, maker.keys[0] if maker.keys else b""
        )
        opened.seek(0, 2)
        opened.write(text + counted + len(text).to_bytes(LENGTH_BYTES, "big") + MARK)


async def verified(file: Path, maker: Maker) -> Manifest:
    """Return the manifest of a backup that is as it was made, by us.

    Raises BackupError for one that was changed, that was made with another key, or that carries no
    checksum.
    """
    return await asyncio.to_thread(_verified, file, maker)


def _verified(file: Path, maker: Maker) -> Manifest:
    found = _read(file)
    if found is None:
        raise BackupError(
            f"{file} carries no checksum: it was made by code from before there were any, by"
            f" pg_dump itself, or it is not whole. {ANYWAY}"
        )
    manifest, text, counted = found
    keys = dict(zip(maker.ids, maker.keys, strict=True))
    if keys and not manifest.maker:
        raise BackupError(f"{file} was made without a key, so anybody may have made it. {ANYWAY}")
    if manifest.maker not in keys and manifest.maker:
        ours = f"the one here is {', '.join(keys)}" if keys else "there is none here"
        raise BackupError(
            f"{file} was made with another key, that of {manifest.maker}; {ours}. Its house's key"
            f" is in MAITRED_SECRETS_KEY or MAITRED_KEY_FILE: put it there. {ANYWAY}"
        )
    with file.open("rb") as opened:
        expected = _sum_of(opened.fileno(), manifest.bytes, text, keys.get(manifest.maker, b""))
    whole = file.stat().st_size == manifest.bytes + len(text) + TAIL_BYTES
    if not whole or not hmac.compare_digest(expected, counted):
        raise BackupError(
            f"{file} was changed after it was made: its checksum is another. {ANYWAY}"
        )
    return manifest


def _read(file: Path) -> tuple[Manifest, bytes, bytes] | None:
    """The manifest, its text and the checksum; None where there is none."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        opened.seek(max(0, size - TAIL_BYTES))
        tail = opened.read(TAIL_BYTES)
        length = int.from_bytes(tail[SUM_BYTES : -len(MARK)], "big")
        if not tail.endswith(MARK) or not 0 < length <= min(LONGEST, size - TAIL_BYTES):
            return None
        opened.seek(size - TAIL_BYTES - length)
        text = opened.read(length)
    try:
        return msgspec.json.decode(text, type=Manifest), text, tail[:SUM_BYTES]
    except msgspec.DecodeError:
        return None


def _sum_of(descriptor: int, length: int, text: bytes, key: bytes) -> bytes:
    """The checksum of the first `length` bytes of an open file and of the manifest's text."""
    counting = hmac.new(key, digestmod="sha256") if key else hashlib.sha256()
    with open(descriptor, "rb", closefd=False) as opened:
        opened.seek(0)
        left = length
        while left > 0 and (chunk := opened.read(min(CHUNK, left))):
            counting.update(chunk)
            left -= len(chunk)
    counting.update(text)
    return counting.digest()
