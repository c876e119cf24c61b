"""A house that serves nothing yet, with one table: every screen and job has an answer to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from api.jobs import JOBS
from api.settings import Settings
from policies.drafts.starter import starter_house
from policies.house.file import house_toml
from seating.db import transaction
from tests.api.conftest import NEW_STAFF, anybody, host, manager, partner
from tests.api.google.conftest import SECONDS, google, google_client
from tests.support.application import give_screens, living
from tests.support.house import CLOCK, DATE, SEVEN, VENUE, open_house

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx
    from litestar import Litestar

    from seating.db import Pool

__all__ = ["anybody", "google", "google_client", "host", "manager", "partner"]

STREAMS = ("/live",)
ASKED: dict[str, str | int] = {
    "date": DATE,
    "from": DATE,
    "to": DATE,
    "party_size": 2,
    "start": SEVEN.isoformat(),
    "starts": SEVEN.isoformat(),
    "q": "anna",
}


@pytest.fixture
async def app(database: str, pool: Pool, tmp_path: Path) -> AsyncIterator[Litestar]:
    await open_house(pool, house_toml(starter_house(VENUE, "New", "Europe/Berlin", "EUR", "en")))
    async with transaction(pool) as conn:
        for role in ("host", "manager"):
            await conn.execute(NEW_STAFF, VENUE, role)
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        give_screens(app, tmp_path)
        yield app


def pages(app: Litestar) -> list[str]:
    """Every address that is read and names nothing but the venue."""
    paths = [
        route.path.replace("{venue:str}", VENUE)
        for route in app.routes
        if "GET" in getattr(route, "methods", ())
    ]
    return sorted(path for path in paths if "{" not in path and not path.startswith(STREAMS))


async def test_every_page_has_an_answer(
    app: Litestar, manager: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    wrong = {}
    for path in pages(app):
        client = partner if path.startswith("/v1") else manager
        answers = [await client.get(path), await client.get(path, params=ASKED)]
        if any(answer.status_code >= 500 for answer in answers):
            wrong[path] = [answer.text for answer in answers]
    assert len(pages(app)) > 30
    assert wrong == {}


async def test_every_job_runs(app: Litestar) -> None:
    for job in JOBS:
        await job.run(app.state.pool, CLOCK)


async def test_the_service_is_ready(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/readyz")).status_code == 200


@pytest.mark.parametrize("verb", ["seat", "wait", "levers"])
async def test_an_order_without_a_period_is_refused_with_a_sentence(
    host: httpx.AsyncClient, verb: str
) -> None:
    bodies: dict[str, dict[str, Any]] = {
        "seat": {"tables": ["1"], "party_size": 2},
        "wait": {"party_size": 2, "name": "Anna"},
        "levers": {"seating_stopped": True},
    }
    answer = await host.post(
        f"/host/orders/{verb}", json={"id": str(uuid4())} | bodies.get(verb, {})
    )
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.json()["detail"]


async def test_nobody_books_and_everybody_hears_why(
    host: httpx.AsyncClient, partner: httpx.AsyncClient
) -> None:
    guest = {"name": "Anna", "phone": "+493020000001"}
    body = {"start": SEVEN.isoformat(), "party_size": 2}
    wishes = [
        ("slot-holds", body),
        ("reservations", body | {"guest": guest}),
        ("enquiries", body | {"guest": guest, "party_size": 30}),
        ("waitlist", {"party_size": 2, "guest": guest}),
    ]
    for name, wish in wishes:
        answer = await partner.post(
            f"/v1/venues/{VENUE}/{name}", json=wish, headers={"Idempotency-Key": str(uuid4())}
        )
        assert answer.status_code < 500, answer.text
    desk = await host.post(
        "/host/reservations",
        json={"id": str(uuid4()), "starts": SEVEN.isoformat(), "party_size": 2, "guest": guest},
    )
    assert desk.status_code < 500, desk.text


async def test_googles_questions_have_answers(google: httpx.AsyncClient) -> None:
    slot = {
        "service_id": "dining",
        "start_sec": SECONDS,
        "duration_sec": 5400,
        "resource_ids": {"party_size": 2},
    }
    answer = await google.post(
        "/google/v3/BatchAvailabilityLookup", json={"merchant_id": VENUE, "slot_time": [slot]}
    )
    assert answer.status_code < 500, answer.text


async def test_a_manager_can_write_rules_for_it(manager: httpx.AsyncClient) -> None:
    window = {
        "name": "peak",
        "period": "dinner",
        "starts": "20:00",
        "minutes": 120,
        "count": 1,
        "seats": 2,
    }
    body = {"id": str(uuid4()), "reason": "a try", "rules": {"holds": [window]}}
    answer = await manager.post("/manage/rules", json=body)
    assert answer.status_code == 422, answer.text
    body = {"id": str(uuid4()), "reason": "a try", "rules": {}}
    assert (await manager.post("/manage/rules", json=body)).status_code == 201
