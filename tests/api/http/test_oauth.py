"""Client credentials by RFC 6749, and clients as a house manages them."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

import pytest

from seating.access import attempts
from seating.access.clients import create_client
from seating.db import transaction
from seating.privacy.retention import remove_aged
from tests.api.conftest import ELSEWHERE, VENUE, staff_client

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

GRANT = {"grant_type": "client_credentials"}
Credentials = tuple[str, str]


@pytest.fixture
async def site(app: Litestar) -> Credentials:
    """A site with both houses, one of which lets it less."""
    async with transaction(app.state.pool) as conn:
        grants = {VENUE: ["availability", "bookings"], ELSEWHERE: ["availability"]}
        return await create_client(conn, "A site", grants)  # type: ignore[arg-type]


def basic(credentials: Credentials) -> dict[str, str]:
    pair = ":".join(quote_plus(each) for each in credentials)
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def as_form(credentials: Credentials) -> dict[str, str]:
    return {"client_id": credentials[0], "client_secret": credentials[1]}


async def test_a_token_is_had_by_basic_or_by_form(
    anybody: httpx.AsyncClient, site: Credentials
) -> None:
    for answer in (
        await anybody.post("/oauth/token", data=GRANT, headers=basic(site)),
        await anybody.post("/oauth/token", data=GRANT | as_form(site)),
    ):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        said = answer.json()
        assert (said["token_type"], said["expires_in"]) == ("Bearer", 3600)
        assert said["scope"] == "availability bookings"


async def test_a_scope_may_be_less_but_not_more(
    anybody: httpx.AsyncClient, site: Credentials
) -> None:
    form = GRANT | as_form(site)
    less = await anybody.post("/oauth/token", data=form | {"scope": "bookings"})
    assert less.json()["scope"] == "bookings"
    more = await anybody.post("/oauth/token", data=form | {"scope": "bookings pos"})
    assert (more.status_code, more.json()["error"]) == (400, "invalid_scope")


async def test_errors_are_those_of_rfc_6749(anybody: httpx.AsyncClient, site: Credentials) -> None:
    form = as_form(site)
    wrong = GRANT | form | {"client_secret": "wrong"}
    bodies: list[tuple[dict[str, str], int, str]] = [
        (form, 400, "invalid_request"),
        (form | {"grant_type": "password"}, 400, "unsupported_grant_type"),
        (wrong, 401, "invalid_client"),
        (GRANT | {"client_id": "nobody", "client_secret": "x"}, 401, "invalid_client"),
        (GRANT, 401, "invalid_client"),
    ]
    for body, status, error in bodies:
        answer = await anybody.post("/oauth/token", data=body)
        assert (answer.status_code, answer.json()["error"]) == (status, error), body
        assert answer.headers["Cache-Control"] == "no-store"
        assert ("WWW-Authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize("header", ["Basic", "Basic ?", "Basic YQ==", "Basic /w==", "Bearer x"])
async def test_a_broken_header_is_an_unknown_client(
    anybody: httpx.AsyncClient, header: str
) -> None:
    answer = await anybody.post("/oauth/token", data=GRANT, headers={"Authorization": header})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


async def test_odd_bodies_are_invalid_requests(
    anybody: httpx.AsyncClient, site: Credentials
) -> None:
    form = "application/x-www-form-urlencoded"
    odd = [
        (form, b"grant_type=client_credentials&grant_type=client_credentials"),
        ("application/json", b'{"grant_type": "client_credentials"}'),
        (form, b""),
        (form, b"\xff=%FF&=&&"),
    ]
    for media_type, body in odd:
        headers = basic(site) | {"Content-Type": media_type}
        answer = await anybody.post("/oauth/token", content=body, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request"), body


async def test_a_secret_stands_in_one_place(anybody: httpx.AsyncClient, site: Credentials) -> None:
    answer = await anybody.post("/oauth/token", data=GRANT | as_form(site), headers=basic(site))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


async def test_guessing_secrets_is_stopped_for_the_guessed_client_only(
    app: Litestar, anybody: httpx.AsyncClient, site: Credentials
) -> None:
    async with transaction(app.state.pool) as conn:
        other = await create_client(conn, "Another", {VENUE: ["pos"]})
    for _ in range(10):
        await anybody.post("/oauth/token", data=GRANT | as_form((site[0], "wrong")))
    stopped = await anybody.post("/oauth/token", data=GRANT | as_form(site))
    assert stopped.status_code == 429
    assert "Retry-After" in stopped.headers
    assert (await anybody.post("/oauth/token", data=GRANT | as_form(other))).status_code == 200


async def test_nobody_tries_a_long_list_of_secrets_from_one_address(
    anybody: httpx.AsyncClient, site: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "LIMIT_PER_ADDRESS", 12)
    for number in range(12):
        guess = GRANT | as_form((f"client_{number}", "stolen"))
        assert (await anybody.post("/oauth/token", data=guess)).status_code == 401
    assert (await anybody.post("/oauth/token", data=GRANT | as_form(site))).status_code == 429


async def test_an_expired_token_is_nobody_and_is_swept_away(
    app: Litestar, partner: httpx.AsyncClient
) -> None:
    await app.state.pool.execute("update access_token set expires_at = now()")
    answer = await partner.get("/host/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHENTICATED")
    for still_there in (1, 0):
        removed = await remove_aged(app.state.pool, app.state.clock)
        assert removed["tokens"] == still_there


async def test_a_manager_makes_lists_and_disables_a_client(
    anybody: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    new = {"name": "Tables Online", "scopes": ["bookings"]}
    made = (await manager.post("/manage/clients", json=new)).json()
    form = GRANT | made
    assert (await anybody.post("/oauth/token", data=form)).json()["scope"] == "bookings"
    (listed,) = (await manager.get("/manage/clients")).json()
    assert listed["scopes"] == ["bookings"]
    assert made["client_secret"] not in str(listed)
    path = f"/manage/clients/{made['client_id']}/disable"
    assert (await manager.post(path)).status_code == 204
    assert (await anybody.post("/oauth/token", data=form)).status_code == 401


async def test_a_disabled_client_loses_its_tokens(
    app: Litestar, partner: httpx.AsyncClient
) -> None:
    await app.state.pool.execute("update client set disabled_at = now()")
    assert (await partner.get("/host/me")).status_code == 401


async def test_a_house_shuts_out_a_shared_client_only_from_itself(
    app: Litestar, manager: httpx.AsyncClient, site: Credentials
) -> None:
    path = f"/manage/clients/{site[0]}"
    assert (await manager.post(f"{path}/disable")).status_code == 204
    assert (await manager.delete(f"{path}/grant")).status_code == 204
    assert (await manager.delete(f"{path}/grant")).status_code == 404
    assert (await manager.post(f"{path}/disable")).status_code == 404
    async with staff_client(app, "manager", ELSEWHERE) as elsewhere:
        (left,) = (await elsewhere.get("/manage/clients")).json()
    assert left["client_id"] == site[0]


async def test_a_grant_says_exactly_what_a_client_may(
    manager: httpx.AsyncClient, site: Credentials
) -> None:
    path = f"/manage/clients/{site[0]}/grant"
    assert (await manager.put(path, json={"scopes": ["waitlist"]})).status_code == 204
    (listed,) = (await manager.get("/manage/clients")).json()
    assert listed["scopes"] == ["waitlist"]
    assert (await manager.put(path, json={"scopes": ["everything"]})).status_code == 400
    nobody = await manager.put("/manage/clients/nobody/grant", json={"scopes": ["pos"]})
    assert nobody.status_code == 404
