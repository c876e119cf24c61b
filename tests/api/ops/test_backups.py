"""Whoever has to know hears of backups that fail: the owner in full, others that they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from api.jobs import BACKUPS, ERASURES, JOBS, jobs_of, watched_tasks
from seating.backups.standing import record_failure, record_success
from seating.clock import wall_now
from tests.api.conftest import client_of
from tests.support.application import living

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from api.settings import Settings


async def test_the_owner_sees_the_backups_and_why_one_failed(
    owner: httpx.AsyncClient, manager: httpx.AsyncClient, app: Litestar
) -> None:
    pool = app.state.pool
    answer = await owner.get("/manage/backups")
    assert answer.status_code == 200
    assert (answer.json()["files"], answer.json()["backup"]["ok_at"]) == ([], None)
    await pool.execute("insert into backup values ('a.dump', now(), 1000, 33)")
    await record_success(pool, "backup", wall_now(), "a.dump")
    await record_failure(pool, "backup", wall_now(), "The disk is full.")
    shown = (await owner.get("/manage/backups")).json()
    assert (shown["files"][0]["file"], shown["files"][0]["bytes"]) == ("a.dump", 1000)
    assert (shown["backup"]["ok_file"], shown["backup"]["failures"]) == ("a.dump", 1)
    assert shown["backup"]["why"] == "The disk is full."
    assert (await manager.get("/manage/backups")).status_code == 403


async def test_a_failing_backup_is_told_of_and_the_service_is_ready_all_the_same(
    anybody: httpx.AsyncClient, app: Litestar
) -> None:
    await record_failure(app.state.pool, "backup", wall_now(), "The disk is full.")
    answer = await anybody.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["detail"].startswith("The nightly backup has failed since")
    assert "disk" not in answer.text
    await record_success(app.state.pool, "backup", wall_now(), "a.dump")
    assert (await anybody.get("/readyz")).json() == {"status": "ready"}


async def test_metrics_count_the_failures_of_backups(settings: Settings, houses: None) -> None:  # noqa: ARG001
    measured = msgspec.structs.replace(settings, metrics_token="m")
    async with living(measured) as app, client_of(app) as client:
        await record_success(app.state.pool, "backup", wall_now(), "a.dump")
        await record_failure(app.state.pool, "read_back", wall_now(), "no")
        text = (await client.get("/metrics", headers={"Authorization": "Bearer m"})).text
    assert 'maitred_backup_failures{step="read_back"} 1.0' in text
    assert 'maitred_backup_age_seconds{step="backup"}' in text
    assert 'maitred_backup_age_seconds{step="read_back"}' not in text


def test_backups_are_a_job_where_a_folder_is_set(settings: Settings) -> None:
    kept = msgspec.structs.replace(settings, backups="backups")
    assert jobs_of(settings) == JOBS
    assert [job.name for job in jobs_of(kept) if job not in JOBS] == [BACKUPS, ERASURES]
    assert BACKUPS not in {task.name for task in watched_tasks(kept)}
