"""What the OpenAPI document says of answers that the handlers encode themselves."""

from typing import Final

from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from api.problems import MEDIA_TYPE, FieldError


class Problem(Struct, frozen=True, kw_only=True):
    """RFC 9457; `code` is stable, `errors` point at what is wrong."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] = []
    reason: str | None = None
    alternatives: list[str] = []


WHAT: Final = {
    400: "The request cannot be read; `errors` say where.",
    401: "No token, or one that is no good.",
    403: "The token or the venue lacks the scope.",
    404: "No such thing, or not yours.",
    409: "The house says no, or the thing is no longer so; `code` says which.",
    410: "The slot hold is over.",
    412: "Changed since you saw it.",
    422: "Readable, but not acceptable; `code` says why.",
    428: "If-Match is missing.",
    429: "Too many at once; see Retry-After.",
    500: "Our fault.",
}
ALWAYS: Final = (400, 401, 403, 404, 429, 500)


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The refusals an operation has, with those that all have."""
    return {
        status: ResponseSpec(
            Problem, generate_examples=False, description=WHAT[status], media_type=MEDIA_TYPE
        )
        for status in sorted({*ALWAYS, *statuses})
    }


def answers(status: int, what: type[Struct], *refusals: int) -> dict[int, ResponseSpec]:
    """An operation's answer and its refusals."""
    good = ResponseSpec(what, generate_examples=False, description="Done.")
    return {status: good} | problems(*refusals)
