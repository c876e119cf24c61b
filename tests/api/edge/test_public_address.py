"""Links lead to the address that the operator set, whatever host a request says it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from api.settings import Settings, SettingsError, from_environment
from seating.webhooks.sealed_secrets import new_key
from tests.api.booking.conftest import ROOM, book, key, site_client
from tests.api.conftest import NEW_STAFF, client_of, staff_client
from tests.api.http.test_access import ALL, ask
from tests.support.application import living
from tests.support.house import SEVEN, VENUE, move_clock, open_house, phone

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

OURS = "https://book.example.com"
EVIL = "evil.example"
DSN = "postgresql://nowhere/none"


async def links_of(app: Litestar) -> list[str]:
    """Every kind of link that is made, asked for under a host of somebody else."""
    async with site_client(app) as site, staff_client(app, "manager") as host:
        for client in (site, host):
            client.headers["Host"] = EVIL
            client.headers["X-Forwarded-Host"] = EVIL
        made = (await book(site)).json()
        body: dict[str, Any] = {
            "party_size": 2,
            "guest": {"name": "Guest 5", "phone": phone(5)},
            "accepted_house_rules": 3,
        }
        path = f"/v1/venues/{VENUE}/waitlist"
        waits = (await site.post(path, json=body, headers=key("wait"))).json()
        path = f"/host/reservations/{made['id']}/guest-link"
        link = (await host.post(path, json={"id": str(uuid4())})).json()
        own = made["manage_url"].partition("/r/")[2]
        file = (await site.get(f"/r/{own}/calendar.ics")).text.replace("\r\n ", "")
        (url,) = [row.partition(":")[2] for row in file.split("\r\n") if row.startswith("URL")]
        return [made["manage_url"], waits["page_url"], link["url"], url]


async def test_links_are_made_of_the_public_address_and_never_of_the_host_header(
    database: str, pool: Pool
) -> None:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)
    await pool.execute(NEW_STAFF, VENUE, "manager")
    settings = Settings(database_url=database, demo=True, jobs="none", pool_max=4)
    for given, begins in ((OURS, OURS), ("", "https://maitred.test")):
        async with living(replace(settings, public_url=given)) as app:
            if given:
                for link in await links_of(app):
                    assert link.startswith(f"{begins}/")
            async with client_of(app, headers={"Host": EVIL}) as anybody:
                (server,) = (await anybody.get("/openapi.json")).json()["servers"]
                assert server["url"] == (given or "/")


async def test_a_foreign_host_changes_nothing_in_any_answer(
    app: Litestar, owner: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    async with client_of(app) as anybody:
        for client in (anybody, partner, owner):
            client.headers.update(
                {"Host": EVIL, "X-Forwarded-Host": EVIL, "Forwarded": f"host={EVIL}"}
            )
            for route in (each for each in ALL if each[0] == "GET" and "/live/" not in each[1]):
                answer = await ask(client, route)
                assert EVIL not in answer.text, route
                assert EVIL not in str(answer.headers), route


def test_production_does_not_start_without_its_public_address() -> None:
    environment = {"DATABASE_URL": DSN, "MAITRED_PRODUCTION": "1", "MAITRED_SECRETS_KEY": new_key()}
    with pytest.raises(SettingsError, match=r"MAITRED_PUBLIC_URL is not set: .* guests reach"):
        from_environment(environment)
    settings = from_environment(environment | {"MAITRED_PUBLIC_URL": OURS})
    assert settings.public_url == OURS


@pytest.mark.parametrize(
    "given",
    [
        *("book.example.com", "https://", "https://a b", "ftp://a.b", "https://[::1"),
        *("https://me@book.example.com", "https://a:99999"),
        *(f"{OURS}/", f"{OURS}/maitred", f"{OURS}?x", f"{OURS}\n"),
    ],
)
def test_an_address_that_cannot_begin_a_link_is_refused_with_a_sentence(given: str) -> None:
    with pytest.raises(SettingsError, match=r"MAITRED_PUBLIC_URL cannot be read: .*nothing behind"):
        Settings(database_url=DSN, public_url=given)


@pytest.mark.parametrize("given", ["", OURS, "http://127.0.0.1:8000", "http://[::1]:8000"])
def test_an_address_may_have_a_port_and_be_of_this_machine(given: str) -> None:
    assert Settings(database_url=DSN, public_url=given).public_url == given
