"""Jobs run again whatever happened, and readiness tells when one is behind."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from api.background.delivering import writing_to_guests
from api.background.warming import begin_warming
from api.jobs import JOBS, MARGIN, WRITTEN, Job, overdue, scheduled
from api.settings import Settings, SettingsError, from_environment, office_of
from scripts.setup_venv import ROOT
from seating.clock import MovableClock, WallClock
from seating.dsn import database_of, with_database
from seating.jobs.runs import last_successes
from seating.jobs.sweeps import SWEEPS
from seating.migrate import MIGRATIONS, read_migrations
from tests.api.conftest import VENUE, client_of
from tests.support.application import living
from tests.support.correspondence import MAIL, SENDER, ada, mail_catcher
from tests.support.database import execute, service_of
from tests.support.house import HOST, booked, house_text, open_house

if TYPE_CHECKING:
    import httpx
    from litestar import Litestar

    from seating.clock import Clock
    from seating.db import Pool

RUNNING = (*JOBS, *WRITTEN)
"""What runs where no key is set: the jobs and the messages to guests."""
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SWEEP = Job("sweep", timedelta(seconds=10), lambda _, __: asyncio.sleep(0))


async def until(pool: Pool, sql: str) -> None:
    async with asyncio.timeout(30):
        while not await pool.fetchval(sql):  # noqa: ASYNC110 - only the database knows
            await asyncio.sleep(0.05)


async def test_a_job_runs_at_once_and_its_success_is_kept(pool: Pool) -> None:
    async with scheduled(pool, WallClock(), [SWEEP]):
        await until(pool, "select true from job_run where job = 'sweep' and ok_at is not null")


async def test_a_job_that_fails_is_kept_and_runs_again(
    pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    runs = []

    async def stumble(_: Pool, __: Clock) -> None:
        runs.append(1)
        if len(runs) == 1:
            raise ValueError("lost its way")

    async with scheduled(pool, WallClock(), [Job("stumble", timedelta(seconds=1), stumble)]):
        await until(pool, "select true from job_run where ok_at > failed_at")
    failure = await pool.fetchval("select failure from job_run where job = 'stumble'")
    assert failure == "ValueError: lost its way"
    assert "job stumble failed" in caplog.text


def test_whatever_time_alone_makes_true_is_made_true_by_a_job() -> None:
    """An unanswered question goes to the next manager though nobody moves the clock."""
    assert set(SWEEPS) <= {job.run for job in JOBS}


def test_a_job_is_behind_after_three_intervals() -> None:
    late = NOON + 3 * SWEEP.every + MARGIN
    for successes in ({}, {"sweep": NOON}, {"sweep": NOON - timedelta(days=1)}):
        assert not overdue([SWEEP], successes, NOON, late)
        assert overdue([SWEEP], successes, NOON, late + timedelta(seconds=1)) == ["sweep"]
    assert not overdue([SWEEP], {"sweep": late}, NOON, late + timedelta(seconds=1))


async def test_alive_and_ready_are_open_to_anybody(anybody: httpx.AsyncClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert (await anybody.get(path)).status_code == 200


async def test_nobody_is_sent_here_while_the_decisions_are_compiled(
    anybody: httpx.AsyncClient, app: Litestar
) -> None:
    warmed, app.state.warming = app.state.warming, asyncio.create_task(asyncio.sleep(60))
    answer = await anybody.get("/readyz")
    app.state.warming.cancel()
    app.state.warming = warmed
    assert answer.status_code == 503
    assert "compiled" in answer.json()["detail"]
    assert (await anybody.get("/healthz")).status_code == 200


async def test_readiness_says_that_the_decisions_could_not_be_compiled(
    anybody: httpx.AsyncClient, app: Litestar
) -> None:
    def break_down() -> None:
        raise RuntimeError

    app.state.warming = begin_warming(break_down)
    await asyncio.wait([app.state.warming])
    answer = await anybody.get("/readyz")
    assert (answer.status_code, answer.json()["detail"]) == (
        503,
        "The decisions could not be compiled.",
    )


async def test_readiness_names_the_job_that_is_behind(settings: Settings, houses: None) -> None:  # noqa: ARG001
    waiting = msgspec.structs.replace(settings, jobs="elsewhere")
    async with living(waiting) as app, client_of(app) as client:
        assert (await client.get("/readyz")).status_code == 200
        app.state.started_at = NOON - timedelta(days=365)
        await app.state.pool.execute("insert into job_run values ('tell_availability', now())")
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert "remove_aged" in answer.json()["detail"]
        assert "tell_availability" not in answer.json()["detail"]


async def test_readiness_names_a_missing_migration(anybody: httpx.AsyncClient, pool: Pool) -> None:
    last = read_migrations(MIGRATIONS)[-1]
    await pool.execute("delete from schema_migration where number = $1", last.number)
    answer = await anybody.get("/readyz")
    assert (answer.status_code, answer.json()["detail"]) == (
        503,
        f"Migration {last.name} is not applied.",
    )


async def test_readiness_tells_of_a_database_that_takes_no_writes_any_more(
    anybody: httpx.AsyncClient, app: Litestar, database: str
) -> None:
    """As after a failover: the connections are cut, and the host they lead to is a standby now."""
    assert (await anybody.get("/readyz")).status_code == 200
    server, name = with_database(database, "postgres"), database_of(database)
    await execute(server, f"alter database {name} set default_transaction_read_only = on")
    await cut_off(server, name)
    answer = await until_answered(anybody)
    assert answer.status_code == 503
    assert "takes no writes" in answer.json()["detail"]
    pairing = {"venue": VENUE, "code": "AAAA-AAAA", "device_name": "Door"}
    written = await anybody.post("/host/pair", json=pairing)
    assert (written.status_code, written.json()["code"]) == (503, "UNAVAILABLE")
    await execute(server, f"alter database {name} reset default_transaction_read_only")
    await cut_off(server, name)
    assert (await until_answered(anybody)).status_code == 200
    assert app.state.pool.get_size() > 0


async def cut_off(server: str, name: str) -> None:
    await execute(
        server, f"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
    )


async def until_answered(client: httpx.AsyncClient) -> httpx.Response:
    """The first answer of a pool that has noticed that its connections were cut."""
    for _ in range(100):
        answer = await client.get("/readyz")
        if answer.headers["content-type"].startswith("application/json"):
            return answer
        await asyncio.sleep(0.02)
    raise AssertionError(answer.text)


async def test_readiness_tells_of_rights_that_were_taken_away(
    anybody: httpx.AsyncClient, pool: Pool, database: str
) -> None:
    """The app's role is a superuser here, so the extension is what goes."""
    assert database
    await pool.execute("drop extension btree_gist cascade")
    answer = await anybody.get("/readyz")
    assert answer.status_code == 503
    assert "has lost the extension btree_gist" in answer.json()["detail"]


