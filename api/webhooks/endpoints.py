"""/v1/webhook-endpoints: a client's endpoints, their secrets and deliveries."""

from typing import Annotated, Final
from urllib.parse import urlsplit
from uuid import UUID

from litestar import Response, delete, get, post
from litestar.params import FromPath, JSONBody, PathParameter, QueryParameter
from msgspec.structs import asdict

from api.booking.answers import json_response
from api.booking.dependencies import GivenReader
from api.http.access import needs_scope
from api.http.dependencies import GivenConnection, GivenEgress, GivenPartner, GivenPool, GivenSeal
from api.http.described import response_specs
from api.http.fields import Sent, VenueKey, such_as
from api.http.queries import Cursor, Limit, cursor_of, cursor_of_name, name_in, position_in
from api.webhooks.answers import (
    Deliveries,
    DeliverySeen,
    EndpointMade,
    Endpoints,
    EndpointSeen,
    EventTypes,
    SecretSeen,
    Url,
    delivery_seen,
    endpoint_seen,
)
from seating.access.audit import keep_record
from seating.clock import wall_now
from seating.db import transaction
from seating.webhooks.courier import LEASE
from seating.webhooks.deliveries import deliver_test, deliveries_of, redeliver
from seating.webhooks.endpoints import (
    create_endpoint,
    delete_endpoint,
    endpoints_of_client,
    read_endpoint,
    rotate_secret,
)

WEBHOOKS: Final = [needs_scope("webhooks")]
ONE: Final = "/webhook-endpoints/{endpoint_id:str}"

EndpointId = Annotated[
    str,
    PathParameter(
        max_length=80,
        description="The endpoint's id.",
        schema_extra=such_as("bistro:5f0c6e0e-6d0b-4d0e-9a53-6a2b8f1f6f10"),
    ),
]
OfVenue = Annotated[
    str | None,
    QueryParameter(
        max_length=40, description="Those of one venue.", schema_extra=such_as("bistro")
    ),
]


def host_of(url: str) -> str:
    """The host of an endpoint for the record: what stands behind it may be a secret."""
    return urlsplit(url).hostname or ""


class NewEndpoint(Sent, frozen=True, kw_only=True):
    """Where to send events of a venue that grants you access."""

    venue: VenueKey
    url: Url
    event_types: EventTypes


@post(
    "/webhook-endpoints",
    guards=WEBHOOKS,
    operation_id="createWebhookEndpoint",
    responses=response_specs(201, EndpointMade, 409, 422),
    tags=["webhooks"],
)
async def create(
    data: JSONBody[NewEndpoint],
    partner: GivenPartner,
    pool: GivenPool,
    seal: GivenSeal,
    egress: GivenEgress,
) -> Response[bytes]:
    """Register an endpoint; the answer holds the secret that signs its messages."""
    url = await egress.check_url(data.url, partner.client_id)
    async with transaction(pool) as conn:
        made, secret = await create_endpoint(
            conn,
            data.venue,
            partner.client_id,
            url,
            data.event_types,
            seal,
            now=wall_now(),
        )
        facts = {"endpoint": made.name, "host": host_of(url), "types": made.types}
        await keep_record(conn, data.venue, "AddEndpoint", facts, by=None)
    seen = EndpointMade(**asdict(endpoint_seen(made)), secret=secret)
    return json_response(seen, 201, {"Location": f"/v1/webhook-endpoints/{made.name}"})


