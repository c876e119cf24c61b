"""Litestar dependencies of every route: `pool`, `conn`, `clock`, `partner`, `staff` and others."""

from collections.abc import AsyncGenerator
from typing import Any, Final

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import SkipValidation

from api.http.lent_connections import lent
from api.settings import Settings
from policies.access.rights import at_least
from policies.book.lifecycles import Actor
from policies.house.channels import Channel
from policies.words.message import message
from seating.access.clients import Partner
from seating.access.credentials import Pepper
from seating.access.devices import Device
from seating.access.sessions import StaffMember
from seating.book.actions import ActionAuthor
from seating.book.reservations import Booker
from seating.booking.searches import SearchCounter
from seating.clock import Clock
from seating.db import Connection, Pool, transaction_on
from seating.errors import NotSetUp
from seating.webhooks.egress import Egress
from seating.webhooks.sealed_secrets import Seal

READING: Final = frozenset({"GET", "HEAD"})

GivenPool = NamedDependency[SkipValidation[Pool]]
GivenConnection = NamedDependency[SkipValidation[Connection]]
GivenClock = NamedDependency[SkipValidation[Clock]]
GivenSettings = NamedDependency[SkipValidation[Settings]]
GivenSearches = NamedDependency[SkipValidation[SearchCounter]]
GivenSeal = NamedDependency[SkipValidation[Seal]]
GivenPepper = NamedDependency[SkipValidation[Pepper | None]]
GivenEgress = NamedDependency[SkipValidation[Egress]]
GivenPartner = NamedDependency[SkipValidation[Partner]]
GivenStaff = NamedDependency[SkipValidation[StaffMember]]
GivenDevice = NamedDependency[SkipValidation[Device]]


def pool(state: State) -> Pool:
    found: Pool = state.pool
    return found


async def conn(
    request: Request[Any, Any, Any], pool: GivenPool
) -> AsyncGenerator[Connection, None]:
    """One transaction around the handler, committed before the answer is sent."""
    writes = request.method not in READING
    async with lent(request, pool, writes=writes) as connection, transaction_on(connection):
        yield connection


def clock(state: State) -> Clock:
    found: Clock = state.clock
    return found


def searches(state: State) -> SearchCounter:
    found: SearchCounter = state.searches
    return found


def settings(state: State) -> Settings:
    found: Settings = state.settings
    return found


def seal(state: State) -> Seal:
    """Raises NotSetUp where no encryption key is configured."""
    found: Seal | None = state.seal
    if found is None:
        raise NotSetUp(message("no-key"))
    return found


def pepper(state: State) -> Pepper | None:
    """What PINs are mixed with; None where no key is configured."""
    found: Pepper | None = state.pepper
    return found


def egress(state: State) -> Egress:
    found: Egress = state.egress
    return found


def partner(request: Request[Partner, Any, Any]) -> Partner:
    return request.user


def staff(request: Request[StaffMember, Any, Any]) -> StaffMember:
    return request.user


def device(request: Request[Device, Any, Any]) -> Device:
    """The paired tablet; only behind the guard `paired_device`."""
    return request.user


DEPENDENCIES: Final = {
    "pool": Provide(pool, sync_to_thread=False),
    "conn": Provide(conn),
    "clock": Provide(clock, sync_to_thread=False),
    "searches": Provide(searches, sync_to_thread=False),
    "settings": Provide(settings, sync_to_thread=False),
    "seal": Provide(seal, sync_to_thread=False),
    "pepper": Provide(pepper, sync_to_thread=False),
    "egress": Provide(egress, sync_to_thread=False),
    "partner": Provide(partner, sync_to_thread=False),
    "staff": Provide(staff, sync_to_thread=False),
    "device": Provide(device, sync_to_thread=False),
}


def actor_of(staff: StaffMember) -> Actor:
    """The lifecycle actor of a person: who manages acts as a manager, all others as a host."""
    return "manager" if at_least(staff.role, "manager") else "host"


def who_of(staff: StaffMember) -> ActionAuthor:
    return ActionAuthor(staff_id=staff.staff_id, actor=actor_of(staff), role=staff.role)


def booker_of(staff: StaffMember, channel: Channel = "desk") -> Booker:
    return Booker(channel=channel, actor=actor_of(staff), staff_id=staff.staff_id)


async def reader(
    request: Request[Any, Any, Any], pool: GivenPool
) -> AsyncGenerator[Connection, None]:
    """A connection for reading, outside a transaction (each statement is read committed)."""
    async with lent(request, pool) as connection:
        yield connection
