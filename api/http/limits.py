"""How many requests a client may make, told on every answer of /v1 (HTTP RateLimit headers)."""

import math
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from api.http.methods import RESPONSE_START
from seating.access.request_limits import WINDOW, Left, Limiter
from seating.clock import wall_now
from seating.errors import TooManyRequests

SEEN: Final = "requests_left"
PARTNERS: Final = "/v1/"


async def count_request(connection: ASGIConnection[Any, Any, Any, Any], client_id: str) -> None:
    """Raises TooManyRequests; what is left is kept for the answer's headers."""
    limiter: Limiter = connection.app.state.limiter
    left = await limiter.spend(connection.app.state.pool, client_id, wall_now())
    connection.scope["state"][SEEN] = left
    if not left.allowed:
        raise TooManyRequests(f"Too many requests: wait {seconds(left)} seconds.")


def seconds(left: Left) -> int:
    """Until the window ends, at least one."""
    return max(1, math.ceil((left.ends - wall_now()).total_seconds()))


async def say_limits(message: Message, scope: Scope) -> None:
    """Put the policy, what is left and (on a 429 of ours) how long to wait into the answer."""
    if message["type"] != RESPONSE_START or not scope["path"].startswith(PARTNERS):
        return
    limiter: Limiter = scope["litestar_app"].state.limiter
    headers = MutableScopeHeaders.from_message(message)
    headers["RateLimit-Policy"] = f'"default";q={limiter.limit};w={int(WINDOW.total_seconds())}'
    left: Left | None = scope["state"].get(SEEN)
    if left is None:
        return
    headers["RateLimit"] = f'"default";r={left.left};t={seconds(left)}'
    if not left.allowed:
        headers["Retry-After"] = str(seconds(left))
