"""R6: an exception stays one: spoken, personal, rare, never twice the same, never advertised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.api.host.conftest import booked, done
from tests.stories.kindness import gift, give, given_away, publish, seated, tap, wish
from tests.support.house import DATE, SEVEN, move_clock

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

ETIQUETTE = {"share_cap": 0.4, "repeat_days": 60}


async def refusal(host: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await host.post("/host/gestures/offer", json=body)
    assert answer.status_code == 409, answer.text
    said: dict[str, Any] = answer.json()
    return said


async def arrived(host: httpx.AsyncClient, number: int, **more: Any) -> dict[str, str]:  # noqa: ANN401
    """A known guest that booked for seven is here."""
    made = await booked(host, number, **more)
    about = {"reservation_id": made["reservation_id"]}
    await done(host, "arrive", **about, version=1, arrived=2)
    return about


async def test_r06_at_most_a_share_of_tonights_parties_receives_one(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager, etiquette=ETIQUETTE)
    parties = [await seated(host, table, 2) for table in ("1", "2", "3", "4", "5")]
    for party in parties[:2]:
        await give(host, party, "cake")
    said = await refusal(host, gift(parties[2], "cake"))
    assert (said["code"], said["unfit"]["most"]) == ("ENOUGH_TONIGHT", 2)
    refused = await host.post("/host/gestures/ask", json=gift(parties[2], "magnum"))
    assert refused.json()["code"] == "ENOUGH_TONIGHT"
    await give(host, parties[0], "sorbet")
    refund = await give(host, parties[2], "refund", amount=900)
    assert refund["amends"] is True
    assert await given_away(host) == 300 + 300 + 200 + 900
    patch = wish(rules={"etiquette": {"share_cap": 1.0}}, reason="an anniversary of ours")
    path = f"/manage/periods/{DATE}.dinner/override"
    assert (await manager.post(path, json=patch)).status_code == 200
    await give(host, parties[2], "cake")


async def test_r06_the_same_guest_is_not_given_the_same_again_within_the_period(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager, etiquette=ETIQUETTE)
    ada = await arrived(host, 1)
    cake = await give(host, ada, "cake")
    assert (await refusal(host, gift(ada, "cake")))["code"] == "GIVEN_BEFORE"
    declined = await tap(host, "decline", cake)
    await tap(host, "accept", await give(host, ada, "cake"))
    await give(host, ada, "sorbet")
    said = await refusal(host, gift(ada, "cake"))
    assert said["unfit"]["again_from"].startswith("2027-05-02")
    undo = wish(gesture_id=declined["gesture_id"], version=declined["version"])
    answer = await host.post("/host/gestures/undo", json=undo)
    assert (answer.status_code, answer.json()["code"]) == (409, "CANNOT_UNDO")
    assert await given_away(host) == 500
    tomorrow = SEVEN.replace(day=4)
    again = await booked(host, 1, starts=tomorrow.isoformat())
    await move_clock(app.state.pool, tomorrow)
    about = {"reservation_id": again["reservation_id"]}
    await done(host, "arrive", **about, version=1, arrived=2)
    assert (await refusal(host, gift(about, "cake")))["code"] == "GIVEN_BEFORE"
    # Yesterday's sorbet was never answered: it lapsed, whether or not a job has noted it.
    await give(host, about, "sorbet")


async def test_r06_nobody_is_given_what_they_must_not_have(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    ada = await arrived(host, 1)
    (guest,) = (await host.get("/host/guests", params={"q": "Guest 1"})).json()
    path = f"/host/guests/{guest['guest_id']}"
    noted = {"allergies": "eggs", "notes": "does not drink", "consent": True}
    assert (await host.patch(path, json=noted)).status_code == 200
    said = await refusal(host, gift(ada, "cake"))
    assert (said["code"], said["unfit"]["contains"]) == ("CONTAINS", ["eggs"])
    assert (await refusal(host, gift(ada, "glass")))["unfit"]["contains"] == ["alcohol"]
    await give(host, ada, "sorbet")
    asked = await give(host, ada, "cake", guest_asked=True)
    assert asked["guest_asked"] is True


async def test_r06_up_to_three_suggestions_that_fit_with_half_a_line_to_finish(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager, etiquette=ETIQUETTE | {"draw": 7})
    ada = await arrived(host, 1, notes="Birthday of my mother")
    body = wish(**ada)
    told = (await host.post("/host/gestures/suggest", json=body)).json()
    assert (await host.post("/host/gestures/suggest", json=body)).json() == told
    found = told["suggestions"]
    assert 1 <= len(found) <= 3
    assert {each["state"] for each in found} == {"suggested"}
    assert {each["cause"] for each in found} == {"first_visit", "occasion"}
    assert {each["item"] for each in found} <= {"cake", "sorbet", "glass", "window", "parking"}
    assert all(each["reason"] and each["line"].startswith("because") for each in found)
    assert await given_away(host) == 0
    assert (await host.get("/host/gestures")).json()["offers"] == []

    first = found[0]
    about = {"gesture_id": first["gesture_id"], "version": first["version"]}
    half = await host.post("/host/gestures/take", json=wish(line=first["line"], **about))
    assert (half.status_code, half.json()["errors"][0]["pointer"]) == (422, "/line")
    own = wish(line=f"{first['line']}, and I liked your toast", **about)
    taken = await host.post("/host/gestures/take", json=own)
    assert (taken.status_code, taken.json()["state"]) == (200, "offered"), taken.text
    assert (await host.post("/host/gestures/take", json=own)).json() == taken.json()
    assert await given_away(host) == taken.json()["cost"]
    stale = await host.post("/host/gestures/take", json=wish(line="because of it all", **about))
    assert stale.json()["code"] == "STALE"
    more = (await host.post("/host/gestures/suggest", json=wish(**ada))).json()
    assert more["suggestions"] == []


async def test_r06_which_ones_are_suggested_nobody_can_count_on(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    await publish(manager)
    shown = set()
    for number in range(5):
        party = await arrived(host, number)
        told = (await host.post("/host/gestures/suggest", json=wish(**party))).json()
        shown.add(tuple(sorted(each["item"] for each in told["suggestions"])))
    assert len(shown) > 1


async def test_r06_nothing_of_it_is_told_to_a_booking_site(
    host: httpx.AsyncClient, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    await publish(manager)
    await give(host, await seated(host), "cake")
    paths = "/host/gestures", "/manage/gestures", "/manage/claims", "/manage/approvals"
    for path in paths:
        assert (await partner.get(path)).status_code == 403
    venue = (await partner.get("/v1/venues/bistro")).text
    asked = {"date": DATE, "party_size": "2"}
    free = (await partner.get("/v1/venues/bistro/availability", params=asked)).text
    for word in ("gesture", "cake", "purse", "suggest"):
        assert word not in venue.lower()
        assert word not in free.lower()
