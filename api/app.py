"""The application: what it is made of, and what lives as long as it does."""

import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Final

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from api.background.broadcast import broadcasting
from api.background.counting import counting
from api.background.warming import begin_warming
from api.http.access import AUTHENTICATION, OPEN
from api.http.dependencies import GIVEN
from api.http.limits import say_limits
from api.http.methods import allowed, say_methods
from api.http.problems import HANDLERS
from api.http.requests import StrictRequest
from api.jobs import at_work, clock_of
from api.ops.demo import DEMO
from api.ops.metrics import Metrics, count_answer, timed
from api.routes import ROUTES
from api.settings import Settings, from_environment, seal_of
from seating.access.request_limits import Limiter
from seating.clock import wall_now
from seating.db import open_pool
from seating.webhooks.egress import Egress

SWITCH_SECONDS: Final = 0.001
"""A thread that comes back from a kernel waits so long for the one that answers requests: a
decision runs dozens of kernels, and at Python's 0.005 a busy minute made 20 ms of work 100."""

# The routes of the screens too, for those who work on them.
WHOLE: Final = "/docs/everything"


def create_app(settings: Settings | None = None) -> Litestar:
    """The application by `settings`, or by the environment. Raises SettingsError."""
    settings = settings or from_environment()
    app = Litestar(
        [*ROUTES, DEMO] if settings.demo else ROUTES,
        lifespan=[living],
        dependencies=GIVEN,
        middleware=[timed, AUTHENTICATION],
        exception_handlers=HANDLERS,
        request_class=StrictRequest,
        request_max_body_size=settings.max_body_bytes,
        openapi_config=openapi(),
        logging_config=None,
        before_send=[say_methods, say_limits, count_answer],
    )
    begin_anew(app, settings)
    return app


def begin_anew(app: Litestar, settings: Settings) -> None:
    """Give an application what it remembers beyond its life, in the state of a new one."""
    app.state = State({"settings": settings, "allowed": allowed(app), "metrics": Metrics()})
    app.state.limiter = Limiter(settings.requests_per_minute)


@asynccontextmanager
async def living(app: Litestar) -> AsyncGenerator[None, None]:
    """Pool, clock, counters, live events and (if embedded) the jobs, ended in the opposite order.

    The decisions' kernels are loaded meanwhile; /readyz waits for them.
    """
    settings: Settings = app.state.settings
    dsn, sizes = settings.database_url, (settings.pool_min, settings.pool_max)
    sys.setswitchinterval(SWITCH_SECONDS)
    async with AsyncExitStack() as life:
        pool = await open_pool(dsn, min_size=sizes[0], max_size=sizes[1])
        app.state.pool = await life.enter_async_context(pool)
        app.state.clock = clock_of(settings)
        app.state.seal = seal_of(settings)
        app.state.egress = Egress(loopback=settings.webhooks_to_loopback)
        app.state.started_at = wall_now()
        app.state.warming = begin_warming()
        app.state.searches = await life.enter_async_context(counting(pool))
        app.state.broadcaster = await life.enter_async_context(broadcasting(dsn, pool))
        if settings.jobs == "embedded":
            await life.enter_async_context(at_work(pool, app.state.clock, settings))
        yield


def openapi() -> OpenAPIConfig:
    """Our own schema; the page that shows it comes without anybody else's servers."""
    return OpenAPIConfig(
        title="Maitred",
        version="1",
        path=WHOLE,
        render_plugins=[JsonRenderPlugin()],
        openapi_router=Router(WHOLE, route_handlers=[], opt=OPEN, include_in_schema=False),
    )
