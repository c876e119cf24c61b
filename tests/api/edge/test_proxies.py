"""What proxies tell of the browser is believed of trusted ones, from the right, and of no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from api.edge.proxies import see_through, trust_in
from api.settings import Settings, SettingsError, networks_in

if TYPE_CHECKING:
    from litestar.types import HTTPScope

TRUSTED = "10.0.0.0/8, 127.0.0.1, fd00::/8"
PROXY = "10.0.0.2"
BROWSER = "203.0.113.9"


def seen(peer: str, *headers: tuple[str, str]) -> tuple[str, str]:
    """Scheme and address of a request that came from `peer` over plain http."""
    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    scope: dict[str, Any] = {"client": (peer, 4711), "scheme": "http", "headers": raw}
    see_through(cast("HTTPScope", scope), trust_in(networks_in(TRUSTED)))
    return scope["scheme"], scope["client"][0]


FOR, PROTO, STANDARD = "X-Forwarded-For", "X-Forwarded-Proto", "Forwarded"


@pytest.mark.parametrize(
    ("headers", "scheme", "address"),
    [
        ([], "http", PROXY),
        ([(PROTO, "https")], "https", PROXY),
        ([(PROTO, "https"), (FOR, BROWSER)], "https", BROWSER),
        ([(PROTO, "HTTPS"), (FOR, f"{BROWSER}:50000")], "https", BROWSER),
        ([(PROTO, "gopher"), (FOR, BROWSER)], "http", BROWSER),
        # What the browser made up stands to the left of its own address.
        ([(PROTO, "https"), (FOR, f"127.0.0.1, {BROWSER}")], "https", BROWSER),
        ([(FOR, "127.0.0.1"), (FOR, BROWSER)], "http", BROWSER),
        # Two proxies in a row: the outer one was spoken to by TLS, the inner one was not.
        ([(PROTO, "https, http"), (FOR, f"{BROWSER}, 10.0.0.1")], "https", BROWSER),
        ([(PROTO, "https, http"), (FOR, BROWSER)], "http", BROWSER),
        ([(PROTO, "https"), (FOR, "unknown")], "https", PROXY),
        ([(FOR, "10.9.9.9")], "http", "10.9.9.9"),
        ([(STANDARD, f"for={BROWSER};proto=https")], "https", BROWSER),
        (
            [(STANDARD, 'For="[2001:db8::1]:4711"; Proto=https; by=10.0.0.2')],
            "https",
            "2001:db8::1",
        ),
        ([(STANDARD, f"for={BROWSER};proto=https, for=10.0.0.1;proto=http")], "https", BROWSER),
        ([(STANDARD, f'for="127.0.0.1;proto=https, for={BROWSER};proto=http')], "http", BROWSER),
        # Who sends the usual headers leaves the standard one as the browser made it up.
        ([(STANDARD, "for=127.0.0.1;proto=https"), (FOR, BROWSER)], "http", BROWSER),
    ],
)
def test_a_trusted_proxy_tells_where_the_browser_came_from(
    headers: list[tuple[str, str]], scheme: str, address: str
) -> None:
    assert seen(PROXY, *headers) == (scheme, address)


def test_of_anybody_else_nothing_is_believed() -> None:
    assert seen(BROWSER, (PROTO, "https"), (FOR, "127.0.0.1")) == ("http", BROWSER)
    assert seen("fd00::7", (PROTO, "https"))[0] == "https"
    assert seen("::ffff:10.0.0.2", (PROTO, "https"))[0] == "https"


@pytest.mark.parametrize("named", ["*", "proxy", "10.0.0.1/8", "10.0.0.0/8 127.0.0.1"])
def test_proxies_are_named_by_address(named: str) -> None:
    with pytest.raises(SettingsError, match=r"MAITRED_TRUSTED_PROXIES cannot be read: .*172\.16"):
        Settings(database_url="postgresql://x", trusted_proxies=named)
