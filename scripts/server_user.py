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

if sys.platform != "win32":
    import pwd

NAME = "maitred"
SEARCH = stat.S_IXOTH
READ = stat.S_IROTH


@dataclass(frozen=True)
class ServerUser:
    """A system user for the database server."""

    uid: int
    gid: int

    def own(self, folder: Path) -> None:
        """Give the folder to this user; files in it were created by this user."""
        os.chown(folder, self.uid, self.gid)

    def open_way_to(self, place: Path) -> None:
        """Add the search permission (o+x) to the folders above `place`."""
        for folder in reversed(place.parents):
            mode = folder.stat().st_mode
            if not mode & SEARCH:
                print(f"{folder}: others may now pass through (PostgreSQL is not run as root)")
                folder.chmod(stat.S_IMODE(mode) | SEARCH)


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
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def created() -> pwd.struct_passwd | None:
    """Our user, newly made, where the machine can make one."""
    useradd = shutil.which("useradd")
    if useradd is None:
        return None
    command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    subprocess.run(command, capture_output=True, check=False)
    return known()
