"""A message: the key of a catalogue's entry with the values of its placeables."""

from datetime import date
from typing import Literal

from msgspec import Struct

DateForm = Literal["day", "weekday", "full", "year"]


class Money(Struct, frozen=True, tag="money", tag_field="kind"):
    """An amount in minor units of an ISO 4217 currency; said as £12.50, or £153 when whole."""

    minor: int
    currency: str


class CalendarDate(Struct, frozen=True, tag="date", tag_field="kind"):
    """A date.

    Said as 5 December (`day`), Saturday (`weekday`), Saturday 5 December (`full`) or
    5 December 2026 (`year`).
    """

    date: date
    form: DateForm = "day"


class Message(Struct, frozen=True, tag="message", tag_field="kind"):
    """The key of a catalogue's entry and its params, by the name of the placeable.

    A param that is a message itself is said in the same language; a tuple is said as a list.
    """

    key: str
    params: dict[str, "Param"] = {}


Param = str | int | float | tuple[str | Message, ...] | Money | CalendarDate | Message


def message(key: str, /, **params: Param) -> Message:
    """Return the message of a catalogue's key.

    The params stand in the order in which PostgreSQL keeps an object's keys, so that an answer
    read back from the database is the same text.
    """
    return Message(key, dict(sorted(params.items(), key=lambda each: (len(each[0]), each[0]))))
