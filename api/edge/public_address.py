"""The address in links, feeds and documents: what the operator set, never what a request claims.

Whoever asks writes the Host header; a link made from it would send a guest, and the secret in the
link, to a host of the asker's choice. Without MAITRED_PUBLIC_URL (which production demands) the
address is that of the socket which the request came in by.

A Host that is not ours is not refused: proxies' probes and Prometheus ask by names of their own,
and a page that points its own name at this machine (DNS rebinding) has none of our cookies, gets no
tablet paired (api/http/cookies.py: over plain http the host has to be this machine) and reads what
any stranger may.
"""

from typing import Any

from litestar.connection import ASGIConnection

from api.settings import Settings

DEFAULT_PORTS = {"http": 80, "https": 443}


def public_address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """Scheme, host and port, without a slash at the end."""
    settings: Settings = connection.app.state.settings
    return settings.public_url or socket_address(connection)


def socket_address(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The address of our own socket; the scheme is the browser's (see api/edge/proxies.py)."""
    scheme, server = connection.scope["scheme"], connection.scope["server"]
    host, port = server or ("localhost", None)
    if ":" in host:  # IPv6
        host = f"[{host}]"
    return (
        f"{scheme}://{host}"
        if port in {None, DEFAULT_PORTS.get(scheme)}
        else f"{scheme}://{host}:{port}"
    )


def page_link(connection: ASGIConnection[Any, Any, Any, Any], page: str, token: str) -> str:
    """The address of a guest's page: `page` is "r" (a reservation) or "w" (a wait)."""
    return f"{public_address(connection)}/{page}/{token}"
