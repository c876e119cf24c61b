"""Whose phones and tablets ring: one subscription a person and device, at a browser's push service.

A device that is revoked, or a person who has left, hears nothing more.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated, Final
from uuid import UUID, uuid4

from msgspec import Meta, Struct

from policies.words.letters import LINE
from policies.words.message import message
from seating.access.sessions import StaffMember
from seating.clock import wall_now
from seating.db import Connection
from seating.errors import Invalid
from seating.notices.encrypting import is_point
from seating.webhooks.egress import MAX_URL_LENGTH

KEY_BYTES: Final = 65
SECRET_BYTES: Final = 16

SUBSCRIBE = """
insert into push_subscription (venue_id, subscription_id, staff_id, device_id, endpoint, key,
                               secret, language, made_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
on conflict (venue_id, staff_id, device_id) do update
    set endpoint = excluded.endpoint, key = excluded.key, secret = excluded.secret,
        language = excluded.language, made_at = excluded.made_at
"""

UNSUBSCRIBE = """
delete from push_subscription where venue_id = $1 and staff_id = $2 and device_id = $3
"""

IS_SUBSCRIBED = """
select endpoint from push_subscription where venue_id = $1 and staff_id = $2 and device_id = $3
"""

# After 404 or 410, unless the browser has subscribed anew meanwhile.
FORGET = """
delete from push_subscription where venue_id = $1 and subscription_id = $2 and endpoint = $3
"""

Base64Url = Annotated[str, Meta(min_length=20, max_length=200, pattern=r"^[A-Za-z0-9_-]+={0,2}\Z")]


class BrowserKeys(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of PushSubscription.getKey(): `p256dh` and `auth`, in base64url."""

    p256dh: Base64Url
    auth: Base64Url


class Subscribe(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """This device rings for this person from now on; as PushSubscription.toJSON() says it."""

    endpoint: Annotated[str, Meta(min_length=10, max_length=MAX_URL_LENGTH, pattern=LINE)]
    keys: BrowserKeys
    language: Annotated[str, Meta(min_length=2, max_length=10, pattern=LINE)] = "en"


async def subscribe(conn: Connection, who: StaffMember, wish: Subscribe, endpoint: str) -> None:
    """Let this device ring for this person; `endpoint`: its checked address. Raises Invalid."""
    key, secret = read_base64(wish.keys.p256dh), read_base64(wish.keys.auth)
    if len(secret) != SECRET_BYTES or len(key) != KEY_BYTES or not is_point(key):
        raise Invalid(message("push-keys-unreadable"), pointer="/keys")
    whose = (who.staff_id, who.device_id)
    keys = (endpoint, key, secret, wish.language)
    await conn.execute(SUBSCRIBE, who.venue_id, uuid4(), *whose, *keys, wall_now())


async def unsubscribe(conn: Connection, who: StaffMember) -> None:
    """Let this device ring for this person no more."""
    await conn.execute(UNSUBSCRIBE, who.venue_id, who.staff_id, who.device_id)


async def subscribed_at(conn: Connection, who: StaffMember) -> str | None:
    """Return the address at which this device rings for this person, None if it does not."""
    found: str | None = await conn.fetchval(
        IS_SUBSCRIBED, who.venue_id, who.staff_id, who.device_id
    )
    return found


async def forget(conn: Connection, venue_id: str, subscription_id: UUID, endpoint: str) -> None:
    """Delete a subscription that its push service no longer knows."""
    await conn.execute(FORGET, venue_id, subscription_id, endpoint)


def read_base64(text: str) -> bytes:
    """Return the bytes of base64url, padded or not."""
    bare = text.rstrip("=")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))


def as_base64url(raw: bytes) -> str:
    """Return base64url without padding, as browsers write it."""
    return urlsafe_b64encode(raw).decode().rstrip("=")
