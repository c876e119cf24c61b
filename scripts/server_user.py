"""The system user that PostgreSQL runs as when we are root (which PostgreSQL refuses)."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

from scripts.own_folder import SERVER_USER, NotOursError, make_own

if sys.platform != "win32":
    import pwd

SEARCH = stat.S_IXOTH


@dataclass(frozen=True)
class ServerUser:
    """A system user for the database server."""

    uid: int
    gid: int

    def give_folder(self, folder: Path) -> None:
        """Make a folder of this user's own, or check that it is. Raises NotOursError, OSError."""
        make_own(folder, owner=self.uid, group=self.gid)

    def give_file(self, file: Path) -> None:
        """Make a file of this user's own, in a folder that is not; no link is followed."""
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NotOursError(f"{file} is no plain file.")
            os.fchown(descriptor, self.uid, self.gid)
        finally:
            os.close(descriptor)

    def open_way_to(self, place: Path) -> None:
        """Let this user pass through the folders above `place`, and others only if it must be.

        A folder of ours that no group may use is given to the user's group, for passing through.
        """
        for folder in reversed(place.parents):
            found = folder.stat()
            mode = stat.S_IMODE(found.st_mode)
            if mode & SEARCH or (found.st_gid == self.gid and mode & stat.S_IXGRP):
                continue
            if mode & stat.S_IRWXG or found.st_uid != os.geteuid():
                print(f"{folder}: others may now pass through (PostgreSQL is not run as root)")
                folder.chmod(mode | SEARCH)
            else:
                print(f"{folder}: PostgreSQL's user may now pass through")
                os.chown(folder, -1, self.gid)
                folder.chmod(mode | stat.S_IXGRP)


@cache
def server_user() -> ServerUser | None:
    """The user to run the server as; None when we are not root and it may run as ourselves."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    entry = known() or created() or pwd.getpwnam("nobody")
    return ServerUser(entry.pw_uid, entry.pw_gid)


def known() -> pwd.struct_passwd | None:
    """Our user, if this machine has it already."""
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        return None


def created() -> pwd.struct_passwd | None:
    """Our user, newly made, where the machine can make one."""
    useradd = shutil.which("useradd")
    if useradd is None:
        return None
    command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER]
    subprocess.run(command, capture_output=True, check=False)
    return known()
