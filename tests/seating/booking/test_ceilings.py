"""A ceiling of risk stands beside what it rests on: evenings, risks told, and what came of them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from seating.db import transaction
from seating.forecast.overbooked_report import ceilings_of_date, overbooking_report
from tests.support.drafts import published
from tests.support.house import SEVEN, VENUE, house_text, open_house
from tests.support.past_evenings import past_evenings
from tests.support.rules import FIRST_COME, beyond, rule

if TYPE_CHECKING:
    from policies.booking.ceiling_evidence import CeilingEvidence
    from seating.db import Pool

RISKY = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         channel, name, kind, risk, arrived_at, created_at, updated_at)
select $1, gen_random_uuid(), p.period_id, 'CODE' || n.n,
       case when n.n <= $3 then 'walked' else 'finished' end, 2, p.opens,
       p.opens + interval '90 minutes', 'phone', 'A guest', 'overbooked', $4::jsonb, p.opens,
       p.opens, p.opens
from generate_series(1, $2::int) n
join period p on p.venue_id = $1 and p.period_id = 'past-' || n.n
"""
RISK = {
    "probability": 0.2,
    "tightest_at": SEVEN.isoformat(),
    "party_class": 2,
    "expected": 3.0,
    "places": 3,
    "ceiling": 0.25,
    "tolerance_minutes": 10,
    "told": {"own_wait": 0.1, "any_wait": 0.2, "walked": 0.01},
}


async def ceiling(pool: Pool) -> CeilingEvidence:
    async with transaction(pool) as conn:
        (found,) = await ceilings_of_date(conn, VENUE, SEVEN.date())
    return found


async def risky(pool: Pool, evenings: int, walked: int) -> None:
    await pool.execute(RISKY, VENUE, evenings, walked, json.dumps(RISK))


async def test_a_ceiling_without_history_says_so(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, overbooking=beyond(ceiling=0.25), decisions=FIRST_COME)
    await past_evenings(pool, 12, bookings=30)
    await risky(pool, 7, 2)
    found = await ceiling(pool)
    assert (found.enabled, found.ceiling, found.enough, found.waited) == (True, 0.25, False, None)
    assert (found.evenings, found.comparable, found.risky, found.bookings) == (12, 1, 7, 30)
    assert found.sentence == (
        "Your limit: a party promised beyond the room may wait more than 10 minutes in 25 cases of"
        " 100. It is too early to say how true that comes out. It takes 8 evenings with such"
        " parties; so far there have been 7 in 12 evenings. The risks told were learned on"
        " synthetic nights: you have no evenings of your own yet."
    )


async def test_a_ceiling_names_how_the_risks_told_turned_out(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, overbooking=beyond(ceiling=0.25), decisions={"by_value": True})
    await past_evenings(pool, 12, bookings=60)
    await risky(pool, 10, 3)
    found = await ceiling(pool)
    assert found.waited is not None
    assert (found.waited.count, found.waited.of, found.promises) == (3, 10, 10)
    assert found.expected == pytest.approx(2.0)
    assert found.own_waited is not None
    assert (found.own_waited.count, found.own_waited.of) == (3, 10)
    assert found.own_expected == pytest.approx(1.0)
    assert found.prior_share == 0.25
    assert found.sentence == (
        "Your limit: a party promised beyond the room may wait more than 10 minutes in 25 cases of"
        " 100. Of 10 such parties that came, 3 waited longer or left; we had expected 1. On 3 of 10"
        " evenings with more promised than the room holds, somebody who had booked waited too long"
        " or left; we had expected 2. No limit is compared with that. The risks told were learned"
        " on synthetic nights: you have no evenings of your own yet."
    )
    async with transaction(pool) as conn:
        report = await overbooking_report(conn, VENUE, SEVEN.date(), SEVEN.date())
    assert report.ceilings == (found,)


async def test_promises_of_before_own_wait_was_told_count_for_anybodys_wait_alone(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, overbooking=beyond(ceiling=0.25))
    await past_evenings(pool, 12, bookings=30)
    before = json.dumps({key: value for key, value in RISK.items() if key != "told"})
    await pool.execute(RISKY, VENUE, 10, 3, before)
    found = await ceiling(pool)
    assert found.waited is not None
    assert (found.own_came, found.own_waited) == (0, None)


async def test_shares_that_the_manager_wrote_are_all_assumed(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, decisions=FIRST_COME)
    await past_evenings(pool, 9, bookings=600)
    assert (await ceiling(pool)).prior_share == 1.0


async def test_a_later_date_has_the_periods_of_its_own_house(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    text = house_text(2, 2).replace('name = "dinner"', 'name = "supper"')
    await published(pool, text, SEVEN.date() + timedelta(days=7))
    async with transaction(pool) as conn:
        (later,) = await ceilings_of_date(conn, VENUE, SEVEN.date() + timedelta(days=7))
        assert await ceilings_of_date(conn, VENUE, date.max) == ()
    assert later.period_id == "2027-03-10.supper"
    assert (await ceiling(pool)).period_id == "2027-03-03.dinner"
