"""Time zones by the pinned data (PyPI `tzdata`), whatever rules the machine has.

`zoneinfo.ZoneInfo(name)` reads the system's files first, and laws change faster than systems are
renewed. So nothing else in this code makes a zone; a lint rule says so.
"""

import re
from datetime import datetime, tzinfo
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

NAME: Final = re.compile(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*")
_pinned: Path = Path(str(files("tzdata") / "zoneinfo"))


class UnknownZone(LookupError):
    """The pinned data have no zone of this name."""


@cache
def zone_named(name: str) -> tzinfo:
    """Return a zone of the pinned data. Raises UnknownZone."""
    if NAME.fullmatch(name) is None:
        raise UnknownZone(name)
    try:
        with (_pinned / name).open("rb") as data:
            return ZoneInfo.from_file(data, key=name)
    except (OSError, ValueError):
        raise UnknownZone(name) from None


def zone_rules() -> str:
    """Return the version of the pinned data, for records."""
    return f"tzdata {version('tzdata')}"


def comes_twice(local: datetime) -> bool:
    """Tell whether the wall clocks of its zone show this local time at two instants.

    `local` was converted from an instant, so it lies in no gap.
    """
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def with_offset(local: datetime) -> str:
    """Return a local time with its offset, as 19:30 (UTC+01:00)."""
    digits = f"{local:%z}"
    return f"{local:%H:%M} (UTC{digits[:3]}:{digits[3:5]})"
