"""Sections and the slowed kitchen over HTTP: what the stand is told, and what one tap does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.host.conftest import booked, done, tap
from tests.support.house import at
from tests.support.rules import FIRST_COME, rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def door(host: httpx.AsyncClient, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a query
    answer = await host.get("/host/door", params={"party_size": 2} | more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def tonight(host: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await host.get("/host/tonight")).json()
    return found


def loads(told: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    return {e["server"]: (e["tables"], e["covers"], e["lately"]) for e in told["servers"]}


async def test_the_stand_is_told_whose_turn_it_is_and_the_host_may_choose_another(
    host: httpx.AsyncClient,
) -> None:
    bare = await door(host)
    assert (bare["servers"], bare["options"][0]["server"]) == ([], None)
    wanted = [{"server": "host", "tables": ["1"]}, {"server": "manager", "tables": ["2", "3"]}]
    told = await done(host, "sections", sections=wanted)
    assert loads(told) == {"host": (0, 0, 0), "manager": (0, 0, 0)}
    assert told["changed"]["said"] == "Sections changed: 3 tables"
    first = (await door(host))["options"][0]
    assert (first["tables"], first["server"]) == (["1"], "host")
    sat = await done(host, "seat", **first["order"])
    assert (sat["seatings"][0]["server"], loads(sat)["host"]) == ("host", (1, 2, 1))
    assert loads(await tonight(host)) == loads(sat)
    found = await door(host)
    assert [each["server"] for each in found["servers"]] == ["manager", "host"]
    assert found["options"][0]["server"] == "manager"
    chosen = (await door(host, server="host"))["options"][0]
    assert (chosen["tables"], chosen["server"]) == (["2"], "host"), "no table of theirs is free"
    sat = await done(host, "seat", **chosen["order"])
    assert sat["seatings"][0]["server"] == "host"
    await done(host, "undo", action_id=sat["action_id"])
    await done(host, "undo", action_id=told["action_id"])
    assert (await tonight(host))["servers"] == []


async def test_whoever_is_not_on_the_staff_serves_nothing(host: httpx.AsyncClient) -> None:
    answer = await tap(host, "sections", sections=[{"server": "nobody", "tables": ["1"]}])
    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/sections/0/server"]


async def test_one_lever_slows_phone_door_and_what_is_shown_and_is_taken_back(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    await rule(pool, decisions=FIRST_COME)
    assert (await door(host))["kitchen"] is None
    until = at(0.5).isoformat()
    pulled = await done(host, "levers", pace=2, until=until)
    await done(host, "seat", tables=["1"], party_size=2)
    kitchen = (await door(host))["kitchen"]
    assert (kitchen["covers"], kitchen["usual"], kitchen["starting"]) == (2, 500, 2)
    assert kitchen["takes_at"] == at(0.25).isoformat().replace("+00:00", "Z")
    party = (await booked(host, starts=at(1).isoformat()))["reservation_id"]
    promised = (await host.get("/host/door", params={"reservation_id": party})).json()
    assert promised["options"]
    assert promised["kitchen"] is None, "it counts where it was promised to start"
    view = await tonight(host)
    assert (view["pressure"][0]["pacing"], view["pressure"][0]["pacing_usual"]) == (2, 500)
    assert view["period"]["pacing_covers_until"] == until.replace("+00:00", "Z")
    listed = await done(host, "wait", party_size=2)
    assert listed["waiting"][0]["quoted_minutes"] == 15
    asked = {"date": "2027-03-03", "party_size": "2"}
    by_phone = (await host.get("/host/availability", params=asked)).json()["slots"]
    starts = [each["start"] for each in by_phone]
    assert at(0).isoformat().replace("+00:00", "Z") not in starts, "this quarter is used up"
    await done(host, "undo", action_id=pulled["action_id"])
    assert (await door(host))["kitchen"] is None
