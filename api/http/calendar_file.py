"""A calendar file as an answer; seating/book/calendar_file.py makes it."""

from litestar import Response

from seating.correspondence.calendar_file import MEDIA_TYPE


def icalendar_response(text: bytes, headers: dict[str, str] | None = None) -> Response[bytes]:
    """The file as an attachment."""
    named = {"Content-Disposition": 'attachment; filename="reservation.ics"'}
    return Response(text, media_type=MEDIA_TYPE, headers=named | (headers or {}))
