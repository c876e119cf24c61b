"""A file lock that the kernel releases when its process ends, even on kill -9; stdlib only."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

POLL_SECONDS = 0.1


class LockedError(Exception):
    """Another living process holds the lock."""


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock on `path` for the block; raises LockedError at once unless told to wait."""
    descriptor = acquire(path, wait=wait)
    try:
        yield
    finally:
        os.close(descriptor)


def acquire(path: Path, *, wait: bool) -> int:
    """Take the lock and return the open file descriptor; closing it releases the lock."""
    # A link would let whoever may write here choose which file is made or opened.
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        while not (taken := try_lock(descriptor)) and wait:
            time.sleep(POLL_SECONDS)
    except BaseException:
        os.close(descriptor)
        raise
    if not taken:
        os.close(descriptor)
        raise LockedError(str(path))
    return descriptor


def try_lock(descriptor: int) -> bool:
    """Take the operating system's lock on an open file, if it is free."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
