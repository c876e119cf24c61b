"""A full disk: told before PostgreSQL starts on it, or read from what it wrote when it failed."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Less than this is a full disk: two segments of the log that is written before everything else.
LEAST_FREE_BYTES = 32 * 1024 * 1024
DISK_FULL = "No space left on device"


def lack_of_room(folder: Path) -> str:
    """The sentence for a disk without room to start on; empty where there is some."""
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE_BYTES:
        return ""
    return (
        f"The disk is full: {free // 1_000_000} MB are free at {folder}, and"
        f" {LEAST_FREE_BYTES // 1_000_000} MB are the least to start with. Make room, then start"
        " again; nothing was changed."
    )


def why_not_started(log: Path, told: int) -> str:
    """The reason in the log, from the byte `told` on: its last line of consequence; else empty."""
    with log.open("rb") as file:
        file.seek(told)
        said = file.read(1_000_000).decode(errors="replace")
    if DISK_FULL in said:
        return f"PostgreSQL does not start: the disk with {log.parent} is full. Make room there."
    grave = re.findall(r"(?:FATAL|PANIC): +(.+)", said)
    return f"PostgreSQL does not start: {grave[-1]}." if grave else ""
