"""How often one may ask: an address on each open route, a session, a client of Google, a stranger.

Counted in this process's memory before anything else is done. Whoever asks steadily gets through at
the rate of the limit; a minute's worth may come at once (the generic cell rate algorithm of ITU-T
I.371, one number a caller). MAITRED_LIMIT_FACTOR multiplies every limit here. Wrong PINs, codes and
secrets are counted elsewhere and in the database (seating/access/attempts.py), the requests of
booking sites in seating/access/request_limits.py.
"""

import math
from collections import OrderedDict
from collections.abc import Awaitable, Hashable
from ipaddress import IPv6Address
from time import monotonic
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.types import ASGIApp, Receive, Scope, Send
from msgspec import Struct

from api.edge.proxies import address_in
from seating.errors import too_many_requests

WINDOW_SECONDS: Final = 60.0
CALLERS: Final = 20_000
"""Callers remembered, some 5 MB; past them the one that was quiet longest begins anew."""

CROWD: Final = 20
"""An address of a trusted proxy stands for all whom that proxy did not name: so many times more."""

SESSION_PER_MINUTE: Final = 1200
"""A busy tablet asks once or twice a second; 20 a second for long is a screen that loops."""

GOOGLE_PER_MINUTE: Final = 1500
"""What Google grants us on its own interface for updates."""

GUESSES_PER_MINUTE: Final = 3000
"""Credentials that an address shows for the first time: a group's tablets and a booking site's
tokens after a start of ours, and 50 queries a second for whoever makes them up."""

SAME_GUESS_PER_MINUTE: Final = 300
"""How often the same wrong one is looked up: a tablet whose session ended may ask in a loop, and
uses up nothing of what its house may ask."""


class OpenRoute(Struct, frozen=True):
    """What an address may ask of a route without showing who it is, and why no house meets it."""

    per_minute: int
    why: str


_PROBES: Final = "Proxies and supervisors ask every 2 to 5 s: twenty of them behind one address."
_READERS: Final = "A person reads a page; an office of developers shares an address."
_SCREENS: Final = "A tablet asks when it is locked or loaded: fifty of one house, twice a minute."
_NEW: Final = (
    "Read when a tablet is new: a house sets up some twenty in an afternoon, step by step."
)
_DOORS: Final = "Who takes a tablet over types a PIN: fifty tablets of a house, each every 10 s."
_VISITS: Final = (
    "A guest opens some pages in a minute; behind one address may be a house's wifi or a mobile"
    " network's: a hundred guests at once."
)
_WISHES: Final = "A guest changes or calls off once or twice; a hundred behind one address may."

OPEN_ROUTES: Final[dict[str, OpenRoute]] = {
    "/healthz": OpenRoute(600, _PROBES),
    "/readyz": OpenRoute(
        240,
        "It asks the database, so strangers may less: eight proxies behind one address, every"
        " 2 s. Those on a trusted network count as a crowd.",
    ),
    "/metrics": OpenRoute(60, "Prometheus asks every 15 s, two of them, in two data centres."),
    "/openapi.json": OpenRoute(60, _READERS),
    "/docs": OpenRoute(60, _READERS),
    "/": OpenRoute(600, _SCREENS),
    "/stand": OpenRoute(600, _SCREENS),
    "/desk": OpenRoute(600, _SCREENS),
    "/kitchen": OpenRoute(600, _SCREENS),
    "/worker.js": OpenRoute(600, _SCREENS),
    "/tablet": OpenRoute(120, _NEW),
    "/tablet/{kind}": OpenRoute(120, _NEW),
    "/stand/{name}": OpenRoute(
        1800, "A page of thirty files: after an update fifty tablets of a house fetch them at once."
    ),
    "/oauth/token": OpenRoute(
        300,
        "A token lasts an hour: a booking site with a client per house renews 5 a second, and so"
        " serves 18,000 houses from one address.",
    ),
    "/host/pair": OpenRoute(60, "A house pairs a few tablets in its life, by hand."),
    "/host/locked": OpenRoute(600, _SCREENS),
    "/host/staff": OpenRoute(600, _SCREENS),
    "/host/words/{language}": OpenRoute(600, _SCREENS),
    "/host/login": OpenRoute(300, _DOORS),
    "/r/{token}": OpenRoute(900, _VISITS),
    "/r/{token}/times": OpenRoute(600, _VISITS),
    "/r/{token}/calendar.ics": OpenRoute(
        300, "Downloaded once; a mail scanner opens it for a company's whole staff."
    ),
    "/r/{token}/change": OpenRoute(120, _WISHES),
    "/r/{token}/cancel": OpenRoute(120, _WISHES),
    "/r/{token}/late": OpenRoute(120, _WISHES),
    "/r/{token}/size": OpenRoute(120, _WISHES),
    "/r/{token}/confirm": OpenRoute(120, _WISHES),
    "/r/{token}/coming": OpenRoute(120, _WISHES),
    "/r/{token}/allergies": OpenRoute(120, _WISHES),
    "/r/{token}/message": OpenRoute(120, _WISHES),
    "/w/{token}": OpenRoute(
        1200, "The page asks again every 30 s: 600 waiting parties on the wifi of one house."
    ),
    "/w/{token}/coming": OpenRoute(120, _WISHES),
    "/w/{token}/leave": OpenRoute(240, _WISHES),
    "/w/{token}/back": OpenRoute(120, _WISHES),
    "/n/{token}": OpenRoute(120, _WISHES),
    "/notices/{venue_id}/{notice_id}/told": OpenRoute(
        1200,
        "A provider tells of each text message twice or thrice, from few addresses: a group of"
        " houses reminds its guests of an evening within a minute.",
    ),
}
"""Every route with OPEN in its `opt`; tests/api/edge/test_limits.py walks the routes."""


