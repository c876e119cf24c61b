"""R3: told no at the desk, caught by a colleague, seated at one tap."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from seating.db import transaction
from seating.errors import NotFound
from seating.rescue.rows import read_rescue
from tests.support.house import SEVEN, move_clock
from tests.support.rescues import NEIGHBOURS, done, kinds, of_kind, seat, tap, told_no, ways
from tests.support.rules import rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

HELD = {
    "name": "peak",
    "period": "dinner",
    "starts": "18:00",
    "minutes": 240,
    "count": 1,
    "seats": 2,
    "ladder": [{"minutes_before": 0, "keep": 0}],
}


async def full_but_for_the_held_table(client: httpx.AsyncClient, pool: Pool) -> None:
    await rule(pool, holds=[HELD | {"starts": "19:30"}], neighbours=NEIGHBOURS)
    for table, size in (("3", 4), ("4", 6), ("5", 4)):
        await seat(client, table, size=size)
    shown = (await client.get("/host/tonight")).json()
    (kept,) = shown["held"][0]["tables"]
    await seat(client, "2" if kept == "1" else "1")


async def test_r03_a_guest_told_no_is_caught_and_seated_at_the_held_table(
    marina: httpx.AsyncClient, oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(marina, pool)
    turnaway = await told_no(marina, 2)
    listed = await ways(oleg, turnaway, name="Vera")
    held = of_kind(listed, "held")
    assert "We are full tonight, but give me a moment" in held["sentence"]
    assert listed["options"][0]["option"]["advised"]

    opened = await done(oleg, listed, "held", "open")
    assert opened["state"] == "opened"
    assert (await ways(marina, await told_no(marina, 2)))["options"]  # another party has others
    taken = await done(oleg, listed, "held", "take", reason="because it is her first time here")

    (seating,) = taken["result"]["seatings"]
    assert (seating["tables"], seating["name"]) == (held["tables"], "Vera")
    assert taken["result"]["removed_held"] == [held["held_id"]]
    assert taken["result"]["changed"]["said"] == f"Vera (2) seated at table {held['tables'][0]}"
    shown = (await oleg.get("/host/tonight")).json()
    assert seating in shown["seatings"]
    assert shown["held"] == []
    row = await pool.fetchrow(
        "select recovered_how, recovered_by from turnaway where turnaway_id = $1", turnaway
    )
    assert row is not None
    assert (row["recovered_how"], str(row["recovered_by"])) == ("held", taken["action_id"])
    why = await pool.fetchrow(
        "select staff_id, reason from action where action_id = $1", UUID(taken["action_id"])
    )
    assert why is not None
    assert tuple(why) == ("oleg", "because it is her first time here")


async def test_r03_what_one_host_has_opened_nobody_else_is_given(
    marina: httpx.AsyncClient, oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(marina, pool)
    mine = await ways(oleg, await told_no(oleg))
    theirs = await ways(marina, await told_no(marina))
    await done(oleg, mine, "held", "open")
    refused = await tap(marina, theirs, "held", "open")
    assert (refused.status_code, refused.json()["code"]) == (409, "ROOM_CHANGED")
    assert refused.json()["now"]["kind"] == "opened"
    assert "oleg" in refused.json()["detail"]
    assert "held" not in kinds(await ways(marina, await told_no(marina)))
    await move_clock(pool, SEVEN.replace(minute=3))
    assert "held" in kinds(await ways(marina, await told_no(marina)))
    late = await tap(oleg, mine, "held", "take", reason="because they waited")
    assert (late.status_code, late.json()["code"]) == (410, "OPTION_LAPSED")


async def test_r03_a_fact_overrides_what_was_opened_and_the_answer_names_it(
    marina: httpx.AsyncClient, oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(marina, pool)
    listed = await ways(oleg, await told_no(oleg))
    opened = await done(oleg, listed, "held", "open")
    await seat(marina, *opened["option"]["tables"], name="The mayor")
    refused = await tap(oleg, listed, "held", "take", reason="because it rains")
    assert (refused.status_code, refused.json()["code"]) == (409, "ROOM_CHANGED")
    assert refused.json()["now"]["kind"] == "seated"
    assert "The mayor" in refused.json()["detail"]


async def test_r03_later_tonight_is_kept_for_the_guest_who_decides_and_then_booked(
    oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg), name="Vera")
    later = of_kind(listed, "later")
    await done(oleg, listed, "later", "open")
    taken = await done(oleg, listed, "later", "take", phone="+493012345679")
    made = taken["reservation"]
    assert (made["starts"], made["name"], made["state"]) == (later["starts"], "Vera", "booked")
    again = await tap(oleg, listed, "later", "take")
    assert (again.status_code, again.json()["code"]) == (409, "NOT_POSSIBLE_NOW")


async def test_r03_an_unknown_option_changes_nothing(oleg: httpx.AsyncClient, pool: Pool) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg))
    path = f"/host/rescues/{listed['rescue_id']}/options/{uuid4()}/take"
    answer = await oleg.post(path, json={"id": str(uuid4())})
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")


async def test_r03_a_refusal_alerts_a_colleague_by_name_who_takes_the_party_over(
    marina: httpx.AsyncClient, oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(marina, pool)
    turnaway = await told_no(marina)
    call = {
        "id": str(uuid4()),
        "colleague": "oleg",
        "turnaway_id": turnaway,
        "line": "an elderly couple, by the coats",
    }
    raised = await marina.post("/host/alerts", json=call)
    assert raised.status_code == 201, raised.text
    hers, his = [(await each.get("/host/alerts")).json() for each in (marina, oleg)]
    assert (hers["to_me"], his["by_me"]) == ([], [])
    (alert,) = his["to_me"]
    assert hers["by_me"] == [alert]
    assert (alert["from_staff"], alert["party_size"], alert["taken_by"]) == ("marina", 2, None)
    (other,) = [each for each in hers["colleagues"] if each["staff_id"] == "oleg"]
    assert (other["name"], other["role"], other["device"]) == ("Oleg", "host", "tablet")
    assert "marina" not in {each["staff_id"] for each in hers["colleagues"]}

    path = f"/host/alerts/{alert['alert_id']}/take-over"
    not_hers = await marina.post(path, json={"id": str(uuid4())})
    assert (not_hers.status_code, not_hers.json()["code"]) == (403, "NOT_ALLOWED")
    assert (await oleg.post(path, json={"id": str(uuid4())})).status_code == 200
    twice = await oleg.post(path, json={"id": str(uuid4())})
    assert (twice.status_code, twice.json()["code"]) == (409, "NOT_POSSIBLE_NOW")
    listed = await ways(oleg, alert["turnaway_id"])
    await done(oleg, listed, "held", "take", reason="because it is their anniversary")
    (mine,) = (await marina.get("/host/alerts")).json()["by_me"]
    assert (mine["taken_by"], mine["taken_by_name"], mine["recovered_how"]) == (
        "oleg",
        "Oleg",
        "held",
    )
    assert mine["taken_at"] is not None
    await move_clock(pool, SEVEN + timedelta(days=1))
    assert (await marina.get("/host/alerts")).json()["by_me"] == []


async def test_r03_nobody_is_called_to_nobody(marina: httpx.AsyncClient) -> None:
    turnaway = await told_no(marina)
    call = {"id": str(uuid4()), "line": "please", "turnaway_id": turnaway, "colleague": "nobody"}
    for wrong, pointer in (
        ({}, "/colleague"),
        ({"colleague": "manager", "turnaway_id": str(uuid4())}, "/turnaway_id"),
    ):
        answer = await marina.post("/host/alerts", json=call | wrong)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (404, pointer)


async def test_r03_what_was_taken_by_mistake_is_taken_back_and_the_party_is_lost_again(
    oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(oleg, pool)
    turnaway = await told_no(oleg)
    listed = await ways(oleg, turnaway)
    taken = await done(oleg, listed, "held", "take", reason="because it rains")
    body = {"id": str(uuid4()), "action_id": taken["action_id"]}
    undone = await oleg.post("/host/orders/undo", json=body)
    assert undone.status_code == 200
    shown = (await oleg.get("/host/tonight")).json()
    assert len(shown["held"]) == 1
    assert undone.json()["held"] == shown["held"]
    assert undone.json()["changed"]["said"].startswith("Taken back: ")
    row = await pool.fetchrow("select recovered_at, recovered_how from turnaway")
    assert row is not None
    assert tuple(row) == (None, None)
    assert "held" in kinds(await ways(oleg, turnaway))


async def test_r03_a_party_that_did_not_leave_after_all_stays_rescued(
    oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg))
    taken = await done(oleg, listed, "held", "take", reason="because it rains")
    (sat,) = taken["result"]["seatings"]
    clear = {"id": str(uuid4()), "seating_id": sat["seating_id"], "version": sat["version"]}
    assert (await oleg.post("/host/orders/clear", json=clear)).status_code == 200
    body = {"id": str(uuid4()), "action_id": clear["id"]}
    assert (await oleg.post("/host/orders/undo", json=body)).status_code == 200
    assert await pool.fetchval("select recovered_how from turnaway") == "held"
    kept = (await oleg.get(f"/host/rescues/{listed['rescue_id']}")).json()["options"]
    assert "taken" in [each["state"] for each in kept]


async def test_r03_what_was_kept_beside_the_way_taken_is_free_again_at_once(
    oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg))
    await done(oleg, listed, "later", "open")
    assert await pool.fetchval("select state from slot_hold") == "held"
    await done(oleg, listed, "held", "take", reason="because it rains")
    assert await pool.fetchval("select state from slot_hold") == "given_back"


async def test_r03_a_host_keeps_two_options_open_and_not_three(
    oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg))
    await done(oleg, listed, "held", "open")
    await done(oleg, listed, "later", "open")
    third = await tap(oleg, listed, "partner", "open")
    assert (third.status_code, third.json()["code"]) == (409, "TOO_MANY_OPEN")
    await done(oleg, listed, "later", "close")
    await done(oleg, listed, "partner", "open")


async def test_r03_three_neighbours_the_nearest_first(oleg: httpx.AsyncClient, pool: Pool) -> None:
    await full_but_for_the_held_table(oleg, pool)
    turnaway = await told_no(oleg)
    listed = await ways(oleg, turnaway)
    near = [each["option"]["neighbour"] for each in listed["options"]]
    assert [each["key"] for each in near if each] == ["corner", "bridge", "park"]
    await done(oleg, listed, "partner", "take")
    row = await pool.fetchrow("select recovered_at, recovered_how from turnaway")
    assert row is not None
    assert tuple(row) == (None, None)  # sent on with a good word, and not ours tonight
    taken = "select kind, staff_id from rescue_option where state = 'taken'"
    assert [tuple(each) for each in await pool.fetch(taken)] == [("partner", "oleg")]


async def test_r03_a_tap_sent_again_happens_once(oleg: httpx.AsyncClient, pool: Pool) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg))
    again = {"id": str(uuid4()), "reason": "because it rains"}
    path = f"/host/rescues/{listed['rescue_id']}/options/{of_kind(listed, 'held')['option_id']}"
    first, second = [await oleg.post(f"{path}/take", json=again) for _ in range(2)]
    assert (first.status_code, first.json()) == (200, second.json())
    other = await oleg.post(f"{path}/take", json=again | {"reason": "because I want to"})
    assert (other.status_code, other.json()["code"]) == (409, "ID_REUSED")


async def test_r03_another_house_has_no_such_rescue(oleg: httpx.AsyncClient, pool: Pool) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg))
    async with transaction(pool) as conn:
        with pytest.raises(NotFound):
            await read_rescue(conn, "brasserie", UUID(listed["rescue_id"]))


async def test_r03_a_held_table_is_given_only_with_a_reason(
    oleg: httpx.AsyncClient, pool: Pool
) -> None:
    await full_but_for_the_held_table(oleg, pool)
    listed = await ways(oleg, await told_no(oleg))
    answer = await tap(oleg, listed, "held", "take")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/reason")
    assert await pool.fetchval("select count(*) from seating") == 4
