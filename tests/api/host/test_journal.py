"""The journal of the stand: who did what to whom, in words, and whether it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import booked, done
from tests.support.house import DATE, at

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool


async def test_the_journal_says_who_did_what_to_whom_and_who_took_it_back(
    host: httpx.AsyncClient, manager: httpx.AsyncClient
) -> None:
    made = await booked(host, starts=at(1).isoformat())
    sat = await done(host, "seat", tables=["4"], party_size=5, name="Ines")
    seating = sat["seatings"][0]
    move = await done(manager, "move", tables=["5"], **seen(seating))
    body = {"id": str(uuid4()), "reason": "fell ill"}
    cancelled = await host.post(f"/host/reservations/{made['reservation_id']}/cancel", json=body)
    assert cancelled.status_code == 200, cancelled.text
    read = (await host.get("/host/actions")).json()
    kinds = ("Cancel", "Move", "Seat", "Reserve")
    gone, moved, seated, reserved = (of_kind(read, kind) for kind in kinds)
    assert (len(read["items"]), read["next_cursor"]) == (4, None)
    assert (moved["said"], moved["staff_name"]) == (
        "Ines (5) moved from table 4 to table 5",
        "manager",
    )
    assert moved["undo_until"] == at(2 / 60).isoformat().replace("+00:00", "Z")
    assert (seated["party_name"], seated["party_size"]) == ("Ines", 5)
    assert (seated["tables"], seated["message"]) == (["4"], "done-seated")
    assert gone["said"] == "Guest 0 (2) cancelled for 3 March at 20:00"
    assert (gone["reason"], gone["undo_until"]) == ("fell ill", None)
    assert reserved["said"] == "Guest 0 (2) booked for 3 March at 20:00"
    shut = await done(manager, "levers", online_paused=True, from_date=DATE, until_date=DATE)
    for order in (move, shut):
        await done(manager, "undo", action_id=order["action_id"])
    read = (await host.get("/host/actions")).json()
    assert {each["said"] for each in read["items"] if each["kind"] == "Undo"} == {
        "Taken back: Ines (5) moved from table 4 to table 5",
        "Taken back: Set: online booking paused",
    }
    for kind in ("Move", "Levers"):
        undone = of_kind(read, kind)
        assert (undone["undone_by"], undone["undone_by_name"]) == ("manager", "manager")
        (back,) = [e for e in read["items"] if e["action_id"] == undone["undone_action"]]
        assert back["said"] == f"Taken back: {undone['said']}"


async def test_a_page_of_the_journal_ends_where_the_next_begins_and_a_day_after_its_evening(
    host: httpx.AsyncClient, pool: Pool
) -> None:
    for _ in range(3):
        await done(host, "wait", party_size=2)
    first = (await host.get("/host/actions?limit=2")).json()
    rest = (await host.get(f"/host/actions?limit=2&cursor={first['next_cursor']}")).json()
    every = (await host.get("/host/actions")).json()["items"]
    assert first["items"] + rest["items"] == every
    assert rest["next_cursor"] is None
    assert len(every) == 3
    await pool.execute("update action set at = $1", at(-20))
    assert (await host.get("/host/actions")).json()["items"] == []
    assert len((await host.get("/host/actions?date=2027-03-02")).json()["items"]) == 3
    far = await host.get("/host/actions?date=9999-12-31")
    assert (far.status_code, far.json()["code"]) == (422, "INVALID")


def seen(seating: dict[str, object]) -> dict[str, object]:
    return {"seating_id": seating["seating_id"], "version": seating["version"]}


def of_kind(read: dict[str, list[dict[str, Any]]], kind: str) -> dict[str, Any]:
    (found,) = [each for each in read["items"] if each["kind"] == kind]
    return found
