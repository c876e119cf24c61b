"""The record of what matters, for the owner: who got in or tried to, and who changed what."""

from datetime import datetime
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter, SkipValidation
from msgspec import Meta, Struct
from msgspec.structs import replace

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import NextCursor, such_as
from api.http.languages import language_asked
from api.http.queries import Cursor, Limit, cursor_of, instant_of, position_in
from policies.words.catalogue import Language
from seating.access.audit import INSTALLATION
from seating.access.recorded import EventFilter, SecurityEvent, events_of, told_in

Text = Annotated[str, Meta(max_length=2000)]
Kind = Annotated[
    str | None,
    QueryParameter(max_length=40, description="One kind.", schema_extra=such_as("ChangeRole")),
]
Person = Annotated[
    str | None,
    QueryParameter(
        max_length=40, description="By or about this person.", schema_extra=such_as("ana")
    ),
]
From = Annotated[
    str | None,
    QueryParameter(
        name="from",
        max_length=40,
        description="RFC 3339; then or later.",
        schema_extra=such_as("2026-11-28T19:30:00+01:00", format="date-time"),
    ),
]
To = Annotated[
    str | None,
    QueryParameter(
        name="to",
        max_length=40,
        description="RFC 3339; before then.",
        schema_extra=such_as("2026-11-29T19:30:00+01:00", format="date-time"),
    ),
]


class EventSeen(Struct, frozen=True, kw_only=True):
    """An event. `detail` says it in the language asked for; a screen may say `message` itself.

    `facts`: what changed, before and after; people, tablets and guests by their ids, no secrets.
    `installation`: not of this house alone.
    """

    event_id: UUID
    at: datetime
    kind: Annotated[str, Meta(max_length=40)]
    detail: Text
    message: Annotated[str, Meta(max_length=60)]
    params: dict[str, Any]
    staff_id: Annotated[str, Meta(max_length=40)] | None
    device_id: UUID | None
    device_name: Text | None
    session_id: UUID | None
    client_id: Annotated[str, Meta(max_length=40)] | None
    address: Annotated[str, Meta(max_length=45)] | None
    facts: dict[str, Any]
    reason: Text | None
    installation: bool


class EventPage(Struct, frozen=True, kw_only=True):
    """Events, the latest first; kept a year."""

    items: list[EventSeen]
    next_cursor: NextCursor | None = None


def event_filter(
    kind: Kind = None, person: Person = None, from_: From = None, to: To = None
) -> EventFilter:
    return EventFilter(
        kind=kind, person=person, since=instant_of("from", from_), until=instant_of("to", to)
    )


@get(
    "/security-events",
    guards=[needs_role("owner")],
    dependencies={"asked": Provide(event_filter, sync_to_thread=False)},
    tags=["record"],
)
async def security_events(
    request: Request[Any, Any, Any],
    staff: GivenStaff,
    conn: GivenConnection,
    asked: NamedDependency[SkipValidation[EventFilter]],
    limit: Limit = 50,
    cursor: Cursor = None,
) -> EventPage:
    """What happened: PINs, tablets, staff, clients, the house and its rules, refused access.

    Each event with who, from which tablet and address, and what changed.
    """
    asked = replace(asked, after=position_in(cursor))
    found = await events_of(conn, staff.venue_id, asked, limit + 1)
    return page_of(found, limit, language_asked(request.headers.get("accept-language")))


def page_of(found: list[SecurityEvent], limit: int, language: Language) -> EventPage:
    """The first `limit` events, and the cursor where there are more."""
    shown = found[:limit]
    more = cursor_of(shown[-1].at, shown[-1].event_id) if found[limit:] else None
    return EventPage(items=[event_seen(each, language) for each in shown], next_cursor=more)


def event_seen(event: SecurityEvent, language: Language) -> EventSeen:
    said, detail = told_in(language, event)
    return EventSeen(
        event_id=event.event_id,
        at=event.at,
        kind=event.kind,
        detail=detail,
        message=said.key,
        params=said.params,
        staff_id=event.staff_id,
        device_id=event.device_id,
        device_name=event.device_name,
        session_id=event.session_id,
        client_id=event.client_id,
        address=event.address,
        facts=event.facts,
        reason=event.reason,
        installation=event.venue_id == INSTALLATION,
    )


HANDLERS: Final = (security_events,)
