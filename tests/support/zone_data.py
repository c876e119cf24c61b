"""Zone data as a test wants them: TZif files (RFC 9636) of one rule, and folders of them."""

from __future__ import annotations

import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policies.house import zones

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def zone_folder(folder: Path, **rules: str) -> Path:
    """Write a folder of zones, America/Edmonton as `America__Edmonton="MST7MDT,M3.2.0,M11.1.0"`."""
    for name, rule in rules.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(zone_file(rule))
    return folder


def zone_file(rule: str) -> bytes:
    """A TZif file without transitions: the POSIX rule in its footer holds for all times."""
    header = struct.pack(">4sc15x6l", b"TZif", b"2", 0, 0, 0, 0, 1, 4)
    block = header + struct.pack(">lbb", 0, 0, 0) + b"LMT\0"
    return block + block + f"\n{rule}\n".encode()


@contextmanager
def pinned_to(folder: Path) -> Iterator[None]:
    """The zones of the code come from this folder while the block lasts."""
    before = zones._pinned
    zones._pinned = folder
    zones.zone_named.cache_clear()
    try:
        yield
    finally:
        zones._pinned = before
        zones.zone_named.cache_clear()
