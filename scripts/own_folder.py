"""Folders into which nobody else can have put anything; standard library only.

Whoever runs scripts/serve as root trusts what lies in its folders: locks, sockets, compiled code.
In a folder that all may write to (/tmp) anybody may have made one of that name before us.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVER_USER = "maitred"
WRITABLE_BY_ALL = stat.S_IWOTH
WRITABLE_BY_GROUP = stat.S_IWGRP


class NotOursError(Exception):
    """Somebody else may have written into a folder; the message is the sentence to show."""


def make_own(
    folder: Path, *, mode: int = 0o700, owner: int = -1, group: int = -1, known: int = -1
) -> None:
    """Make the folder, or take the one that is there if it is ours, and give it this mode.

    `owner`, `group`: whose it is to be, ours for -1. `known`: another user whose it may have been.
    No link is followed. Raises NotOursError, OSError.
    """
    if os.name == "nt":
        folder.mkdir(parents=True, exist_ok=True)
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        require_ours(folder, known=owner if known == -1 else known)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if owner != -1 or os.geteuid() == 0:
            uid = os.geteuid() if owner == -1 else owner
            os.fchown(descriptor, uid, os.getegid() if group == -1 else group)
        os.fchmod(descriptor, mode)
    finally:
        os.close(descriptor)


def require_ours(folder: Path, *, known: int = -1) -> None:
    """Raise NotOursError for what is a link, or somebody else's, or for all to write to.

    Ours is what belongs to us, as root also to whose code we run, or to the user `known`.
    """
    if os.name == "nt":
        return
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise NotOursError(f"{folder} is a link, which is not followed: name the folder itself.")
    if not stat.S_ISDIR(found.st_mode):
        raise NotOursError(f"{folder} is no folder.")
    if found.st_uid not in {*_ours(), known}:
        raise NotOursError(
            f"{folder} belongs to {_name_of(found.st_uid)}, not to {_name_of(os.geteuid())}:"
            " nothing in it is trusted. Start as that user, name another folder, or, if you know"
            " what is in it, give it to the user that starts (chown)."
        )
    by_group = found.st_mode & WRITABLE_BY_GROUP and found.st_gid not in _our_groups()
    if found.st_mode & WRITABLE_BY_ALL or by_group:
        raise NotOursError(
            f"Others may write into {folder} (mode {stat.S_IMODE(found.st_mode):04o}), so nothing"
            " in it is trusted: look what is in it, then forbid that (chmod go-w) or name another."
        )


def take_back(folder: Path, user: str) -> None:
    """As root, make a folder ours again that earlier releases gave to PostgreSQL's user.

    That user may pass through it, as in every data folder.
    """
    if os.name == "nt" or os.geteuid() != 0 or not folder.exists():
        return
    import pwd  # noqa: PLC0415 - not made for Windows

    with suppress(KeyError):
        entry = pwd.getpwnam(user)
        if folder.lstat().st_uid == entry.pw_uid:
            make_own(folder, mode=0o710, group=entry.pw_gid, known=entry.pw_uid)


def require_safe_way(folder: Path) -> None:
    """Raise NotOursError where others may put another folder in the place of this one.

    That is: one of the folders above is not root's or ours, or all may write into it, sticky bit
    (as that of /tmp) or not.
    """
    if os.name == "nt":
        return
    for place in folder.absolute().parents:
        found = place.stat()
        if found.st_mode & WRITABLE_BY_ALL and not found.st_mode & stat.S_ISVTX:
            raise NotOursError(f"All may write into {place}, so nothing below it is trusted.")
        if os.geteuid() == 0 and found.st_uid not in _ours():
            raise NotOursError(
                f"{place} belongs to {_name_of(found.st_uid)}, who may exchange what is below it:"
                " name a folder that only root may reach, or start as that user."
            )


def _ours() -> set[int]:
    """We, and as root whoever may change the code that we run, which is as good as being us."""
    we = os.geteuid()
    return {we, ROOT.stat().st_uid} if we == 0 else {we}


def _our_groups() -> set[int]:
    we = os.getegid()
    return {we, ROOT.stat().st_gid} if os.geteuid() == 0 else {we}


def _name_of(uid: int) -> str:
    try:
        import pwd  # noqa: PLC0415 - not made for Windows

        return pwd.getpwuid(uid).pw_name
    except (ImportError, KeyError):
        return f"user {uid}"
