"""What the stand gives a waiting party beside its place: the link of its own page."""

from datetime import datetime
from typing import Final
from uuid import UUID

from litestar import post
from litestar.params import FromPath
from msgspec import Struct

from api.http.dependencies import GivenConnection, GivenStaff
from seating.waitlist.entries import link_of


class PageLink(Struct, frozen=True, kw_only=True):
    """For a QR code on the tablet, shown to the party alone; `path` is under our own address."""

    path: str
    expires_at: datetime


@post("/waitlist/{wait_id:uuid}/link", status_code=200, tags=["waitlist"])
async def link(wait_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection) -> PageLink:
    """A link to the page of a party on the list; asked for again it is another, as good."""
    token, expires_at = await link_of(conn, staff.venue_id, wait_id)
    return PageLink(path=f"/w/{token}", expires_at=expires_at)


HANDLERS: Final = (link,)
