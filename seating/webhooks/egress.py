"""Outgoing requests to URLs of clients: to public addresses only (against SSRF).

A name is resolved once, all its addresses have to be public, and the connection goes to those
addresses only, which defeats DNS rebinding. TLS is verified against the name. Redirects are not
followed, no proxy is used.
"""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx
from msgspec import Struct

from policies.words.message import Message, message
from seating.errors import UrlNotAllowed
from seating.webhooks.look_ups import LookUps

log = logging.getLogger("maitred.webhooks")

TIMEOUT_SECONDS = 15.0
LOOK_UP_SECONDS = 5.0
"""Timeout of the name resolution when an endpoint is registered."""
MAX_READ_BYTES = 4096
"""Bytes of a response body read at most; only its status is used."""
MAX_URL_LENGTH = 2000
FIRST_FREE_PORT = 1024
LAST_PORT = 65_535

UNICAST = IPv6Network("2000::/3")
# The IPv4 address stands in the last 32 bits.
NAT64 = IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int, str], Awaitable[list[str]]]
"""The addresses of a host and port, looked up for a client; raises OSError."""


class NotPublic(Exception):
    """A name with an address that is not public."""


class PostResult(Struct, frozen=True):
    """The result of a request: the response's status, or why there is none.

    `retry_after`: that header of the response, as sent.
    """

    status: int | None
    error: str | None = None
    retry_after: str | None = None


def for_registering() -> LookUps:
    """Return look-ups for addresses that are being registered: a client has one at a time."""
    return LookUps(threads=8, each=1, queue=False)


def for_delivering() -> LookUps:
    """Return look-ups for deliveries: a client has a few at a time, its others wait for them."""
    return LookUps(threads=32, each=2, queue=True)


class Egress:
    """Address policy and connections. `loopback`: this machine is allowed too (development)."""

    def __init__(self, *, loopback: bool = False, resolve: Resolve | None = None) -> None:
        """`resolve` is called once for each connection."""
        self.loopback = loopback
        self._resolve = resolve or for_delivering()

    async def addresses(self, host: str, port: int, client_id: str = "") -> list[str]:
        """Return the addresses of a host, all public. Raises NotPublic, OSError."""
        found = await self._resolve(host, port, client_id)
        if not found or not all(self._may_reach(address) for address in found):
            raise NotPublic(host)
        return found

    async def check_url(self, text: str, client_id: str = "") -> str:
        """Return a permitted URL of a client in normal form.

        Raises UrlNotAllowed, TooManyRequests while another of its URLs is being looked up.
        """
        url = _parsed(text)
        if url.scheme != "https" and not (self.loopback and url.scheme == "http"):
            raise _not_allowed(message("url-needs-https"))
        if not url.host or url.userinfo or url.fragment:
            raise _not_allowed(message("url-needs-host"))
        if url.port is not None and not 0 < url.port <= LAST_PORT:
            raise _not_allowed(message("url-port-impossible"))
        if not self.loopback and url.port is not None and url.port < FIRST_FREE_PORT:
            raise _not_allowed(message("url-port-not-allowed"))
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                await self.addresses(url.host, _port(url), client_id)
        except TimeoutError:
            raise _not_allowed(message("url-look-up-slow")) from None
        except NotPublic:
            raise _not_allowed(message("url-not-public")) from None
        except (OSError, UnicodeError):
            raise _not_allowed(message("url-without-address")) from None
        return str(url)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context(trust_env=False)

    def session(self, client_id: str = "") -> httpcore.AsyncConnectionPool:
        """Return a connection pool without keep-alive, for the endpoints of a client.

        A kept connection fails with receivers that close it or send more than announced.
        """
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls,
            network_backend=_Pinned(self, client_id),
            max_keepalive_connections=0,
        )

    def _may_reach(self, address: str) -> bool:
        return is_public(address) or (self.loopback and is_loopback(address))


async def post(
    session: httpcore.AsyncConnectionPool,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    seconds: float = TIMEOUT_SECONDS,
) -> PostResult:
    """Post a body; `seconds`: timeout of the whole request. Never raises for a failed one."""
    try:
        async with asyncio.timeout(seconds):
            return await _answer_to(session, _parsed(url), headers, body)
    except (TimeoutError, httpcore.TimeoutException):
        return PostResult(None, "no answer in time")
    except NotPublic:
        return PostResult(None, "not a public address")
    except httpcore.ConnectError:
        return PostResult(None, "no connection")
    except (OSError, UnicodeError, httpcore.NetworkError, httpcore.ProtocolError):
        return PostResult(None, "the connection broke")
    except Exception:
        # Any other error is a failed delivery too; the courier must go on.
        log.exception("sending to a webhook endpoint failed")
        return PostResult(None, "it could not be sent")


async def _answer_to(
    session: httpcore.AsyncConnectionPool, url: httpx.URL, headers: Mapping[str, str], body: bytes
) -> PostResult:
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    async with session.stream(
        "POST", target, headers=list(headers.items()), content=body
    ) as answer:
        read = 0
        async for part in answer.aiter_stream():
            read += len(part)
            if read > MAX_READ_BYTES:
                break
        waits = [value for name, value in answer.headers if name.lower() == b"retry-after"]
        asked = waits[0].decode("ascii", "replace") if waits else None
        return PostResult(answer.status, retry_after=asked)


class _Pinned(httpcore.AsyncNetworkBackend):
    """Connects to the checked addresses; Host header and TLS keep the name."""

    def __init__(self, egress: Egress, client_id: str) -> None:
        self._egress, self._client_id = egress, client_id
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        last = httpcore.ConnectError(f"{host} has no address")
        for address in await self._egress.addresses(host, port, self._client_id):
            try:
                return await self._sockets.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                last = error
        raise last


def is_public(text: str) -> bool:
    """Whether an address is public, as well as any IPv4 address embedded in it."""
    address = _address(text)
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    inner = _embedded(address)
    if inner is not None:
        return all(is_public(str(each)) for each in inner)
    return address in UNICAST and address.is_global


def is_loopback(text: str) -> bool:
    """Whether an address is a loopback address."""
    address = _address(text)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _embedded(address: IPv6Address) -> tuple[IPv4Address, ...] | None:
    """The IPv4 addresses embedded in an IPv6 address (NAT64, Teredo, mapped, 6to4), else None."""
    if address in NAT64:
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    if address.teredo is not None:
        return address.teredo
    inner = address.ipv4_mapped or address.sixtofour
    return None if inner is None else (inner,)


def _address(text: str) -> IPv4Address | IPv6Address:
    # A zone id may follow: fe80::1%eth0.
    return ip_address(text.partition("%")[0])


def _parsed(text: str) -> httpx.URL:
    with suppress(httpx.InvalidURL, UnicodeError, ValueError):
        if len(text) <= MAX_URL_LENGTH:
            return httpx.URL(text)
    raise _not_allowed(message("url-cannot-be-read"))


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _not_allowed(why: Message) -> UrlNotAllowed:
    return UrlNotAllowed(why, pointer="/url")