class Pace:
    """When each caller's requests of now would be used up at the rate of its limit."""

    def __init__(self, factor: float = 1.0, callers: int = CALLERS) -> None:
        self.factor = factor
        self.callers = callers
        self._used_up: OrderedDict[Hashable, float] = OrderedDict()

    def spend(self, caller: Hashable, per_minute: float, now: float) -> None:
        """Count a request at `now` (seconds of any clock that only goes on); `per_minute` >= 1.

        Raises TooManyRequests; what is refused is not counted, but whoever goes on asking is not
        forgotten meanwhile.
        """
        step = WINDOW_SECONDS / (per_minute * self.factor)
        used_up = max(self._used_up.get(caller, now), now) + step
        wait = used_up - now - WINDOW_SECONDS
        if wait > step / 2:  # half a step: sums of fractions are not exact
            self._used_up.move_to_end(caller)
            raise too_many_requests(math.ceil(wait))
        self._used_up[caller] = used_up
        self._used_up.move_to_end(caller)
        if len(self._used_up) > self.callers:
            self._used_up.popitem(last=False)


class SeenCredentials:
    """Tokens and cookies that were right when they were last looked up, by their hash."""

    def __init__(self, most: int = CALLERS) -> None:
        self.most = most
        self._right: OrderedDict[int, None] = OrderedDict()

    def __contains__(self, shown: int) -> bool:
        return shown in self._right

    def right(self, shown: int) -> None:
        """Remember one that was right; the oldest makes room."""
        self._right[shown] = None
        if len(self._right) > self.most:
            self._right.popitem(last=False)

    def wrong(self, shown: int) -> None:
        """Forget one that is right no more."""
        self._right.pop(shown, None)


def limited(app: ASGIApp) -> ASGIApp:
    """Middleware that counts the requests of an address to each route of OPEN_ROUTES."""

    def middleware(scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        if row := OPEN_ROUTES.get(scope["path_template"]):
            count_address(scope, scope["path_template"], row.per_minute)
        return app(scope, receive, send)  # no coroutine of its own, through which all would come

    return middleware


def count_guess(scope: Scope, shown: int) -> None:
    """Count a look-up of credentials that are not among the seen. Raises TooManyRequests.

    The guesses have a memory of their own: there is no end to them, and addresses would be
    forgotten for them.
    """
    guesses: Pace = scope["litestar_app"].state.guesses
    guesses.spend(shown, SAME_GUESS_PER_MINUTE, monotonic())
    count_address(scope, "guess", GUESSES_PER_MINUTE)


def count_address(scope: Scope, what: str, per_minute: int) -> None:
    """Count a request of the address it came from; who comes without one is not counted.

    Raises TooManyRequests.
    """
    if (client := scope["client"]) is None:
        return
    state, now = scope["litestar_app"].state, monotonic()
    crowd = CROWD if state.trusts(client[0]) else 1
    for network, times in networks_of(client[0]):
        state.pace.spend((what, network), per_minute * times * crowd, now)


def networks_of(address: str) -> list[tuple[str | int, int]]:
    """Whose an address is, each with how many subscribers that is.

    One has an IPv4 address, or 64 bits of an IPv6 one; a site may have 48 (RFC 6177), and so as
    many networks as it likes.
    """
    if ":" not in address:
        return [(address, 1)]
    found = address_in(address)
    if not isinstance(found, IPv6Address):
        return [(str(found), 1)]
    return [(int(found) >> 64, 1), (int(found) >> 80, CROWD)]


def count_session(connection: ASGIConnection[Any, Any, Any, Any], token: str) -> None:
    """Count a request of a session or tablet, by its cookie. Raises TooManyRequests."""
    connection.app.state.pace.spend(("session", hash(token)), SESSION_PER_MINUTE, monotonic())


def count_google(connection: ASGIConnection[Any, Any, Any, Any], client_id: str) -> None:
    """Count a request of a client to /google/v3. Raises TooManyRequests."""
    connection.app.state.pace.spend(("google", client_id), GOOGLE_PER_MINUTE, monotonic())
