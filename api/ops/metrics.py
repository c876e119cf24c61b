"""GET /metrics: Prometheus metrics of this process, without names of guests or venues.

Needs MAITRED_METRICS_TOKEN as a bearer token; 404 while that variable is not set.
"""

from collections.abc import Awaitable
from time import perf_counter
from typing import Any, Final

from litestar import Request, Response, get
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from api.http.access import OPEN
from api.http.dependencies import GivenPool, GivenSettings
from api.http.methods import RESPONSE_START
from policies.words.message import message
from seating.access.credentials import hash_of, same_hash
from seating.backups.standing import steps_of
from seating.clock import wall_now
from seating.errors import NotFound, Unauthenticated
from seating.jobs.runs import last_successes

STARTED: Final = "began"
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """The metrics of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ["method", "route"]
        self.answers = Counter(
            "maitred_answers", "Answers by status.", [*labels, "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "maitred_answer_seconds",
            "From the request to the first byte of its answer.",
            labels,
            registry=self.registry,
            buckets=BUCKETS,
        )
        self.connections = Gauge(
            "maitred_connections", "To the database.", ["state"], registry=self.registry
        )
        self.job_age = Gauge(
            "maitred_job_age_seconds",
            "Since a job last did its work.",
            ["job"],
            registry=self.registry,
        )
        self.backup_age = Gauge(
            "maitred_backup_age_seconds",
            "Since a backup was last made, and since one was last read back.",
            ["step"],
            registry=self.registry,
        )
        self.backup_failures = Gauge(
            "maitred_backup_failures",
            "Failures since the step last went well.",
            ["step"],
            registry=self.registry,
        )


def timed(app: ASGIApp) -> ASGIApp:
    """Middleware that stores when a request arrived."""

    def middleware(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        scope["state"][STARTED] = perf_counter()
        return app(scope, receive, send)

    return middleware


async def count_answer(message: Message, scope: Scope) -> None:
    """Count an answer by its route template, so that labels stay few and without ids."""
    if message["type"] != RESPONSE_START:
        return
    metrics: Metrics = scope["litestar_app"].state.metrics
    route = scope.get("path_template") or "none"
    method = str(scope.get("method")) if route != "none" else "none"
    metrics.answers.labels(method, route, str(message["status"])).inc()
    if (began := scope["state"].get(STARTED)) is not None:
        metrics.seconds.labels(method, route).observe(perf_counter() - began)


@get("/metrics", opt=OPEN, include_in_schema=False)
async def metrics(
    request: Request[Any, Any, Any], settings: GivenSettings, pool: GivenPool
) -> Response[bytes]:
    """Raises NotFound while no token is set, Unauthenticated for another one."""
    if not settings.metrics_token:
        raise NotFound(message("metrics-off"))
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not same_hash(shown, hash_of(settings.metrics_token)):
        raise Unauthenticated(message("metrics-token-needed"))
    kept: Metrics = request.app.state.metrics
    kept.connections.labels("idle").set(pool.get_idle_size())
    kept.connections.labels("busy").set(pool.get_size() - pool.get_idle_size())
    now = wall_now()
    for job, at in (await last_successes(pool)).items():
        kept.job_age.labels(job).set((now - at).total_seconds())
    for step, standing in (await steps_of(pool, now)).items():
        kept.backup_failures.labels(step).set(standing.failures)
        if standing.ok_at:
            kept.backup_age.labels(step).set((now - standing.ok_at).total_seconds())
    return Response(generate_latest(kept.registry), media_type=CONTENT_TYPE_LATEST)
