"""R1: two tables kept back at the peak seat who just walked in, at the host's discretion."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import show, tap, wish
from tests.support.house import DATE, VENUE, at, move_clock
from tests.support.rules import PEAK, rule

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

EIGHT = at(1)
BASE = f"/v1/venues/{VENUE}"


async def site_books(site: httpx.AsyncClient, number: int, party_size: int = 2) -> httpx.Response:
    guest = {"name": f"Guest {number}", "phone": f"+4930{number:08}"}
    body = {"start": EIGHT.isoformat(), "party_size": party_size, "guest": guest}
    return await site.post(
        f"{BASE}/reservations",
        json=body | {"accepted_house_rules": 3},
        headers={"Idempotency-Key": f'"{uuid4()}"'},
    )


async def sold_out(site: httpx.AsyncClient) -> None:
    """Booking sites take whatever is on sale at eight."""
    for number in range(10):
        answer = await site_books(site, number)
        if answer.status_code != 201:
            said = answer.json()
            assert (answer.status_code, said["code"]) == (409, "SLOT_UNAVAILABLE")
            assert "held" not in answer.text.lower()
            assert number == 3
            return


async def offers(host: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await host.get("/host/door", params={"party_size": 2})
    found: list[dict[str, Any]] = answer.json()["options"]
    return found


async def test_r01_a_full_house_at_its_peak_still_has_a_table_for_who_walks_in(
    app: Litestar, host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await rule(app.state.pool, holds=[PEAK])
    await sold_out(partner)
    by_phone = wish(50, starts=EIGHT.isoformat())
    refused = await host.post("/host/reservations", json=by_phone)
    assert (refused.status_code, refused.json()["code"]) == (409, "HELD_BACK")

    await move_clock(app.state.pool, EIGHT - timedelta(minutes=50))
    held = (await show(host))["held"]
    assert len(held) == 2
    option = next(each for each in await offers(host) if each["held_id"])
    grant = {"tables": option["tables"], "party_size": 2, "held_id": option["held_id"]}
    silent = await tap(host, "seat", **grant)
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/reason")
    told = await tap(host, "seat", **grant, reason="here for the first time")
    assert told.status_code == 200, told.text
    assert told.json()["removed_held"] == [option["held_id"]]
    assert len((await show(host))["held"]) == 1


async def test_r01_what_nobody_needed_goes_on_sale_everywhere_rung_by_rung(
    app: Litestar, host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await rule(app.state.pool, holds=[PEAK])
    await sold_out(partner)
    asked = {"date": DATE, "party_size": "2"}

    async def on_sale() -> bool:
        items = (await partner.get(f"{BASE}/availability", params=asked)).json()["items"]
        return any(each["start"].startswith("2027-03-03T20:00") for each in items)

    assert not await on_sale()
    for number, before in ((20, 45), (21, 15)):
        await move_clock(app.state.pool, EIGHT - timedelta(minutes=before))
        assert await on_sale()
        assert (await site_books(partner, number)).status_code == 201
        assert (await site_books(partner, number + 10)).status_code == 409
    assert (await show(host))["held"] == []


async def test_r01_a_held_table_nobody_may_have_changes_nothing(
    app: Litestar, host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await rule(app.state.pool, holds=[PEAK])
    await sold_out(partner)
    tables = (await show(host))["held"][0]["tables"]
    unknown = {"tables": tables, "party_size": 2, "held_id": str(uuid4())}
    answer = await tap(host, "seat", **unknown, reason="a friend")
    assert answer.status_code in {404, 409}, answer.text
    assert len((await show(host))["held"]) == 2
    for path in ("/host/door?party_size=2", "/host/tonight"):
        assert (await partner.get(path)).status_code == 403


async def test_r01_a_held_table_starts_later_before_it_is_given_up_and_the_host_is_told(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await rule(app.state.pool, holds=[PEAK])
    await sold_out(partner)
    await move_clock(app.state.pool, EIGHT - timedelta(minutes=50))
    kept = (await show(host))["held"][0]

    sat = await tap(host, "seat", tables=kept["tables"], party_size=2, name="Vera")
    (shown,) = [each for each in (await show(host))["held"] if each["first_starts"]]
    assert (sat.json()["held"], shown["held_id"]) == ([shown], kept["held_id"])
    assert (shown["first_starts"], shown["tables"]) == (kept["starts"], kept["tables"])
    assert shown["said"] == (
        "The table for 2 is held from 20:45 instead of 20:00: it is taken until then."
    )

    party = sat.json()["seatings"][0]
    stays = {"seating_id": party["seating_id"], "version": party["version"], "minutes": 60}
    would = (await tap(host, "extend", **stays, dry_run=True)).json()
    extended = (await tap(host, "extend", **stays)).json()
    by = (await host.get("/host/me")).json()["staff_id"]
    tonight = await show(host)
    assert len(tonight["held"]) == 1
    assert (extended["held"], extended["removed_held"]) == ([], [kept["held_id"]])
    (told,) = extended["held_lost"]
    assert tonight["given_up"] == [told]
    (lost,) = would["held_lost"]
    same = ("held_id", "gave_way_to", "gave_way_to_id", "party", "message", "said")
    assert {key: lost[key] for key in same} == {key: told[key] for key in same}
    assert told["message"]["params"]["guests"] == 2
    assert (told["gave_way_to"], told["party"], told["ended_by"]) == ("seating", "Vera", by)
    assert told["said"].startswith("The table held for 2 was given up: at table ")
    announced = await app.state.pool.fetch(
        "select event from outbox where subject = $1 order by seq", kept["held_id"]
    )
    steps = ["held_table.held", "held_table.starts_later", "held_table.cancelled"]
    assert [row["event"] for row in announced][-3:] == steps

    report = (await manager.get(f"/manage/held-tables?from={DATE}&to={DATE}")).json()
    assert (report["made"], report["gave_way"], report["started_later"]) == (2, 1, 1)
    assert [each["party"] for each in report["given_up"]] == ["Vera"]


async def test_r01_the_report_on_held_tables_is_for_managers_and_refuses_reversed_dates(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    assert (await host.get(f"/manage/held-tables?from={DATE}&to={DATE}")).status_code == 403
    answer = await manager.get("/manage/held-tables?from=2027-03-04&to=2027-03-03")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/to"