async def test_embedded_jobs_run_within_the_application(settings: Settings, pool: Pool) -> None:
    embedded = msgspec.structs.replace(settings, jobs="embedded")
    async with living(embedded) as app, client_of(app) as client:
        await until(pool, f"select count(*) = {len(RUNNING)} from job_run")
        assert set(await last_successes(pool)) == {job.name for job in RUNNING}
        assert (await client.get("/readyz")).status_code == 200


async def test_a_booking_is_confirmed_by_the_jobs_and_a_server_that_hangs_stops_no_look(
    settings: Settings, pool: Pool
) -> None:
    await open_house(pool, house_text(2, 2))
    await pool.execute("update clock set rate = 1")
    await booked(pool, ada(), HOST)
    async with mail_catcher() as catcher:
        catcher.go_on = asyncio.Event()
        set_up = msgspec.structs.replace(
            settings,
            smtp_url=f"smtp://127.0.0.1:{catcher.port}",
            mail_from=SENDER,
            public_url="https://book.example",
        )
        async with writing_to_guests(pool, MovableClock(), set_up):
            await asyncio.wait_for(catcher.came.wait(), 30)
            before = (await last_successes(pool))["deliver_notices"]
            await pool.execute("update job_run set ok_at = ok_at - interval '1 hour'")
            await until(pool, "select ok_at > now() - interval '1 minute' from job_run")
            assert (await last_successes(pool))["deliver_notices"] > before
            catcher.go_on.set()
            await until(pool, "select status = 'sent' from guest_notice")
    assert catcher.recipients == [MAIL]


