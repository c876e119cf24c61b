"""Everything that was handed out to let somebody in stands nowhere in the database in clear."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api import setup
from api.settings import Settings
from seating.webhooks.sealed_secrets import LinkSeal, Seal, new_key
from tests.api.booking import conftest as site
from tests.api.conftest import NEW_STAFF, client_of, staff_client
from tests.api.google import conftest as google
from tests.api.host.conftest import ROOM
from tests.support.application import living
from tests.support.house import SEVEN, VENUE, at, move_clock, open_house, phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

TABLES = "select quote_ident(tablename) from pg_tables where schemaname = 'public'"


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, ROOM)
    await move_clock(pool, SEVEN)
    for role in ("host", "manager", "owner"):
        await pool.execute(NEW_STAFF, VENUE, role)
    settings = Settings(
        database_url=database,
        demo=True,
        jobs="none",
        pool_min=1,
        pool_max=10,
        secrets_key=new_key(),
        webhooks_to_loopback=True,
    )
    async with living(settings) as app:
        yield app


async def said(asked: httpx.Response) -> dict[str, Any]:
    assert asked.is_success, asked.text
    found: dict[str, Any] = asked.json()
    return found


def token_of(url: str) -> str:
    return url.rpartition("/")[2]


async def of_sites(app: Litestar) -> AsyncIterator[str]:
    """What a site is given: links of three kinds, webhook secrets, tokens."""
    async with site.site_client(app) as client, google.google_client(app) as facade:
        yield client.headers["Authorization"].partition(" ")[2]
        yield secret_in(facade.headers["Authorization"])
        await google.booked(facade, 5, hours=2)
        party = {"party_size": 2, "guest": {"name": "Ada", "phone": phone(4)}}
        for to, body, url in (
            ("reservations", site.wish(1, start=at(1).isoformat()), "manage_url"),
            ("enquiries", site.wish(2, start=at(1).isoformat(), party_size=20), "manage_url"),
            ("waitlist", party | {"accepted_house_rules": 3}, "page_url"),
        ):
            first = await client.post(f"{site.BASE}/{to}", json=body, headers=site.key(to))
            again = await client.post(f"{site.BASE}/{to}", json=body, headers=site.key(to))
            assert (again.status_code, again.content) == (first.status_code, first.content)
            yield token_of((await said(first))[url])
        hook = {
            "venue": VENUE,
            "url": "http://127.0.0.1:9/",
            "event_types": ["reservation.changed"],
        }
        made = await said(await client.post("/v1/webhook-endpoints", json=hook))
        yield made["secret"]
        path = f"/v1/webhook-endpoints/{made['id']}"
        yield (await said(await client.post(f"{path}/rotate-secret")))["secret"]
        await client.post(f"{path}/test")


def secret_in(header: str) -> str:
    return b64decode(header.partition(" ")[2]).decode().partition(":")[2]


async def of_the_house(app: Litestar) -> AsyncIterator[str]:
    """What people of the house are given and give: links, codes, PINs, sessions, clients."""
    async with staff_client(app, "owner") as owner, client_of(app) as tablet:
        for name in ("__Host-maitred_device", "__Host-maitred_session"):
            yield str(owner.cookies[name])
        (booked, *_) = (await owner.get("/host/tonight")).json()["reservations"]
        path = f"/host/reservations/{booked['reservation_id']}/guest-link"
        answer = await said(await owner.post(path, json={"id": str(uuid4())}))
        yield token_of(next(str(each) for each in answer.values() if "/r/" in str(each)))
        client = {"name": "A till", "scopes": ["pos"]}
        made = await said(await owner.post("/manage/clients", json=client))
        yield made["client_secret"]
        path = f"/manage/clients/{made['client_id']}/rotate-secret"
        yield (await said(await owner.post(path, json={})))["client_secret"]
        form = {"grant_type": "client_credentials"} | made
        yield (await said(await tablet.post("/oauth/token", data=form)))["access_token"]
        code = (await said(await owner.post("/manage/pairing-codes")))["code"]
        yield code
        pair = {"venue": VENUE, "code": code, "device_name": "Door"}
        assert (await tablet.post("/host/pair", json=pair)).is_success
        new = {"staff_id": "lea", "name": "Lea", "role": "host", "pin": "739164"}
        assert (await owner.post("/manage/staff", json=new)).is_success
        yield new["pin"]
        session = await said(
            await tablet.post("/host/login", json={"staff_id": "lea", "pin": "739164"})
        )
        yield session["csrf_token"]
        for each in tablet.cookies.jar:
            yield str(each.value)
        lines = await setup.fresh_login(app.state.settings.database_url, VENUE, "owner", "test")
        yield lines[0].rpartition(" ")[2]
        yield lines[1].partition(": ")[2].partition(" ")[0]


async def test_no_token_or_secret_that_was_handed_out_stands_in_the_database_in_clear(
    app: Litestar, pool: Pool
) -> None:
    given = [each async for each in of_sites(app)] + [each async for each in of_the_house(app)]
    assert len(given) == len(set(given))
    assert all(len(each) >= 6 for each in given)
    found = set()
    for table in [row[0] for row in await pool.fetch(TABLES)]:
        for row in await pool.fetch(f"select t::text from {table} t"):
            found |= {
                (table, each)
                for each in given
                for bare in {each, each.rpartition(":")[2]}
                for form in (bare, bare.encode().hex(), b64encode(bare.encode()).decode())
                if form in row[0]
            }
    assert found == set()


def test_links_are_sealed_without_a_configured_key_too_and_bound_to_their_answer() -> None:
    here, elsewhere = LinkSeal(None, "postgresql://here"), LinkSeal(None, "postgresql://elsewhere")
    sealed = here.encrypt(b"token", "one")
    assert b"token" not in sealed
    assert LinkSeal(None, "postgresql://here").decrypt(sealed, "one") == b"token"
    assert here.decrypt(sealed, "another") is None
    assert elsewhere.decrypt(sealed, "one") is None
    keyed = Seal(new_key())
    assert LinkSeal(keyed, "").decrypt(LinkSeal(keyed, "").encrypt(b"a", "b"), "b") == b"a"
