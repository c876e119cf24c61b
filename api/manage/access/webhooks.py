"""Where the house's events are sent, for its managers: each client's endpoints and deliveries.

Their clients make and remove them, at /v1/webhook-endpoints.
"""

from typing import Final
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from msgspec import Struct

from api.http.access import needs_role
from api.http.dependencies import GivenConnection, GivenStaff
from api.http.fields import NextCursor
from api.http.queries import Cursor, Limit, cursor_of, position_in
from seating.clock import wall_now
from seating.webhooks.courier import LEASE
from seating.webhooks.deliveries import Delivery, deliver_test, deliveries_of, redeliver
from seating.webhooks.endpoints import EndpointOfClient, endpoint_at, endpoints_at

MANAGER: Final = [needs_role("manager")]
ONE: Final = "/webhook-endpoints/{endpoint_id:uuid}"


class DeliveryPage(Struct, frozen=True, kw_only=True):
    """Deliveries of the last thirty days, the latest first."""

    items: tuple[Delivery, ...]
    next_cursor: NextCursor | None = None


@get("/webhook-endpoints", guards=MANAGER, tags=["clients"])
async def endpoints(staff: GivenStaff, conn: GivenConnection) -> tuple[EndpointOfClient, ...]:
    """Every endpoint that hears of this venue, with its client and what is not delivered."""
    return await endpoints_at(conn, staff.venue_id)


@get(f"{ONE}/deliveries", guards=MANAGER, tags=["clients"])
async def deliveries(
    endpoint_id: FromPath[UUID],
    staff: GivenStaff,
    conn: GivenConnection,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DeliveryPage:
    """What was sent to an endpoint, and what came of it."""
    found = await endpoint_at(conn, staff.venue_id, endpoint_id)
    told = await deliveries_of(conn, found, after=position_in(cursor), limit=limit + 1)
    return page_of(told, limit)


@post(f"{ONE}/test", guards=MANAGER, status_code=202, tags=["clients"])
async def test(endpoint_id: FromPath[UUID], staff: GivenStaff, conn: GivenConnection) -> Delivery:
    """Send a message of type webhook.test; its result is listed with the deliveries."""
    found = await endpoint_at(conn, staff.venue_id, endpoint_id)
    return await deliver_test(conn, found, now=wall_now())


@post(
    f"{ONE}/deliveries/{{delivery_id:uuid}}/again",
    guards=MANAGER,
    status_code=202,
    tags=["clients"],
)
async def again(
    endpoint_id: FromPath[UUID],
    delivery_id: FromPath[UUID],
    staff: GivenStaff,
    conn: GivenConnection,
) -> Delivery:
    """Deliver a message again now, with the same id."""
    found = await endpoint_at(conn, staff.venue_id, endpoint_id)
    return await redeliver(conn, found, delivery_id, lease=LEASE, now=wall_now())


def page_of(told: tuple[Delivery, ...], limit: int) -> DeliveryPage:
    """The first `limit` deliveries, and the cursor where there are more."""
    shown = told[:limit]
    more = cursor_of(shown[-1].created_at, shown[-1].delivery_id) if told[limit:] else None
    return DeliveryPage(items=shown, next_cursor=more)


HANDLERS: Final = (endpoints, deliveries, test, again)
