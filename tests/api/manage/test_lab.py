"""A manager tries a draft in the lab: a process of its own plays it; a host may not."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.background import labouring
from api.settings import Settings
from tests.api.conftest import host, manager
from tests.support.past_evenings import past_evenings

if TYPE_CHECKING:
    import httpx
    import pytest

    from seating.db import Pool

__all__ = ["host", "manager"]

RUSSIAN = {"Accept-Language": "ru"}


async def a_draft(manager: httpx.AsyncClient) -> int:
    rules = {"decisions": {"by_value": False}}
    body = {"id": str(uuid4()), "reason": "more on weekends", "rules": rules}
    version: int = (await manager.post("/manage/rules", json=body)).json()["version"]
    return version


def run_of(*drafts: int, **scope: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    asked = {"kind": "past", "evenings": 2} | scope
    return {"id": str(uuid4()), "drafts": drafts, "scope": asked}


async def test_a_worker_of_the_lowest_priority_plays_what_a_manager_asks(
    manager: httpx.AsyncClient, pool: Pool, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await past_evenings(pool, 3, [(2, 60, 45)])
    offered = (await manager.get("/manage/lab")).json()
    assert sum(each["evenings"] for each in offered["evenings"]) == 3
    body = run_of(await a_draft(manager))
    asked = await manager.post("/manage/lab/runs", json=body)
    again = await manager.post("/manage/lab/runs", json=body)
    assert (asked.status_code, again.json()) == (201, asked.json())
    assert (asked.json()["run"]["state"], asked.json()["run"]["seconds_left"]) == ("queued", 4)
    run_id = asked.json()["run"]["run_id"]
    monkeypatch.setattr(labouring, "LOOK_SECONDS", 0.05)
    settings = Settings(database_url=database)
    nice: set[int] = set()
    async with labouring.labouring(pool, settings):
        while (found := await manager.get(f"/manage/lab/runs/{run_id}")).json()["run"]["state"] in {
            "queued",
            "running",
        }:
            if found.json()["run"]["state"] == "running":
                nice |= await priorities()
            await asyncio.sleep(0.05)
    assert found.json()["run"]["state"] == "done"
    assert nice == {19}
    (tried,) = found.json()["drafts"]
    assert [each["mark"]["night"] for each in tried["evenings"]] == [0, 1]
    opened = await manager.get(f"/manage/lab/runs/{run_id}/nights/1")
    (party,) = opened.json()["with_rules"][0]["parties"]
    assert (party["promised"], party["size"], party["seated"]) == (False, 2, 60)
    russian = await manager.get(f"/manage/lab/runs/{run_id}", headers=RUSSIAN)
    assert russian.json()["drafts"][0]["sentence"].startswith("На ваших последних **2 вечерах**")
    listed = (await manager.get("/manage/lab")).json()["runs"]
    assert [each["run_id"] for each in listed] == [run_id]
    over = await manager.post(f"/manage/lab/runs/{run_id}/cancel")
    assert over.status_code == 409


async def priorities() -> set[int]:
    """How nice the lab's workers that this process started are."""
    shown = await asyncio.create_subprocess_exec(
        "ps", "-o", "ni=,args=", "--ppid", str(os.getpid()), stdout=asyncio.subprocess.PIPE
    )
    lines = (await shown.communicate())[0].decode().splitlines()
    return {int(line.split()[0]) for line in lines if labouring.WORKER in line}


async def test_a_run_that_waits_is_stopped_and_a_host_sees_no_lab(
    manager: httpx.AsyncClient, host: httpx.AsyncClient, pool: Pool
) -> None:
    draft = await a_draft(manager)
    nothing = await manager.post("/manage/lab/runs", json=run_of(draft))
    assert (nothing.status_code, "/scope" in nothing.text) == (422, True)
    await past_evenings(pool, 2)
    run_id = (await manager.post("/manage/lab/runs", json=run_of(draft))).json()["run"]["run_id"]
    assert (await manager.post(f"/manage/lab/runs/{run_id}/cancel")).status_code == 204
    assert (await manager.get(f"/manage/lab/runs/{run_id}")).json()["run"]["state"] == "cancelled"
    assert (await manager.get(f"/manage/lab/runs/{uuid4()}")).status_code == 404
    assert (await manager.get(f"/manage/lab/runs/{run_id}/nights/0")).status_code == 404
    for answer in (
        await host.get("/manage/lab"),
        await host.post("/manage/lab/runs", json=run_of(draft)),
        await host.get(f"/manage/lab/runs/{run_id}"),
    ):
        assert answer.status_code == 403
