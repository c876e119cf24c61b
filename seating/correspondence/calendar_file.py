"""A reservation as an iCalendar file (RFC 5545); UID and SEQUENCE make a re-import an update.

Times are in UTC: some readers go by a zone's name, some by a VTIMEZONE in the file, and a local
hour that comes twice is read as its first or its second pass. The description says the local time.
There is no METHOD: it would ask for an ORGANIZER, and readers then take the file for an invitation.
"""

from datetime import UTC
from typing import Final

from icalendar import Calendar, Event

from policies.book.picture import ReservationState
from policies.house.calendar import zone_of
from policies.house.house import House
from policies.house.wording import address_line, clock
from seating.book.reservations import Reservation

MEDIA_TYPE: Final = "text/calendar"
STATUS: Final[dict[ReservationState, str]] = {
    "requested": "TENTATIVE",
    "cancelled": "CANCELLED",
    "declined": "CANCELLED",
    "no_show": "CANCELLED",
    "walked": "CANCELLED",
}


def icalendar(
    house: House, kept: Reservation, *, url: str | None = None, told: str | None = None
) -> bytes:
    """The file; deterministic for a given reservation. `told`: a sentence in the guest's words."""
    event = Event()
    event.add("uid", f"{kept.reservation_id}@{house.venue.id}.maitred")
    event.add("sequence", kept.public_version - 1)
    event.add("dtstamp", kept.updated_at.astimezone(UTC))
    event.add("dtstart", kept.starts.astimezone(UTC))
    event.add("dtend", kept.ends.astimezone(UTC))
    event.add("status", STATUS.get(kept.state, "CONFIRMED"))
    event.add("summary", f"{house.venue.name} ({kept.party_size})")
    lines = (_local_times(house, kept), told, kept.code)
    event.add("description", "\n".join(line for line in lines if line))
    if address := address_line(house.venue):
        event.add("location", address)
    if url:
        event.add("url", url)
    file = Calendar()
    file.add("prodid", "-//Maitred//Reservations//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add_component(event)
    text: bytes = file.to_ical()
    return text


def _local_times(house: House, kept: Reservation) -> str:
    """From when until when the table is theirs, in words of no language.

    As 2027-03-03 19:00 - 20:30, Europe/Berlin; the end with its date where that is another.
    """
    zone = zone_of(house)
    first, last = (at.astimezone(zone).date() for at in (kept.starts, kept.ends))
    ends = clock(house, kept.ends) if first == last else f"{last} {clock(house, kept.ends)}"
    return f"{first} {clock(house, kept.starts)} - {ends}, {house.venue.zone}"
