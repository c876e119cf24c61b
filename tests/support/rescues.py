"""Rescues over HTTP: a party told no, the list for it, and the taps on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    import httpx

Json = dict[str, Any]

NEIGHBOURS = [
    {"key": "far", "name": "Far End", "walk_minutes": 20},
    {"key": "corner", "name": "Corner House", "phone": "+493012345678", "walk_minutes": 3},
    {"key": "bridge", "name": "By the Bridge", "walk_minutes": 9},
    {"key": "park", "name": "In the Park", "walk_minutes": 12},
]


async def seat(client: httpx.AsyncClient, *tables: str, size: int = 2, **more: Any) -> Json:  # noqa: ANN401 - of an order
    body = {"id": str(uuid4()), "tables": tables, "party_size": size} | more
    answer = await client.post("/host/orders/seat", json=body)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


async def told_no(client: httpx.AsyncClient, size: int = 2, **more: Any) -> str:  # noqa: ANN401 - of a turnaway
    """Tell a party there is nothing; returns the turnaway."""
    body = {"id": str(uuid4()), "party_size": size, "code": "NO_TABLE_FITS", "kind": "denial"}
    answer = await client.post("/host/turnaways", json=body | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["turnaway_id"])


async def ways(client: httpx.AsyncClient, turnaway_id: str, **more: Any) -> Json:  # noqa: ANN401 - of a list
    """List what can be done for it."""
    body = {"id": str(uuid4()), "turnaway_id": turnaway_id} | more
    answer = await client.post("/host/rescues", json=body)
    assert answer.status_code == 201, answer.text
    listed: Json = answer.json()
    return listed


def kinds(listed: Json) -> list[str]:
    return [each["option"]["kind"] for each in listed["options"]]


def of_kind(listed: Json, kind: str) -> Json:
    found: Json = next(
        each["option"] for each in listed["options"] if each["option"]["kind"] == kind
    )
    return found


async def tap(
    client: httpx.AsyncClient,
    listed: Json,
    kind: str,
    verb: str,
    **more: Any,  # noqa: ANN401 - of a tap
) -> httpx.Response:
    """Open, close or take the first option of that kind."""
    option = of_kind(listed, kind)["option_id"]
    path = f"/host/rescues/{listed['rescue_id']}/options/{option}/{verb}"
    return await client.post(path, json={"id": str(uuid4())} | more)


async def done(
    client: httpx.AsyncClient,
    listed: Json,
    kind: str,
    verb: str,
    **more: Any,  # noqa: ANN401 - of a tap
) -> Json:
    """A tap that is possible."""
    answer = await tap(client, listed, kind, verb, **more)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told
