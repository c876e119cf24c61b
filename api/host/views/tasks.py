"""What is to be brought now, for the tablets of floor and kitchen."""

from typing import Annotated, Final

from litestar import get
from litestar.params import QueryParameter

from api.http.dependencies import GivenClock, GivenConnection, GivenStaff
from policies.house.rules import Carrier
from seating.gestures.tasks import Task, tasks_due

OfCarrier = Annotated[Carrier | None, QueryParameter(description="Who brings it; all by default.")]


@get("/tasks", tags=["gestures"])
async def tasks(
    staff: GivenStaff, conn: GivenConnection, clock: GivenClock, carrier: OfCarrier = None
) -> tuple[Task, ...]:
    """Gestures that are due now, the longest first.

    Ask again after `gesture.*` (`gesture.due`: one has become due) and `seating.*`.
    """
    return await tasks_due(conn, staff.venue_id, carrier, clock)


HANDLERS: Final = (tasks,)
