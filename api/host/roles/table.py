"""What each route of the stand takes; policies/access/rights.py says which role has it."""

from typing import Final

from litestar.handlers.base import BaseRouteHandler

from api.http.cookies import AnyConnection
from policies.access.rights import Right, has_right, lowest_with
from policies.words.message import message
from seating.errors import NotAllowed

# Of one's own session and PIN, what waits for oneself, where one's phone rings: everybody who is
# logged in.
ONESELF: Final = frozenset(
    {
        "GET /host/me",
        "POST /host/logout",
        "PUT /host/pin",
        "POST /host/session/confirm",
        "POST /host/session/lock",
        "GET /host/sessions",
        "DELETE /host/sessions",
        "DELETE /host/sessions/{session_id}",
        "GET /host/notices",
        "GET /host/push",
        "PUT /host/push",
        "POST /host/push/key",
        "DELETE /host/push",
    }
)

# Every other route of HOST in api/routes.py.
NEEDED: Final[dict[str, Right]] = {
    "GET /host/actions": "look",
    "GET /host/alerts": "look",
    "GET /host/availability": "look",
    "GET /host/cases": "look",
    "GET /host/days": "look",
    "GET /host/door": "look",
    "GET /host/foreseen": "look",
    "GET /host/house": "look",
    "GET /host/kitchen": "look",
    "GET /host/levers": "look",
    "GET /host/notes": "look",
    "GET /host/periods": "look",
    "GET /host/tasks": "look",
    "GET /host/timeline": "look",
    "GET /host/tonight": "look",
    "GET /host/turnaways": "look",
    "POST /host/gestures/deliver": "deliver",
    "POST /host/gestures/undo": "deliver",
    "POST /host/kitchen/note": "deliver",
    "POST /host/kitchen/unnote": "deliver",
    "POST /host/orders/clear": "serve",
    "POST /host/orders/extend": "serve",
    "POST /host/orders/pay": "serve",
    "POST /host/orders/ready": "serve",
    "POST /host/orders/serve": "serve",
    "POST /host/orders/undo": "serve",
    "GET /host/gestures": "give",
    "POST /host/alerts/{alert_id}/take-over": "give",
    "POST /host/complaints": "give",
    "POST /host/gestures/accept": "give",
    "POST /host/gestures/ask": "give",
    "POST /host/gestures/decline": "give",
    "POST /host/gestures/offer": "give",
    "POST /host/gestures/suggest": "give",
    "POST /host/gestures/take": "give",
    "POST /host/gestures/void": "give",
    "GET /host/guests": "contacts",
    "GET /host/requests": "contacts",
    "GET /host/rescues/{rescue_id}": "contacts",
    "GET /host/reservations": "contacts",
    "GET /host/reservations/search": "contacts",
    "GET /host/reservations/{reservation_id}": "contacts",
    "GET /host/reservations/{reservation_id}/house-rules": "contacts",
    "GET /host/reservations/{reservation_id}/notices": "contacts",
    "GET /host/reservations/{reservation_id}/thread": "contacts",
}

# All of these change something that only a host may.
HOSTS: Final = frozenset(
    {
        "PATCH /host/guests/{guest_id}",
        "PATCH /host/reservations/{reservation_id}",
        "POST /host/alerts",
        "POST /host/cases/{case_id}/close",
        "POST /host/guests/merge",
        "POST /host/notes",
        "POST /host/notes/{note_id}/change",
        "POST /host/notes/{note_id}/delete",
        "POST /host/orders/approve",
        "POST /host/orders/arrive",
        "POST /host/orders/assign",
        "POST /host/orders/block",
        "POST /host/orders/call",
        "POST /host/orders/coming",
        "POST /host/orders/decline",
        "POST /host/orders/gone",
        "POST /host/orders/hold-more",
        "POST /host/orders/leave",
        "POST /host/orders/levers",
        "POST /host/orders/lift",
        "POST /host/orders/merge",
        "POST /host/orders/move",
        "POST /host/orders/no-show",
        "POST /host/orders/notify",
        "POST /host/orders/pin",
        "POST /host/orders/place",
        "POST /host/orders/reconfirm",
        "POST /host/orders/rejoin",
        "POST /host/orders/release-held",
        "POST /host/orders/reopen",
        "POST /host/orders/resize",
        "POST /host/orders/seat",
        "POST /host/orders/sections",
        "POST /host/orders/split",
        "POST /host/orders/swap",
        "POST /host/orders/tell-late",
        "POST /host/orders/unplan",
        "POST /host/orders/unseat",
        "POST /host/orders/wait",
        "POST /host/orders/walk",
        "POST /host/rescues",
        "POST /host/rescues/{rescue_id}/options/{option_id}/close",
        "POST /host/rescues/{rescue_id}/options/{option_id}/open",
        "POST /host/rescues/{rescue_id}/options/{option_id}/take",
        "POST /host/reservations",
        "POST /host/reservations/{reservation_id}/cancel",
        "POST /host/reservations/{reservation_id}/guest-link",
        "POST /host/reservations/{reservation_id}/house-rules",
        "POST /host/reservations/{reservation_id}/reinstate",
        "POST /host/reservations/{reservation_id}/thread",
        "POST /host/reservations/{reservation_id}/thread/read",
        "POST /host/turnaways",
        "POST /host/turnaways/{turnaway_id}/answers",
        "POST /host/waitlist/{wait_id}/link",
    }
)


def right_of(method: str, path: str) -> Right | None:
    """The right that a route takes, None for one's own affairs; of one not listed, a host's."""
    route = f"{'GET' if method == 'HEAD' else method} {path}"
    return None if route in ONESELF else NEEDED.get(route, "host")


async def by_rights(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard of /host: the role of whoever is logged in has the right. Raises NotAllowed."""
    right = right_of(str(connection.scope.get("method")), connection.scope["path_template"])
    if right is not None and not has_right(connection.user.role, right):
        raise NotAllowed(message("role-needed", role=lowest_with(right)))
