"""A guest writes on its page, the stand sees it at once and answers there; a link as a code."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from tests.api.host.conftest import done, wish
from tests.support.guest_pages import texts_of
from tests.support.house import VENUE, at

if TYPE_CHECKING:
    from typing import Any

    import httpx

    from seating.db import Pool


async def booked_by_phone(host: httpx.AsyncClient) -> tuple[str, str]:
    """The id of a reservation taken by phone, and the path of the page its guest is given."""
    made = (await host.post("/host/reservations", json=wish(starts=at(0.5).isoformat()))).json()
    key = made["reservation_id"]
    link = await host.post(f"/host/reservations/{key}/guest-link", json={"id": str(uuid4())})
    return key, "/r/" + link.json()["url"].partition("/r/")[2]


async def row_of(host: httpx.AsyncClient, key: str) -> dict[str, Any]:
    tonight = (await host.get("/host/tonight")).json()
    (row,) = (each for each in tonight["reservations"] if each["reservation_id"] == key)
    found: dict[str, Any] = row
    return found


async def test_what_a_guest_writes_waits_at_the_stand_and_is_answered_on_its_page(
    host: httpx.AsyncClient,
) -> None:
    key, path = await booked_by_phone(host)
    line = {"id": str(uuid4()), "text": "May we bring a dog?"}
    assert (await host.post(f"{path}/message", data=line)).status_code == 303
    assert (await row_of(host, key))["unread"] == 1
    thread = f"/host/reservations/{key}/thread"
    (asked,) = (await host.get(thread)).json()
    assert (asked["text"], asked["by_guest"], asked["read_at"]) == (line["text"], True, None)
    assert (await row_of(host, key))["unread"] == 1, "looking changes nothing"
    answer = {"id": str(uuid4()), "text": "Gladly, at table 3."}
    for _ in range(2):
        both = (await host.post(thread, json=answer)).json()
        assert [each["text"] for each in both] == [line["text"], answer["text"]]
    assert (await row_of(host, key))["unread"] == 0
    assert "Gladly, at table 3." in " ".join(texts_of((await host.get(path)).text))
    await host.post(f"{path}/message", data={"id": str(uuid4()), "text": "Thank you"})
    assert (await host.post(f"{thread}/read")).status_code == 204
    assert (await row_of(host, key))["unread"] == 0
    nobody = await host.post(
        f"/host/reservations/{uuid4()}/thread", json=answer | {"id": str(uuid4())}
    )
    assert nobody.status_code == 404


async def test_a_guest_who_says_it_is_late_stands_so_at_the_stand_and_a_host_says_the_same(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    key, path = await booked_by_phone(host)
    said = {"id": str(uuid4()), "minutes": "10"}
    assert (await host.post(f"{path}/late", data=said)).status_code == 303
    by_guest = await row_of(host, key)
    assert by_guest["late_told"]["by"] == "guest"
    assert by_guest["no_show_at"] > by_guest["late_told"]["kept_until"], "a second place after that"
    until = by_guest["late_until"]
    taken = "select action_id from action where venue_id = $1 and kind = 'TellLate'"
    assert await pool.fetchval(taken, VENUE)
    await done(host, "tell-late", reservation_id=key, version=by_guest["version"], until=until)
    by_host = await row_of(host, key)
    same = {"told_at", "by"}
    assert {k: v for k, v in by_host["late_told"].items() if k not in same} == {
        k: v for k, v in by_guest["late_told"].items() if k not in same
    }
