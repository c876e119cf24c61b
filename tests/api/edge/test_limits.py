"""A stranger in a loop is told to wait before any work is done for him, and nobody else is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
from msgspec.structs import replace

from api.edge import limits
from api.edge.limits import (
    CROWD,
    GOOGLE_PER_MINUTE,
    OPEN_ROUTES,
    OpenRoute,
    Pace,
    SeenCredentials,
    networks_of,
)
from policies.words.catalogue import say
from policies.words.message import message
from seating.errors import TooManyRequests
from tests.api.conftest import BASE, session_token, staff_client
from tests.api.http.test_access import ask, routes
from tests.support.application import living

if TYPE_CHECKING:
    from litestar import Litestar

    from api.settings import Settings

LOOPS, BESIDE = "203.0.113.9", "203.0.113.10"
PROXY = "127.0.0.1"
FEW = 3
OPEN = sorted(key for key, each in routes().items() if each.opt.get("exclude_from_auth"))
WAIT = say(message("too-many-requests", seconds=20))


def browser(app: Litestar, address: str, **more: Any) -> httpx.AsyncClient:  # noqa: ANN401
    transport = httpx.ASGITransport(
        app=cast("Any", app), raise_app_exceptions=False, client=(address, 50_000)
    )
    return httpx.AsyncClient(transport=transport, base_url=BASE, **more)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine however slow takes no time."""
    monkeypatch.setattr(limits, "monotonic", lambda: 1000.0)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three requests a minute for whoever asks."""
    rows = {path: OpenRoute(FEW, "") for path in OPEN_ROUTES}
    monkeypatch.setattr(limits, "OPEN_ROUTES", rows)
    monkeypatch.setattr(limits, "SESSION_PER_MINUTE", FEW)


def test_every_open_route_has_a_limit_and_a_reason() -> None:
    """The table names the routes by their path as metrics do: without the kinds of parameters."""
    opened = {re.sub(r":(str|path|uuid)}", "}", path) for _, path in OPEN}
    assert set(OPEN_ROUTES) == opened
    assert all(row.per_minute >= 60 and len(row.why) > 20 for row in OPEN_ROUTES.values())


@pytest.mark.usefixtures("few")
async def test_a_stranger_in_a_loop_over_every_open_route_waits_and_another_goes_on(
    app: Litestar,
) -> None:
    refused: dict[str, httpx.Response] = {}
    async with browser(app, LOOPS) as loops, browser(app, BESIDE) as beside:
        for _ in range(FEW + 1):
            for route in OPEN:
                answer = await ask(loops, route)
                if answer.status_code == 429 and answer.content:
                    refused.setdefault(route[1], answer)
        for route in {path: (method, path) for method, path in OPEN}.values():
            assert (await ask(beside, route)).status_code != 429, route
        await app.state.pool.close()
        for route in OPEN:  # no query is asked for a stranger who has to wait
            assert (await ask(loops, route)).status_code == 429, route
    assert set(refused) == {path for _, path in OPEN}
    assert {answer.headers["Retry-After"] for answer in refused.values()} == {"20"}
    problem = refused["/host/pair"].json()
    assert (problem["code"], problem["detail"]) == ("TOO_MANY_REQUESTS", WAIT)
    token = {"error": "temporarily_unavailable", "error_description": WAIT}
    assert refused["/oauth/token"].json() == token
    for path in ("/r/{token:str}", "/w/{token:str}"):
        assert "<h1>One moment, please</h1>" in refused[path].text
        assert 'http-equiv="refresh"' in refused[path].text


@pytest.mark.usefixtures("few")
async def test_whoever_a_trusted_proxy_names_is_counted_and_the_crowd_behind_it_is_many(
    settings: Settings,
    houses: None,  # noqa: ARG001
) -> None:
    async def heard(client: httpx.AsyncClient, times: int) -> int:
        answers = [await client.get("/healthz") for _ in range(times)]
        return sum(answer.status_code == 200 for answer in answers)

    async with living(replace(settings, limit_factor=2.0)) as app:
        for named in (LOOPS, BESIDE):
            async with browser(app, PROXY, headers={"X-Forwarded-For": named}) as client:
                assert await heard(client, 3 * FEW) == 2 * FEW  # as the operator's factor says
        # Made up by a browser, it names nobody; of a proxy that names nobody it is everybody.
        async with browser(app, "198.51.100.1", headers={"X-Forwarded-For": "10.0.0.1"}) as client:
            assert await heard(client, 3 * FEW) == 2 * FEW
        async with browser(app, PROXY) as client:
            assert await heard(client, 2 * FEW * CROWD + 1) == 2 * FEW * CROWD


@pytest.mark.usefixtures("few")
async def test_a_tablet_that_loops_waits_and_the_one_beside_it_works(app: Litestar) -> None:
    async with staff_client(app, "host") as broken, staff_client(app, "manager") as fine:
        told = [(await broken.get("/host/me")).status_code for _ in range(FEW + 1)]
        assert told == [200] * FEW + [429]
        assert (await broken.get("/host/me")).json()["detail"] == WAIT
        assert (await fine.get("/host/me")).status_code == 200


def heard_of(pace: Pace, caller: object, per_minute: int, now: float, times: int = 2000) -> int:
    heard = 0
    for _ in range(times):
        try:
            pace.spend(cast("Any", caller), per_minute, now)
        except TooManyRequests:
            return heard
        heard += 1
    return heard


def test_a_minutes_worth_may_come_at_once_and_then_as_fast_as_the_limit() -> None:
    for limit in {row.per_minute for row in OPEN_ROUTES.values()} | {GOOGLE_PER_MINUTE}:
        pace = Pace()
        assert heard_of(pace, "x", limit, 1000.0) == limit
        assert heard_of(pace, "x", limit, 1010.0) == limit // 6
        assert heard_of(pace, "y", limit, 1010.0) == limit
        assert heard_of(pace, "x", limit, 1100.0) == limit  # not more for having been quiet


def test_many_addresses_fill_no_memory_and_take_nobodys_turn() -> None:
    pace = Pace(callers=100)
    assert heard_of(pace, "steady", 60, 0.0) == 60
    for number in range(90):
        pace.spend(number, 60, 0.0)
    assert heard_of(pace, "steady", 60, 0.0) == 0
    for number in range(1000):
        pace.spend(number, 60, 0.0)
    assert len(pace._used_up) == 100


async def test_made_up_credentials_without_end_do_not_make_us_forget_who_sends_them(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "GUESSES_PER_MINUTE", FEW)
    for pace in (app.state.pace, app.state.guesses):
        pace.callers = 5
    told = []
    async with browser(app, LOOPS) as loops:
        for number in range(20):
            made_up = {"Authorization": f"Bearer made-up {number}"}
            told.append((await loops.get("/v1/venues", headers=made_up)).status_code)
    assert told == [401] * FEW + [429] * 17
    assert len(app.state.guesses._used_up) == 5


def test_who_goes_on_asking_is_not_forgotten_for_others() -> None:
    pace = Pace(callers=10)
    assert heard_of(pace, "loops", 60, 0.0) == 60
    for number in range(100):
        pace.spend(number, 60, 0.0)
        assert heard_of(pace, "loops", 60, 0.0) == 0


def test_a_subscriber_is_one_address_or_one_network_of_ipv6() -> None:
    assert networks_of("2001:db8:1:2::5") == networks_of("2001:db8:1:2:ffff::9")
    one, other = networks_of("2001:db8:1:2::5"), networks_of("2001:db8:1:3::5")
    assert (one[0] != other[0], one[1]) == (True, other[1])  # of one site: so many as a crowd
    assert networks_of("2001:db8:2::5")[1] != one[1]
    assert networks_of("::ffff:203.0.113.9") == networks_of("203.0.113.9")
    assert networks_of("203.0.113.9") != networks_of("203.0.113.10")


async def test_a_site_of_ipv6_that_changes_its_network_each_time_is_a_crowd_and_no_more(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPEN_ROUTES", {"/healthz": OpenRoute(2, "")})
    told = []
    for number in range(2 * CROWD + 1):
        async with browser(app, f"2001:db8:1:{number:x}::1") as client:
            told.append((await client.get("/healthz")).status_code)
    assert told == [200] * (2 * CROWD) + [429]


async def test_who_makes_credentials_up_waits_and_known_ones_beside_him_work(
    app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "GUESSES_PER_MINUTE", 6)
    monkeypatch.setattr(limits, "SAME_GUESS_PER_MINUTE", FEW)
    device, session = await session_token(app.state.pool, "host")
    good = {"__Host-maitred_device": device, "__Host-maitred_session": session}
    async with browser(app, LOOPS) as stale, browser(app, LOOPS, cookies=good) as tablet:
        assert (await tablet.get("/host/me")).status_code == 200
        wrong = {"Cookie": "__Host-maitred_session=bistro:ended"}
        told = [(await stale.get("/host/me", headers=wrong)).status_code for _ in range(9)]
        assert told == [401] * FEW + [429] * 6  # and uses up no more of the address than that
        for number, status in ((1, 401), (2, 401), (3, 429), (4, 429)):
            made_up = {"Authorization": f"Bearer made-up {number}"}
            assert (await stale.get("/v1/venues", headers=made_up)).status_code == status
        basic = {"Authorization": "Basic bWFkZTp1cA=="}
        assert (await stale.get("/google/v3/HealthCheck", headers=basic)).status_code == 429
        assert (await stale.get("/v1/venues")).status_code == 401  # without any, nothing is asked
        assert (await tablet.get("/host/me")).status_code == 200
        await app.state.pool.execute("update session set ended_at = now()")
        assert (await tablet.get("/host/me")).status_code == 401
        assert (await tablet.get("/host/me")).status_code == 429  # no longer known


def test_so_many_credentials_are_remembered_and_no_more() -> None:
    seen = SeenCredentials(most=2)
    for shown in (1, 2, 3):
        seen.right(shown)
    assert [shown in seen for shown in (1, 2, 3)] == [False, True, True]
    seen.wrong(3)
    seen.wrong(4)
    assert 3 not in seen
