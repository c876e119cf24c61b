"""A guest is erased: a search of the whole database finds nothing of her, and the numbers stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from policies.privacy.inventory import INVENTORY
from seating.forecast.history import BOOKINGS_RESOLVED
from seating.jobs.sweeps import sweep_all
from seating.webhooks.outbox import fan_out_outbox
from tests.api.manage.people.conftest import (
    PHONE,
    TOMORROW,
    ok,
    places_of_her,
    went_through_everything,
)
from tests.support.house import CLOCK, VENUE, at, move_clock

if TYPE_CHECKING:
    from datetime import date

    import httpx
    from litestar import Litestar

    from seating.db import Pool

LASTING = ("contact", "health", "note")
NOT_OF_THIS_STORY = {
    ("approval", "said"),
    ("exposure", "note"),
    ("gesture", "ended_why"),
    ("guest", "health_consent_at"),
    ("guest", "health_consent_by"),
    ("guest", "health_consent_how"),
    ("guest", "locale"),
    ("held_table", "ended_for"),
}
COUNTS = """
select array(select row(state, party_size, covers)::text from (
    select state, party_size, count(*) as covers from reservation group by 1, 2) r order by 1)
|| array(select row(party_size, seated_at, cleared_at)::text from seating order by 1)
|| array(select row(code, kind, party_size, service_date)::text from turnaway order by 1)
|| array(select row(state, item, cost)::text from gesture order by 1)
|| array(select row(state, party_size, quoted_minutes)::text from wait_entry order by 1)
"""


async def erase(client: httpx.AsyncClient, guest: str, **more: Any) -> httpx.Response:  # noqa: ANN401
    body = {"id": str(uuid4()), "reason": "asked by letter"} | more
    return await client.post(f"/manage/guests/{guest}/erase", json=body)


async def learned(pool: Pool) -> list[Any]:
    first: date = at(0).date()
    rows = await pool.fetch(BOOKINGS_RESOLVED, VENUE, first, at(3 * TOMORROW).date())
    return [tuple(row) for row in rows]


async def test_after_the_erasure_a_search_of_every_column_finds_nothing_of_the_guest(
    app: Litestar,
    host: httpx.AsyncClient,
    manager: httpx.AsyncClient,
    partner: httpx.AsyncClient,
    pool: Pool,
) -> None:
    guest = await went_through_everything(app, host, manager, partner)
    before = await places_of_her(pool)
    listed = {(line.table, name) for line in INVENTORY for name in line.columns}
    assert before <= listed, "the inventory does not know that this names a guest"

    refused = await erase(manager, guest)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (
        409,
        "/cancel_bookings",
    )
    await move_clock(pool, at(TOMORROW - 4))
    await sweep_all(pool, CLOCK)
    history = await learned(pool)
    assert history
    numbers = await pool.fetchval(COUNTS)

    body = {"id": str(uuid4()), "reason": "Quillfeather wrote a letter", "cancel_bookings": True}
    answers = [await erase(manager, guest, **body) for _ in range(2)]
    assert answers[0].status_code == 200, answers[0].text
    assert answers[0].text == answers[1].text
    told = await ok(answers[0])
    assert (told["records"], len(told["cancelled"]), len(told["sites"])) == (2, 2, 2)
    assert await places_of_her(pool) == set()
    await sweep_all(pool, CLOCK)
    assert await fan_out_outbox(pool, now=at(TOMORROW)) > 0
    assert await places_of_her(pool) == set()
    assert await learned(pool) == history
    assert len(await pool.fetchval(COUNTS)) == len(numbers)
    assert (await erase(manager, guest)).status_code == 404
    assert (await host.get("/host/guests", params={"q": PHONE[-4:]})).json() == []
