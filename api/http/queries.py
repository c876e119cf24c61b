"""Strict parsing of query strings, and the cursors of paginated lists."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime
from typing import Annotated, Final, TypeVar
from uuid import UUID

import msgspec
from litestar.exceptions import ValidationException
from litestar.params import QueryParameter
from msgspec import Struct
from msgspec.structs import astuple

from api.http.fields import Instant, such_as
from api.http.parameters import words_about
from policies.words.message import Message, message

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="At most so many items.")]
Cursor = Annotated[
    str | None,
    QueryParameter(
        max_length=400,
        description="`next_cursor` of the page before.",
        schema_extra=such_as(
            "WyIyMDI2LTExLTI4VDE5OjMwOjAwWiIsIjVmMGM2ZTBlLTZkMGItNGQwZS05YTUzLTZhMmI4ZjFmNmYxMCJd",
            pattern=r"^[A-Za-z0-9_=-]+\Z",
        ),
    ),
]

T = TypeVar("T", bound=Struct)

FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
LAST: Final = datetime(2200, 1, 1, tzinfo=UTC)


class Position(Struct, frozen=True, array_like=True):
    """The sort key of the last item of a page."""

    at: datetime
    id: UUID


def validation_error(name: str, said: Message, source: str = "query") -> ValidationException:
    """A 400 that names the parameter (or, with source body, the field `$.name`)."""
    wrong = {"source": source, "key": name, "message": said}
    return ValidationException("The request is not as it should be.", extra=[wrong])


def instant_of(name: str, text: str | None) -> datetime | None:
    """Parse an RFC 3339 instant (no epoch numbers). Raises ValidationException."""
    if text is None:
        return None
    try:
        found: datetime = msgspec.convert(text, Instant)
    except msgspec.ValidationError as error:
        raise validation_error(name, words_about(text, Instant)) from error
    if not FIRST <= found <= LAST:
        raise validation_error(name, message("instant-far-off"))
    return found


def cursor_of(at: datetime, id_: UUID) -> str:
    return urlsafe_b64encode(msgspec.json.encode(Position(at, id_))).decode()


def cursor_of_place(place: Struct) -> str:
    """The cursor of a list sorted by the fields of a Struct."""
    return urlsafe_b64encode(msgspec.json.encode(place)).decode()


def place_in(cursor: str | None, kind: type[T]) -> T | None:
    """Decode such a cursor; its instants are aware and near. Raises ValidationException."""
    if cursor is None:
        return None
    try:
        found = msgspec.json.decode(urlsafe_b64decode(cursor.encode()), type=kind)
    except (binascii.Error, ValueError) as error:
        raise validation_error("cursor", message("cursor-not-ours")) from error
    instants = [each for each in astuple(found) if isinstance(each, datetime)]
    if any(each.tzinfo is None or not FIRST <= each <= LAST for each in instants):
        raise validation_error("cursor", message("cursor-not-ours"))
    return found


def cursor_of_name(name: str) -> str:
    """The cursor of a list sorted by name."""
    return urlsafe_b64encode(msgspec.json.encode(name)).decode()


def name_in(cursor: str | None) -> str:
    """Decode such a cursor; "" for the first page. Raises ValidationException."""
    if cursor is None:
        return ""
    try:
        found = msgspec.json.decode(urlsafe_b64decode(cursor.encode()), type=str)
    except (binascii.Error, ValueError) as error:
        raise validation_error("cursor", message("cursor-not-ours")) from error
    if "\0" in found:
        raise validation_error("cursor", message("cursor-not-ours"))
    return found


def position_in(cursor: str | None) -> tuple[datetime, UUID] | None:
    """Decode a cursor of a list sorted by time and id. Raises ValidationException."""
    if cursor is None:
        return None
    try:
        found = msgspec.json.decode(urlsafe_b64decode(cursor.encode()), type=Position)
    except (binascii.Error, ValueError) as error:
        raise validation_error("cursor", message("cursor-not-ours")) from error
    if found.at.tzinfo is None or not FIRST <= found.at <= LAST:
        raise validation_error("cursor", message("cursor-not-ours"))
    return found.at, found.id
