"""The venues a booking site may speak about."""

from seating.db import Connection

VENUES_OF_CLIENT = """
select venue_id from client_venue
where client_id = $1 and venue_id > $2
order by venue_id
limit $3
"""


async def venues_of_client(
    conn: Connection, client_id: str, *, after: str = "", limit: int = 50
) -> tuple[str, ...]:
    """Return the ids of the venues that let a client in, in order, from after a given one."""
    rows = await conn.fetch(VENUES_OF_CLIENT, client_id, after, limit)
    return tuple(row["venue_id"] for row in rows)
