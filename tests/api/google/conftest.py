"""Google at a house of five tables, on a Wednesday noon that does not pass."""

from __future__ import annotations

from base64 import b64encode
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from api.settings import Settings
from seating.access.clients import create_client
from seating.db import transaction
from tests.api.conftest import client_of
from tests.support.application import living
from tests.support.house import SEVEN, VENUE, house_text, open_house, phone

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from litestar import Litestar

    from seating.db import Pool

ROOM = house_text(2, 2, 4, 6, 4, joins=[("1", "2")], terrace=1)
BASE = "/google/v3"
SECONDS = int(SEVEN.timestamp())


@pytest.fixture
async def app(database: str, pool: Pool) -> AsyncIterator[Litestar]:
    await open_house(pool, ROOM)
    settings = Settings(database_url=database, demo=True, jobs="none", pool_min=1, pool_max=10)
    async with living(settings) as app:
        yield app


@pytest.fixture
async def google(app: Litestar) -> AsyncIterator[httpx.AsyncClient]:
    async with google_client(app) as client:
        yield client


@asynccontextmanager
async def google_client(app: Litestar, *scopes: Any) -> AsyncIterator[httpx.AsyncClient]:  # noqa: ANN401
    """A client that shows its id and secret."""
    headers = {"Authorization": basic(*await new_client(app.state.pool, *scopes))}
    async with client_of(app, headers=headers) as client:
        yield client


async def new_client(pool: Pool, *scopes: Any) -> tuple[str, str]:  # noqa: ANN401 - scopes
    """The id and secret of a client of the test house."""
    async with transaction(pool) as conn:
        return await create_client(conn, "Google", {VENUE: scopes or ("google",)})


def basic(client_id: str, secret: str) -> str:
    return "Basic " + b64encode(f"{client_id}:{secret}".encode()).decode()


def slot(hours: float = 0, party_size: Any = 2, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A slot so many hours after seven."""
    return {
        "merchant_id": VENUE,
        "service_id": "reservation",
        "start_sec": str(SECONDS + int(hours * 3600)),
        "duration_sec": "5400",
        "resources": {"party_size": party_size},
    } | more


def slot_time(hours: float = 0, party_size: Any = 2, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """The same as a look-up says it."""
    whole = slot(hours, party_size)
    whole["resource_ids"] = whole.pop("resources")
    del whole["merchant_id"]
    return whole | more


def user(number: int = 0) -> dict[str, str]:
    return {
        "user_id": f"user-{number}",
        "given_name": "Ada",
        "family_name": f"Guest {number}",
        "telephone": phone(number),
        "email": f"ada{number}@example.org",
    }


def wish(number: int = 0, hours: float = 0, party_size: Any = 2, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A booking by user `number`, under a token of the user's own."""
    return {
        "slot": slot(hours, party_size),
        "user_information": user(number),
        "idempotency_token": f"token-{number}",
    } | more


async def call(google: httpx.AsyncClient, method: str, body: Any) -> dict[str, Any]:  # noqa: ANN401
    """A call that is answered with 200."""
    answer = await google.post(f"{BASE}/{method}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def booked(google: httpx.AsyncClient, number: int = 0, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A booking that stands."""
    answer = await call(google, "CreateBooking", wish(number, **more))
    assert answer.keys() == {"booking"}, answer
    booking: dict[str, Any] = answer["booking"]
    return booking


async def cause(google: httpx.AsyncClient, method: str, body: Any) -> str:  # noqa: ANN401
    """Why a call failed, in the one word there is for it."""
    answer = await call(google, method, body)
    assert answer.keys() == {"booking_failure"}, answer
    assert answer["booking_failure"].keys() == {"cause", "description"}
    assert answer["booking_failure"]["description"]
    return str(answer["booking_failure"]["cause"])


async def lookup(google: httpx.AsyncClient, *slots: dict[str, Any]) -> list[bool]:
    """What BatchAvailabilityLookup says of each slot."""
    body = {"merchant_id": VENUE, "slot_time": slots}
    told = (await call(google, "BatchAvailabilityLookup", body))["slot_time_availability"]
    assert [each["slot_time"]["start_sec"] for each in told] == [s["start_sec"] for s in slots]
    return [each["available"] for each in told]
