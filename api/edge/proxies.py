"""Behind proxies: the scheme and the address that the browser itself used.

Headers of proxies are read from trusted ones only (MAITRED_TRUSTED_PROXIES), and from the right:
each proxy appends the address that spoke to it, so what a browser made up stands to the left of the
first address that is not trusted. `X-Forwarded-For` and `-Proto` count before `Forwarded` (RFC
7239); a proxy that sends the one kind has to drop the other.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from litestar.types import HTTPScope, WebSocketScope
from msgspec import Struct

from api.settings import Networks

FORWARDED: Final = b"forwarded"
FORWARDED_FOR: Final = b"x-forwarded-for"
FORWARDED_PROTO: Final = b"x-forwarded-proto"
NAMES: Final = frozenset({FORWARDED, FORWARDED_FOR, FORWARDED_PROTO})
SCHEMES: Final = frozenset({"http", "https"})
HOPS: Final = 20
"""Hops of a header that are read, the nearest to us: nobody stands behind more proxies."""

Headers = Sequence[tuple[bytes, bytes]]
Trust = Callable[[str], bool]


class Hops(Struct, frozen=True):
    """What proxies told: addresses and schemes, the nearest to us last."""

    addresses: tuple[str, ...]
    schemes: tuple[str, ...]


def address_in(host: str) -> IPv4Address | IPv6Address | None:
    """Return the IP address that a text is, an IPv4 one that is written as IPv6 as itself."""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def trust_in(networks: Networks) -> Trust:
    """Return whether an address is that of a trusted proxy, as a function that remembers."""

    @lru_cache(maxsize=4096)
    def trusts(host: str) -> bool:
        address = address_in(host)
        return address is not None and any(address in network for network in networks)

    return trusts


def see_through(scope: HTTPScope | WebSocketScope, trusts: Trust) -> None:
    """Set a scope's `client` and `scheme` to the browser's, where a trusted proxy tells them."""
    peer = scope["client"]
    if peer is None or not trusts(peer[0]):
        return
    told = [(name, value.decode("latin-1")) for name, value in scope["headers"] if name in NAMES]
    if not told:
        return
    hops = _hops_in(told)
    step = _browser_in(hops.addresses, trusts)
    if step is not None:
        scope["client"] = (hops.addresses[step], 0)
    scheme = _scheme_at(hops, step)
    if scheme in SCHEMES:
        scope["scheme"] = scheme


def _hops_in(told: list[tuple[bytes, str]]) -> Hops:
    usual = Hops(
        tuple(_host_of(each) for each in _listed(told, FORWARDED_FOR)),
        tuple(each.lower() for each in _listed(told, FORWARDED_PROTO)),
    )
    return usual if usual.addresses or usual.schemes else _standard_hops(told)


def _standard_hops(told: list[tuple[bytes, str]]) -> Hops:
    """The hops in `Forwarded`; commas part them even in quotes, which a browser may leave open."""
    hops = [_pairs_of(each) for each in _listed(told, FORWARDED)]
    return Hops(
        tuple(_host_of(hop.get("for", "")) for hop in hops),
        tuple(hop.get("proto", "").lower() for hop in hops),
    )


def _listed(told: list[tuple[bytes, str]], wanted: bytes) -> Iterator[str]:
    for name, value in told:
        if name == wanted:
            yield from (each.strip() for each in value.rsplit(",", HOPS)[-HOPS:])


def _pairs_of(element: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in element.split(";"))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in pairs}


def _host_of(node: str) -> str:
    """The address of a node such as 192.0.2.1:4711 or [2001:db8::1]:4711."""
    if node.startswith("["):
        return node[1:].partition("]")[0]
    return node.partition(":")[0] if node.count(":") == 1 else node


def _browser_in(addresses: tuple[str, ...], trusts: Trust) -> int | None:
    """The place of the address nearest to us that is no proxy; None where none can be read."""
    found = None
    for step in reversed(range(len(addresses))):
        if address_in(addresses[step]) is None:
            break
        found = step
        if not trusts(addresses[step]):
            break
    return found


def _scheme_at(hops: Hops, step: int | None) -> str:
    """The scheme of that hop; where proxies told fewer, what the nearest one told."""
    if step is not None and len(hops.schemes) == len(hops.addresses):
        return hops.schemes[step]
    return hops.schemes[-1] if hops.schemes else ""