@get(
    "/webhook-endpoints",
    guards=WEBHOOKS,
    operation_id="listWebhookEndpoints",
    responses=response_specs(200, Endpoints),
    tags=["webhooks"],
)
async def endpoints(
    partner: GivenPartner,
    reader: GivenReader,
    venue: OfVenue = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response[bytes]:
    """List your endpoints, of all venues or of one."""
    found = await endpoints_of_client(
        reader, partner.client_id, venue_id=venue, after=name_in(cursor) or None, limit=limit + 1
    )
    shown = found[:limit]
    more = cursor_of_name(shown[-1].name) if found[limit:] else None
    return json_response(
        Endpoints(items=[endpoint_seen(one) for one in shown], next_cursor=more), 200
    )


@get(
    ONE,
    guards=WEBHOOKS,
    operation_id="getWebhookEndpoint",
    responses=response_specs(200, EndpointSeen),
    tags=["webhooks"],
)
async def endpoint(
    endpoint_id: EndpointId, partner: GivenPartner, reader: GivenReader
) -> Response[bytes]:
    """Read an endpoint of yours."""
    found = await read_endpoint(reader, endpoint_id, partner.client_id)
    return json_response(endpoint_seen(found), 200)


@delete(
    ONE,
    guards=WEBHOOKS,
    operation_id="deleteWebhookEndpoint",
    responses=response_specs(204, None),
    tags=["webhooks"],
)
async def remove(endpoint_id: EndpointId, partner: GivenPartner, conn: GivenConnection) -> None:
    """Remove an endpoint; pending deliveries to it are dropped."""
    gone = await delete_endpoint(conn, endpoint_id, partner.client_id)
    facts = {"endpoint": endpoint_id, "host": host_of(gone.url)}
    await keep_record(conn, gone.venue_id, "RemoveEndpoint", facts, by=None)


@post(
    f"{ONE}/rotate-secret",
    guards=WEBHOOKS,
    status_code=200,
    operation_id="rotateWebhookSecret",
    responses=response_specs(200, SecretSeen),
    tags=["webhooks"],
)
async def rotate(
    endpoint_id: EndpointId, partner: GivenPartner, conn: GivenConnection, seal: GivenSeal
) -> Response[bytes]:
    """Make a new secret; for a day messages are signed with the old one as well."""
    secret = await rotate_secret(conn, endpoint_id, partner.client_id, seal, now=wall_now())
    found = await read_endpoint(conn, endpoint_id, partner.client_id)
    facts = {"endpoint": endpoint_id}
    await keep_record(conn, found.venue_id, "RotateEndpointSecret", facts, by=None)
    return json_response(SecretSeen(secret=secret, old_secret_until=found.old_secret_until), 200)


@post(
    f"{ONE}/test",
    guards=WEBHOOKS,
    status_code=202,
    operation_id="testWebhookEndpoint",
    responses=response_specs(202, DeliverySeen, 409),
    tags=["webhooks"],
)
async def test(
    endpoint_id: EndpointId, partner: GivenPartner, conn: GivenConnection
) -> Response[bytes]:
    """Send a message of type webhook.test; its result is listed with the deliveries."""
    found = await read_endpoint(conn, endpoint_id, partner.client_id)
    return json_response(delivery_seen(await deliver_test(conn, found, now=wall_now())), 202)


@get(
    f"{ONE}/deliveries",
    guards=WEBHOOKS,
    operation_id="listWebhookDeliveries",
    responses=response_specs(200, Deliveries),
    tags=["webhooks"],
)
async def deliveries(
    endpoint_id: EndpointId,
    partner: GivenPartner,
    reader: GivenReader,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response[bytes]:
    """List the deliveries of the last thirty days, the latest first."""
    found = await read_endpoint(reader, endpoint_id, partner.client_id)
    all_ = await deliveries_of(reader, found, after=position_in(cursor), limit=limit + 1)
    shown = all_[:limit]
    more = cursor_of(shown[-1].created_at, shown[-1].delivery_id) if all_[limit:] else None
    return json_response(
        Deliveries(items=[delivery_seen(one) for one in shown], next_cursor=more), 200
    )


@post(
    f"{ONE}/deliveries/{{delivery_id:uuid}}/redeliver",
    guards=WEBHOOKS,
    status_code=202,
    operation_id="redeliverWebhook",
    responses=response_specs(202, DeliverySeen, 409),
    tags=["webhooks"],
)
async def again(
    endpoint_id: EndpointId,
    delivery_id: FromPath[UUID],
    partner: GivenPartner,
    conn: GivenConnection,
) -> Response[bytes]:
    """Deliver a message again now, with the same id."""
    found = await read_endpoint(conn, endpoint_id, partner.client_id)
    done = await redeliver(conn, found, delivery_id, lease=LEASE, now=wall_now())
    return json_response(delivery_seen(done), 202)


HANDLERS: Final = (create, endpoints, endpoint, remove, rotate, test, deliveries, again)
