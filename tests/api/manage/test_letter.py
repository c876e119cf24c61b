"""The morning letter: read from the closed book, its proposals kept as they were given."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from seating.db import transaction
from seating.letter.proposals import write_letters
from tests.api.conftest import host, manager
from tests.api.manage.test_advice import every_evening, seen
from tests.support.house import CLOCK, SEVEN, VENUE
from tests.support.past_evenings import past_evenings

if TYPE_CHECKING:
    import httpx

    from seating.db import Pool

__all__ = ["host", "manager"]

YESTERDAY = SEVEN.date() - timedelta(days=1)
TOLD = '{"told": {"own_wait": 0.2, "walked": 0.1}}'
REFUSED = """
insert into turnaway (venue_id, turnaway_id, service_date, period_id, at, channel, code, detail,
                      kind, party_size, asked_for)
select $1, gen_random_uuid(), p.service_date, p.period_id, p.opens, 'phone', 'NO_TABLE_FITS', '',
       'denial', 3, p.opens
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
WAITED = """
insert into wait_entry (venue_id, wait_id, period_id, state, party_size, name, quoted_minutes,
                        joined_at, ended_at)
select $1, gen_random_uuid(), p.period_id, $2, 2, 'Ada', 10, p.opens, p.opens + interval '1 hour'
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
SAT_LATE = """
insert into seating (venue_id, seating_id, period_id, state, party_size, wait_id, seated_at,
                     expected_end, counted_at, cleared_at)
select w.venue_id, gen_random_uuid(), w.period_id, 'cleared', 2, w.wait_id,
       w.joined_at + interval '25 minutes', w.joined_at + interval '2 hours', w.joined_at,
       w.joined_at + interval '2 hours'
from wait_entry w where w.venue_id = $1 and w.state = 'seated'
"""


async def evenings(pool: Pool) -> None:
    """Eight evenings with held tables, walked and refused parties, and a quote that was missed."""
    await seen(pool)
    await every_evening(pool, "T", "walked", late=0, risk=TOLD)
    async with transaction(pool) as conn:
        await conn.execute(REFUSED, VENUE)
        for state in ("left", "seated"):
            await conn.execute(WAITED, VENUE, state)
        await conn.execute(SAT_LATE, VENUE)


async def test_a_letter_tells_what_the_evening_was(manager: httpx.AsyncClient, pool: Pool) -> None:
    await evenings(pool)
    dates = (await manager.get("/manage/letters")).json()
    assert [each["service_date"] for each in dates][:1] == [YESTERDAY.isoformat()]
    assert len(dates) == 8
    answer = await manager.get(f"/manage/letters/{YESTERDAY}")
    assert answer.status_code == 200, answer.text
    letter = answer.json()
    sat = letter["evening"]
    assert (sat["covers"], sat["parties"], sat["from_the_door"]) == (18, 9, 5)
    promised = letter["promised"]
    assert (promised["no_shows"], promised["walked"]) == (1, 2)
    assert (promised["told"], promised["waited"], promised["walked_of_told"]) == (2, 2, 2)
    assert abs(promised["waits_told"] - 0.4) < 1e-9
    assert abs(promised["walks_told"] - 0.1) < 1e-9
    quotes = letter["quotes"]
    assert (quotes["quoted"], quotes["seated"], quotes["late"], quotes["gone"]) == (2, 1, 1, 1)
    assert quotes["worst_minutes"] == 15
    assert (letter["refused"]["parties"], letter["refused"]["covers"]) == (1, 3)
    assert [each["code"] for each in letter["refused"]["causes"]] == ["NO_TABLE_FITS"]
    assert [each["fate"] for each in letter["held"]] == ["absent"]
    assert letter["before"] == (YESTERDAY - timedelta(days=1)).isoformat()
    assert letter["after"] is None
    assert letter["trial"] is None


async def test_what_a_letter_proposed_is_kept_as_it_was_given(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    await evenings(pool)
    assert (await manager.get(f"/manage/letters/{YESTERDAY}")).json()["proposals"] is None
    assert await write_letters(pool, CLOCK) == 1
    proposals = (await manager.get(f"/manage/letters/{YESTERDAY}")).json()["proposals"]
    assert 1 <= len(proposals) <= 3
    assert len({each["topic"] for each in proposals}) == len(proposals)
    assert all(each["standing"] == "change" and each["patch"] for each in proposals)
    assert all(all(each["said"]) for each in proposals)
    await pool.execute("delete from held_table where venue_id = $1", VENUE)
    assert await write_letters(pool, CLOCK) == 0
    again = (await manager.get(f"/manage/letters/{YESTERDAY}")).json()["proposals"]
    assert again == proposals
    earlier = (await manager.get(f"/manage/letters/{YESTERDAY - timedelta(days=1)}")).json()
    assert earlier["proposals"] is None


async def test_a_date_that_is_not_over_has_no_letter(
    manager: httpx.AsyncClient, host: httpx.AsyncClient, pool: Pool
) -> None:
    await evenings(pool)
    answer = await manager.get(f"/manage/letters/{SEVEN.date()}")
    assert answer.status_code == 404
    assert "letter" in answer.json()["detail"]
    assert (await host.get("/manage/letters")).status_code == 403


async def test_a_date_on_which_nobody_sat_or_was_expected_has_no_letter(
    manager: httpx.AsyncClient, pool: Pool
) -> None:
    await past_evenings(pool, 2)
    assert (await manager.get("/manage/letters")).json() == []
    await every_evening(pool, "N", "no_show")
    assert len((await manager.get("/manage/letters")).json()) == 2
