"""Where proto3 JSON differs from plain JSON: names, numbers, enums, null, unknown fields.

In requests a field may be spelled `start_sec` or `startSec`; an integer is any JSON number or a
string with one, as long as it has no fraction (5, "5", 5.0, "5e0"); an enum is a name or a number,
and what this version does not know of it is its unspecified value. A missing field, null and the
default mean the same, and unknown fields are ignored. Answers are in snake_case and spell defaults
out (`false`, `0`).
"""

import re
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Self, TypeVar

import msgspec
from litestar.exceptions import ValidationException
from msgspec import Meta, Struct

from api.http.queries import validation_error
from api.http.requests import StrictRequest, wrong_field
from policies.words.letters import STORABLE
from policies.words.message import message

T = TypeVar("T")
LAST_SECOND: Final = 7_258_118_400
"""The year 2200: date arithmetic cannot overflow below it."""
INT64_DIGITS: Final = 19
LONGEST_NAME: Final = 64
MOST_READ: Final = 10_000
"""Numbers with a point of a body, and values of one in camelCase: each is read in Python."""

DIGITS: Final = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,6})?")
UPPER: Final = re.compile("[A-Z]")
# Tells bodies in snake_case, which Google sends, from those that need a walk.
UPPER_IN_NAME: Final = re.compile(rb'"[^"A-Z]*+[A-Z][^"]*+"\s*+:')

Text = Annotated[str, Meta(max_length=1000, pattern=STORABLE)] | None


class Int64(int):
    """An integer of a request, exact."""

    @classmethod
    def read(cls, sent: object) -> Self:
        """Raises ValueError."""
        if (
            isinstance(sent, str)
            and len(sent) < INT64_DIGITS
            and sent.isascii()
            and sent.isdecimal()
        ):
            return cls(sent)
        if isinstance(sent, str) and DIGITS.fullmatch(sent):
            sent = integral(sent)
        if isinstance(sent, bool) or not isinstance(sent, int):
            raise ValueError("Expected `int`")  # noqa: TRY004 - msgspec hears this one
        if not -(2**63) <= sent < 2**63:
            raise ValueError("Expected an integer of 64 bits")
        return cls(sent)


Number = Int64 | None


class Enumerated:
    """A value of one of Google's enums, by its name; NAMES are in the order of its numbers."""

    NAMES: ClassVar[tuple[str, ...]]

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def read(cls, sent: object) -> Self:
        """Unknown names and numbers are the unspecified value. Raises ValueError."""
        if isinstance(sent, str) and sent in cls.NAMES:
            return cls(sent)
        if not isinstance(sent, str) or DIGITS.fullmatch(sent):
            number = Int64.read(sent)
            return cls(cls.NAMES[number if 0 <= number < len(cls.NAMES) else 0])
        return cls(cls.NAMES[0])


class Sent(Struct, frozen=True, kw_only=True):
    """Base of Google's messages: unknown fields are ignored."""


class ProtoRequest(StrictRequest):
    """Decodes a body of proto3 JSON; one without a Content-Type is JSON too.

    There is no cookie that another site's form could ride on: every call carries HTTP Basic.
    """

    media_types = frozenset({"", "application/json"})

    def decoded(self, body: bytes, annotation: Any) -> Any:  # noqa: ANN401 - any message
        sent = msgspec.json.Decoder[Any](float_hook=Integrals()).decode(body)
        if UPPER_IN_NAME.search(body) or b"\\u" in body:
            sent = Renaming().renamed(sent)
        return msgspec.convert(sent, annotation, dec_hook=read)

    def wrong_body(self, body: bytes, kind: Any, said: str) -> ValidationException:  # noqa: ANN401, ARG002
        return wrong_field(said)


def integral(text: str) -> int | float:
    """A JSON number as an exact integer where it is one of at most 64 bits, else as a float."""
    number = Decimal(text)
    if not number:
        return 0
    small = number.adjusted() < INT64_DIGITS
    return int(number) if small and number == number.to_integral_value() else float(number)


class Budget:
    """What of one body may be read in Python. `spend` raises msgspec.ValidationError past it."""

    def __init__(self, left: int = MOST_READ) -> None:
        self._left = left

    def spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise msgspec.ValidationError("Too many values")


class Integrals(Budget):
    """`integral` as msgspec's hook."""

    def __call__(self, text: str) -> int | float:
        self.spend()
        return integral(text)


class Renaming(Budget):
    """Names fields as in the .proto file."""

    def renamed(self, sent: Any, path: str = "$") -> Any:  # noqa: ANN401 - any JSON
        """Raises ValidationException for a field sent twice."""
        self.spend()
        if isinstance(sent, list):
            return [self.renamed(each, f"{path}[{at}]") for at, each in enumerate(sent)]
        if not isinstance(sent, dict):
            return sent
        named: dict[str, Any] = {}
        for key, each in sent.items():
            name = field_name(key) if len(key) <= LONGEST_NAME else key
            place = f"{path}.{name[:LONGEST_NAME]}"
            if name in named:
                raise validation_error(place, message("field-in-both-spellings"), source="body")
            named[name] = self.renamed(each, place)
        return named


@lru_cache(maxsize=256)
def field_name(key: str) -> str:
    """The name `start_sec` of the JSON name `startSec`."""
    return UPPER.sub(lambda letter: f"_{letter[0].lower()}", key)


def read(kind: type[Any], sent: object) -> Any:  # noqa: ANN401 - of that kind
    """msgspec's hook for the types of this module."""
    return kind.read(sent)


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
        raise validation_error(path, message("value-epoch-seconds"), source="body")
    return datetime.fromtimestamp(seconds, UTC)


def required(sent: T | None, path: str) -> T:
    """The value sent. Raises ValidationException at `path` where it is missing or empty."""
    if not sent:
        raise validation_error(path, message("value-required"), source="body")
    return sent
