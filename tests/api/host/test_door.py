"""The door: what it lists is accepted at one tap, says whom it costs what, or says why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked, done, tap
from tests.support.house import SEVEN, at, move_clock, rewrite_house
from tests.support.rules import PEAK, rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

PLAYBOOK = {
    "code": "NO_TABLE_FITS",
    "ordinary": {"en": "Every table is taken tonight.", "ru": "Сегодня все столы заняты."},
    "beyond": [
        {"key": "bar", "text": {"en": "Shall I set the bar for you?"}, "way": "area"},
    ],
}


async def at_the_door(host: httpx.AsyncClient, **whose: Any) -> dict[str, Any]:  # noqa: ANN401 - a query
    answer = await host.get("/host/door", params=whose)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def try_all(host: httpx.AsyncClient, door: dict[str, Any]) -> int:
    """Send the order of every option as it stands, without changing the room; returns how many."""
    orders = [each["order"] for each in door["options"] if each["order"]]
    for order in orders:
        reason = {"reason": "it rains"} if order["held_id"] else {}
        answer = await tap(host, "seat", **order, **reason, dry_run=True)
        assert answer.status_code == 200, (order, answer.text)
    return len(orders)


async def test_every_option_of_a_full_evening_is_accepted_as_it_stands(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, holds=[PEAK | {"starts": "19:30", "count": 1}])
    parties = ((2, 0), (4, 0.5), (6, 0.5), (2, 1.75), (3, 2.5), (5, 2.75))
    for number, (size, hours) in enumerate(parties):
        await booked(host, number, party_size=size, starts=at(hours).isoformat())
    waits = (await done(host, "wait", party_size=2))["waiting"][0]["wait_id"]
    tried = 0
    for hours in (0, 0.5, 2.6):
        await move_clock(pool, at(hours))
        for size in (2, 6):
            tried += await try_all(host, await at_the_door(host, party_size=size))
        tried += await try_all(host, await at_the_door(host, wait_id=waits))
        tonight = (await host.get("/host/tonight")).json()
        for party in tonight["reservations"]:
            if party["state"] in {"booked", "arrived", "no_show"}:
                whose = {"reservation_id": party["reservation_id"]}
                tried += await try_all(host, await at_the_door(host, **whose))
        door = await at_the_door(host, party_size=2)
        first = next((each["order"] for each in door["options"] if each["order"]), None)
        if first and not first["held_id"]:
            told = await done(host, "seat", **first)
            after = await at_the_door(host, party_size=2)
            assert (after["period_id"], after["version"]) == (
                door["period_id"],
                told["period_version"],
            )
            assert after["version"] > door["version"]
    assert tried > 25


async def test_a_choice_that_takes_a_due_party_s_table_names_it_and_asks(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    for table in ("1", "2", "3", "4"):
        await done(host, "block", table_id=table, reason="wet floor", ends=at(4).isoformat())
    due = await booked(host, 1, party_size=4, starts=at(1).isoformat())
    # Pinned by whoever asks: nothing to ask for.
    await done(host, "pin", reservation_id=due["reservation_id"], version=1, pinned=True)
    here = await host.post(
        "/host/reservations",
        json={
            "id": str(uuid4()), "channel": "desk", "starts": at(1).isoformat(), "party_size": 4,
            "guest": {"name": "Vera"}, "overrule": "an old friend of the house",
        },
    )  # fmt: skip
    assert here.status_code == 201, here.text
    await move_clock(pool, at(0.9))
    door = await at_the_door(host, reservation_id=here.json()["reservation_id"])
    (option,) = door["options"]
    assert option["asks"] == option["order"]["anyway"] == ["DUE_PARTY_LOSES_TABLE"]
    (loses,) = option["exposes_parties"]
    assert loses == {
        "reservation_id": due["reservation_id"],
        "name": "Guest 1",
        "party_size": 4,
        "starts": at(1).isoformat().replace("+00:00", "Z"),
        "due": True,
    }
    assert option["warnings"][0]["message"] == "warning-exposed"
    unasked = await tap(host, "seat", **option["order"] | {"anyway": []})
    assert (unasked.status_code, unasked.json()["code"]) == (409, "NEEDS_ANYWAY")
    await done(host, "seat", **option["order"])


async def test_where_nothing_can_be_offered_the_door_says_why_and_what_to_say(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, playbook=[PLAYBOOK])
    await rewrite_house(pool, "{venue,locale}", "ru")
    for table in ("1", "2", "3", "4", "5"):
        await done(host, "seat", tables=[table], party_size=2, anyway=["TOO_FEW_SEATS"])
    door = await at_the_door(host, party_size=2)
    assert (door["code"], door["message"]) == ("NO_TABLE_FITS", "no-table-free")
    assert door["params"] == {"size": 2, "time": "19:00"}
    assert door["sentence"] == "Нет свободного стола на 2 гостей в 19:00."
    assert [(each["key"], each["way"]) for each in door["playbook"]] == [
        ("ordinary", ""),
        ("bar", "area"),
    ]
    assert door["playbook"][0]["text"] == "Сегодня все столы заняты."
    assert {each["kind"] for each in door["options"]} == {"wait"}
    far = await at_the_door(host, party_size=40)
    assert (far["code"], far["options"]) == ("PARTY_SIZE_NOT_ALLOWED", [])
    await done(host, "levers", seating_stopped=True)
    assert (await at_the_door(host, party_size=2))["code"] == "CLOSED"


async def test_a_free_table_is_no_refusal_and_the_door_of_a_closed_day_says_closed(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await booked(host, 0, party_size=2, starts=at(3).isoformat())
    door = await at_the_door(host, party_size=2)
    assert (door["code"], door["message"], door["playbook"]) == (None, None, [])
    option = door["options"][0]
    assert option["turn_ends"] < option["free_until"] if option["free_until"] else True
    await rewrite_house(pool, "{periods,0,days}", [])
    closed = await at_the_door(host, party_size=2)
    assert (closed["code"], closed["message"], closed["options"]) == ("CLOSED", "closed-today", [])
    assert closed["playbook"][0]["key"] == "ordinary"


async def test_two_free_tables_tapped_together_are_a_join_that_says_what_it_costs(
    host: httpx.AsyncClient,
) -> None:
    known = await done(host, "seat", tables=["1", "2"], party_size=4, dry_run=True)
    assert known["warnings"] == []
    odd = await done(host, "seat", tables=["2", "3"], party_size=5, dry_run=True)
    assert [(each["code"], each["asks"]) for each in odd["warnings"]] == [
        ("TABLES_NOT_A_JOIN", False)
    ]
    small = await tap(host, "seat", tables=["2", "3"], party_size=9)
    assert (small.status_code, small.json()["code"]) == (409, "NEEDS_ANYWAY")
    await booked(host, 0, party_size=6, starts=SEVEN.isoformat())
    taken = await tap(host, "seat", tables=["3", "4"], party_size=8)
    assert [each["code"] for each in taken.json()["warnings"] if each["asks"]] == [
        "DUE_PARTY_LOSES_TABLE"
    ]
    sat = await done(
        host, "seat", tables=["3", "4"], party_size=8, anyway=["DUE_PARTY_LOSES_TABLE"]
    )
    assert sat["seatings"][0]["tables"] == ["3", "4"]
