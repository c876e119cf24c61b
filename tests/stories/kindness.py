"""What the stories about gestures share: a catalogue of every kind, parties, and the taps."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.api.host.conftest import done
from tests.support.house import DATE, SEVEN, VENUE

if TYPE_CHECKING:
    from datetime import datetime

    import httpx
    from litestar import Litestar

DATES = {"from": DATE, "to": DATE}
CATALOGUE: list[dict[str, Any]] = [
    {"key": "cake", "name": {"en": "Cake"}, "cost": 300, "price": 900, "due": "bill",
     "carrier": "kitchen", "contains": ["eggs", "milk", "gluten"]},
    {"key": "sorbet", "name": {"en": "Sorbet"}, "cost": 200, "price": 700, "due": "bill",
     "carrier": "kitchen", "contains": []},
    {"key": "glass", "name": {"en": "A glass"}, "cost": 500, "due": "arrival",
     "contains": ["alcohol", "sulphites"]},
    {"key": "window", "name": {"en": "The window table"}, "cost": 0, "due": "arrival",
     "carrier": "host", "kind": "upgrade", "contains": []},
    {"key": "magnum", "name": {"en": "Magnum"}, "cost": 4000, "due": "mains",
     "contains": ["alcohol"]},
    {"key": "off", "name": {"en": "Off the bill"}, "cost": 0, "due": "bill", "kind": "amount_off"},
    {"key": "refund", "name": {"en": "A dish refunded"}, "cost": 0, "due": "bill",
     "kind": "refund", "cap": 3000},
    {"key": "lost", "name": {"en": "Something lost"}, "cost": 0, "due": "leaving",
     "kind": "claim", "cap": 5000},
    {"key": "parking", "name": {"en": "An hour of parking"}, "cost": 200, "due": "leaving",
     "carrier": "host", "kind": "spend_linked", "per_amount": 30_000, "units_max": 4},
]  # fmt: skip
RULES: dict[str, Any] = {
    "gestures": CATALOGUE,
    "wait_ladder": [{"minutes": 15, "gesture": "glass"}],
    "purses": {"person_shift": 6000, "manager_shift": 9000, "venue_night": 12_000},
}


def wish(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    return {"id": str(uuid4())} | more


async def publish(manager: httpx.AsyncClient, **sections: Any) -> None:  # noqa: ANN401 - JSON
    """The manager's rules are in force from tonight on."""
    body = wish(rules=RULES | sections, reason="a new season")
    made = await manager.post("/manage/rules", json=body)
    assert made.status_code == 201, made.text
    path = f"/manage/rules/{made.json()['version']}/publish"
    assert (await manager.post(path, json=wish(from_date=DATE))).status_code == 200


async def seated(host: httpx.AsyncClient, table: str = "1", size: int = 2) -> dict[str, str]:
    """A walk-in sits down; returns what names it."""
    told = await done(host, "seat", tables=[table], party_size=size)
    return {"seating_id": told["seatings"][0]["seating_id"]}


def gift(party: dict[str, str], item: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    line = "because it is your first evening with us"
    return wish(item=item, line=line, reason="a good evening", **party) | more


async def give(
    client: httpx.AsyncClient, party: dict[str, str], item: str, **more: Any  # noqa: ANN401
) -> dict[str, Any]:  # fmt: skip
    """Something is given that may be given."""
    answer = await client.post("/host/gestures/offer", json=gift(party, item, **more))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def tap(
    client: httpx.AsyncClient, verb: str, gesture: dict[str, Any], **more: Any  # noqa: ANN401
) -> dict[str, Any]:  # fmt: skip
    """A tap about a gesture that is possible."""
    body = wish(gesture_id=gesture["gesture_id"], version=gesture["version"], **more)
    answer = await client.post(f"/host/gestures/{verb}", json=body)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def given_away(host: httpx.AsyncClient) -> int:
    """What the venue has spent on gestures tonight."""
    spent: int = (await host.get("/host/gestures")).json()["venue"]["spent"]
    return spent


async def told_the_till(app: Litestar) -> list[dict[str, Any]]:
    """The adjustments on their way to the till, in order."""
    rows = await app.state.pool.fetch(
        "select data::text as data from outbox where venue_id = $1 and event = 'pos.adjustment'"
        " order by seq",
        VENUE,
    )
    return [json.loads(row["data"]) for row in rows]


async def check(
    till: httpx.AsyncClient,
    table: str,
    total: int,
    *,
    tip: int = 0,
    at: datetime = SEVEN,
    closed: bool = True,
) -> None:
    """The till tells of the check of a table, open or closed."""
    event = {
        "event_id": str(uuid4()),
        "type": "check.closed" if closed else "check.opened",
        "check": f"check of {table}",
        "table": table,
        "total": total,
        "tip": tip,
        "occurred_at": at.isoformat(),
        "sequence": 2 if closed else 1,
    }
    answer = await till.post(f"/v1/venues/{VENUE}/pos/events", json=event)
    assert answer.status_code == 202, answer.text
