"""The whole route table, walked: nobody gets in without showing who they are and what they may."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import httpx
import pytest
from litestar.routes import HTTPRoute

from api.app import create_app
from api.settings import Settings
from policies.house.file import house_json, read_house
from tests.api.conftest import ELSEWHERE, VENUE, client_of, staff_client
from tests.support.house import house_text

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.handlers import HTTPRouteHandler

    from seating.db import Pool

# What anybody may have without authentication. A route joins this list only with a reason.
OPEN_ROUTES = {
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("POST", "/oauth/token"),
    ("POST", "/host/pair"),
    ("GET", "/host/staff"),
    ("POST", "/host/login"),
    ("GET", "/host/locked"),
    ("GET", "/host/words/{language:str}"),  # the login screen needs its sentences too
    ("GET", "/r/{token:str}"),
    ("HEAD", "/r/{token:str}"),
    ("GET", "/r/{token:str}/calendar.ics"),
    ("HEAD", "/r/{token:str}/calendar.ics"),
    ("GET", "/r/{token:str}/times"),
    ("HEAD", "/r/{token:str}/times"),
    ("POST", "/r/{token:str}/change"),
    ("POST", "/r/{token:str}/cancel"),
    ("POST", "/r/{token:str}/late"),
    ("POST", "/r/{token:str}/size"),
    ("POST", "/r/{token:str}/confirm"),
    ("POST", "/r/{token:str}/coming"),
    ("POST", "/r/{token:str}/allergies"),
    ("POST", "/r/{token:str}/message"),
    ("GET", "/openapi.json"),
    ("GET", "/docs"),
    # The screens: the same for everybody, and nothing of a house.
    ("GET", "/"),
    ("GET", "/stand"),
    ("GET", "/desk"),
    ("GET", "/kitchen"),
    ("GET", "/worker.js"),
    ("GET", "/stand/{name:path}"),
    # How a new tablet gets in: the same for everybody, and a certificate, which is no secret.
    ("GET", "/tablet"),
    ("GET", "/tablet/{kind:str}"),
    ("GET", "/metrics"),  # by a token of its own
    # A guest's own page: the link is the key.
    ("GET", "/w/{token:str}"),
    ("HEAD", "/w/{token:str}"),
    ("POST", "/w/{token:str}/coming"),
    ("GET", "/w/{token:str}/leave"),
    ("HEAD", "/w/{token:str}/leave"),
    ("POST", "/w/{token:str}/leave"),
    ("POST", "/w/{token:str}/back"),
    # A page that ends messages, by its own link; what a provider signs.
    ("GET", "/n/{token:str}"),
    ("HEAD", "/n/{token:str}"),
    ("POST", "/n/{token:str}"),
    ("POST", "/notices/{venue_id:str}/{notice_id:uuid}/told"),
}
# Open to the middleware, but only for a paired tablet.
DEVICE_ROUTES = {("GET", "/host/staff"), ("POST", "/host/login"), ("GET", "/host/locked")}
SAMPLES = {"uuid": str(UUID(int=7)), "str": "something", "int": "1", "date": "2026-05-01"}

Route = tuple[str, str]


@pytest.fixture
def settings(database: str) -> Settings:
    """As everywhere, but one client may ask every route within a minute."""
    return Settings(
        database_url=database, jobs="none", pool_min=1, pool_max=4, requests_per_minute=100_000
    )


def routes() -> dict[Route, HTTPRouteHandler]:
    app = create_app(Settings(database_url="postgresql://nowhere/none"))
    return {
        (str(method), route.path): handler
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items()
        if method != "OPTIONS"
    }


ALL = sorted(routes())
CLOSED = [route for route in ALL if route not in OPEN_ROUTES]
OF_PARTNERS = [route for route in CLOSED if route[1].startswith("/v1/")]
OF_GOOGLE = [route for route in CLOSED if route[1].startswith("/google/v3/")]
STAFF_PATHS = ("/host/", "/manage/", "/live/", "/docs/everything")
OF_STAFF = [route for route in CLOSED if route[1].startswith(STAFF_PATHS)]
OF_MANAGERS = [route for route in OF_STAFF if route[1].startswith(("/manage/", "/docs/everything"))]
OF_OWNERS = {
    ("GET", "/manage/backups"),
    ("GET", "/manage/security-events"),
    ("POST", "/manage/clients/{client_id:str}/rotate-secret"),
}
OF_A_VENUE = [route for route in CLOSED if "{venue:str}" in route[1]]


def sample(path: str, venue: str = VENUE) -> str:
    """A path with every parameter filled in."""
    parts = []
    for part in path.split("/"):
        name, _, kind = part.strip("{}").partition(":")
        filled = venue if name == "venue" else SAMPLES.get(kind, "something")
        parts.append(filled if part.startswith("{") else part)
    return "/".join(parts)


async def ask(client: httpx.AsyncClient, route: Route, venue: str = VENUE) -> httpx.Response:
    method, path = route
    body: dict[str, str] | None = {} if method in {"POST", "PUT", "PATCH"} else None
    return await client.request(method, sample(path, venue), json=body)


def test_every_route_is_of_somebody() -> None:
    assert set(ALL) >= OPEN_ROUTES
    assert set(CLOSED) == {*OF_PARTNERS, *OF_GOOGLE, *OF_STAFF}


def test_only_the_listed_routes_are_open_to_anybody() -> None:
    opened = {key for key, each in routes().items() if each.opt.get("exclude_from_auth")}
    assert opened == OPEN_ROUTES


async def test_without_credentials_every_other_route_answers_401(
    anybody: httpx.AsyncClient,
) -> None:
    for route in [*CLOSED, *DEVICE_ROUTES]:
        answer = await ask(anybody, route)
        assert answer.status_code == 401, route
        scheme = "Basic" if route in OF_GOOGLE else "Bearer"
        assert answer.headers["WWW-Authenticate"].startswith(scheme)
        assert answer.json()["code"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("token", ["nonsense", "bistro:nonsense", "é", "a\N{NO-BREAK SPACE}b"])
async def test_a_made_up_token_is_nobody(anybody: httpx.AsyncClient, token: str) -> None:
    anybody.headers = httpx.Headers({b"Authorization": f"Bearer {token}".encode()})
    for route in CLOSED:
        answer = await ask(anybody, route)
        assert answer.status_code == 401, route
        told = 'realm="maitred"' if route in OF_GOOGLE else 'error="invalid_token"'
        assert told in answer.headers["WWW-Authenticate"]


async def test_partners_are_kept_out_of_the_house(partner: httpx.AsyncClient) -> None:
    for route in OF_STAFF:
        assert (await ask(partner, route)).status_code in {403, 404}, route


async def test_nobody_but_google_gets_in_there(
    partner: httpx.AsyncClient, owner: httpx.AsyncClient
) -> None:
    assert len(OF_GOOGLE) > 6
    for route in OF_GOOGLE:
        for client in (partner, owner):
            assert (await ask(client, route)).status_code == 401, route


async def test_staff_are_kept_out_of_the_partner_api(owner: httpx.AsyncClient) -> None:
    for route in OF_PARTNERS:
        assert (await ask(owner, route)).status_code in {403, 404}, route


async def test_hosts_are_kept_out_of_management(host: httpx.AsyncClient) -> None:
    assert OF_MANAGERS
    for route in OF_MANAGERS:
        answer = await ask(host, route)
        assert (answer.status_code, answer.json()["code"]) == (403, "NOT_ALLOWED"), route


async def test_managers_get_past_the_door_of_management(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    """So that the test above cannot pass because everybody is refused."""
    written = house_json(read_house(house_text(2))).decode()
    await pool.execute("update house set house = $1::jsonb where venue_id = $2", written, VENUE)
    for route in OF_MANAGERS:
        answer = await ask(manager, route)
        expected = {403} if route in OF_OWNERS else {200, 201, 204, 400, 404}
        assert answer.status_code in expected, route


async def test_another_house_does_not_exist(
    owner: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    for route in OF_A_VENUE:
        client = partner if route in OF_PARTNERS else owner
        for venue in (ELSEWHERE, "nowhere"):
            answer = await ask(client, route, venue)
            assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND"), route


async def test_a_change_without_the_csrf_token_is_refused(owner: httpx.AsyncClient) -> None:
    for token in ("", "wrong"):
        owner.headers["X-CSRF-Token"] = token
        for route in OF_STAFF:
            if route[0] != "GET":
                assert (await ask(owner, route)).status_code == 403, route


async def test_a_token_without_the_scope_is_refused(
    app: Litestar, partner: httpx.AsyncClient
) -> None:
    """Both the token and the venue's grant have to name what a route needs."""
    pool = app.state.pool
    for starve in (
        "update client_venue set scopes = '{}'",
        "update access_token set scopes = '{}'",
    ):
        await pool.execute(starve)
        for route in OF_PARTNERS:
            if "{venue:str}" in route[1] and route[1] != "/v1/venues/{venue:str}":
                assert (await ask(partner, route)).status_code == 403, route


async def test_head_is_authenticated_like_get(app: Litestar) -> None:
    async with client_of(app) as client:
        assert (await client.head("/host/me")).status_code in {401, 405}


async def test_the_session_says_who_one_is(app: Litestar) -> None:
    async with staff_client(app, "manager") as client:
        me = (await client.get("/host/me")).json()
    assert (me["venue_id"], me["staff_id"], me["role"]) == (VENUE, "manager", "manager")
    assert me["csrf_token"] == client.headers["X-CSRF-Token"]
