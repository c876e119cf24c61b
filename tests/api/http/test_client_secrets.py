"""A client's secret changed without a gap, and a client shut out by one of its houses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from api import setup
from seating.access.clients import create_client
from seating.db import transaction
from seating.errors import NotFound
from seating.privacy.retention import remove_aged
from seating.webhooks.deliveries import TARGET
from tests.api.conftest import ELSEWHERE, VENUE, client_of, staff_client

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

GRANT = {"grant_type": "client_credentials"}
RECORDS = """
select kind, staff_id, facts::text from security_event
where venue_id = $1 and client_id is not null order by at
"""
ENDPOINT = """
insert into webhook_endpoint (venue_id, endpoint_id, client_id, url, types, secret, created_at)
select v, gen_random_uuid(), $2, 'https://site.example/', '{reservation.changed}', '', now()
from unnest($1::text[]) v
"""


async def ask(anybody: httpx.AsyncClient, client_id: str, secret: str) -> tuple[int, Any]:
    form = GRANT | {"client_id": client_id, "client_secret": secret}
    answer = await anybody.post("/oauth/token", data=form)
    return answer.status_code, answer.json()


async def let_in(app: Litestar, token: str) -> list[str]:
    """The houses that let the client read a slot hold, if there were one."""
    found = []
    async with client_of(app, headers={"Authorization": f"Bearer {token}"}) as client:
        for venue in (VENUE, ELSEWHERE):
            answer = await client.get(f"/v1/venues/{venue}/slot-holds/{UUID(int=0)}")
            found += [venue] if "slot hold" in answer.json()["detail"] else []
    return found


async def test_a_secret_is_rotated_with_an_overlap_that_ends(
    app: Litestar, anybody: httpx.AsyncClient, owner: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    new = {"name": "Tables Online", "scopes": ["bookings", "availability"]}
    made = (await manager.post("/manage/clients", json=new)).json()
    client_id, first = made["client_id"], made["client_secret"]
    path = f"/manage/clients/{client_id}/rotate-secret"
    assert (await manager.post(path, json={})).status_code == 403
    assert (await owner.post(path, json={"overlap_hours": 500})).status_code == 400
    told = await owner.post(path, json={})
    assert told.status_code == 200, told.text
    (listed,) = (await manager.get("/manage/clients")).json()
    assert listed["old_secret_until"] == told.json()["old_secret_until"]
    # The answer was lost, so it is asked for again: the site's own is good all the same.
    third = (await owner.post(path, json={"overlap_hours": 48})).json()["client_secret"]
    second = told.json()["client_secret"]
    assert [(await ask(anybody, client_id, each))[0] for each in (first, second, third)] == [
        200
    ] * 3
    ending = "update client_old_secret set good_until = now() + interval '9 s' where client_id = $1"
    await app.state.pool.execute(ending, client_id)
    assert (await ask(anybody, client_id, first))[1]["expires_in"] in {7, 8, 9}
    assert (await ask(anybody, client_id, third))[1]["expires_in"] == 3600
    await app.state.pool.execute("update client_old_secret set good_until = now()")
    assert [(await ask(anybody, client_id, each))[0] for each in (first, second)] == [401, 401]
    await remove_aged(app.state.pool, app.state.clock)
    assert await app.state.pool.fetchval("select count(*) from client_old_secret") == 0
    token = (await ask(anybody, client_id, third))[1]["access_token"]
    last = (await owner.post(path, json={"overlap_hours": 0})).json()
    assert last["old_secret_until"] is None
    assert (await ask(anybody, client_id, third))[0] == 401
    async with client_of(app, headers={"Authorization": f"Bearer {token}"}) as client:
        assert (await client.get("/v1/venues")).status_code == 401
    assert (await ask(anybody, client_id, last["client_secret"]))[0] == 200
    rows = [tuple(row) for row in await app.state.pool.fetch(RECORDS, VENUE)]
    kinds = ["MakeClient", *["RotateClientSecret"] * 3]
    assert [(kind, by) for kind, by, _ in rows] == [
        (kind, "manager" if kind == "MakeClient" else "owner") for kind in kinds
    ]
    assert not any(secret in str(rows) for secret in (first, second, third))


async def test_no_house_cuts_a_shared_client_off_from_another_but_the_operator_may(
    app: Litestar, anybody: httpx.AsyncClient, owner: httpx.AsyncClient
) -> None:
    async with transaction(app.state.pool) as conn:
        grants: Any = {VENUE: ["bookings"], ELSEWHERE: ["bookings"]}
        client_id, secret = await create_client(conn, "A site", grants)
        theirs, _ = await create_client(conn, "Theirs", {ELSEWHERE: ["bookings"]})
    refused = await owner.post(f"/manage/clients/{client_id}/rotate-secret", json={})
    assert (refused.status_code, "scripts/serve client" in refused.json()["detail"]) == (403, True)
    assert (await owner.post(f"/manage/clients/{theirs}/rotate-secret", json={})).status_code == 404
    assert (await ask(anybody, client_id, secret))[0] == 200
    dsn = app.state.settings.database_url
    line, ends = await setup.fresh_secret(dsn, client_id, 0)
    assert "good no more" in ends
    assert (await ask(anybody, client_id, secret))[0] == 401
    assert (await ask(anybody, client_id, line.partition(": ")[2]))[0] == 200
    with pytest.raises(NotFound):
        await setup.fresh_secret(dsn, "nobody", 24)


async def test_a_house_disables_a_client_for_itself_at_once_and_lets_it_in_again(
    app: Litestar, anybody: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    pool = app.state.pool
    async with transaction(pool) as conn:
        scopes: Any = ["bookings", "google", "webhooks"]
        client_id, secret = await create_client(conn, "A site", {VENUE: scopes, ELSEWHERE: scopes})
    await pool.execute(ENDPOINT, [VENUE, ELSEWHERE], client_id)
    ids = {
        row[0]: row[1]
        for row in await pool.fetch("select venue_id, endpoint_id from webhook_endpoint")
    }
    token = (await ask(anybody, client_id, secret))[1]["access_token"]
    path = f"/manage/clients/{client_id}"
    assert await let_in(app, token) == [VENUE, ELSEWHERE]
    assert (await manager.post(f"{path}/disable")).status_code == 204
    assert await let_in(app, token) == [ELSEWHERE]
    told = {venue: await pool.fetchrow(TARGET, venue, each) for venue, each in ids.items()}
    assert (told[VENUE], told[ELSEWHERE] is None) == (None, False)
    async with client_of(app, headers={"Authorization": f"Bearer {token}"}) as client:
        listed = (await client.get("/v1/webhook-endpoints")).json()["items"]
        assert [each["venue"] for each in listed] == [ELSEWHERE]
    (seen,) = (await manager.get("/manage/clients")).json()
    assert (seen["disabled_at"] is not None, seen["serves_others"]) == (True, True)
    async with staff_client(app, "manager", ELSEWHERE) as elsewhere:
        (theirs,) = (await elsewhere.get("/manage/clients")).json()
        assert theirs["disabled_at"] is None
        assert (await elsewhere.post(f"{path}/disable")).status_code == 204
    assert (await ask(anybody, client_id, secret))[0] == 401
    assert await pool.fetchval("select count(*) from access_token") == 0
    assert (await manager.post(f"{path}/enable")).status_code == 204
    again = (await ask(anybody, client_id, secret))[1]["access_token"]
    assert await let_in(app, again) == [VENUE]
    assert (await manager.post("/manage/clients/nobody/enable")).status_code == 404
