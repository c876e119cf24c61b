"""OpenAPI response specs for handlers that encode their answers themselves."""

from typing import Annotated, Any, Final

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from msgspec import Meta, Struct, to_builtins

from api.http.fields import Moment
from api.http.problems import MEDIA_TYPE, FieldError, field
from policies.words.catalogue import say
from policies.words.message import Message, message

Detail = Annotated[str, Meta(max_length=2000)]


class Problem(Struct, frozen=True, kw_only=True):
    """RFC 9457; `code` is stable, `errors` point at what is wrong.

    `reason` says which rule of the house bound; `alternatives` are the nearest starts that would
    do. `areas`: where such a party may be booked, if the one it asked for is kept for others.
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
    areas: Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=100)] = []


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

# One example code and message per status.
EXAMPLE_CODES: Final[dict[int, tuple[str, Message]]] = {
    400: ("INVALID_REQUEST", message("request-not-as-it-should-be")),
    401: ("UNAUTHENTICATED", message("token-unknown")),
    403: ("NOT_ALLOWED", message("scope-needed", scope="bookings")),
    404: ("NOT_FOUND", message("no-such-venue")),
    409: ("SLOT_UNAVAILABLE", message("public-no-table")),
    410: ("HOLD_EXPIRED", message("hold-over")),
    412: ("STALE", message("reservation-changed", version="8")),
    408: ("BODY_TOO_SLOW", message("body-too-slow", seconds=20)),
    413: ("BODY_TOO_LARGE", message("body-too-large")),
    415: ("UNSUPPORTED_MEDIA_TYPE", message("body-not-of-type", type="application/json")),
    422: ("HOUSE_RULES_NOT_ACCEPTED", message("house-rules-to-accept", version="3")),
    428: ("PRECONDITION_REQUIRED", message("if-match-needed")),
    429: ("TOO_MANY_REQUESTS", message("too-many-requests", seconds=30)),
    500: ("INTERNAL", message("internal-error")),
    503: ("UNAVAILABLE", message("book-unreachable")),
}


WRONG_SIZE: Final = message(
    "value-expected-got",
    expected=message("value-at-least", value=message("value-integer"), low="1"),
    got="0",
)


def problem_example(status: int) -> dict[str, Any]:
    """An example problem document for a status."""
    code, what = EXAMPLE_CODES[status]
    said: dict[str, Any] = {
        "type": f"urn:problem-type:maitred:{code.lower().replace('_', '-')}",
        "title": code.replace("_", " ").capitalize(),
        "status": status,
        "detail": say(what),
        "code": code,
        "message": what.key,
    }
    if what.params:
        said["params"] = what.params
    if status == 400:
        said["errors"] = [to_builtins(field("/party_size", WRONG_SIZE))]
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
