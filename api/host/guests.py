"""Guest search, notes and allergies."""

from typing import Final
from uuid import UUID

from litestar import get, patch
from litestar.params import FromPath, JSONBody

from api.host.fields import Sought, Text
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import Sent
from seating.book.guests import Guest, find_guests, update_guest_notes


class GuestNotes(Sent, frozen=True, kw_only=True):
    notes: Text | None = None
    allergies: Text | None = None


@get("/guests", tags=["guests"])
async def guests(q: Sought, staff: GivenStaff, conn: GivenConnection) -> tuple[Guest, ...]:
    """Find guests by the end of a phone number or the beginning of a name."""
    return await find_guests(conn, staff.venue_id, q)


@patch("/guests/{guest_id:uuid}", status_code=204, tags=["guests"])
async def note(
    guest_id: FromPath[UUID], data: JSONBody[GuestNotes], staff: GivenStaff, conn: GivenConnection
) -> None:
    """Set notes and allergies of a guest."""
    await update_guest_notes(conn, staff.venue_id, guest_id, data.notes, data.allergies)


HANDLERS: Final = (guests, note)
