"""HealthCheck: the readiness check of /readyz in Google's message."""

from typing import Final, Literal

from litestar import Response, get
from litestar.datastructures import State
from msgspec import Struct

from api.http.dependencies import GivenPool, GivenSettings
from api.ops.health import what_is_wrong


class HealthCheckResponse(Struct, frozen=True, kw_only=True):
    status: Literal["SERVING", "NOT_SERVING"]


@get("/HealthCheck")
async def health(
    pool: GivenPool, settings: GivenSettings, state: State
) -> Response[HealthCheckResponse]:
    """503 while the service is not ready (see api/ops/health.py)."""
    wrong = await what_is_wrong(pool, settings, state)
    answer = HealthCheckResponse(status="NOT_SERVING" if wrong else "SERVING")
    return Response(answer, status_code=503 if wrong else 200)


HANDLERS: Final = (health,)
