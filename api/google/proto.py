"""Where proto3 JSON differs from plain JSON: 64-bit numbers, null, unknown fields.

In requests a missing field, null and the default mean the same, and unknown fields are ignored.
Answers spell defaults out (`false`, `0`).
"""

from datetime import UTC, datetime
from typing import Annotated, Final, TypeVar

from msgspec import Meta, Struct

from api.http.fields import STORABLE
from api.http.queries import validation_error

T = TypeVar("T")
LAST_SECOND: Final = 7_258_118_400
"""The year 2200: date arithmetic cannot overflow below it."""

# A number, or its digits in a string.
Number = (
    Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
    | Annotated[str, Meta(pattern=r"^-?[0-9]{1,19}$", max_length=20)]
    | None
)
Text = Annotated[str, Meta(max_length=1000, pattern=STORABLE)] | None


class Sent(Struct, frozen=True, kw_only=True):
    """Base of Google's messages: unknown fields are ignored."""


def number_of(sent: Number) -> int:
    """The number, 0 where none was sent."""
    return int(sent or 0)


def int64(number: int) -> str:
    """A 64-bit number as proto3 JSON writes it."""
    return str(number)


def instant_of(sent: Number, path: str) -> datetime:
    """The instant of epoch seconds. Raises ValidationException at `path`."""
    seconds = number_of(sent)
    if not 0 < seconds < LAST_SECOND:
        raise validation_error(path, "Seconds since 1970.", source="body")
    return datetime.fromtimestamp(seconds, UTC)


def required(sent: T | None, path: str) -> T:
    """The value sent. Raises ValidationException at `path` where it is missing or empty."""
    if not sent:
        raise validation_error(path, "This is required.", source="body")
    return sent
