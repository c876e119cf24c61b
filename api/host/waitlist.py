"""The link of a waiting party's own page, as a QR code on the tablet."""

from datetime import datetime
from typing import Final
from uuid import UUID

from litestar import post
from litestar.params import FromPath
from msgspec import Struct

from api.edge.compressing import WITH_A_SECRET
from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from seating.waitlist.entries import make_page_link


class PageLink(Struct, frozen=True, kw_only=True):
    """For a QR code shown to the party only; `path` is relative to this service."""

    path: str
    expires_at: datetime


@post("/waitlist/{wait_id:uuid}/link", opt=WITH_A_SECRET, status_code=200, tags=["waitlist"])
async def link(
    wait_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> PageLink:
    """Make a link to the page of a waiting party; earlier links stay valid."""
    token, expires_at = await make_page_link(conn, staff.venue_id, wait_id, clock)
    return PageLink(path=f"/w/{token}", expires_at=expires_at)


HANDLERS: Final = (link,)
