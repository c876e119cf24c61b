"""Ahead of tonight: a week with rain in it, a Saturday that is full enough, a quiet closed day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked, done, show, tap
from tests.support.house import DATE, SEVEN, VENUE, at, move_clock, rewrite_house

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

SATURDAY = "2027-03-06"
SATURDAY_AT = 72


async def starts(partner: httpx.AsyncClient, day: str, size: int = 2) -> list[str]:
    """What a booking site may sell on a date."""
    answer = await partner.get(
        f"/v1/venues/{VENUE}/availability", params={"date": day, "party_size": size}
    )
    assert answer.status_code == 200, answer.text
    return [slot["start"] for slot in answer.json()["items"]]


async def service(client: httpx.AsyncClient, day: str) -> dict[str, Any]:
    """The dinner of a date on the desk's calendar."""
    found = (await client.get("/host/days", params={"from": day, "days": 1})).json()
    (dinner,) = found["days"][0]["services"]
    served: dict[str, Any] = dinner
    return served


async def test_online_is_paused_for_saturday_only_and_opened_again(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    assert await starts(partner, SATURDAY)
    refused = await tap(host, "levers", online_paused=True, service_date=SATURDAY)
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    told = await done(
        manager, "levers", online_paused=True, service_date=SATURDAY, period="dinner",
        reason="The band plays",
    )  # fmt: skip
    assert (await starts(partner, SATURDAY), bool(await starts(partner, DATE))) == ([], True)
    await booked(host, 1, starts=at(SATURDAY_AT).isoformat())
    (listed,) = (await host.get("/host/levers")).json()
    said = [listed[name] for name in ("kind", "from_date", "periods", "pulled_by", "reason")]
    assert said == ["online_paused", SATURDAY, ["dinner"], "manager", "The band plays"]
    assert (await service(host, SATURDAY))["period"]["online_paused"]
    await done(manager, "undo", action_id=told["action_id"])
    assert await starts(partner, SATURDAY)
    assert (await host.get("/host/levers")).json() == []


async def test_rain_shuts_the_terrace_for_days_and_the_house_knows_whom_to_call(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    for number in (1, 2, 3):
        await booked(host, number, starts=at(SATURDAY_AT).isoformat(), party_size=4)
    told = await done(
        manager, "levers", areas_shut=["terrace"], from_date="2027-03-04", until_date="2027-03-07"
    )
    (there,) = told["promised"]
    assert (there["period_id"], there["reservations"], there["covers"]) == (
        f"{SATURDAY}.dinner", 3, 12,
    )  # fmt: skip
    everybody = {row["reservation_id"]: row for row in told["reservations"]}
    assert all(each["state"] == "booked" for each in everybody.values())
    dinner = await service(host, SATURDAY)
    assert dinner["booked"]["exposed"] == there["exposed"] == dinner["cases"]
    assert (await show(host))["period"]["areas_shut"] == []
    await done(host, "levers", areas_shut=["terrace"], until=at(2).isoformat())
    (tonight,) = (await show(host))["levers"]
    assert tonight["until"] == at(2).isoformat().replace("+00:00", "Z")


async def test_a_slower_kitchen_for_the_next_hour_is_at_its_pace_again_by_itself(
    host: httpx.AsyncClient, partner: httpx.AsyncClient, pool: Pool
) -> None:
    before = await starts(partner, DATE)
    await done(host, "levers", pace=0, until=at(1).isoformat())
    slower = await starts(partner, DATE)
    assert set(slower) < set(before)
    assert min(slower) == "2027-03-03T20:00:00+01:00"
    await move_clock(pool, at(1))
    assert (await show(host))["period"]["pacing_covers"] is None
    assert (await show(host))["levers"] == []
    assert min(await starts(partner, DATE)) == min(slower)


async def test_a_date_without_bookings_keeps_the_promises_made(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await booked(host, 1, starts=at(SATURDAY_AT).isoformat(), party_size=4)
    told = await done(manager, "levers", seating_stopped=True, service_date=SATURDAY)
    (there,) = told["promised"]
    assert (there["reservations"], there["covers"], there["exposed"]) == (1, 4, 0)
    assert await starts(partner, SATURDAY) == []
    assert (await service(host, SATURDAY))["booked"]["reservations"] == 1


async def test_the_evening_s_staff_read_what_was_noted_for_them(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    body = {"id": str(uuid4()), "service_date": SATURDAY, "period": "dinner"}
    text = "Wine tasting upstairs at 20:00; no oysters"
    assert (await manager.post("/host/notes", json=body | {"text": text})).status_code == 200
    assert (await show(host))["notes"] == []
    assert (await service(host, SATURDAY))["notes"][0]["text"] == text
    await move_clock(pool, at(SATURDAY_AT))
    assert [each["text"] for each in (await show(host))["notes"]] == [text]


async def test_on_a_closed_wednesday_the_phone_is_answered(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    closed = [{"date": DATE, "name": "Spring cleaning", "periods": []}]
    await rewrite_house(pool, "{special_days}", closed)
    shown = await show(host)
    assert (shown["period"], shown["closed"]["next"]["name"]) == (None, "dinner")
    assert "Thursday 4 March" in shown["closed"]["sentence"]
    made = await booked(host, 1, starts=at(24).isoformat())
    assert made["starts"] > SEVEN.isoformat()
    for path in ("cases", "alerts", "foreseen", "actions"):
        assert (await host.get(f"/host/{path}")).status_code == 200
