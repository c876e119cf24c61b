"""Guests, looked up and noted at the stand."""

from typing import Final
from uuid import UUID

from litestar import get, patch
from litestar.params import FromPath, JSONBody

from api.host.fields import Sent, Sought, Text
from api.http.dependencies import GivenConnection, GivenStaff
from seating.book.guests import Guest, find_guests, note_guest


class Noted(Sent, frozen=True, kw_only=True):
    notes: Text | None = None
    allergies: Text | None = None


@get("/guests", tags=["guests"])
async def guests(q: Sought, staff: GivenStaff, conn: GivenConnection) -> tuple[Guest, ...]:
    """Guests by the end of a phone number or the beginning of a name."""
    return await find_guests(conn, staff.venue_id, q)


@patch("/guests/{guest_id:uuid}", status_code=204, tags=["guests"])
async def note(
    guest_id: FromPath[UUID], data: JSONBody[Noted], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Keep what the house should know."""
    await note_guest(conn, staff.venue_id, guest_id, data.notes, data.allergies)


HANDLERS: Final = (guests, note)
