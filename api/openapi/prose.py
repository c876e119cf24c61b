"""The parts of the OpenAPI document that no handler states: info, tags, security, headers."""

from typing import Any, Final, get_args

from seating.access.clients import Scope

INFO: Final[dict[str, Any]] = {
    "title": "Maitred for booking sites and tills",
    "version": "1",
    "summary": "Look up, hold, book, change and cancel tables of a restaurant.",
    "description": (
        "Get a token with your client's id and secret, look up availability, hold a place if"
        " your guest needs a moment, and book it. What the look-up offers can be booked"
        " unless somebody was faster.\n\n"
        "Times are RFC 3339 with an offset; a `date` is a service date of the venue, which may end"
        " after midnight. Every refusal is an RFC 9457 problem with a stable `code`."
        " `detail` is said in a language of `Accept-Language`, English otherwise; `message` and"
        " `params` are the same for a screen that has its own words. What is done"
        " with an `Idempotency-Key` is done once, however often it is sent; keys are kept for a"
        " day. Changes need `If-Match` with the ETag you saw. Fields may be added to answers at"
        " any time; unknown fields in requests are refused."
    ),
    "contact": {"name": "The house that gave you your client's id"},
    "license": {"name": "MIT", "identifier": "MIT"},
}

TAGS: Final = [
    {"name": "access", "description": "Tokens, by OAuth 2 client credentials."},
    {"name": "venues", "description": "The venues that grant you access, and their house rules."},
    {"name": "availability", "description": "What can be booked now."},
    {"name": "slot holds", "description": "Places held for some minutes while a guest decides."},
    {"name": "reservations", "description": "Booking, reading, changing and cancelling."},
    {"name": "enquiries", "description": "Requests that staff answer by hand."},
    {"name": "waitlist", "description": "Waiting for a table tonight."},
    {
        "name": "webhooks",
        "description": "Events sent to your endpoints, by Standard Webhooks, again and again for "
        "a day and more until they are answered with 2xx. A Retry-After of your answer is obeyed, "
        "up to eight hours. What was cancelled or declined may be confirmed once more: the house "
        "can book it again.",
    },
    {"name": "pos", "description": "Events of a till about its checks."},
    {"name": "health", "description": "Whether the service is up."},
]

MEANINGS: Final[dict[Scope, str]] = {
    "availability": "Look up what can be booked.",
    "bookings": "Hold, book, change and cancel.",
    "enquiries": "Send requests that staff answer.",
    "waitlist": "Join and leave the waitlist.",
    "webhooks": "Manage your own webhook endpoints.",
    "pos": "Send events of checks.",
    "google": "Use Google Booking Server v3 on /google/v3; by HTTP Basic, not by token.",
}

SECURITY: Final[dict[str, Any]] = {
    "token": {
        "type": "oauth2",
        "description": "A bearer token of an hour.",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/oauth/token",
                "scopes": {scope: MEANINGS[scope] for scope in get_args(Scope)},
            }
        },
    },
    "client": {
        "type": "http",
        "scheme": "basic",
        "description": "The client's id and secret; they may stand in the form instead.",
    },
}


def _header(description: str, example: str, length: int = 200) -> dict[str, Any]:
    return {
        "description": description,
        "schema": {"type": "string", "maxLength": length},
        "example": example,
    }


HEADERS: Final[dict[str, Any]] = {
    "RateLimit-Policy": _header("How many requests in how many seconds.", '"default";q=100;w=60'),
    "RateLimit": _header("How many are left, and for how many seconds.", '"default";r=50;t=30'),
    "Retry-After": {
        "description": "Seconds to wait before trying again.",
        "schema": {"type": "integer", "minimum": 0, "maximum": 86_400},
        "example": 30,
    },
    "ETag": _header("The version, for If-Match.", '"v7"'),
    "Location": _header("Where what was made can be read.", "/v1/venues/bistro/reservations/..."),
    "WWW-Authenticate": _header("What to show instead.", 'Bearer realm="maitred"'),
}
