"""Where a house stands on the frontier is read from its own evenings; the knob makes a draft."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from policies.house.rules import Rules
from policies.value.frontier.positions import USUAL, settings_of
from seating.db import run, transaction
from seating.errors import NotFound
from seating.house import frontier as knob
from seating.house.frontier import SetKnob, frontier_shown, set_knob
from seating.house.rule_versions import PublishRules, list_rules, publish
from tests.support.frontiers import made_up_frontier
from tests.support.house import CLOCK, VENUE, house_text, open_house
from tests.support.past_evenings import past_evenings
from tests.support.rules import rule

if TYPE_CHECKING:
    from policies.value.frontier.report import FrontierReport
    from seating.db import Connection, Pool
    from seating.house.rule_versions import RulesVersion

PROMISE = """
insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, starts, ends,
                         channel, name, kind, arrived_at, created_at, updated_at)
select $1, gen_random_uuid(), p.period_id, $2 || p.period_id, $3, 2, p.opens,
       p.opens + interval '90 minutes', 'phone', 'A guest', 'physical', p.opens, p.opens, p.opens
from period p where p.venue_id = $1 and p.period_id like 'past-%'
"""
SAT_AFTER = """
insert into seating (venue_id, seating_id, period_id, reservation_id, state, party_size, seated_at,
                     expected_end, counted_at, cleared_at)
select r.venue_id, gen_random_uuid(), r.period_id, r.reservation_id, 'cleared', 2,
       r.starts + make_interval(mins => $3), r.ends, r.starts, r.ends
from reservation r where r.venue_id = $1 and r.code like $2 || '%'
"""


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knob, "frontier", made_up_frontier)


async def report(pool: Pool, load: int | None = None) -> FrontierReport:
    async with transaction(pool) as conn:
        return await frontier_shown(conn, VENUE, "en", CLOCK, load)


async def promised(pool: Pool, code: str, state: str, sat_after: int | None = None) -> None:
    """On each past evening a promise that came to this, seated so many minutes late."""
    await pool.execute(PROMISE, VENUE, code, state)
    if sat_after is not None:
        await pool.execute(SAT_AFTER, VENUE, code, sat_after)


async def test_promises_seated_late_waited_and_walked_ones_too_but_cancelled_ones_not(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2))
    await past_evenings(pool, 9)
    await promised(pool, "A", "finished", 10)
    await promised(pool, "B", "finished", 11)
    await promised(pool, "C", "walked")
    await promised(pool, "D", "no_show")
    await promised(pool, "E", "cancelled")
    own = (await report(pool)).own
    assert (own.of, own.evenings, own.requests) == (9, 9, 5.0)
    assert own.waiting is not None
    assert own.waiting_share is not None
    assert own.walked_share is not None
    assert (own.waiting.mean, own.waiting.error) == (2.0, 0.0)
    assert (own.waiting_share.mean, own.walked_share.mean) == (0.5, 0.25)


async def test_evenings_under_rules_elsewhere_on_the_knob_are_not_counted(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    await past_evenings(pool, 9)
    await promised(pool, "A", "finished", 0)
    await rule(pool, decisions={"stay_caution": 0.15})
    apart = await report(pool)
    assert (apart.own.of, apart.own.evenings) == (9, 0)
    assert 1.0 < apart.place.place < 2.0
    await pool.execute("update period set rules_version = 1 where period_id like 'past-%'")
    assert (await report(pool)).own.evenings == 9
    await pool.execute(
        """update period set rules_override = '{"decisions": {"caution": 9}}'
           where period_id in ('past-1', 'past-2')"""
    )
    assert (await report(pool)).own.evenings == 7


async def turn(pool: Pool, command: SetKnob) -> RulesVersion:
    async def work(conn: Connection) -> RulesVersion:
        return await set_knob(conn, VENUE, command, "anna", CLOCK)

    return await run(pool, work)


async def test_the_knob_drafts_the_rules_in_force_with_its_values_and_is_published_as_any(
    pool: Pool,
) -> None:
    await open_house(pool, house_text(2, 2))
    await rule(pool, mains_minutes=35)
    assert (await report(pool)).place.nearest == USUAL
    command = SetKnob(id=uuid4(), reason="too many waited", position="never_wait")
    drafted = await turn(pool, command)
    assert await turn(pool, command) == drafted
    assert (drafted.state, drafted.made_by, drafted.why) == ("draft", "anna", "too many waited")
    assert drafted.rules.mains_minutes == 35
    assert settings_of(drafted.rules) != settings_of(Rules())
    assert (await report(pool)).place.nearest == USUAL

    async def work(conn: Connection) -> None:
        order = PublishRules(id=uuid4(), from_date=date(2027, 3, 3))
        await publish(conn, VENUE, drafted.version, order, "anna", CLOCK)

    await run(pool, work)
    place = (await report(pool)).place
    assert (place.place, place.exact) == (0.0, True)
    async with transaction(pool) as conn:
        versions = await list_rules(conn, VENUE)
    assert [each.version for each in versions] == [2, 1]


async def test_a_load_that_was_not_measured_is_not_shown(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    assert (await report(pool, 2)).load == 2
    with pytest.raises(NotFound):
        await report(pool, 3)
