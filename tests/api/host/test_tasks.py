"""What floor and kitchen are to bring now, told when it is due, and who may say that it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from seating.db import transaction
from seating.gestures.tasks import tell_due_gestures
from tests.api.conftest import NEW_STAFF, staff_client
from tests.api.host.conftest import booked, done
from tests.support.gestures import RULES
from tests.support.hearing import listening
from tests.support.house import CLOCK, SEVEN, VENUE

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.db import Pool


async def accepted(host: httpx.AsyncClient, party: str, item: str) -> dict[str, Any]:
    """A gesture offered to the party, who said yes."""
    wish = {"item": item, "line": "because you waited", "reason": "long wait"}
    offer = await host.post("/host/gestures/offer", json=order(reservation_id=party, **wish))
    assert offer.status_code == 201, offer.text
    which = {"gesture_id": offer.json()["gesture_id"]}
    yes = await host.post("/host/gestures/accept", json=order(**which, version=1))
    assert yes.json()["state"] == "accepted"
    return which | {"version": 2}


def order(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"id": str(uuid4())} | more


async def tasks(client: httpx.AsyncClient, carrier: str) -> list[dict[str, Any]]:
    answer = await client.get("/host/tasks", params={"carrier": carrier})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def in_force(manager: httpx.AsyncClient) -> None:
    made = await manager.post("/manage/rules", json=order(rules=RULES, reason="a new season"))
    path = f"/manage/rules/{made.json()['version']}/publish"
    await manager.post(path, json=order(from_date=SEVEN.date().isoformat()))


async def test_each_carrier_has_what_is_due_and_says_that_it_was_brought(
    app: Litestar, host: httpx.AsyncClient, manager: httpx.AsyncClient, pool: Pool
) -> None:
    await in_force(manager)
    party = (await booked(host))["reservation_id"]
    await done(host, "arrive", reservation_id=party, version=1, arrived=2)
    sat = await done(host, "seat", reservation_id=party, version=2, tables=["1"])
    async with transaction(pool) as conn:
        for role in ("viewer", "kitchen"):
            await conn.execute(NEW_STAFF, VENUE, role)
    async with (
        staff_client(app, "kitchen") as kitchen,
        staff_client(app, "viewer") as viewer,
        listening(pool) as ear,
    ):
        glass, cake = [await accepted(host, party, item) for item in ("glass", "cake")]
        await pool.execute("update guest set allergies = 'nuts'")
        (task,) = await tasks(viewer, "floor")
        assert (task["gesture_id"], task["tables"]) == (glass["gesture_id"], ["1"])
        assert (task["party_name"], task["party_size"], task["allergies"]) == ("Guest 0", 2, "nuts")
        assert (task["due_at"], task["name"]) == (
            SEVEN.isoformat().replace("+00:00", "Z"),
            {"en": "A glass"},
        )
        assert await tasks(kitchen, "kitchen") == []
        assert [await tell_due_gestures(pool, CLOCK) for _ in range(2)] == [1, 0]
        assert (await ear.until("gesture.due"))["id"] == glass["gesture_id"]

        (seating,) = sat["seatings"]
        which = {"seating_id": seating["seating_id"], "version": seating["version"]}
        await done(host, "serve", **which, check_down=True)
        assert [each["item"] for each in await tasks(kitchen, "kitchen")] == ["cake"]
        assert await tell_due_gestures(pool, CLOCK) == 1
        assert (await ear.until("gesture.due"))["id"] == cake["gesture_id"]

        refused = await viewer.post("/host/gestures/deliver", json=order(**cake))
        assert (refused.status_code, refused.json()["message"]) == (403, "role-needed")
        refused = await kitchen.post("/host/gestures/deliver", json=order(**glass))
        assert (refused.status_code, refused.json()["message"]) == (403, "others-bring-it")
        refused = await kitchen.post("/host/gestures/undo", json=order(**cake))
        assert refused.json()["message"] == "others-bring-it"
        brought = await kitchen.post("/host/gestures/deliver", json=order(**cake))
        assert brought.json()["state"] == "delivered"
        told = await ear.until("gesture.delivered")
        assert (told["id"], told["staff_id"]) == (cake["gesture_id"], "kitchen")
        assert await tasks(kitchen, "kitchen") == []
        nobody = await host.get("/host/tasks", params={"carrier": "postman"})
        assert nobody.status_code == 400
