"""Every route. Handlers are listed per folder; guards and dependencies come with the router."""

from typing import Any, Final

from litestar import MediaType, Request, Response, Router, get
from litestar.types import ControllerRouterHandler

from api.booking import availability, dependencies, enquiries, reservations, slot_holds, venues
from api.booking import waitlist as queue
from api.edge.compressing import COMPRESSED
from api.google import availability as look_ups
from api.google import bookings as google_bookings
from api.google import dependencies as google_given
from api.google import health as google_health
from api.google import waitlist as google_waitlist
from api.google.proto import ProtoRequest
from api.guest import booking as own_bookings
from api.guest import messages, new_tablet, visits, waiting
from api.host import (
    ahead,
    book,
    cases,
    fields,
    gestures,
    guests,
    live,
    login,
    orders,
    rescues,
    thread,
    tonight,
    turnaways,
    waitlist,
    words,
)
from api.host.desk import house_rules
from api.host.desk import reservations as desk
from api.host.roles.hiding import ForRole
from api.host.roles.table import by_rights
from api.host.views import guest_notices, kitchen, notices, tasks, timeline
from api.http import oauth
from api.http.access import BASIC, OPEN, facade_only, partners_only, staff_only
from api.http.parameters import ANY_QUERY
from api.manage import (
    approvals,
    backups,
    dates,
    holding,
    house,
    house_publishing,
    outcomes,
    playbook,
    rules,
)
from api.manage import gestures as given_away
from api.manage import house_rules as rules_shown
from api.manage import notices as written
from api.manage import tonight as evening
from api.manage import turnaways as noes
from api.manage import waitlist as waits
from api.manage.access import clients, devices, record, sessions, staff
from api.manage.access import webhooks as endpoints_told
from api.manage.advice import routes as advice
from api.manage.frontier import routes as knob
from api.manage.lab import routes as lab
from api.manage.letter import routes as letters
from api.manage.people import guests as people
from api.manage.reports import routes as reports
from api.openapi import page
from api.openapi.document import encoded_document
from api.ops import health, metrics
from api.screens import serving as screens
from api.till import events
from api.webhooks import endpoints


@get("/openapi.json", opt=OPEN, include_in_schema=False, sync_to_thread=False)
def openapi(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The OpenAPI document of what booking sites and tills use; no other routes."""
    said = {"Cache-Control": "no-cache"}
    return Response(encoded_document(request.app), media_type=MediaType.JSON, headers=said)


# Booking sites and tills, by bearer token.
BOOKING: Final = Router(
    "/v1",
    route_handlers=[
        *venues.HANDLERS,
        *availability.HANDLERS,
        *slot_holds.HANDLERS,
        *reservations.HANDLERS,
        *enquiries.HANDLERS,
        *queue.HANDLERS,
        *events.HANDLERS,
        *endpoints.HANDLERS,
    ],
    dependencies=dependencies.DEPENDENCIES,
    guards=[partners_only],
)

# Google Booking Server v3, by HTTP Basic; defined by Google, so not in /openapi.json.
GOOGLE: Final = Router(
    "/google/v3",
    route_handlers=[
        *google_health.HANDLERS,
        *look_ups.HANDLERS,
        *google_bookings.HANDLERS,
        *google_waitlist.HANDLERS,
    ],
    dependencies=google_given.DEPENDENCIES,
    exception_handlers=google_given.HANDLERS,
    request_class=ProtoRequest,
    guards=[facade_only],
    opt=BASIC | ANY_QUERY,
    include_in_schema=False,
)

# The host stand, by session cookie. Pairing is open; the PIN screen needs the device cookie.
LOGIN: Final = Router(
    "/host",
    route_handlers=[
        login.pair_device,
        login.colleagues,
        login.login,
        tonight.locked,
        *words.HANDLERS,
    ],
)
HOST: Final = Router(
    "/host",
    route_handlers=[
        *login.HANDLERS,
        *tonight.HANDLERS,
        *orders.HANDLERS,
        *book.HANDLERS,
        *desk.HANDLERS,
        *guests.HANDLERS,
        *turnaways.HANDLERS,
        *waitlist.HANDLERS,
        *house_rules.HANDLERS,
        *thread.HANDLERS,
        *rescues.HANDLERS,
        *cases.HANDLERS,
        *gestures.HANDLERS,
        *ahead.HANDLERS,
        *timeline.HANDLERS,
        *tasks.HANDLERS,
        *kitchen.HANDLERS,
        *notices.HANDLERS,
        *guest_notices.HANDLERS,
    ],
    dependencies=fields.DEPENDENCIES,
    guards=[staff_only, by_rights],
    response_class=ForRole,
    middleware=[COMPRESSED],
)

# Managers, by session cookie; each handler declares the role it needs.
MANAGE: Final = Router(
    "/manage",
    route_handlers=[
        *devices.HANDLERS,
        *sessions.HANDLERS,
        *staff.HANDLERS,
        *clients.HANDLERS,
        *endpoints_told.HANDLERS,
        *record.HANDLERS,
        *people.HANDLERS,
        *house.HANDLERS,
        *rules.HANDLERS,
        *holding.HANDLERS,
        *knob.HANDLERS,
        *advice.HANDLERS,
        *lab.HANDLERS,
        *letters.HANDLERS,
        *house_publishing.HANDLERS,
        *approvals.HANDLERS,
        *given_away.HANDLERS,
        *outcomes.HANDLERS,
        *waits.HANDLERS,
        *noes.HANDLERS,
        *evening.HANDLERS,
        *rules_shown.HANDLERS,
        *playbook.HANDLERS,
        *written.HANDLERS,
        *backups.HANDLERS,
        *reports.HANDLERS,
    ],
    dependencies=dates.DEPENDENCIES,
    guards=[staff_only],
)

# Pages of guests, each opened by a link with a secret token (seating/access/links.py).
WAITING: Final = Router("/w", route_handlers=[*waiting.HANDLERS], opt=ANY_QUERY)
OWN: Final = Router("/r", route_handlers=[*own_bookings.HANDLERS, *visits.HANDLERS], opt=ANY_QUERY)
SILENCE: Final = Router("/n", route_handlers=[*messages.PAGES], opt=ANY_QUERY)

LIVE: Final = Router("/live", route_handlers=[live.live], guards=[staff_only])

ROUTES: Final[list[ControllerRouterHandler]] = [
    health.alive,
    health.ready,
    oauth.token,
    openapi,
    page.docs,
    screens.front_door,
    screens.stand,
    screens.desk,
    screens.kitchen,
    screens.worker,
    screens.part,
    new_tablet.kinds,
    new_tablet.steps,
    metrics.metrics,
    LOGIN,
    HOST,
    MANAGE,
    LIVE,
    WAITING,
    OWN,
    SILENCE,
    messages.told,
    BOOKING,
    GOOGLE,
]
