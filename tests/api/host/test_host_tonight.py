"""What the stand shows, and the demo's clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from api.app import create_app
from api.settings import Settings
from seating.clock import set_clock
from seating.db import transaction
from tests.api.conftest import client_of
from tests.api.host.conftest import booked, done, show
from tests.support.house import DATE, SEVEN, VENUE, at

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool


async def test_tonight_shows_who_comes_who_sits_and_who_is_next(host: httpx.AsyncClient) -> None:
    made = await booked(host, starts=at(1).isoformat())
    await done(host, "seat", tables=["4"], party_size=5, name="Ines")
    shown = await show(host)
    (coming,) = shown["reservations"]
    assert (coming["name"], coming["place_owed"], coming["channel"]) == ("Guest 0", True, "phone")
    (sits,) = shown["seatings"]
    assert (sits["tables"], sits["minutes"], sits["overdue"]) == (["4"], 0, False)
    table = coming["tables"][0]
    assert shown["next_by_table"][table]["reservation_id"] == made["reservation_id"]
    assert (shown["slot_holds"], shown["waiting"], shown["blocks"]) == (0, [], [])


async def test_reads_count_what_fell_due_before_any_job_ran(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await booked(host)
    await done(host, "seat", tables=["4"], party_size=2)
    await pool.execute("update clock set anchor = anchor + interval '100 minutes'")
    shown = await show(host)
    (gone,) = shown["reservations"]
    assert (gone["state"], gone["tables"]) == ("no_show", [])
    assert shown["seatings"][0]["overdue"]
    (listed,) = (await host.get(f"/host/reservations?date={DATE}")).json()
    assert (listed["state"], listed["version"]) == ("no_show", gone["version"])
    assert await pool.fetchval("select state from reservation") == "booked"


async def test_another_period_is_shown_by_its_name(host: httpx.AsyncClient) -> None:
    await booked(host, starts=at(24).isoformat())
    tomorrow = await host.get("/host/tonight", params={"period": "2027-03-04.dinner"})
    assert len(tomorrow.json()["reservations"]) == 1
    for unknown in ("2027-03-04.brunch", "nonsense", "9999-12-31.dinner", "0001-01-01.dinner"):
        answer = await host.get("/host/tonight", params={"period": unknown})
        assert answer.status_code == 404, unknown


async def test_the_house_is_what_a_tablet_draws(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    house = (await host.get("/host/house")).json()
    assert [table["id"] for table in house["tables"]] == ["1", "2", "3", "4", "5"]
    assert house["joins"][0]["tables"] == ["1", "2"]
    assert house["periods"][0]["service_date"] == DATE
    assert {"staff_id": "host", "name": "host", "role": "host"} in house["staff"]
    drawn = {each["area"]: each["corners"] for each in house["outlines"]}
    assert [len(corners) for corners in drawn.values()] == [4, 4]
    assert (house["door"], house["special_day"], house["about"]["kind"]) == (None, None, "open")
    assert {each["staff_id"] for each in house["on_duty"]} == {"host", "manager"}
    numbers = house["rules"]
    assert (numbers["late_after_minutes"], numbers["undo_seconds"]) == (10, 120)
    assert (await manager.post("/host/logout")).status_code == 204
    house = (await host.get("/host/house")).json()
    assert {each["staff_id"] for each in house["on_duty"]} == {"host"}


async def test_the_services_of_some_dates_say_what_is_booked_and_what_they_could_take(
    host: httpx.AsyncClient,
) -> None:
    await booked(host, starts=at(24).isoformat())
    await done(host, "levers", online_paused=True)
    today, tomorrow = (await host.get(f"/host/periods?from={DATE}&to=2027-03-04")).json()
    assert (today["service_date"], today["paused"], today["closed"]) == (DATE, True, False)
    assert (tomorrow["booked"]["reservations"], tomorrow["booked"]["covers"]) == (1, 2)
    assert (tomorrow["capacity"]["seats"], tomorrow["overbooked"]) == (18, 0)
    assert len((await host.get("/host/periods")).json()) == 7
    for wrong in ("from=2027-03-04&to=2027-03-03", "to=2028-03-03", "from=9999-01-01"):
        assert (await host.get(f"/host/periods?{wrong}")).status_code == 422, wrong


async def test_the_door_offers_tables_in_order_and_says_how_many_wait(
    host: httpx.AsyncClient,
) -> None:
    await done(host, "wait", party_size=2)
    door = (await host.get("/host/door", params={"party_size": 3})).json()
    assert door["parties_ahead"] == 1
    assert door["options"][0]["full_turn"]
    assert door["options"][0]["sentence"]
    door = (await host.get("/host/door?party_size=3&area=terrace")).json()
    assert {option["area"] for option in door["options"]} == {"terrace"}
    for wrong in ("party_size=0", "party_size=2&high_chairs=99"):
        assert (await host.get(f"/host/door?{wrong}")).status_code == 400
    cellar = await host.get("/host/door?party_size=2&area=cellar")
    assert cellar.status_code == 422


async def test_the_door_knows_whose_promise_it_is(host: httpx.AsyncClient) -> None:
    made = await booked(host)
    door = await host.get(f"/host/door?reservation_id={made['reservation_id']}")
    assert door.status_code == 200
    assert door.json()["options"][0]["full_turn"]
    assert (await host.get(f"/host/door?wait_id={uuid4()}")).status_code == 404
    stranger = await host.get(f"/host/door?reservation_id={uuid4()}")
    assert (stranger.status_code, stranger.json()["code"]) == (404, "NOT_FOUND")
    nobody = (await host.get("/host/door")).json()
    assert (nobody["code"], nobody["errors"][0]["pointer"]) == ("INVALID", "/party_size")


async def test_a_manager_moves_the_demo_s_clock_and_what_is_due_is_done(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    await booked(host)
    body = {"to": at(0.5).isoformat(), "rate": 0}
    assert (await host.post("/demo/clock", json=body)).status_code == 403
    face = (await manager.post("/demo/clock", json=body)).json()
    assert face == {"now": at(0.5).isoformat().replace("+00:00", "Z"), "rate": 0.0}
    assert await pool.fetchval("select state from reservation") == "no_show"
    assert (await manager.get("/demo/clock")).json() == face
    assert (await manager.post("/demo/sweep")).status_code == 204
    naive = {"to": SEVEN.replace(tzinfo=None).isoformat(), "rate": 0}
    assert (await manager.post("/demo/clock", json=naive)).status_code == 400


async def test_the_demo_s_room_is_shown_on_this_machine_without_anybodys_name(
    app: Litestar, host: httpx.AsyncClient
) -> None:
    await booked(host)
    async with client_of(app) as anybody:
        shown = await anybody.get("/demo/room", headers={"Host": "127.0.0.1:8000"})
        assert shown.status_code == 200, shown.text
        assert (shown.json()["venue"], len(shown.json()["shown"]["expected"])) == (VENUE, 1)
        assert "Guest" not in shown.text
        # A page whose name was made to lead to this machine is shown nothing.
        assert (await anybody.get("/demo/room")).status_code == 404
        assert (await anybody.post("/demo/pairing-code")).status_code == 404


async def test_a_browser_on_the_demo_s_machine_pairs_itself_and_whoever_works_at_it_sets_the_pace(
    app: Litestar, host: httpx.AsyncClient, pool: Pool
) -> None:
    here = {"Host": "127.0.0.1:8000"}
    async with client_of(app) as anybody:
        given = (await anybody.post("/demo/pairing-code", headers=here)).json()
        named = {**given, "device_name": "this browser"}
        assert (await anybody.post("/host/pair", json=named)).is_success
        assert (await anybody.post("/demo/pace", json={"rate": 1})).status_code == 401
    async with transaction(pool) as conn:
        await set_clock(conn, SEVEN, 60)
    face = (await host.post("/demo/pace", json={"rate": 1})).json()
    assert face["rate"] == 1
    assert SEVEN <= datetime.fromisoformat(face["now"]) < SEVEN + timedelta(minutes=30)
    for rate in (0, 601):
        assert (await host.post("/demo/pace", json={"rate": rate})).status_code == 400


def test_without_demo_there_is_no_such_route() -> None:
    app = create_app(Settings(database_url="postgresql://nowhere/none"))
    assert not [route.path for route in app.routes if route.path.startswith("/demo")]