async def test_the_jobs_process_ends_cleanly(database: str, pool: Pool) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "api.jobs",
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": service_of(database)},
        stderr=asyncio.subprocess.PIPE,
    )
    await until(pool, f"select count(*) = {len(RUNNING)} from job_run")
    process.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(process.communicate(), 30)
    assert (process.returncode, said) == (0, b"")


@pytest.mark.parametrize(
    ("environment", "variable"),
    [
        ({}, "DATABASE_URL"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"MAITRED_JOBS": "sometimes"}, "MAITRED_JOBS"),
        ({"MAITRED_POOL_MAX": "many"}, "MAITRED_POOL_MAX"),
        ({"MAITRED_POOL_MIN": "20"}, "MAITRED_POOL_MIN"),
        ({"MAITRED_DEMO": "1", "MAITRED_PRODUCTION": "1"}, "MAITRED_DEMO"),
        ({"MAITRED_DEMO": "perhaps"}, "MAITRED_DEMO"),
        ({"MAITRED_TRUSTED_PROXIES": "*"}, "MAITRED_TRUSTED_PROXIES"),
        ({"MAITRED_BACKUPS_KEPT": "0"}, "MAITRED_BACKUPS_KEPT"),
        ({"MAITRED_BACKUPS_AT": "25:00"}, "MAITRED_BACKUPS_AT"),
        ({"MAITRED_SMTP_URL": "mail.example.com"}, "MAITRED_SMTP_URL"),
        ({"MAITRED_SMTP_URL": "smtp://me:hunter2@mail.example.com"}, "MAITRED_SMTP_URL"),
        ({"MAITRED_SMTP_URL": "smtps://mail.example.com", "MAITRED_DEMO": "1"}, "in a demo"),
        ({"MAITRED_MAIL_FROM": "tables"}, "MAITRED_MAIL_FROM"),
        ({"MAITRED_TEXT_PROVIDER": "pigeon"}, "MAITRED_TEXT_PROVIDER"),
        ({"MAITRED_TEXT_PROVIDER": "twilio"}, "MAITRED_TEXT_ACCOUNT"),
        ({"MAITRED_TEXT_PROVIDER": "signed", "MAITRED_TEXT_URL": "https://x"}, "TEXT_SECRET"),
    ],
)
def test_a_wrong_variable_is_named(environment: dict[str, str], variable: str) -> None:
    given = {"DATABASE_URL": "postgresql://x"} | environment if environment else {}
    with pytest.raises(SettingsError, match=variable):
        from_environment(given)


@pytest.mark.parametrize(
    ("environment", "secure"),
    [
        ({}, None),
        ({"MAITRED_DEMO": "1"}, None),
        ({"MAITRED_SECURE_COOKIES": "1"}, True),
        ({"MAITRED_SECURE_COOKIES": "0"}, False),
    ],
)
def test_cookies_follow_the_browsers_scheme_unless_it_is_said(
    environment: dict[str, str],
    secure: bool | None,  # noqa: FBT001
) -> None:
    settings = from_environment({"DATABASE_URL": "postgresql://x"} | environment)
    assert settings.secure_cookies is secure


def test_settings_keep_passwords_to_themselves() -> None:
    settings = from_environment(
        {
            "DATABASE_URL": "postgresql://u:hunter2@db/x",
            "MAITRED_JOBS": "1",
            "MAITRED_SMTP_URL": "smtps://u:hunter2@mail.example.com",
            "MAITRED_TEXT_PROVIDER": "twilio",
            "MAITRED_TEXT_ACCOUNT": "AC1",
            "MAITRED_TEXT_SECRET": "hunter2",
        }
    )
    assert settings.jobs == "embedded"
    office = office_of(settings)
    assert "hunter2" not in repr(settings) + str(settings) + f"{settings}" + repr(office)
