"""A tablet is paired and logged in at the first try wherever that is safe, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from msgspec.structs import replace

from seating.access.devices import make_pairing_code
from seating.access.staff import SET_PIN
from seating.db import transaction
from tests.api.conftest import PIN, VENUE, pin_hash
from tests.support.application import living

if TYPE_CHECKING:
    from litestar import Litestar

    from api.settings import Settings

LAN = "192.168.1.20"
PROXY = "172.18.0.9"
TLS_OUTSIDE = {"X-Forwarded-Proto": "https", "X-Forwarded-For": LAN}
TOSSED = ("maitred_session", "maitred_device")
HERE = ["http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"]


def browser(
    app: Litestar, url: str, peer: str = "127.0.0.1", headers: dict[str, str] | None = None
) -> httpx.AsyncClient:
    """A browser at `url`, whose connection comes from `peer`; it keeps cookies as browsers do."""
    transport = httpx.ASGITransport(
        app=cast("Any", app), raise_app_exceptions=False, client=(peer, 50_000)
    )
    return httpx.AsyncClient(transport=transport, base_url=url, headers=headers)


async def new_code(app: Litestar) -> dict[str, str]:
    async with transaction(app.state.pool) as conn:
        await conn.execute(SET_PIN, VENUE, "owner", pin_hash())
        code = await make_pairing_code(conn, VENUE, None)
    return {"venue": VENUE, "code": code.code, "device_name": "Door"}


async def get_in(client: httpx.AsyncClient, pairing: dict[str, str]) -> list[str]:
    """Pair, log in, ask who that is; what the two cookies were set as."""
    paired = await client.post("/host/pair", json=pairing)
    assert paired.status_code == 204, paired.text
    login = await client.post("/host/login", json={"staff_id": "owner", "pin": PIN})
    assert login.status_code == 200, login.text
    me = await client.get("/host/me")
    assert (me.status_code, me.json()["staff_id"]) == (200, "owner")
    client.headers["X-CSRF-Token"] = me.json()["csrf_token"]
    return [paired.headers["set-cookie"], login.headers["set-cookie"]]


@pytest.mark.parametrize("url", HERE)
async def test_on_this_machine_plain_http_does_at_the_first_try(app: Litestar, url: str) -> None:
    async with browser(app, url) as client:
        device, session = await get_in(client, await new_code(app))
    assert device.startswith("maitred_device=")
    assert session.startswith("maitred_session=")
    for cookie in (device, session):
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Secure" not in cookie


async def test_by_tls_cookies_are_secure_and_the_hosts_own(app: Litestar) -> None:
    async with browser(app, "https://maitred.test", LAN) as client:
        device, session = await get_in(client, await new_code(app))
    assert device.startswith("__Host-maitred_device=")
    assert session.startswith("__Host-maitred_session=")
    for cookie in (device, session):
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "https://maitred.test"])
async def test_logging_out_takes_the_cookie_back_as_it_was_set(app: Litestar, url: str) -> None:
    async with browser(app, url) as client:
        _, session = await get_in(client, await new_code(app))
        out = await client.post("/host/logout")
        (dropped,) = out.headers.get_list("set-cookie")
        assert [each for each in client.cookies if "session" in each] == []

    def parts(cookie: str) -> tuple[str, set[str]]:
        head, *rest = cookie.split("; ")
        return head.partition("=")[0], {each for each in rest if not each.startswith("Max-Age")}

    assert parts(dropped) == parts(session)


@pytest.mark.parametrize(
    ("url", "peer"),
    [
        ("http://192.168.1.2:8000", LAN),
        ("http://127.0.0.1:8000", LAN),
        ("http://maitred.lan", "127.0.0.1"),  # a proxy on this machine that tells nothing
    ],
)
async def test_over_plain_http_from_the_network_no_code_is_burnt(
    app: Litestar, url: str, peer: str
) -> None:
    pairing = await new_code(app)
    async with browser(app, url, peer) as client:
        refused = await client.post("/host/pair", json=pairing)
        login = await client.post("/host/login", json={"staff_id": "owner", "pin": PIN})
    for answer in (refused, login):
        assert (answer.status_code, answer.json()["code"]) == (403, "TLS_REQUIRED")
    assert "MAITRED_TRUSTED_PROXIES" in refused.json()["detail"]
    assert "MAITRED_SECURE_COOKIES=0" in refused.json()["detail"]
    async with browser(app, "https://maitred.test") as client:
        await get_in(client, pairing)


async def test_behind_a_trusted_proxy_tls_outside_is_tls(settings: Settings, houses: None) -> None:  # noqa: ARG001
    async with living(replace(settings, trusted_proxies="172.16.0.0/12")) as app:
        async with browser(app, "http://maitred.test", PROXY, TLS_OUTSIDE) as client:
            paired = await client.post("/host/pair", json=await new_code(app))
        assert paired.headers["set-cookie"].startswith("__Host-maitred_device=")
        plain = TLS_OUTSIDE | {"X-Forwarded-Proto": "http"}
        for peer, headers in ((PROXY, plain), ("10.1.2.3", TLS_OUTSIDE)):
            async with browser(app, "http://maitred.test", peer, headers) as client:
                refused = await client.post("/host/pair", json=await new_code(app))
            assert refused.json()["code"] == "TLS_REQUIRED"
        assert await app.state.pool.fetchval("select count(*) from device") == 1


@pytest.mark.parametrize(("says", "name"), [(False, "maitred_device="), (True, "__Host-")])
async def test_the_operator_has_the_last_word(
    settings: Settings,
    houses: None,  # noqa: ARG001
    says: bool,  # noqa: FBT001
    name: str,
) -> None:
    async with (
        living(replace(settings, secure_cookies=says)) as app,
        browser(app, "http://maitred.lan", LAN) as client,
    ):
        paired = await client.post("/host/pair", json=await new_code(app))
    assert paired.headers["set-cookie"].startswith(name)


async def test_a_neighbours_cookie_does_not_take_the_place_of_ours(app: Litestar) -> None:
    async with browser(app, "https://maitred.test") as client:
        await get_in(client, await new_code(app))
        client.cookies.set("maitred_session", "bistro:of a neighbour")
        assert (await client.get("/host/me")).status_code == 200


@pytest.mark.parametrize("name", TOSSED)
async def test_a_neighbours_cookie_is_not_read_where_ours_is_missing(
    app: Litestar, name: str
) -> None:
    """A neighbour in the domain could log a tablet in as whom he likes (cookie tossing)."""
    async with browser(app, "https://maitred.test") as theirs:
        await get_in(theirs, await new_code(app))
        tossed = {each: theirs.cookies[f"__Host-{each}"] for each in TOSSED}
    async with browser(app, "https://maitred.test") as client:
        if name == "maitred_session":  # good with its tablet's cookie only
            client.cookies.set("__Host-maitred_device", tossed["maitred_device"])
        client.cookies.set(name, tossed[name])
        path = {"maitred_session": "/host/me", "maitred_device": "/host/staff"}[name]
        assert (await client.get(path)).status_code == 401
        client.cookies.set(f"__Host-{name}", tossed[name])
        assert (await client.get(path)).status_code == 200


async def test_over_plain_http_the_name_that_needs_tls_is_not_read(app: Litestar) -> None:
    async with browser(app, HERE[0]) as client:
        await get_in(client, await new_code(app))
        session = client.cookies["maitred_session"]
    async with browser(app, HERE[0]) as client:
        client.cookies.set("__Host-maitred_session", session)
        assert (await client.get("/host/me")).status_code == 401
