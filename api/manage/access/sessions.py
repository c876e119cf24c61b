"""Open sessions of the staff, for whoever may change them."""

from uuid import UUID

from litestar import delete, get
from litestar.params import FromPath

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from seating.access.sessions import OpenSession
from seating.access.staff import end_session_of, sessions_one_may_end

MANAGER = [needs_role("manager")]


@get("/sessions", guards=MANAGER, tags=["staff"])
async def listed(staff: GivenStaff, conn: GivenConnection) -> list[OpenSession]:
    """The open sessions of those whom one may change, and one's own."""
    return await sessions_one_may_end(conn, staff)


@delete("/sessions/{session_id:uuid}", guards=MANAGER, tags=["staff"])
async def end(session_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection) -> None:
    """End a session of somebody whom one may change, or one's own."""
    await end_session_of(conn, staff, session_id)


HANDLERS = (listed, end)
