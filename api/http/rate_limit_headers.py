"""Rate limit per client, and the RateLimit headers (IETF draft) on every answer of /v1."""

import math
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from api.http.methods import RESPONSE_START
from seating.access.request_limits import WINDOW, RequestAllowance, RequestLimiter
from seating.clock import wall_now
from seating.errors import too_many_requests

STATE_KEY: Final = "requests_left"
PARTNER_PATHS: Final = "/v1/"


async def count_request(connection: ASGIConnection[Any, Any, Any, Any], client_id: str) -> None:
    """Count a request; the rest is stored for the headers. Raises TooManyRequests."""
    limiter: RequestLimiter = connection.app.state.limiter
    left = await limiter.spend(connection.app.state.pool, client_id, wall_now())
    connection.scope["state"][STATE_KEY] = left
    if not left.allowed:
        raise too_many_requests(seconds_left(left))


def seconds_left(left: RequestAllowance) -> int:
    """Whole seconds until the window ends, at least 1."""
    return max(1, math.ceil((left.ends - wall_now()).total_seconds()))


async def add_rate_limit_headers(message: Message, scope: Scope) -> None:
    """Add RateLimit-Policy, RateLimit and, when the limit is exceeded, Retry-After."""
    if message["type"] != RESPONSE_START or not scope["path"].startswith(PARTNER_PATHS):
        return
    limiter: RequestLimiter = scope["litestar_app"].state.limiter
    headers = MutableScopeHeaders.from_message(message)
    headers["RateLimit-Policy"] = f'"default";q={limiter.limit};w={int(WINDOW.total_seconds())}'
    left: RequestAllowance | None = scope["state"].get(STATE_KEY)
    if left is None:
        return
    headers["RateLimit"] = f'"default";r={left.left};t={seconds_left(left)}'
    if not left.allowed:
        headers["Retry-After"] = str(seconds_left(left))
