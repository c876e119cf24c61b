"""Reading the record of what matters: pages of events, each with a sentence in plain words."""

import re
from datetime import date, datetime
from typing import Final, get_args
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.words.catalogue import UnknownMessage, say
from policies.words.message import CalendarDate, Message, Param, message
from seating.access.audit import Kind
from seating.access.clients import SCOPES
from seating.db import Connection

KINDS: Final[frozenset[str]] = frozenset(get_args(Kind))

ABOUT_CLIENTS: Final[frozenset[Kind]] = frozenset(
    {
        "MakeClient", "SetGrant", "WithdrawGrant", "DisableClient", "EnableClient",
        "RotateClientSecret",
    }
)  # fmt: skip
"""Done to a client by staff or a command, not by the client."""

ABOUT_SCOPES: Final[frozenset[Kind]] = frozenset({"MakeClient", "SetGrant", "WithdrawGrant"})
"""Their facts `scopes` and `before` are what a client may do."""

# Of the installation's events an owner sees those of no client, and of clients of their house: of
# one whose grant was withdrawn what was until then.
SELECT_EVENTS = """
with page as (
    (select * from security_event
     where venue_id = $1 and ($2::text is null or kind = $2)
         and ($3::text is null or staff_id = $3 or facts ->> 'staff_id' = $3)
         and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
         and ($6::timestamptz is null or (at, event_id) < ($6, $7::uuid))
     order by at desc, event_id desc limit $8)
    union all
    (select * from security_event
     where venue_id = '' and ($2::text is null or kind = $2) and $3::text is null
         and (client_id is null
              or client_id in (select g.client_id from client_venue g where g.venue_id = $1)
              or at <= (select max(w.at) from security_event w
                        where w.venue_id = $1 and w.kind = 'WithdrawGrant'
                          and w.client_id = security_event.client_id))
         and ($4::timestamptz is null or at >= $4) and ($5::timestamptz is null or at < $5)
         and ($6::timestamptz is null or (at, event_id) < ($6, $7::uuid))
     order by at desc, event_id desc limit $8)
    order by at desc, event_id desc limit $8
)
select e.venue_id, e.event_id, e.at, e.kind, e.staff_id, s.name as staff_name, e.device_id,
    d.name as device_name, e.session_id, e.client_id, c.name as client_name,
    host(e.address) as address, e.facts::text as facts, e.reason,
    w.name as whom, t.name as tablet, g.name as guest
from page e
left join staff s on s.venue_id = $1 and s.staff_id = e.staff_id
left join device d on d.venue_id = $1 and d.device_id = e.device_id
left join client c on c.client_id = e.client_id
left join staff w on w.venue_id = $1
    and w.staff_id = coalesce(e.facts ->> 'staff_id', e.facts ->> 'code_of')
left join guest g on g.venue_id = $1 and g.guest_id = (e.facts ->> 'guest_id')::uuid
left join device t on t.venue_id = $1 and t.device_id::text = e.facts ->> 'device_id'
order by e.at desc, e.event_id desc
"""


class EventFilter(Struct, frozen=True, kw_only=True):
    """Which events: of a kind, by or about a person, from an instant until before another."""

    kind: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, UUID] | None = None


class SecurityEvent(Struct, frozen=True, kw_only=True):
    """An event with the names that its ids have now.

    `staff_id`: who did it; `whom`, `tablet` and `guest`: whom and what `facts` are about.
    """

    venue_id: str
    event_id: UUID
    at: datetime
    kind: str
    staff_id: str | None
    staff_name: str | None
    device_id: UUID | None
    device_name: str | None
    session_id: UUID | None
    client_id: str | None
    client_name: str | None
    address: str | None
    facts: dict[str, object]
    reason: str | None
    whom: str | None
    tablet: str | None
    guest: str | None = None


async def events_of(
    conn: Connection, venue_id: str, asked: EventFilter, limit: int
) -> list[SecurityEvent]:
    """Return the events of a venue and those of the installation it should know, the latest first.

    `asked.after`: the time and id of the last event of the page before.
    """
    rows = await conn.fetch(
        SELECT_EVENTS, venue_id, asked.kind, asked.person, asked.since, asked.until,
        *(asked.after or (None, None)), limit,
    )  # fmt: skip
    return [_event(dict(row)) for row in rows]


def _event(row: dict[str, str]) -> SecurityEvent:
    return msgspec.convert(row | {"facts": msgspec.json.decode(row["facts"])}, SecurityEvent)


def told_in(language: str, event: SecurityEvent) -> tuple[Message, str]:
    """Return an event's message and sentence; of facts that this code does not know, its kind."""
    try:
        said = _with_more(event, _said(event))
        return said, say(said, language)
    except UnknownMessage:
        said = _with_more(event, message("recorded-other", **_who(event)))
        return said, say(said, language)


def _said(event: SecurityEvent) -> Message:
    params = {name: _param(value) for name, value in event.facts.items()} | _who(event)
    if event.kind in ABOUT_SCOPES:
        params |= {name: _scopes(event.facts.get(name)) for name in ("scopes", "before")}
    word = word_of(event.kind) if event.kind in KINDS else "other"
    return message(f"recorded-{word}", **params)


def _scopes(found: object) -> Param:
    """Return what a client may do in words; a scope of code to come as it is called there."""
    scopes = found if isinstance(found, list) else []
    said = (message(f"client-may-{each}") if each in SCOPES else str(each) for each in scopes)
    return tuple(said) or "-"


def _with_more(event: SecurityEvent, said: Message) -> Message:
    return message("recorded-and-more", said=said) if event.facts.get("more") else said


def word_of(kind: str) -> str:
    """Return a kind as the key of its sentence has it: LogIn is log-in."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind).lower()


def _who(event: SecurityEvent) -> dict[str, Param]:
    """Return the params that every sentence may use."""
    somebody = (
        message("recorded-stranger", address=event.address)
        if event.address
        else message("recorded-machine")
    )
    client = event.client_name or event.client_id or ""
    actor = "" if event.kind in ABOUT_CLIENTS else client
    whom = event.facts.get("staff_id") or event.facts.get("code_of")
    return {
        "by": event.staff_name or event.staff_id or actor or somebody,
        "own": "yes" if whom and whom == event.staff_id else "no",
        "whom": event.whom or str(whom or "none"),
        "guest": event.guest or _guest(event.facts),
        "restored": "yes" if event.facts.get("restored") else "no",
        "tablet": event.tablet or event.device_name or message("recorded-tablet-unknown"),
        "client": client,
        "address": event.address or "?",
        "kind": event.kind,
    }


def _guest(facts: dict[str, object]) -> str:
    """The pseudonym of one who was erased, the id of one who is there no more."""
    return str(facts.get("guest") or facts.get("guest_id") or "?")


def _param(value: object) -> Param:
    """Return a fact as a sentence takes it: lists of texts, dates, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, list):
        return tuple(str(each) for each in value) or "-"
    text = "none" if value is None else str(value)
    try:
        return CalendarDate(date.fromisoformat(text), "year")
    except ValueError:
        return text
