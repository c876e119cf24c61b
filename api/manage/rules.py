"""Versions of the rules: draft, publish from a date, withdraw, override for one period; purses."""

from typing import Annotated, Final

from litestar import get, post
from litestar.params import FromPath, JSONBody, PathParameter

from api.http.access import needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from api.http.fields import AskedDate
from seating.db import Connection, run
from seating.gestures.purses import Purse, purses_of_date
from seating.house import rule_versions
from seating.house.overrides import Override, PeriodRules, override, read_override
from seating.house.rule_versions import (
    DraftRules,
    PublishedRules,
    PublishRules,
    RulesVersion,
    WithdrawRules,
)

MANAGER: Final = [needs_role("manager")]
Version = Annotated[int, PathParameter(ge=1, le=2_147_483_647)]


@get("/rules", guards=MANAGER, tags=["rules"])
async def versions(staff: GivenStaff, conn: GivenConnection) -> tuple[RulesVersion, ...]:
    """Every version of the rules, the latest first."""
    return await rule_versions.list_rules(conn, staff.venue_id)


@post("/rules", guards=MANAGER, tags=["rules"])
async def draft(
    data: JSONBody[DraftRules], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> RulesVersion:
    """Make a draft version; mistakes are answered with their JSON pointers."""

    async def work(conn: Connection) -> RulesVersion:
        return await rule_versions.draft(conn, staff.venue_id, data, staff.staff_id, clock)

    return await run(pool, work)


@post("/rules/{version:int}/publish", guards=MANAGER, status_code=200, tags=["rules"])
async def publish(
    version: Version,
    data: JSONBody[PublishRules],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> PublishedRules:
    """Publish a version for periods from a service date on that nobody has booked yet."""

    async def work(conn: Connection) -> PublishedRules:
        return await rule_versions.publish(
            conn, staff.venue_id, version, data, staff.staff_id, clock
        )

    return await run(pool, work)


@post("/rules/{version:int}/withdraw", guards=MANAGER, status_code=200, tags=["rules"])
async def withdraw(
    version: Version,
    data: JSONBody[WithdrawRules],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> RulesVersion:
    """Withdraw a version: no further period opens with it."""

    async def work(conn: Connection) -> RulesVersion:
        return await rule_versions.withdraw_rules(
            conn, staff.venue_id, version, data, staff.staff_id, clock
        )

    return await run(pool, work)


@get("/periods/{period_id:str}/override", guards=MANAGER, tags=["rules"])
async def overridden(
    period_id: FromPath[str], staff: GivenStaff, conn: GivenConnection
) -> PeriodRules:
    """The rules of a period, and which sections are overridden."""
    return await read_override(conn, staff.venue_id, period_id)


@post("/periods/{period_id:str}/override", guards=MANAGER, status_code=200, tags=["rules"])
async def differ(
    period_id: FromPath[str],
    data: JSONBody[Override],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> PeriodRules:
    """Override sections of the rules for one period; null ends an override."""

    async def work(conn: Connection) -> PeriodRules:
        return await override(conn, staff.venue_id, period_id, data, staff.staff_id, clock)

    return await run(pool, work)


@get("/purses", guards=MANAGER, tags=["rules"])
async def purses(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[Purse, ...]:
    """The purses of a date: spent and granted, by venue and person."""
    return await purses_of_date(conn, staff.venue_id, date, now=await clock.now(conn))


HANDLERS: Final = (versions, draft, publish, withdraw, overridden, differ, purses)
