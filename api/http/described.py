"""OpenAPI response specs for handlers that encode their answers themselves."""

from typing import Annotated, Any, Final

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from msgspec import Meta, Struct

from api.http.fields import Moment
from api.http.problems import MEDIA_TYPE, FieldError

Detail = Annotated[str, Meta(max_length=2000)]


class Problem(Struct, frozen=True, kw_only=True):
    """RFC 9457; `code` is stable, `errors` point at what is wrong.

    `reason` says which rule of the house bound; `alternatives` are the nearest starts that would
    do.
    """

    type: Annotated[str, Meta(max_length=200)]
    title: Annotated[str, Meta(max_length=200)]
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: Detail
    code: Annotated[str, Meta(max_length=60)]
    message: Annotated[str, Meta(max_length=60)]
    params: Annotated[dict[str, Any], Meta(max_length=20)] = {}
    errors: Annotated[list[FieldError], Meta(max_length=100)] = []
    reason: Annotated[str, Meta(max_length=60)] = ""
    alternatives: Annotated[list[Moment], Meta(max_length=20)] = []


DESCRIPTIONS: Final = {
    400: "The request cannot be read; `errors` say where.",
    401: "No token, or one that is no good.",
    403: "The token or the venue lacks the scope.",
    404: "No such thing, or not yours.",
    409: "The house says no, or the thing is no longer so; `code` says which.",
    410: "The slot hold is over.",
    412: "Changed since you saw it.",
    408: "The body did not come in time.",
    413: "The body is larger than anything asked for here.",
    415: "The body is not application/json.",
    422: "Readable, but not acceptable; `code` says why.",
    428: "If-Match is missing.",
    429: "Too many at once; see Retry-After.",
    500: "Our fault.",
    503: "Not at the moment; see Retry-After.",
}
ALWAYS: Final = (400, 401, 403, 404, 429, 500, 503)

# One example code and detail per status.
EXAMPLE_CODES: Final = {
    400: ("INVALID_REQUEST", "The request is not as it should be."),
    401: ("UNAUTHENTICATED", "This token is unknown or has expired: get a new one."),
    403: ("NOT_ALLOWED", "This needs the scope bookings."),
    404: ("NOT_FOUND", "No such venue."),
    409: ("SLOT_UNAVAILABLE", "No table is free for this party then."),
    410: ("HOLD_EXPIRED", "The slot hold has expired."),
    412: ("STALE", "The reservation is at version 8 by now."),
    408: ("BODY_TOO_SLOW", "The body did not come within 20 seconds."),
    413: ("BODY_TOO_LARGE", "The body is too large."),
    415: ("UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json."),
    422: ("HOUSE_RULES_NOT_ACCEPTED", "The guest has to accept the house rules first."),
    428: ("PRECONDITION_REQUIRED", 'Send If-Match with the ETag you saw, as "v7".'),
    429: ("TOO_MANY_REQUESTS", "Too many requests: wait as long as Retry-After says."),
    500: ("INTERNAL", "Something went wrong on our side; it has been logged."),
    503: ("UNAVAILABLE", "The book cannot be reached now: try again in a moment."),
}


def problem_example(status: int) -> dict[str, Any]:
    """An example problem document for a status."""
    code, detail = EXAMPLE_CODES[status]
    said: dict[str, Any] = {
        "type": f"urn:problem-type:maitred:{code.lower().replace('_', '-')}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": detail,
        "code": code,
    }
    if status == 400:
        said["errors"] = [
            {"pointer": "/party_size", "detail": "Expected an integer of at least 1, got 0."}
        ]
    if status == 409:
        said["reason"] = "NO_TABLE_FITS"
        said["alternatives"] = ["2026-11-28T20:15:00+01:00"]
    return said


CALENDAR_EXAMPLE: Final = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:5f0c6e0e-6d0b-4d0e-9a53-6a2b8f1f6f10@bistro.maitred
SEQUENCE:6
STATUS:CONFIRMED
DTSTART:20261128T183000Z
DTEND:20261128T203000Z
DESCRIPTION:2026-11-28 19:30 - 21:30\\, Europe/Berlin\\nK7Q2MXNP
END:VEVENT
END:VCALENDAR
"""


def problem_specs(*statuses: int) -> dict[int, ResponseSpec]:
    """Specs of the problem documents of an operation: these statuses and ALWAYS."""
    return {
        status: ResponseSpec(
            Problem,
            generate_examples=False,
            description=DESCRIPTIONS[status],
            media_type=MEDIA_TYPE,
        )
        for status in sorted({*ALWAYS, *statuses})
    }


def response_specs(
    status: int, what: type[Struct] | None, *refusals: int
) -> dict[int, ResponseSpec]:
    """Specs of an operation: its success answer (None for an empty body) and its problems."""
    good = ResponseSpec(what, generate_examples=False, description="Done.")
    return {status: good} | problem_specs(*refusals)


CALENDAR_SPECS: Final = {
    200: ResponseSpec(
        str,
        generate_examples=False,
        description="An iCalendar file of one event.",
        media_type="text/calendar",
        examples=[Example(value=CALENDAR_EXAMPLE)],
    )
} | problem_specs()
