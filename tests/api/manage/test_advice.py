"""A manager reads advice that the house's own evenings give, and makes a draft of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from seating.db import transaction
from seating.forecast.prices import refresh_prices
from tests.api.conftest import host, manager
from tests.support.house import CLOCK, HOST, VENUE, booked, order
from tests.support.past_evenings import past_evenings
from tests.support.rules import PEAK, beyond, make_dear, rule

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

__all__ = ["host", "manager"]

BOOKED = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         channel, name, kind, arrived_at, risk, created_at, updated_at)
select $1, gen_random_uuid(), p.period_id, $2 || p.period_id, $3, 2, p.opens,
       p.opens + interval '90 minutes', 'phone', 'A guest', 'physical',
       p.opens + make_interval(mins => $4), $5::jsonb, p.opens, p.opens
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
TOLD = '{"tolerance_minutes": 10, "told": {"own_wait": 0.2}}'
# On each evening one of two was turned away at the door, and one of two gave up waiting.
IN_VAIN = """
with away as (
    insert into turnaway (venue_id, turnaway_id, service_date, period_id, at, channel, code, detail,
                          kind, party_size, asked_for)
    select $1, gen_random_uuid(), p.service_date, p.period_id, p.opens + interval '2 hours',
           'walk_in', 'NO_TABLE_FITS', '', 'denial', 2, p.opens + interval '2 hours'
    from period p where p.venue_id = $1 and p.period_id like 'past-%')
insert into wait_entry (venue_id, wait_id, period_id, state, party_size, joined_at, ended_at)
select $1, gen_random_uuid(), p.period_id, 'left', 2, p.opens + interval '3 hours',
       p.opens + interval '4 hours'
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
HELD = """
insert into held_table (venue_id, held_id, period_id, window_name, seats, starts, ends, release_at,
                        rung, state, made_at, ended_at)
select $1, gen_random_uuid(), p.period_id, 'peak', 2, p.opens, p.closes, p.closes, 0, $2, p.opens,
       p.closes
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""


async def every_evening(
    pool: Pool, code: str, state: str, *, late: int | None = None, risk: str | None = None
) -> None:
    """On each past evening a booked party that came to this, so many minutes late."""
    async with transaction(pool) as conn:
        await conn.execute(BOOKED, VENUE, code, state, late, risk)


async def seen(pool: Pool) -> None:
    """Eight evenings: parties beyond the room left, late ones came after the grace."""
    await past_evenings(pool, 8, [(2, 130, 60), (2, 150, 60), (2, 20, 60), (2, 30, 60)])
    await rule(
        pool,
        decisions={"by_value": True, "discretion_value": 100},
        holds=[PEAK],
        overbooking=beyond(2, ceiling=0.05),
    )
    for code in "ABCD":
        await every_evening(pool, code, "finished", late=22)
    await every_evening(pool, "N", "no_show")
    await every_evening(pool, "W", "walked", late=0, risk=TOLD)
    async with transaction(pool) as conn:
        await conn.execute(HELD, VENUE, "granted")
    await booked(pool, order(0), HOST)
    await refresh_prices(pool, CLOCK)
    await make_dear(pool, 0)


async def read(manager: httpx.AsyncClient, language: str = "en") -> dict[str, dict[str, Any]]:
    answer = await manager.get("/manage/advice", headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    return {each["key"]: each for each in answer.json()["advice"]}


async def test_each_piece_says_what_the_evenings_speak_for_and_on_how_much_it_rests(
    manager: httpx.AsyncClient, host: httpx.AsyncClient, pool: Pool
) -> None:
    await seen(pool)
    advice = await read(manager)
    held = advice["holds:peak"]
    assert (held["standing"], held["patch"]) == ("change", {"holds": {"peak": {"count": 1}}})
    assert held["said"][0] == "“peak”: keep one table for 2 instead of 2."
    assert "8 past evenings: every one was used on 8, none on 0." in held["said"][-1]
    assert (held["strength"]["evenings"], held["strength"]["cases"]) == (8, 16)
    limit = advice["beyond"]
    assert limit["patch"] == {"overbooking": {"ceiling": 0.01}}
    assert limit["said"][1].startswith("Of 8 such parties that came, 8 waited longer or left")
    assert advice["grace"]["advised"] == {"/no_show_grace_minutes": 25}
    assert advice["turn:2"]["advised"] == {"/turn_times/2/minutes": 60}
    assert advice["turn:50"]["standing"] == "unknown"
    russian = await read(manager, "ru")
    assert russian["grace"]["said"][0].startswith("Держите стол опаздывающих 25 минут")
    assert (await host.get("/manage/advice")).status_code == 403


async def test_a_house_without_held_windows_is_advised_by_who_came_in_vain(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    await past_evenings(pool, 8, [(2, 130, 60)])
    await rule(pool, decisions={"by_value": False})
    assert not {key for key in await read(manager) if key.startswith("holds")}
    async with transaction(pool) as conn:
        await conn.execute(IN_VAIN, VENUE)
    found = (await read(manager))["holds:new:dinner"]
    assert found["said"][0] == (
        "Keep one table for 2 back from 20:00 to 22:00 (dinner); today you hold none."
    )
    assert (found["strength"]["evenings"], found["strength"]["cases"]) == (8, 8)
    body = {"id": str(uuid4()), "key": "holds:new:dinner", "reason": "they came in vain"}
    made = await manager.post("/manage/advice/draft", json=body)
    assert made.status_code == 201, made.text
    (drafted, *_) = (await manager.get("/manage/rules")).json()
    assert [each["count"] for each in drafted["rules"]["holds"]] == [1]


async def test_a_draft_is_made_of_what_is_advised_and_of_nothing_else(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    await seen(pool)
    body = {"id": str(uuid4()), "key": "grace", "reason": "they come late"}
    made = await manager.post("/manage/advice/draft", json=body)
    assert (made.status_code, made.json()["document"]) == (201, "rules")
    assert (await manager.post("/manage/advice/draft", json=body)).json() == made.json()
    drafted = (await manager.get("/manage/rules")).json()[0]
    assert (drafted["version"], drafted["state"]) == (made.json()["version"], "draft")
    assert drafted["rules"]["no_show_grace_minutes"] == 25
    turn = {"id": str(uuid4()), "key": "turn:2", "reason": "as seen"}
    house = await manager.post("/manage/advice/draft", json=turn)
    assert house.json()["document"] == "house", house.text
    edited = await manager.get(f"/manage/house/drafts/{house.json()['version']}")
    assert edited.json()["house"]["turn_times"][0]["minutes"] == 60
    wrong = {"id": str(uuid4()), "key": "holds:lunch", "reason": "why not"}
    assert (await manager.post("/manage/advice/draft", json=wrong)).status_code == 404
    async with transaction(pool) as conn:
        await conn.execute("update period set closed_at = null where period_id like 'past-%'")
    none = {"id": str(uuid4()), "key": "beyond", "reason": "too soon"}
    assert (await manager.post("/manage/advice/draft", json=none)).status_code == 409
