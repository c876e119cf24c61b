"""Where a request came from, and what it was refused, for the record of what matters."""

import logging
from collections.abc import MutableMapping
from functools import partial
from typing import Any, Final

import asyncpg
from litestar.datastructures import State

from policies.book.refusals import Refusal
from seating.access.audit import INSTALLATION, ORIGIN, Origin, keep_attempt
from seating.access.clients import GoogleClient, Partner
from seating.access.devices import Device
from seating.access.sessions import StaffMember
from seating.errors import NotAllowed

log = logging.getLogger("maitred")

KEY: Final = "refused"
FOREIGN_VENUE: Final = "no-such-venue"
MOST_OF_A_NAME: Final = 40

AnyScope = MutableMapping[str, Any]


def note_origin(scope: Any) -> None:  # noqa: ANN401 - a scope holds what one puts there
    """From here on, records of this request say where it came from."""
    ORIGIN.set(partial(origin_of, scope))


def origin_of(scope: AnyScope) -> Origin:
    """The tablet, session, client and address of a request, as far as authentication has come."""
    user, client = scope.get("user"), scope.get("client")
    address = client[0] if client else None
    if isinstance(user, StaffMember):
        return Origin(
            address=address,
            staff_id=user.staff_id,
            device_id=user.device_id,
            session_id=user.session_id,
        )
    if isinstance(user, Device):
        return Origin(address=address, device_id=user.device_id)
    if isinstance(user, Partner | GoogleClient):
        return Origin(address=address, client_id=user.client_id)
    return Origin(address=address)


def note_refusal(scope: Any, error: Refusal) -> None:  # noqa: ANN401 - as above
    """Keep in mind that somebody known asked for what they may not have."""
    if error.code == NotAllowed.code or error.said.key == FOREIGN_VENUE:
        scope[KEY] = error.said.key


def was_refused(scope: Any) -> bool:  # noqa: ANN401 - as above
    """Whether somebody whom we know was refused what they asked for."""
    return KEY in scope and scope.get("user") is not None


async def record_refusal(scope: Any, state: State) -> None:  # noqa: ANN401 - as above
    """Record it once the answer is sent, so that nobody waits for it."""
    user = scope["user"]
    facts = {"why": scope[KEY], "method": scope["method"], "route": scope["path_template"]}
    if venue := scope["path_params"].get("venue"):
        facts["venue"] = str(venue)[:MOST_OF_A_NAME]
    at = getattr(user, "venue_id", None) or INSTALLATION
    by = getattr(user, "staff_id", None)
    try:
        await keep_attempt(state.pool, at, "RefusedAccess", facts, by=by)
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        log.warning("a refusal was not recorded: %s", type(error).__name__)
