"""The record of what matters: who got in or tried to, who may do what, and who changed that.

One row an event in `security_event`, which the database lets nobody change, and one line of JSON
in the log `maitred.security`. Where a request came from (tablet, session, client, address) is read
from ORIGIN, which api sets for every request; a command of the machine has none.
"""

import ipaddress
import json
import logging
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from policies.privacy import ages
from seating.clock import wall_now
from seating.db import Connection, Pool

LOG: Final = logging.getLogger("maitred.security")

INSTALLATION: Final = ""
"""In place of a venue's id, for events of none: every owner sees those that concern their house."""

WINDOW: Final = timedelta(hours=1)
MOST_PER_SOURCE: Final = 20
MOST_PER_VENUE: Final = 200
"""Rows of a kind that strangers can cause within WINDOW, from one tablet or network and in all.

Each about one client, or about none."""

MOST_TOLD: Final = 50
"""Entries of a list among the facts."""

Kind = Literal[
    "LogIn", "WrongPin", "TabletLocked", "PersonLocked", "UnlockTablet", "EndSession",
    "SessionAtOtherTablet", "EnableClient", "RotateClientSecret", "GuestExported",
    "GuestErased", "MakePairingCode", "WrongPairingCode", "PairDevice", "RenameDevice",
    "RevokeDevice", "AddPerson", "FirstPin", "ChangePin", "ChangeName", "ChangeRole",
    "RemovePerson", "LetOwnerIn", "MakeClient", "SetGrant", "WithdrawGrant", "DisableClient",
    "IssueToken", "WrongSecret", "UnknownClient", "AddEndpoint", "RemoveEndpoint",
    "RotateEndpointSecret", "OpenHouse", "PublishHouse", "WithdrawHouse", "ExportHouse",
    "PublishRules", "WithdrawRules", "OverrideRules", "MakeBackup", "RestoreBackup", "GoBack",
    "RefusedAccess",
]  # fmt: skip
"""The kinds of event; each has a sentence `recorded-...` in the catalogue of staff."""

INSERT_EVENT = """
insert into security_event
    (venue_id, at, kind, staff_id, device_id, session_id, client_id, address, facts, reason)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10)
returning event_id
"""

# The last row within the bound says that more may have followed.
INSERT_ATTEMPT = """
insert into security_event
    (venue_id, at, kind, staff_id, device_id, session_id, client_id, address, facts, reason)
select $1, $2, $3, $4, $5, $6, $7, $8,
    $9::jsonb || case when mine + 1 >= $12 or every + 1 >= $13 then '{"more": true}' else '{}' end
        ::jsonb, $10
from (
    select count(*) as every, count(*) filter (where case
        when $5::uuid is not null then device_id = $5
        else network(set_masklen(address, case family(address) when 6 then 64 else 32 end))
            is not distinct from
            network(set_masklen($8::inet, case family($8::inet) when 6 then 64 else 32 end))
            and device_id is null end) as mine
    from (select device_id, address from security_event
          where venue_id = $1 and kind = $3 and at > $11 and client_id is not distinct from $7
          limit $13)
)
where mine < $12 and every < $13 and ($1 = '' or exists (select from venue where venue_id = $1))
returning event_id
"""

PURGE = "select purge_security_events($1, $2)"

RECORDED_VENUES = "select venue_id from venue union all select ''"


class Origin(Struct, frozen=True, kw_only=True):
    """Where a request came from, as far as it is known."""

    address: str | None = None
    staff_id: str | None = None
    device_id: UUID | None = None
    session_id: UUID | None = None
    client_id: str | None = None


ORIGIN: ContextVar[Callable[[], Origin]] = ContextVar("origin", default=Origin)
"""Asked for when there is something to record, so that other requests pay nothing for it."""


async def keep_record(
    conn: Connection,
    venue_id: str,
    kind: Kind,
    facts: Mapping[str, object],
    *,
    by: str | None,
    reason: str | None = None,
    client_id: str | None = None,
) -> None:
    """Record an event in the caller's transaction; `facts` never hold a secret or a guest's name.

    `by`: the staff id; None for a client, a stranger or whoever has the machine. `client_id`: the
    client it is about (or a fact of that name), where that is not the one that asks. A line of the
    log whose event_id is not in the table was rolled back.
    """
    row = _row(venue_id, kind, facts, by, reason, client_id)
    _say(await conn.fetchval(INSERT_EVENT, *row), row)


async def keep_attempt(
    db: Pool | Connection,
    venue_id: str,
    kind: Kind,
    facts: Mapping[str, object],
    *,
    by: str | None = None,
    client_id: str | None = None,
) -> None:
    """Record what anybody can cause as often as they like, outside what a refusal rolls back.

    Of a kind about one client, or about none, at most MOST_PER_SOURCE within WINDOW from a tablet
    or network (IPv6: /64), and MOST_PER_VENUE in all, of venues that exist; the rest costs a read
    and leaves nothing.
    """
    row = _row(venue_id, kind, facts, by, None, client_id)
    bounds = (wall_now() - WINDOW, MOST_PER_SOURCE, MOST_PER_VENUE)
    event_id = await db.fetchval(INSERT_ATTEMPT, *row, *bounds)
    if event_id is not None:
        _say(event_id, row)


async def purge_record(db: Pool | Connection, now: datetime) -> int:
    """Delete what is older than its age (wall time), venue by venue; return how many events."""
    venues = await db.fetch(RECORDED_VENUES)
    return sum([await db.fetchval(PURGE, each["venue_id"], now - ages.SECURITY) for each in venues])


def _row(
    venue_id: str,
    kind: Kind,
    facts: Mapping[str, object],
    by: str | None,
    reason: str | None,
    client_id: str | None,
) -> tuple[object, ...]:
    origin, told = ORIGIN.get()(), msgspec.json.encode(facts).decode()
    client = client_id or facts.get("client_id") or origin.client_id
    return (
        venue_id, wall_now(), kind, by, origin.device_id, origin.session_id,
        client, _address(origin.address), told, reason,
    )  # fmt: skip


def _address(text: str | None) -> str | None:
    """The address as PostgreSQL reads it, None for what is none (a socket's path)."""
    try:
        return str(ipaddress.ip_address((text or "").partition("%")[0]))
    except ValueError:
        return None


def _say(event_id: UUID, row: tuple[object, ...]) -> None:
    """Write one line of ASCII: JSON escapes whatever could end it or paint over it.

    The reason stays in the table: in their own words people may name a guest.
    """
    venue_id, at, kind, by, device_id, session_id, client_id, address, facts, _ = row
    told = {
        "at": at, "event": kind, "event_id": event_id, "venue": venue_id, "staff": by,
        "device": device_id, "session": session_id, "client": client_id, "address": address,
        "facts": json.loads(str(facts)),
    }  # fmt: skip
    known = msgspec.to_builtins({name: each for name, each in told.items() if each})
    line = json.dumps(known)
    LOG.info("%s", line.replace("\x7f", "\\u007f"))
