"""Annotated types of body, path and query fields that several audiences share."""

from datetime import date, datetime
from typing import Annotated, Any

from litestar.params import PathParameter, QueryParameter
from msgspec import Meta, Struct

from policies.house.shape import in_words
from policies.words.letters import LINE, NAME
from policies.words.message import message

PartySize = Annotated[int, Meta(ge=1, le=1000, description="Guests.", examples=[4])]


Pin = Annotated[str, Meta(pattern=in_words(r"^[0-9]{4,8}\Z", message("value-pin")))]


AskedDate = Annotated[date, QueryParameter()]


Phone = Annotated[str, Meta(min_length=3, max_length=30, pattern=LINE)]
"""A number as staff type it, also without the country's code."""

ShortName = Annotated[str, Meta(min_length=1, max_length=80, pattern=NAME)]
"""The name of a person of the staff, a tablet or a client."""


def such_as(example: str, **more: str) -> dict[str, Any]:
    """`schema_extra` of a parameter: an example and keywords that Litestar does not check."""
    return {"examples": [example]} | more


VenueId = Annotated[
    str, PathParameter(max_length=40, description="The venue's id.", schema_extra=such_as("bistro"))
]


Instant = Annotated[
    datetime,
    Meta(tz=True, description="RFC 3339 with offset.", examples=["2026-11-28T19:30:00+01:00"]),
]


Moment = Annotated[
    datetime,
    Meta(
        tz=True,
        description="RFC 3339, by the venue's clock.",
        examples=["2026-11-28T19:30:00+01:00"],
    ),
]


VenueKey = Annotated[str, Meta(max_length=40, examples=["bistro"])]


NextCursor = Annotated[
    str, Meta(max_length=400, description="For the next page; null on the last.", examples=["WyIy"])
]


class Sent(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of request bodies: an unknown field is an error, never ignored."""
