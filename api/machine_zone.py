"""The time zone that this machine is set to: the first guess for a house that opens on it."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from policies.house.zones import UnknownZone, zone_named

LOCALTIME = Path("/etc/localtime")
ZONE_FILES = "zoneinfo/"


class ZoneGuess(Struct, frozen=True):
    """An IANA zone, and what names it: "TZ", a file, or "" where nothing does (then UTC)."""

    zone: str
    named_by: str


def machine_zone(
    environment: Mapping[str, str] = os.environ, localtime: Path = LOCALTIME
) -> ZoneGuess:
    """Return the zone of TZ, else of /etc/localtime, else UTC."""
    for named_by, name in _names(environment, localtime):
        zone = name.rpartition(ZONE_FILES)[2].removeprefix("posix/")
        try:
            zone_named(zone)
        except UnknownZone:
            continue
        return ZoneGuess(zone, named_by)
    return ZoneGuess("UTC", "")


def _names(environment: Mapping[str, str], localtime: Path) -> Iterator[tuple[str, str]]:
    # A TZ in the notation of POSIX, such as CET-1CEST, is no zone's name.
    yield "TZ", environment.get("TZ", "").removeprefix(":")
    try:
        yield str(localtime), str(localtime.readlink())
    except OSError:
        return
