"""The house in force, kept in memory by version."""

import msgspec
from msgspec import Struct

from policies.house import House
from seating.db import Connection
from seating.errors import NotFound

HOUSE_IN_FORCE = """
select v.house_version, h.checksum from venue v
join house h on h.venue_id = v.venue_id and h.version = v.house_version
where v.venue_id = $1
"""

HOUSE_VERSION = "select house from house where venue_id = $1 and version = $2"


class Known(Struct, frozen=True):
    """A house and the version it is."""

    house: House
    version: int


_known: dict[tuple[str, int, str], Known] = {}


async def house_of(conn: Connection, venue_id: str) -> Known:
    """Return the venue's house in force; raises NotFound for an unknown venue."""
    row = await conn.fetchrow(HOUSE_IN_FORCE, venue_id)
    if row is None:
        raise NotFound(f"there is no venue {venue_id!r}")
    key = (venue_id, row["house_version"], row["checksum"])
    if key not in _known:
        text = await conn.fetchval(HOUSE_VERSION, venue_id, row["house_version"])
        _known[key] = Known(msgspec.json.decode(text, type=House), row["house_version"])
    return _known[key]
