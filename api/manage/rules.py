"""Versions of the rules: draft, publish from a date, withdraw, override for one period; purses."""

from typing import Annotated, Final

from litestar import get, patch, post
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter

from api.http.access import confirmed, needs_role
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff
from api.http.fields import AskedDate
from policies.drafts.diff import Difference
from seating.db import Connection, run
from seating.gestures.purses import Purse, purses_of_date
from seating.house import open_periods, rule_versions
from seating.house.open_periods import (
    PreviewRules,
    Publication,
    RulesPreview,
    preview,
    publish_rules,
)
from seating.house.overrides import (
    OverriddenDates,
    Override,
    OverrideDates,
    PeriodRules,
    override,
    override_dates,
    read_override,
)
from seating.house.rule_versions import (
    DraftRules,
    PatchRules,
    PublishRules,
    RulesVersion,
    WithdrawRules,
)

MANAGER: Final = [needs_role("manager")]
SURE: Final = [needs_role("manager"), confirmed]
Version = Annotated[int, PathParameter(ge=1, le=2_147_483_647)]
BaseVersion = Annotated[int | None, QueryParameter(ge=1, le=2_147_483_647)]


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


@patch("/rules", guards=MANAGER, status_code=201, tags=["rules"])
async def patched(
    data: JSONBody[PatchRules], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> RulesVersion:
    """Make a draft from the version in force (or another) with some keys changed."""

    async def work(conn: Connection) -> RulesVersion:
        return await rule_versions.patch_rules(conn, staff.venue_id, data, staff.staff_id, clock)

    return await run(pool, work)


@get("/rules/{version:int}/differences", guards=MANAGER, tags=["rules"])
async def compared(
    version: Version,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    base: BaseVersion = None,
) -> tuple[Difference, ...]:
    """What is different in a version: from `base`, or from the version in force today."""
    return await rule_versions.compare_versions(conn, staff.venue_id, version, base, clock)


@post("/rules/{version:int}/preview", guards=MANAGER, status_code=200, tags=["rules"])
async def foreseen(
    version: Version,
    data: JSONBody[PreviewRules],
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
) -> RulesPreview:
    """Tell what publishing a version would change in each open period; nothing is written."""
    return await preview(conn, staff.venue_id, version, data, clock)


@post("/rules/{version:int}/publish", guards=SURE, status_code=200, tags=["rules"])
async def publish(
    version: Version,
    data: JSONBody[PublishRules],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Publication:
    """Publish a version from a service date on; with `also_open` its capacity reaches open dates.

    While `left` is not 0, send it again: it goes on with the periods that are left.
    """
    return await publish_rules(pool, staff.venue_id, version, data, staff.staff_id, clock)


@post("/rules/{version:int}/withdraw", guards=MANAGER, status_code=200, tags=["rules"])
async def withdraw(
    version: Version,
    data: JSONBody[WithdrawRules],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> RulesVersion:
    """Withdraw a version: no further period opens with it, and open ones keep its capacity only."""
    return await open_periods.withdraw(pool, staff.venue_id, version, data, staff.staff_id, clock)


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
    """Override keys of the rules for one period; null ends an override."""

    async def work(conn: Connection) -> PeriodRules:
        return await override(conn, staff.venue_id, period_id, data, staff.staff_id, clock)

    return await run(pool, work)


@post("/overrides", guards=MANAGER, status_code=200, tags=["rules"])
async def differ_on_dates(
    data: JSONBody[OverrideDates], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> OverriddenDates:
    """Override keys of the rules for the periods of many dates, each told on its own."""
    return await override_dates(pool, staff.venue_id, data, staff.staff_id, clock)


@get("/purses", guards=MANAGER, tags=["rules"])
async def purses(
    date: AskedDate, staff: GivenStaff, conn: GivenConnection, clock: GivenClock
) -> tuple[Purse, ...]:
    """The purses of a date: spent and granted, by venue and person."""
    return await purses_of_date(conn, staff.venue_id, date, now=await clock.now(conn))


HANDLERS: Final = (
    versions,
    draft,
    patched,
    compared,
    foreseen,
    publish,
    withdraw,
    overridden,
    differ,
    differ_on_dates,
    purses,
)
