"""Publishing the house over /manage: seen before, refused with the list, done, taken back."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from seating.jobs.sweeps import sweep_all
from tests.api.manage.conftest import ROOM
from tests.support.drafts import closed_on, drafted
from tests.support.house import (
    CLOCK,
    HOST,
    SEVEN,
    booked,
    house_text,
    move_clock,
    order,
)

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

TODAY, TOMORROW = date(2027, 3, 3), date(2027, 3, 4)
LATER = SEVEN + timedelta(days=1)
ON_RECORD = """
select facts::text, device_id from security_event where kind = $1 and staff_id = $2
"""


async def publish(
    client: httpx.AsyncClient,
    version: int,
    **body: Any,  # noqa: ANN401 - of a request
) -> httpx.Response:
    asked = {"id": str(uuid4()), "from_date": TODAY.isoformat()} | body
    return await client.post(f"/manage/house/drafts/{version}/publish", json=asked)


async def test_who_would_lose_the_place_is_seen_named_and_told(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    pool = app.state.pool
    kept = await booked(pool, order(1, starts=LATER), HOST)
    version = await drafted(pool, closed_on(ROOM, TOMORROW))
    seen = await manager.post(
        f"/manage/house/drafts/{version}/preview", json={"from_date": TODAY.isoformat()}
    )
    assert seen.status_code == 200, seen.text
    (lost,) = seen.json()["stranded"]
    assert lost == {
        "reservation_id": str(kept.reservation.reservation_id),
        "code": kept.reservation.code,
        "name": "Guest 1",
        "phone": "+493020000001",
        "party_size": 2,
        "period_id": "2027-03-04.dinner",
        "starts": "2027-03-04T19:00:00+01:00",
        "why": "The house is closed then.",
        "message": "stranded-closed",
        "params": {},
        "proposal": {
            "kind": "another_start",
            "tables": [],
            "starts": ["2027-03-05T19:00:00+01:00"],
        },
    }
    refused = await publish(manager, version)
    assert (refused.status_code, refused.json()["code"]) == (409, "WOULD_STRAND")
    assert refused.json()["now"] == {"stranded": [lost]}
    named = await publish(manager, version, stranded=[lost["reservation_id"]])
    assert named.status_code == 200, named.text
    listed = await manager.get("/manage/house/stranded")
    assert [each["code"] for each in listed.json()["stranded"]] == [kept.reservation.code]


async def test_the_same_order_sent_again_is_carried_out_once(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    version = await drafted(app.state.pool, house_text(2, 2))
    key = str(uuid4())
    first = await publish(manager, version, id=key)
    assert first.status_code == 200, first.text
    assert (await publish(manager, version, id=key)).json() == first.json()
    assert (await publish(manager, version)).status_code == 409
    kinds = await app.state.pool.fetch("select kind, staff_id from action")
    assert [tuple(row) for row in kinds] == [("PublishHouse", "manager")]
    (row,) = await app.state.pool.fetch(ON_RECORD, "PublishHouse", "manager")
    assert json.loads(row["facts"]) == {"version": version, "from": "2027-03-03", "before": 1}
    assert row["device_id"]


async def test_a_version_of_a_later_date_is_withdrawn(
    app: Litestar, manager: httpx.AsyncClient
) -> None:
    version = await drafted(app.state.pool, house_text(2, 2))
    done = await publish(manager, version, from_date=TOMORROW.isoformat())
    assert done.status_code == 200, done.text
    path = f"/manage/house/versions/{version}/withdraw"
    assert (await manager.post(path, json={"id": str(uuid4())})).status_code == 200
    assert (await manager.post(path, json={"id": str(uuid4())})).status_code == 409
    (row,) = await app.state.pool.fetch(ON_RECORD, "WithdrawHouse", "manager")
    assert json.loads(row["facts"])["version"] == version


@pytest.mark.parametrize(
    ("body", "status", "pointer"),
    [
        ({"from_date": "2027-03-02"}, 400, "/from_date"),
        ({"from_date": "soon"}, 400, "/from_date"),
        ({"stranded": "whatever"}, 400, "/stranded"),
        ({"stranded": [1]}, 400, "/stranded"),
        ({"id": "one"}, 400, "/id"),
        ({"more": 1}, 400, ""),
    ],
)
async def test_what_is_not_as_it_should_be_is_pointed_at_and_nothing_is_stored(
    app: Litestar, manager: httpx.AsyncClient, body: dict[str, Any], status: int, pointer: str
) -> None:
    version = await drafted(app.state.pool, house_text(2, 2))
    answer = await publish(manager, version, **body)
    assert answer.status_code in {status, 422}, answer.text
    if pointer:
        assert pointer in [each["pointer"] for each in answer.json()["errors"]]
    assert await app.state.pool.fetchval("select count(*) from house where state = 'draft'") == 1
    actions = "select count(*) from action"
    assert await app.state.pool.fetchval(actions) == 0


async def test_a_version_that_never_was_is_not_found(manager: httpx.AsyncClient) -> None:
    assert (await publish(manager, 77)).status_code == 404
    answer = await manager.post(
        "/manage/house/drafts/77/preview", json={"from_date": TODAY.isoformat()}
    )
    assert answer.status_code == 404


async def test_hosts_do_not_publish(app: Litestar, host: httpx.AsyncClient) -> None:
    version = await drafted(app.state.pool, house_text(2, 2))
    assert (await publish(host, version)).status_code == 403


async def test_of_an_evening_that_was_closed_the_stand_still_shows_who_sits_and_who_will_come(
    app: Litestar, manager: httpx.AsyncClient, host: httpx.AsyncClient
) -> None:
    pool = app.state.pool
    kept = (await booked(pool, order(1), HOST)).reservation
    assert (await host.get("/host/cases")).json() == []
    await move_clock(pool, SEVEN - timedelta(minutes=10))
    sits = {"id": str(uuid4()), "tables": ["1"], "party_size": 2}
    assert (await host.post("/host/orders/seat", json=sits)).status_code == 200
    version = await drafted(pool, closed_on(ROOM, TODAY))
    assert (await publish(manager, version, stranded="become_cases")).status_code == 200
    await sweep_all(pool, CLOCK)
    tonight = (await host.get("/host/tonight")).json()
    assert [each["tables"] for each in tonight["seatings"]] == [["1"]]
    assert [each["name"] for each in tonight["reservations"]] == ["Guest 1"]
    (case,) = (await host.get("/host/cases")).json()
    assert case["reservation_id"] == str(kept.reservation_id)
    asked = {"reservation_id": str(kept.reservation_id)}
    assert (await host.get("/host/door", params=asked)).status_code == 200
    assert len((await host.get("/host/actions")).json()["items"]) > 0
    walk_in = {"id": str(uuid4()), "tables": ["2"], "party_size": 2}
    assert (await host.post("/host/orders/seat", json=walk_in)).status_code == 404
