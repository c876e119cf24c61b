"""The Litestar application, and the resources that live as long as it does."""

import logging
import sys
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.types import (
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Receive,
    Scope,
    Send,
)

from api.background.broadcast import broadcasting
from api.background.counting import counting
from api.background.warming import begin_warming
from api.edge.endings import end
from api.edge.failures import FAILURES
from api.edge.limits import Pace, SeenCredentials, limited
from api.edge.origin import note_origin, record_refusal, was_refused
from api.edge.proxies import see_through, trust_in
from api.edge.security_log import log_to_stderr
from api.edge.sending import Sending
from api.guest.failures import for_guests
from api.http.access import AUTHENTICATION, needs_role, staff_only
from api.http.dependencies import DEPENDENCIES
from api.http.lent_connections import give_back
from api.http.methods import add_allow_header, allow_headers
from api.http.parameters import known_queries_only
from api.http.problems import BROKEN, HANDLERS, MEDIA_TYPE
from api.http.rate_limit_headers import add_rate_limit_headers
from api.http.requests import StrictRequest
from api.jobs import background_work, clock_of
from api.openapi.everything import FullSchema
from api.ops.demo import DEMO
from api.ops.metrics import Metrics, count_answer, timed
from api.ops.writes import WriteWatch
from api.routes import ROUTES
from api.screens.built import BuiltScreens
from api.settings import Settings, from_environment, networks_in, pepper_of, seal_of
from seating.access.request_limits import RequestLimiter
from seating.clock import wall_now
from seating.connecting import NoConnectionError
from seating.db import ACTING, open_pool
from seating.fitness import UnfitDatabaseError
from seating.house.carrying import follow_houses
from seating.house.zone_changes import keep_local_times
from seating.webhooks.egress import Egress, for_registering
from seating.webhooks.sealed_secrets import LinkSeal

log = logging.getLogger("maitred")

SWITCH_SECONDS: Final = 0.001
"""Python's thread switch interval. A decision calls dozens of kernels that release the GIL; each
return waits this long for it: at the default of 0.005 s, 20 ms of work took 100 under load."""

ROOT: Final = "/"

# Where the schema of every route is served, those of the screens included.
FULL_SCHEMA_PATH: Final = "/docs/everything"


def create_app(settings: Settings | None = None) -> Litestar:
    """The application with `settings`, or those of the environment. Raises SettingsError."""
    settings = settings or from_environment()
    app = Application(
        [*ROUTES, DEMO] if settings.demo else ROUTES,
        lifespan=[lifespan],
        dependencies=DEPENDENCIES,
        middleware=[timed, limited, AUTHENTICATION],
        guards=[known_queries_only],
        exception_handlers=for_guests(HANDLERS),
        request_class=StrictRequest,
        request_max_body_size=settings.max_body_bytes,
        openapi_config=openapi_config(),
        logging_config=None,
        before_send=[add_allow_header, add_rate_limit_headers, count_answer],
    )
    begin_anew(app, settings)
    log_to_stderr()
    return app


def begin_anew(app: Litestar, settings: Settings) -> None:
    """Set the state that outlives a lifespan (metrics, request limits) as in a new application."""
    app.state = State({"settings": settings, "allowed": allow_headers(app), "metrics": Metrics()})
    app.state.screens = BuiltScreens()
    app.state.writes = WriteWatch()
    app.state.unwise = ""
    app.state.limiter = RequestLimiter(settings.requests_per_minute)
    app.state.pace, app.state.guesses = Pace(settings.limit_factor), Pace(settings.limit_factor)
    app.state.seen = SeenCredentials()
    app.state.trusts = trust_in(networks_in(settings.trusted_proxies))


class Application(Litestar):
    """Litestar that tells a server why it did not start, and takes back what a request was lent.

    What trusted proxies say of the browser stands in the scope before anybody reads it, and every
    answer leaves with the headers of api/edge/headers.py.
    """

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        answer: Any = send  # of the kind that the scope is of

        async def told(message: Any) -> None:  # noqa: ANN401 - as said above
            if message["type"] == "lifespan.startup.failed" and "refused" in self.state:
                message["message"] = self.state.refused
            await answer(message)

        if scope["type"] == "lifespan":
            await super().__call__(scope, receive, told)
            return
        if not scope["path"].startswith(ROOT):  # OPTIONS * (RFC 9112, 3.2.4): nobody's address
            scope["path"] = ROOT + scope["path"]
        see_through(scope, self.state.trusts)
        note_origin(scope)
        sending = Sending(answer)
        nobody = ACTING.set(None)
        try:
            await super().__call__(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - of the framework itself
            if sending.given_up:
                log.info("a stream ended: its reader was too slow")
            else:
                FAILURES.note("a request", error)
                await sending.say_broken(BROKEN.content, MEDIA_TYPE)
        finally:
            try:
                await end(scope)
            finally:
                await give_back(scope)
                ACTING.reset(nobody)
        if was_refused(scope):
            await record_refusal(scope, self.state)


@asynccontextmanager
async def lifespan(app: Litestar) -> AsyncGenerator[None, None]:
    """Open pool, clock, search counter, live events and (if embedded) the jobs; close in reverse.

    Before the first answer, what the zone rules of now have moved keeps its local time.
    The kernels are compiled in a thread meanwhile; /readyz answers 503 until that is done.
    """
    settings: Settings = app.state.settings
    dsn, sizes = settings.database_url, (settings.pool_min, settings.pool_max)
    sys.setswitchinterval(SWITCH_SECONDS)
    async with AsyncExitStack() as life:
        try:
            pool = await open_pool(dsn, min_size=sizes[0], max_size=sizes[1])
        except (NoConnectionError, UnfitDatabaseError) as error:
            app.state.refused = str(error)
            raise
        app.state.pool = await life.enter_async_context(pool)
        app.state.unwise = pool.unwise
        app.state.clock = clock_of(settings)
        app.state.seal = seal_of(settings)
        app.state.pepper = pepper_of(settings)
        app.state.link_seal = LinkSeal(app.state.seal, settings.database_url)
        await follow_houses(pool, app.state.clock)
        await keep_local_times(pool, app.state.clock)
        app.state.egress = Egress(loopback=settings.webhooks_to_loopback, resolve=for_registering())
        app.state.started_at = wall_now()
        app.state.warming = begin_warming()
        app.state.searches = await life.enter_async_context(counting(pool))
        app.state.broadcaster = await life.enter_async_context(broadcasting(dsn, pool))
        if settings.jobs == "embedded":
            await life.enter_async_context(background_work(pool, app.state.clock, settings))
        yield


def openapi_config() -> OpenAPIConfig:
    """The schema of every route, as JSON, for managers and up: it names what only screens ask."""
    return OpenAPIConfig(
        title="Maitred",
        version="1",
        path=FULL_SCHEMA_PATH,
        render_plugins=[FullSchema()],
        openapi_router=Router(
            FULL_SCHEMA_PATH,
            route_handlers=[],
            guards=[staff_only, needs_role("manager")],
            include_in_schema=False,
        ),
    )
