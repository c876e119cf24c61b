"""R11: one sweet, and then, turning back, a second; what it does to the tip is told honestly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.stories.kindness import DATES, check, gift, give, publish, seated, tap, wish

if TYPE_CHECKING:
    import httpx


async def brought(
    host: httpx.AsyncClient, party: dict[str, str], item: str, **more: Any  # noqa: ANN401
) -> None:  # fmt: skip
    await tap(host, "deliver", await give(host, party, item, **more))


async def test_r11_an_encore_follows_a_first_one_that_was_taken_once(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager, etiquette={"repeat_days": 60})
    party = await seated(host)
    early = await host.post("/host/gestures/offer", json=gift(party, "cake", encore=True))
    assert (early.status_code, early.json()["code"]) == (409, "NO_ENCORE")
    await brought(host, party, "sorbet")
    told = (await host.post("/host/gestures/suggest", json=wish(**party))).json()
    assert {each["cause"] for each in told["suggestions"]} == {"encore"}
    assert all(each["encore"] for each in told["suggestions"])
    second = await give(host, party, "sorbet", encore=True, line="because you smiled so")
    assert (second["encore"], second["cause"]) == (True, "encore")
    third = await host.post("/host/gestures/offer", json=gift(party, "cake", encore=True))
    assert third.json()["code"] == "NO_ENCORE"


async def test_r11_the_report_shows_the_tip_share_by_pattern(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await publish(manager)
    _, treated, twice = [await seated(host, table, 2) for table in ("1", "2", "3")]
    other = await seated(host, "4", 5)
    await brought(host, treated, "sorbet")
    await brought(host, twice, "sorbet")
    await brought(host, twice, "sorbet", encore=True)
    await give(host, other, "cake")
    for table, tip in (("1", 500), ("2", 1000), ("3", 2300), ("4", 700)):
        await check(partner, table, 10_000, tip=tip)
    found = (await manager.get("/manage/gestures", params=DATES)).json()
    tips = {each["pattern"]: each["share"] for each in found["tips"]}
    assert {pattern: each["of"] for pattern, each in tips.items()} == {
        "none": 2,
        "one": 1,
        "encore": 1,
    }
    assert tips["none"]["mean"] == pytest.approx(0.06)
    assert tips["none"]["low"] < 0.0 < tips["none"]["high"]
    assert (tips["encore"]["mean"], tips["encore"]["low"]) == (pytest.approx(0.23), None)


async def test_r11_the_report_shows_who_never_receives_anything(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    parties = [await seated(host, table, 1) for table in ("1", "2", "3", "4")]
    five = await seated(host, "5", 4)
    await brought(host, five, "cake", cause="occasion")
    found = (await manager.get("/manage/gestures", params=DATES)).json()
    received = {(each["by"], each["key"]): each["received"] for each in found["received"]}
    assert received["party_size", "1"]["count"] == 0
    assert received["party_size", "1"]["of"] == len(parties)
    assert received["party_size", "3-4"]["share"] == 1.0
    assert received["channel", "walk_in"]["of"] == 5
    assert found["never"] == []
    tallies = {(each["by"], each["key"]): each for each in found["tallies"]}
    assert tallies["cause", "occasion"]["states"] == {"delivered": 1}
    assert tallies["person", "host"]["cost"] == 300
    wrong = {"from": DATES["to"], "to": "2027-03-01"}
    assert (await manager.get("/manage/gestures", params=wrong)).status_code == 422
