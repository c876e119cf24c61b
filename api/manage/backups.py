"""The backups: which are there, and how making and reading back last went."""

from litestar import get

from api.http.access import needs_role
from api.http.dependencies import GivenConnection
from seating.backups.standing import BackupStanding, standing_of
from seating.clock import wall_now


@get("/backups", guards=[needs_role("owner")], tags=["backups"])
async def backups(conn: GivenConnection) -> BackupStanding:
    """The backups of the whole installation; failures stand until a backup succeeds."""
    return await standing_of(conn, wall_now())


HANDLERS = (backups,)
