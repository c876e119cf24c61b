"""Checks that the servers whom an order names are people of the house."""

from collections.abc import Iterator

from policies.floor.orders import Order, Seat, Sections
from policies.words.message import message
from seating.db import Connection
from seating.errors import Invalid

STAFF_HERE = """
select staff_id from staff
where venue_id = $1 and staff_id = any($2::text[]) and left_at is null
"""


async def check_servers(conn: Connection, venue_id: str, command: Order) -> None:
    """Raise Invalid for a server who is not, or no longer, on the staff."""
    named = dict(_servers(command))
    if not named:
        return
    rows = await conn.fetch(STAFF_HERE, venue_id, list(named))
    known = {row["staff_id"] for row in rows}
    for server, pointer in named.items():
        if server not in known:
            raise Invalid(message("no-such-person"), pointer=pointer)


def _servers(command: Order) -> Iterator[tuple[str, str]]:
    if isinstance(command, Seat) and command.server is not None:
        yield command.server, "/server"
    if isinstance(command, Sections):
        for place, each in enumerate(command.sections):
            if each.server is not None:
                yield each.server, f"/sections/{place}/server"
