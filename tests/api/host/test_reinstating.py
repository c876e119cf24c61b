"""Reinstating what was cancelled, declined or walked by mistake: if its place is still there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.booking import conftest as site
from tests.api.host.conftest import booked, done
from tests.support.house import at, move_clock

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool

LATER = at(25).isoformat()
TOLD = "select data::text from outbox where subject = $1 and data is not null order by seq"


async def reinstated(
    client: httpx.AsyncClient,
    entry: dict[str, Any],
    **more: Any,  # noqa: ANN401 - any field
) -> httpx.Response:
    body = {"id": str(uuid4()), "version": entry["version"]} | more
    return await client.post(f"/host/reservations/{entry['reservation_id']}/reinstate", json=body)


async def cancelled(client: httpx.AsyncClient, entry: dict[str, Any]) -> dict[str, Any]:
    path = f"/host/reservations/{entry['reservation_id']}/cancel"
    answer = await client.post(path, json={"id": str(uuid4()), "reason": "is ill"})
    assert answer.status_code == 200, answer.text
    gone: dict[str, Any] = answer.json()
    return gone


async def test_it_has_its_promised_table_again_once_however_often_it_is_asked(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    made = await booked(host, starts=LATER, tables=["3"])
    gone = await cancelled(host, made)
    assert (gone["state"], gone["tables"]) == ("cancelled", [])
    body = {"id": str(uuid4()), "version": gone["version"]}
    path = f"/host/reservations/{made['reservation_id']}/reinstate"
    answers = [await host.post(path, json=body) for _ in range(2)]
    assert answers[0].text == answers[1].text
    back = answers[0].json()
    assert (back["state"], back["tables"], back["fixed"]) == ("booked", ["3"], True)
    assert (back["lost_tables"], back["cancelled_why"]) == ([], None)
    kinds = await pool.fetch("select staff_id from action where kind = 'Reinstate'")
    assert [row["staff_id"] for row in kinds] == ["host"]


async def test_a_table_given_to_another_is_made_up_for_or_refused_with_other_times(
    host: httpx.AsyncClient,
) -> None:
    gone = await cancelled(host, await booked(host, starts=LATER, party_size=6, tables=["4"]))
    await booked(host, 1, starts=LATER, party_size=6)
    refused = await reinstated(host, gone)
    said = refused.json()
    assert (refused.status_code, said["code"]) == (409, "NO_TABLE_FITS")
    assert said["alternatives"]
    path = f"/host/reservations/{gone['reservation_id']}"
    assert (await host.get(path)).json()["state"] == "cancelled"
    small = await cancelled(host, await booked(host, 2, starts=LATER, tables=["1"]))
    await booked(host, 3, starts=LATER, tables=["1"])
    back = (await reinstated(host, small)).json()
    assert (back["tables"], back["fixed"], back["lost_tables"]) == (["2"], False, ["1"])


async def test_a_guest_who_has_booked_again_meanwhile_is_not_booked_twice(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    gone = await cancelled(host, await booked(host, starts=LATER))
    await booked(host, starts=LATER)
    refused = await reinstated(host, gone)
    assert (refused.status_code, refused.json()["code"]) == (409, "DUPLICATE")
    hosts = await reinstated(host, gone, overrule="two tables, please")
    assert (hosts.status_code, hosts.json()["code"]) == (403, "NOT_ALLOWED")
    both = await reinstated(manager, gone, overrule="two tables, please")
    assert both.json()["state"] == "booked", both.text


async def test_against_the_engine_it_has_its_promised_table_if_nobody_loses_theirs(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    gone = await cancelled(host, await booked(host, starts=LATER, tables=["3"]))
    await booked(host, starts=LATER)
    both = (await reinstated(manager, gone, overrule="two tables, please")).json()
    assert (both["tables"], both["fixed"], both["kind"]) == (["3"], True, "physical")
    six = await cancelled(host, await booked(host, 1, starts=LATER, party_size=6, tables=["4"]))
    other = await booked(host, 2, starts=LATER, party_size=6)
    beyond = (await reinstated(manager, six, overrule="they come all the same")).json()
    assert (beyond["tables"], beyond["kind"]) == ([], "overbooked")
    assert other["tables"] == ["4"]
    told = [each["code"] for each in beyond["warnings"]]
    assert told == ["BEYOND_THE_ROOM"]


async def test_a_party_walked_by_mistake_is_back_in_its_own_evening_only(
    app: Litestar, host: httpx.AsyncClient
) -> None:
    made = await booked(host)
    await move_clock(app.state.pool, at(0.2))
    about = {"reservation_id": made["reservation_id"]}
    told = await done(host, "arrive", **about, version=1, arrived=2)
    told = await done(host, "walk", **about, version=told["reservations"][0]["version"])
    walked = {**about, "version": told["reservations"][0]["version"]}
    back = (await reinstated(host, walked)).json()
    assert (back["state"], back["arrived"], len(back["tables"])) == ("booked", 0, 1)
    gone = await cancelled(host, back)
    await move_clock(app.state.pool, at(3))  # its turn is over, not the evening
    back = (await reinstated(host, gone)).json()
    assert (back["state"], back["tables"]) == ("booked", ["1"])
    again = await cancelled(host, back)
    await move_clock(app.state.pool, at(5))
    late = await reinstated(host, again)
    assert (late.status_code, late.json()["detail"]) == (
        409, "The time of this reservation is over. Make a new one for another time.",
    )  # fmt: skip


async def test_its_site_hears_that_it_is_confirmed_again(
    app: Litestar, host: httpx.AsyncClient, pool: Pool
) -> None:
    async with site.site_client(app) as partner:
        made = await site.made(partner, start=LATER)
        path = f"{site.BASE}/reservations/{made['id']}"
        await partner.post(f"{path}/cancel", json={"reason": "no train"}, headers=site.key("c"))
        ours = {"reservation_id": made["id"], "version": 2}
        assert (await reinstated(host, ours)).status_code == 200
        seen = (await partner.get(path)).json()
    assert (seen["status"], seen["version"], seen["cancelled_because"]) == ("booked", 3, None)
    told = [json.loads(row["data"]) for row in await pool.fetch(TOLD, made["id"])]
    assert [(each["types"], each["status"]) for each in told] == [
        (["reservation.confirmed"], "booked"),
        (["reservation.cancelled"], "cancelled"),
        (["reservation.confirmed"], "booked"),
    ]


async def test_a_request_declined_by_mistake_is_confirmed_and_no_turnaway_any_more(
    app: Litestar, host: httpx.AsyncClient, pool: Pool
) -> None:
    async with site.site_client(app) as partner:
        wish = site.wish(party_size=2, start=LATER)
        sent = await partner.post(f"{site.BASE}/enquiries", json=wish, headers=site.key())
    about = {"reservation_id": sent.json()["id"]}
    told = await done(host, "decline", **about, version=1)
    declined = {**about, "version": told["reservations"][0]["version"]}
    assert (await reinstated(host, declined)).json()["state"] == "booked"
    types = [json.loads(row["data"])["types"] for row in await pool.fetch(TOLD, sent.json()["id"])]
    assert types[-1] == ["reservation.confirmed", "enquiry.answered"]
    assert await pool.fetchval("select recovered_how from turnaway") == "booked"


async def test_only_what_has_ended_without_a_visit_is_reinstated(host: httpx.AsyncClient) -> None:
    made = await booked(host, starts=LATER)
    stands = await reinstated(host, made)
    assert (stands.status_code, stands.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    gone = await cancelled(host, made)
    stale = await reinstated(host, made)
    assert (stale.status_code, stale.json()["now"]["state"]) == (409, "cancelled")
    wrong = await reinstated(host, gone, version=0, overrule="x")
    pointers = {error["pointer"] for error in wrong.json()["errors"]}
    assert (wrong.status_code, pointers <= {"/version", "/overrule"}) == (400, True)
    unknown = await reinstated(host, {"reservation_id": uuid4(), "version": 1})
    assert unknown.status_code == 404
