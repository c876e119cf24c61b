"""A reservation as an iCalendar file (RFC 5545); UID and SEQUENCE make a re-import an update."""

from datetime import UTC, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from litestar import Response

from policies.book.picture import ReservationState
from policies.house.house import House
from seating.book.reservations import Reservation

# How far around the date VTIMEZONE lists the changes of the zone.
AROUND: Final = timedelta(days=366)
MEDIA_TYPE: Final = "text/calendar; charset=utf-8; method=PUBLISH"
STATUS: Final[dict[ReservationState, str]] = {
    "requested": "TENTATIVE",
    "cancelled": "CANCELLED",
    "declined": "CANCELLED",
    "no_show": "CANCELLED",
    "walked": "CANCELLED",
}


def icalendar(house: House, kept: Reservation, url: str | None = None) -> bytes:
    """The file; deterministic for a given reservation."""
    zone = ZoneInfo(house.venue.zone)
    event = Event()
    event.add("uid", f"{kept.reservation_id}@{house.venue.id}.maitred")
    event.add("sequence", kept.public_version - 1)
    event.add("dtstamp", kept.updated_at.astimezone(UTC))
    event.add("dtstart", kept.starts.astimezone(zone))
    event.add("dtend", kept.ends.astimezone(zone))
    event.add("status", STATUS.get(kept.state, "CONFIRMED"))
    event.add("summary", f"{house.venue.name} ({kept.party_size})")
    event.add("description", kept.code)
    if house.venue.address:
        event.add("location", house.venue.address)
    if url:
        event.add("url", url)
    file = Calendar()
    file.add("prodid", "-//Maitred//Reservations//EN")
    file.add("version", "2.0")
    file.add("calscale", "GREGORIAN")
    file.add("method", "PUBLISH")
    file.add_component(event)
    day = kept.starts.date()
    file.add_missing_timezones(first_date=day - AROUND, last_date=day + AROUND)
    text: bytes = file.to_ical()
    return text


def icalendar_response(text: bytes, headers: dict[str, str] | None = None) -> Response[bytes]:
    """The file as an attachment."""
    named = {"Content-Disposition": 'attachment; filename="reservation.ics"'}
    return Response(text, media_type=MEDIA_TYPE, headers=named | (headers or {}))
