"""Guests: search, correcting their records, merging two of one person."""

from typing import Final
from uuid import UUID, uuid4

from litestar import get, patch, post
from litestar.params import FromPath, JSONBody
from msgspec import field

from api.host.fields import NameOrNone, PersonName, Sought, Tags, Text, once_each
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from api.http.fields import Phone, Sent
from policies.correspondence.sending import ContactWish
from seating.book.guests import Guest, find_guests, local_e164
from seating.booking.guest_records import (
    GuestCorrection,
    MergedGuest,
    MergeGuests,
    correct_guest,
    merge_guests,
)
from seating.db import Connection, run


class CorrectedGuest(Sent, frozen=True, kw_only=True):
    """The fields to set, each as a whole; an empty `email` or `locale` deletes it.

    `consent`: the guest agrees that the house keeps their allergies; without it none are stored.
    False: the guest no longer does, and they are deleted. `written_to`: how the guest wishes to be
    written to; `nothing`: not at all.

    With an `id` made by the tablet, sent again it is the same correction.
    """

    id: UUID = field(default_factory=uuid4)
    name: PersonName | None = None
    phone: Phone | None = None
    email: NameOrNone | None = None
    locale: NameOrNone | None = None
    notes: Text | None = None
    allergies: Text | None = None
    tags: Tags | None = None
    consent: bool | None = None
    written_to: ContactWish | None = None

    def wish(self, phone: str | None) -> GuestCorrection:
        return GuestCorrection(
            name=self.name,
            phone=phone,
            email=self.email,
            locale=self.locale,
            notes=self.notes,
            allergies=self.allergies,
            tags=once_each(self.tags),
            consent=self.consent,
            written_to=self.written_to,
        )


@get("/guests", tags=["guests"])
async def guests(q: Sought, staff: GivenStaff, conn: GivenConnection) -> tuple[Guest, ...]:
    """Find guests by the end of a phone number or the beginning of a name."""
    return await find_guests(conn, staff.venue_id, q)


@patch("/guests/{guest_id:uuid}", tags=["guests"])
async def correct(
    guest_id: FromPath[UUID],
    data: JSONBody[CorrectedGuest],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Guest:
    """Correct a guest's record: name, number, address, language, notes, allergies, tags."""

    async def work(conn: Connection) -> Guest:
        phone = await local_e164(conn, staff.venue_id, data.phone, pointer="/phone")
        asked = (staff.venue_id, data.id, guest_id, data.wish(phone))
        return await correct_guest(conn, *asked, by=staff.staff_id, clock=clock)

    return await run(pool, work)


@post("/guests/merge", status_code=200, tags=["guests"])
async def merge(
    data: JSONBody[MergeGuests], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> MergedGuest:
    """Merge two records of one person; the other's id leads to the one kept from now on."""

    async def work(conn: Connection) -> MergedGuest:
        return await merge_guests(conn, staff.venue_id, data, by=staff.staff_id, clock=clock)

    return await run(pool, work)


HANDLERS: Final = (guests, correct, merge)
