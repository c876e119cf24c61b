"""Cases (promised parties that may have to wait), alerts to colleagues, foreseen refusals."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, JSONBody, QueryParameter

from api.host.fields import GivenNeeds
from api.http.dependencies import GivenClock, GivenConnection, GivenPool, GivenStaff, who_of
from api.http.fields import Instant
from policies.rescue.foreseen import ForeseenRefusal
from seating.db import Connection, run
from seating.rescue import alerts
from seating.rescue.alerts import Alert, CallsTonight, RaiseAlert, TakeOver
from seating.rescue.cases import Case, CloseCase, ClosedCase, cases_tonight, close_case
from seating.rescue.foreseen import CallerDetails, foreseen_refusals

MaybeSize = Annotated[int | None, QueryParameter(ge=1, le=1000)]
MaybeGuest = Annotated[UUID | None, QueryParameter()]
MaybeStart = Annotated[Instant | None, QueryParameter()]


@get("/cases", tags=["rescues"])
async def cases(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> tuple[Case, ...]:
    """Tonight's promised parties that may not be seated in time, oldest case first."""
    return await cases_tonight(conn, staff.venue_id, clock)


@post("/cases/{case_id:uuid}/close", status_code=200, tags=["rescues"])
async def close(
    case_id: FromPath[UUID],
    data: JSONBody[CloseCase],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> ClosedCase:
    """Close a case, with what was done."""

    async def work(conn: Connection) -> ClosedCase:
        return await close_case(conn, staff.venue_id, case_id, data, who_of(staff), clock)

    return await run(pool, work)


@get("/foreseen", tags=["rescues"])
async def foreseen(
    needs: GivenNeeds,
    staff: GivenStaff,
    conn: GivenConnection,
    clock: GivenClock,
    party_size: MaybeSize = None,
    guest_id: MaybeGuest = None,
    starts: MaybeStart = None,
) -> tuple[ForeseenRefusal, ...]:
    """Refusals expected soon; with `party_size`, also whether this guest would be refused."""
    call = None
    if party_size is not None:
        call = CallerDetails(party_size=party_size, starts=starts, guest_id=guest_id, needs=needs)
    return await foreseen_refusals(conn, staff.venue_id, call, clock)


@post("/alerts", tags=["rescues"])
async def call_colleague(
    data: JSONBody[RaiseAlert], staff: GivenStaff, pool: GivenPool, clock: GivenClock
) -> Alert:
    """Alert a colleague to a party that was refused; it shows on their tablet."""

    async def work(conn: Connection) -> Alert:
        return await alerts.raise_alert(conn, staff.venue_id, data, who_of(staff), clock)

    return await run(pool, work)


@get("/alerts", tags=["rescues"])
async def my_alerts(staff: GivenStaff, conn: GivenConnection, clock: GivenClock) -> CallsTonight:
    """Tonight's alerts to and by the logged-in person, and who else is on."""
    return await alerts.calls_tonight(conn, staff.venue_id, who_of(staff), clock)


@post("/alerts/{alert_id:uuid}/take-over", status_code=200, tags=["rescues"])
async def take_over(
    alert_id: FromPath[UUID],
    data: JSONBody[TakeOver],
    staff: GivenStaff,
    pool: GivenPool,
    clock: GivenClock,
) -> Alert:
    """Take over the party of an alert."""

    async def work(conn: Connection) -> Alert:
        return await alerts.take_over(conn, staff.venue_id, alert_id, data, who_of(staff), clock)

    return await run(pool, work)


HANDLERS: Final[tuple[Any, ...]] = (cases, close, foreseen, call_colleague, my_alerts, take_over)
