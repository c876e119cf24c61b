"""Requests to addresses that strangers name: to public ones only, whatever their names resolve to.

A name is resolved once, each of its addresses has to be public, and the connection goes to those
addresses and no others: a name that resolves to something else a moment later gains nothing. TLS
is checked against the name all the same. Redirects are not followed, nor is a proxy asked.
"""

import asyncio
import logging
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore
import httpx
from msgspec import Struct

from seating.errors import UrlNotAllowed

log = logging.getLogger("maitred.webhooks")

TIMEOUT_SECONDS = 15.0
LOOK_UP_SECONDS = 5.0
"""How long a client waits for its receiver's name to be resolved when it registers it."""
READ_BYTES = 4096
"""So much of an answer is read at most: all that counts is its status."""
LONGEST_URL = 2000
FIRST_FREE_PORT = 1024

UNICAST = IPv6Network("2000::/3")
# The IPv4 address stands in the last 32 bits.
NAT64 = IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int], Awaitable[list[str]]]


class NotPublic(Exception):
    """A name that leads somewhere it must not."""


class Posted(Struct, frozen=True):
    """What came of a request: the status answered, or in a word why there is none."""

    status: int | None
    error: str | None = None


async def resolved(host: str, port: int) -> list[str]:
    """Return the addresses of a host. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Egress:
    """The way out. `loopback`: this machine may be spoken to as well, for development."""

    def __init__(self, *, loopback: bool = False, resolve: Resolve = resolved) -> None:
        """`resolve` is called once for each connection."""
        self.loopback = loopback
        self._resolve = resolve

    async def addresses(self, host: str, port: int) -> list[str]:
        """Return where a connection to a host may go. Raises NotPublic, OSError."""
        found = await self._resolve(host, port)
        if not found or not all(self._may_reach(address) for address in found):
            raise NotPublic(host)
        return found

    async def check_url(self, text: str) -> str:
        """Return a URL in its one spelling. Raises UrlNotAllowed."""
        url = _parsed(text)
        if url.scheme != "https" and not (self.loopback and url.scheme == "http"):
            raise _not_allowed("it has to begin with https://")
        if not url.host or url.userinfo or url.fragment:
            raise _not_allowed("it has to name a host, no user and no fragment")
        if not self.loopback and url.port is not None and url.port < FIRST_FREE_PORT:
            raise _not_allowed("of the ports below 1024 only 443 will do, without being named")
        try:
            async with asyncio.timeout(LOOK_UP_SECONDS):
                await self.addresses(url.host, _port(url))
        except NotPublic:
            raise _not_allowed("its host is not a public address") from None
        except (OSError, UnicodeError):
            raise _not_allowed("its host has no address") from None
        return str(url)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context(trust_env=False)

    def session(self) -> httpcore.AsyncConnectionPool:
        """Return a context of connections, one for each request.

        A kept one breaks on receivers that hang up or say more than they announced.
        """
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls, network_backend=_Pinned(self), max_keepalive_connections=0
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
) -> Posted:
    """Send a body and return what came of it, within so many seconds in all."""
    try:
        async with asyncio.timeout(seconds):
            return Posted(await _status_of(session, _parsed(url), headers, body))
    except (TimeoutError, httpcore.TimeoutException):
        return Posted(None, "no answer in time")
    except NotPublic:
        return Posted(None, "not a public address")
    except httpcore.ConnectError:
        return Posted(None, "no connection")
    except (OSError, UnicodeError, httpcore.NetworkError, httpcore.ProtocolError):
        return Posted(None, "the connection broke")
    except Exception:
        # Whatever else a stranger's server brings about is its failure, not ours.
        log.exception("sending to a webhook endpoint failed")
        return Posted(None, "it could not be sent")


async def _status_of(
    session: httpcore.AsyncConnectionPool, url: httpx.URL, headers: Mapping[str, str], body: bytes
) -> int:
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    async with session.stream(
        "POST", target, headers=list(headers.items()), content=body
    ) as answer:
        read = 0
        async for part in answer.aiter_stream():
            read += len(part)
            if read > READ_BYTES:
                break
        return answer.status


class _Pinned(httpcore.AsyncNetworkBackend):
    """Connects to checked addresses; the name stays in the Host header and in TLS."""

    def __init__(self, egress: Egress) -> None:
        self._egress = egress
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
        for address in await self._egress.addresses(host, port):
            try:
                return await self._sockets.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except httpcore.ConnectError as error:
                last = error
        raise last


def is_public(text: str) -> bool:
    """Tell whether an address is one of the public internet, also where it wraps another."""
    address = _address(text)
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    inner = _inside(address)
    if inner is not None:
        return all(is_public(str(each)) for each in inner)
    return address in UNICAST and address.is_global


def is_loopback(text: str) -> bool:
    """Tell whether an address is this machine's."""
    address = _address(text)
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _inside(address: IPv6Address) -> tuple[IPv4Address, ...] | None:
    """The IPv4 addresses an IPv6 one leads to, None for one that is only itself."""
    if address in NAT64:
        return (IPv4Address(int(address) & 0xFFFF_FFFF),)
    if address.teredo is not None:
        return address.teredo
    inner = address.ipv4_mapped or address.sixtofour
    return None if inner is None else (inner,)


def _address(text: str) -> IPv4Address | IPv6Address:
    # An interface may be named behind the address.
    return ip_address(text.partition("%")[0])


def _parsed(text: str) -> httpx.URL:
    with suppress(httpx.InvalidURL, UnicodeError, ValueError):
        if len(text) <= LONGEST_URL:
            return httpx.URL(text)
    raise _not_allowed("it cannot be read")


def _port(url: httpx.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _not_allowed(why: str) -> UrlNotAllowed:
    return UrlNotAllowed(f"This URL is not allowed: {why}.", pointer="/url")
