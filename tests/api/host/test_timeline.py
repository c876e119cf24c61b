"""The tables of a period by time, in one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.host.conftest import booked, done
from tests.support.house import DATE, SEVEN, at, move_clock, rewrite_house
from tests.support.rules import PEAK, rule

if TYPE_CHECKING:
    from datetime import datetime

    import httpx

    from seating.db import Pool

Json = dict[str, Any]


async def read(host: httpx.AsyncClient, **query: str) -> Json:
    answer = await host.get("/host/timeline", params=query)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def of(told: Json, kind: str) -> list[Json]:
    """The spans of a kind, each once, wherever its tables are."""
    rows = [span for row in told["tables"] for span in row["spans"]]
    found = {(each["id"], each["starts"]): each for each in (*rows, *told["unplaced"])}
    return [each for each in found.values() if each["kind"] == kind]


def written(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")


async def test_the_timeline_has_who_sits_who_comes_what_is_held_and_what_is_shut(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    event = {"name": "Wedding", "date": DATE, "starts": "18:00:00", "ends": "23:00:00"}
    await rewrite_house(pool, "{buy_outs}", [event | {"areas": ["terrace"]}])
    await rule(pool, holds=[PEAK | {"starts": "20:00", "count": 1}])
    comes = await booked(host, 0, party_size=6, starts=at(1).isoformat())
    left = await done(host, "seat", tables=["3"], party_size=3, name="Ines")
    who = {"seating_id": left["seatings"][0]["seating_id"], "version": 1}
    await move_clock(pool, at(0.25))
    await done(host, "clear", **who)
    sat = await done(host, "seat", tables=["3"], party_size=4)
    await done(host, "block", table_id="2", reason="wet floor", ends=at(1).isoformat())
    told = await read(host)
    assert (told["now"], told["period"]["service_date"]) == (written(at(0.25)), DATE)
    assert told["version"] == told["period"]["version"]
    assert [(row["table_id"], row["area"], row["seats"]) for row in told["tables"]] == [
        ("1", "room", 2), ("2", "room", 2), ("3", "room", 4), ("4", "room", 6), ("5", "terrace", 4),
    ]  # fmt: skip
    (plan,) = of(told, "plan")
    assert (plan["id"], plan["tables"], plan["party_size"]) == (comes["reservation_id"], ["4"], 6)
    (sits,) = of(told, "seating")
    assert (sits["id"], sits["ends"]) == (sat["seatings"][0]["seating_id"], sits["expected_end"])
    (was,) = of(told, "past")
    assert (was["name"], was["starts"], was["ends"]) == ("Ines", written(SEVEN), written(at(0.25)))
    (block,) = of(told, "block")
    assert (block["text"], block["tables"]) == ("wet floor", ["2"])
    (held,) = of(told, "held")
    assert (held["text"], held["party_size"], held["expires_at"]) == ("peak", 2, written(at(0.75)))
    (wedding,) = of(told, "private_event")
    assert (wedding["text"], wedding["tables"]) == ("Wedding", ["5"])
    assert not [
        span for kind in ("plan", "held", "block") for span in of(told, kind) if span["clashes"]
    ]
    ahead = await read(host, period="2027-03-04.dinner")
    assert {span["kind"] for row in ahead["tables"] for span in row["spans"]} == {"held"}


async def test_a_party_that_sits_over_its_time_clashes_with_who_comes_and_has_no_other_table(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await done(host, "levers", areas_shut=["terrace"])
    comes = await booked(host, 0, party_size=6, starts=at(2).isoformat(), tables=["4"])
    sat = (await done(host, "seat", tables=["4"], party_size=5))["seatings"][0]["seating_id"]
    await move_clock(pool, at(2))
    told = await read(host)
    (over,), (coming,) = of(told, "seating"), of(told, "plan")
    assert (over["overdue"], over["ends"] > over["expected_end"]) == (True, True)
    assert (over["id"], coming["id"], coming["exposed"]) == (sat, comes["reservation_id"], True)
    assert [each["id"] for each in told["unplaced"]] == [coming["id"]]
    (shut,) = of(told, "area_shut")
    assert (shut["tables"], shut["text"]) == (["5"], "")
    await done(host, "seat", tables=["3"], party_size=4)
    await done(host, "block", table_id="3", reason="wet floor", ends=at(4).isoformat())
    (blocked,) = of(await read(host), "block")
    assert len(blocked["clashes"]) == 1


async def test_a_closed_day_has_an_empty_timeline(host: httpx.AsyncClient, pool: Pool) -> None:
    await rewrite_house(pool, "{periods,0,days}", [])
    told = await read(host)
    assert (told["period"], told["tables"], told["unplaced"]) == (None, [], [])
