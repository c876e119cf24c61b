"""The cookies of tablets and sessions, Secure where the browser came by TLS.

Plain http is for this machine only: from elsewhere a tablet is neither paired nor logged in, for
whoever listens on the way would have its token and its PIN.
"""

from typing import Any, Final

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.handlers.base import BaseRouteHandler

from api.edge.proxies import address_in
from api.settings import Settings
from policies.words.message import message
from seating.errors import NotFound, TlsRequired

AnyConnection = ASGIConnection[Any, Any, Any, Any]

SESSION_COOKIE: Final = "maitred_session"
DEVICE_COOKIE: Final = "maitred_device"

# Browsers take a cookie of this name from the host itself and by TLS only (RFC 6265bis, 4.1.3).
HOST_PREFIX: Final = "__Host-"

NAMES: Final = frozenset(
    prefix + key for prefix in ("", HOST_PREFIX) for key in (SESSION_COOKIE, DEVICE_COOKIE)
)


def came_by_tls(connection: AnyConnection) -> bool:
    """Whether the browser's own connection is TLS, or the operator says that it always is."""
    settings: Settings = connection.app.state.settings
    return settings.secure_cookies is True or connection.scope["scheme"] == "https"


async def unread_on_the_way(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard: TLS, this machine, or an operator who allows plain http. Raises TlsRequired."""
    settings: Settings = connection.app.state.settings
    if came_by_tls(connection) or settings.secure_cookies is False:
        return
    if not _on_this_machine(connection):
        raise TlsRequired(message("plain-http"))


async def at_this_machine(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Guard: somebody at this machine, for what nobody else is to find. Raises NotFound."""
    if not _on_this_machine(connection):
        raise NotFound(message("route-unknown"))


def _on_this_machine(connection: AnyConnection) -> bool:
    """Whether it came from here to here: a page whose name was made to lead here names itself."""
    return _is_here(client_address(connection)) and _is_here(named_host(connection))


def client_address(connection: AnyConnection) -> str:
    """The address of the browser, or of what stands before it unknown to us; "" if unknown."""
    return connection.client.host if connection.client else ""


def named_host(connection: AnyConnection) -> str:
    """The host that the browser typed, without port and brackets."""
    host = connection.headers.get("host", "")
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_here(host: str) -> bool:
    """Whether this is this machine: a loopback address or localhost (RFC 6761, 6.3)."""
    address = address_in(host)
    if address is not None:
        return address.is_loopback
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


def kept(request: Request[Any, Any, Any], key: str, value: str, seconds: int) -> Cookie:
    """The cookie that keeps `value` for `seconds`."""
    return _cookie(name_of(request, key), value, seconds, secure=came_by_tls(request))


def dropped(request: Request[Any, Any, Any], key: str) -> list[Cookie]:
    """Cookies that end those the browser sent, each with the attributes it was set with."""
    names = [name for name in (HOST_PREFIX + key, key) if name in cookies_of(request)]
    return [_cookie(name, None, 0, secure=came_by_tls(request)) for name in names]


def sent(connection: AnyConnection, key: str) -> str | None:
    """The value of a cookie that was sent, by the name it is set with where it was sent.

    By TLS that is the one with the prefix and no other: one without it may be another host's of
    the same domain, who would log a tablet in as whom he likes. So a tablet that was paired over
    plain http is paired again when its house turns to TLS.
    """
    return cookies_of(connection).get(name_of(connection, key))


def cookies_of(connection: AnyConnection) -> dict[str, str]:
    """Our own cookies among those that were sent, as they came; the last of a name counts.

    The framework unquotes values with http.cookies, which older Pythons do slowly (CVE-2024-7592).
    Ours are never quoted.
    """
    header = connection.headers.get("cookie", "")
    pairs = (each.strip().partition("=") for each in header.split(";"))
    return {name: value for name, _, value in pairs if name in NAMES}


def name_of(connection: AnyConnection, key: str) -> str:
    """The name under which a cookie is set and read on this connection."""
    return HOST_PREFIX + key if came_by_tls(connection) else key


def _cookie(name: str, value: str | None, seconds: int, *, secure: bool) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        max_age=seconds,
        httponly=True,
        secure=secure or name.startswith(HOST_PREFIX),
        samesite="lax",
    )
