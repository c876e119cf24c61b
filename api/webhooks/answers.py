"""Webhook endpoints and deliveries as answered to their client."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from api.http.fields import Moment, NextCursor, VenueKey
from policies.webhooks import EventType
from seating.webhooks.deliveries import Delivery
from seating.webhooks.egress import MAX_URL_LENGTH
from seating.webhooks.endpoints import WebhookEndpoint
from seating.webhooks.outbox import MAX_BODY_BYTES

Url = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=MAX_URL_LENGTH,
        description="https, at a public address.",
        examples=["https://example.com/maitred"],
    ),
]
EventTypes = Annotated[list[EventType], Meta(min_length=1, max_length=20)]
EndpointKey = Annotated[
    str, Meta(max_length=80, examples=["bistro:5f0c6e0e-6d0b-4d0e-9a53-6a2b8f1f6f10"])
]
Secret = Annotated[
    str,
    Meta(
        max_length=100,
        pattern=r"^whsec_[A-Za-z0-9+/=]+\Z",
        examples=["whsec_VGhlIGZpcnN0IHJ1bGUgb2YgdGhlIGhvdXNlOiBzYXkgeWVzLg=="],
    ),
]
Why = Annotated[str, Meta(max_length=100, examples=["it answered 410"])]


class EndpointSeen(Struct, frozen=True, kw_only=True):
    """A disabled endpoint cannot be enabled again. Until `old_secret_until` both secrets sign."""

    id: EndpointKey
    venue: VenueKey
    url: Url
    event_types: EventTypes
    created_at: Moment
    disabled_at: Moment | None
    disabled_because: Why | None
    old_secret_until: Moment | None


class EndpointMade(EndpointSeen, frozen=True, kw_only=True):
    """`secret` is not returned again."""

    secret: Secret


class Endpoints(Struct, frozen=True, kw_only=True):
    items: Annotated[list[EndpointSeen], Meta(max_length=200)]
    next_cursor: NextCursor | None


class SecretSeen(Struct, frozen=True, kw_only=True):
    """The new secret, not returned again; the old one also signs until `old_secret_until`."""

    secret: Secret
    old_secret_until: Moment | None


class DeliverySeen(Struct, frozen=True, kw_only=True):
    """`id` is the message's `webhook-id`; `next_attempt_at` is null once delivered or given up."""

    id: UUID
    type: Annotated[str, Meta(max_length=60, examples=["reservation.confirmed"])]
    status: Literal["pending", "delivered", "given_up"]
    attempts: Annotated[int, Meta(ge=0, le=1000, examples=[1])]
    created_at: Moment
    last_attempt_at: Moment | None
    last_status: Annotated[int, Meta(ge=100, le=999, examples=[204])] | None
    last_error: Annotated[str, Meta(max_length=100, examples=["no answer in time"])] | None
    next_attempt_at: Moment | None
    body: Annotated[
        str,
        Meta(
            max_length=MAX_BODY_BYTES,
            description="The message, as it is signed and sent.",
            examples=['{"type":"webhook.test","timestamp":"2026-11-28T19:30:00+01:00","data":{}}'],
        ),
    ]


class Deliveries(Struct, frozen=True, kw_only=True):
    items: Annotated[list[DeliverySeen], Meta(max_length=200)]
    next_cursor: NextCursor | None


def endpoint_seen(endpoint: WebhookEndpoint) -> EndpointSeen:
    return EndpointSeen(
        id=endpoint.name,
        venue=endpoint.venue_id,
        url=endpoint.url,
        event_types=list(endpoint.types),
        created_at=endpoint.created_at,
        disabled_at=endpoint.disabled_at,
        disabled_because=endpoint.disabled_why,
        old_secret_until=endpoint.old_secret_until,
    )


def delivery_seen(delivery: Delivery) -> DeliverySeen:
    return DeliverySeen(
        id=delivery.delivery_id,
        type=delivery.type,
        status=delivery.status,
        attempts=delivery.attempts,
        created_at=delivery.created_at,
        last_attempt_at=delivery.last_at,
        last_status=delivery.last_status,
        last_error=delivery.last_error,
        next_attempt_at=delivery.next_at,
        body=delivery.body,
    )
