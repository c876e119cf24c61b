"""Reading query strings strictly, and the cursors of lists."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
from litestar.exceptions import ValidationException
from litestar.params import QueryParameter
from msgspec import Struct

from api.http.fields import Instant, such_as

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="At most so many items.")]
Cursor = Annotated[
    str | None,
    QueryParameter(
        max_length=400,
        description="`next_cursor` of the page before.",
        schema_extra=such_as(
            "WyIyMDI2LTExLTI4VDE5OjMwOjAwWiIsIjVmMGM2ZTBlLTZkMGItNGQwZS05YTUzLTZhMmI4ZjFmNmYxMCJd",
            pattern="^[A-Za-z0-9_=-]+$",
        ),
    ),
]

FIRST: Final = datetime(1970, 1, 1).astimezone()
LAST: Final = datetime(2200, 1, 1).astimezone()


class After(Struct, frozen=True, array_like=True):
    """The last item of a page."""

    at: datetime
    id: UUID


def wrong(name: str, message: str, source: str = "query") -> ValidationException:
    """A 400 that names the parameter (or, with source body, the field `$.name`)."""
    said = {"source": source, "key": name, "message": message}
    return ValidationException("The request is not as it should be.", extra=[said])


def instant_of(name: str, text: str | None) -> datetime | None:
    """An instant from a query string. Raises ValidationException; numbers are no instants."""
    if text is None:
        return None
    try:
        found: datetime = msgspec.convert(text, Instant)
    except msgspec.ValidationError as error:
        raise wrong(name, str(error)) from error
    if not FIRST <= found <= LAST:
        raise wrong(name, "Far from any reservation.")
    return found


def cursor_of(at: datetime, id_: UUID) -> str:
    return urlsafe_b64encode(msgspec.json.encode(After(at, id_))).decode()


def named_cursor(name: str) -> str:
    """A cursor of a list in the order of names."""
    return urlsafe_b64encode(msgspec.json.encode(name)).decode()


def after_name(cursor: str | None) -> str:
    """The name that a page begins after. Raises ValidationException."""
    if cursor is None:
        return ""
    try:
        found = msgspec.json.decode(urlsafe_b64decode(cursor.encode()), type=str)
    except (binascii.Error, ValueError) as error:
        raise wrong("cursor", "Not a cursor of ours.") from error
    if "\0" in found:
        raise wrong("cursor", "Not a cursor of ours.")
    return found


def after(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Where a page begins. Raises ValidationException for a cursor we did not make."""
    if cursor is None:
        return None
    try:
        found = msgspec.json.decode(urlsafe_b64decode(cursor.encode()), type=After)
    except (binascii.Error, ValueError) as error:
        raise wrong("cursor", "Not a cursor of ours.") from error
    if found.at.tzinfo is None or not FIRST <= found.at <= LAST:
        raise wrong("cursor", "Not a cursor of ours.")
    return found.at, found.id
