"""Rules in force: by date, kept by the period that opened with them, overridden for a night."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec
import pytest

from policies.house.calendar import periods_on
from policies.house.rules import Rules
from policies.house.rules_checks import RulesError
from seating.book.in_force import house_of
from seating.book.periods import lock_period, read_unlocked
from seating.db import run, transaction
from seating.errors import IdReused, Invalid, NotFound, NotPossibleNow
from seating.house.overrides import read_override
from seating.house.rule_versions import (
    DraftRules,
    PublishRules,
    WithdrawRules,
    draft,
    list_rules,
    publish,
    withdraw_rules,
)
from tests.support.gestures import PERIOD, drafted, overridden, published
from tests.support.house import (
    CLOCK,
    HOST,
    NOON,
    SEVEN,
    VENUE,
    booked,
    house_text,
    open_house,
    order,
)

if TYPE_CHECKING:
    from typing import Any

    from seating.db import Pool

TODAY = SEVEN.date()
GENEROUS = {"purses": {"venue_night": 90_000}}
STRICT = {"purses": {"venue_night": 1000}}


@pytest.fixture(autouse=True)
async def _house(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))


async def in_force(pool: Pool, day: date = TODAY) -> int:
    """What tonight's purse is, by the picture that every decision looks at."""
    async with transaction(pool) as conn:
        known = await house_of(conn, VENUE)
        period = periods_on(known.house, day, house_version=known.version)[0]
        before = await read_unlocked(conn, VENUE, known, period, now=NOON)
        opened = await lock_period(conn, VENUE, known, period, now=NOON)
    assert before.rules == opened.picture.rules
    assert opened.picture.period.rules_version == await pool.fetchval(
        "select rules_version from period where service_date = $1", day
    )
    return opened.picture.rules.purses.venue_night


DEFAULT = Rules().purses.venue_night


async def test_a_house_without_rules_runs_under_the_defaults(pool: Pool) -> None:
    assert await in_force(pool) == DEFAULT


async def test_a_draft_changes_nothing(pool: Pool) -> None:
    made = await drafted(pool, GENEROUS)
    assert (made.version, made.state, made.why) == (1, "draft", "a new season")
    assert await in_force(pool) == DEFAULT


async def test_rules_are_in_force_from_their_date_on(pool: Pool) -> None:
    await published(pool, GENEROUS, date(2027, 3, 5))
    assert await in_force(pool, date(2027, 3, 4)) == DEFAULT
    assert await in_force(pool, date(2027, 3, 5)) == 90_000
    assert await in_force(pool, date(2027, 3, 20)) == 90_000


async def test_the_later_date_wins_then_the_later_publication(pool: Pool) -> None:
    await published(pool, GENEROUS, date(2027, 3, 10))
    await published(pool, STRICT, date(2027, 3, 5))
    assert await in_force(pool, date(2027, 3, 12)) == 90_000
    await published(pool, STRICT, date(2027, 3, 10))
    assert await in_force(pool, date(2027, 3, 13)) == 1000


async def test_a_period_keeps_the_version_it_opened_with(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    await booked(pool, order(), HOST)
    later = await published(pool, STRICT, TODAY)
    assert later.open_already == (PERIOD,)
    assert await in_force(pool) == 90_000
    assert await in_force(pool, date(2027, 3, 4)) == 1000


async def test_withdrawn_rules_hold_for_open_periods_only(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    await booked(pool, order(), HOST)
    wish = WithdrawRules(id=uuid4(), reason="too generous")
    for _ in range(2):
        gone = await run(pool, lambda conn: withdraw_rules(conn, VENUE, 1, wish, "marat", CLOCK))
        assert gone.state == "withdrawn"
    assert await in_force(pool) == 90_000
    assert await in_force(pool, date(2027, 3, 4)) == DEFAULT
    again = msgspec.structs.replace(wish, id=uuid4())
    with pytest.raises(NotPossibleNow):
        await run(pool, lambda conn: withdraw_rules(conn, VENUE, 1, again, "marat", CLOCK))


async def test_a_published_version_is_never_published_again(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    wish = PublishRules(id=uuid4(), from_date=date(2027, 4, 1))
    with pytest.raises(NotPossibleNow, match="version 1 is published"):
        await run(pool, lambda conn: publish(conn, VENUE, 1, wish, "marat", CLOCK))


async def test_rules_are_not_published_from_a_day_gone_by(pool: Pool) -> None:
    await drafted(pool, GENEROUS)
    wish = PublishRules(id=uuid4(), from_date=date(2027, 3, 2))
    with pytest.raises(Invalid, match="2027-03-03 or later"):
        await run(pool, lambda conn: publish(conn, VENUE, 1, wish, "marat", CLOCK))
    with pytest.raises(NotFound):
        await run(pool, lambda conn: publish(conn, VENUE, 7, wish, "marat", CLOCK))


async def test_a_draft_that_no_longer_suits_the_house_is_not_published(pool: Pool) -> None:
    wide = {"name": "peak", "period": "dinner", "starts": "19:00", "minutes": 60, "count": 1}
    await drafted(pool, {"holds": [wide | {"seats": 2, "area": "room"}]})
    await pool.execute(
        "update house set checksum = 'other', house = jsonb_set(house, '{areas}', $1::jsonb)",
        '[{"id": "hall", "name": "Hall"}]',
    )
    wish = PublishRules(id=uuid4(), from_date=TODAY)
    with pytest.raises(RulesError, match=r'holds\[0\] "peak".area: expected an area'):
        await run(pool, lambda conn: publish(conn, VENUE, 1, wish, "marat", CLOCK))


async def test_a_draft_sent_twice_is_one_version_and_its_id_stands_for_nothing_else(
    pool: Pool,
) -> None:
    wish = DraftRules(id=uuid4(), rules=GENEROUS, reason="a new season")
    for _ in range(2):
        made = await run(pool, lambda conn: draft(conn, VENUE, wish, "marat", CLOCK))
        assert made.version == 1
    async with transaction(pool) as conn:
        assert [each.version for each in await list_rules(conn, VENUE)] == [1]
    other = PublishRules(id=wish.id, from_date=TODAY)
    with pytest.raises(IdReused):
        await run(pool, lambda conn: publish(conn, VENUE, 1, other, "marat", CLOCK))


async def test_tonight_differs_and_the_next_night_does_not(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    told = await overridden(pool, STRICT)
    assert told.rules_version == 1
    assert list(told.override) == ["purses"]
    assert await in_force(pool) == 1000
    assert await in_force(pool, date(2027, 3, 4)) == 90_000


async def test_overrides_add_up_and_null_gives_a_section_back(pool: Pool) -> None:
    await published(pool, GENEROUS, TODAY)
    await overridden(pool, STRICT)
    both = await overridden(pool, {"no_show_grace_minutes": 30})
    assert both.override.keys() == {"purses", "no_show_grace_minutes"}
    back = await overridden(pool, {"purses": None})
    assert back.override == {"no_show_grace_minutes": 30}
    assert back.rules.purses.venue_night == 90_000
    async with transaction(pool) as conn:
        assert await read_override(conn, VENUE, PERIOD) == back


async def test_an_override_is_on_record_and_moves_the_period(pool: Pool) -> None:
    await overridden(pool, STRICT)
    row = await pool.fetchrow("select kind, staff_id, reason, period_id, answer from action")
    assert row is not None
    assert (row["kind"], row["staff_id"], row["reason"]) == ("Override", "marat", "a big night")
    assert row["period_id"] == PERIOD
    assert await pool.fetchval("select version from period where period_id = $1", PERIOD) == 1


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        ({"purses": {"host_gift": -1}}, "purses.host_gift: expected an integer from 0"),
        ({"wait_ladder": [{"minutes": 5, "gesture": "cake"}]}, "wait_ladder.0..gesture: expected"),
        ({"tips": 1}, "tips: unknown key"),
    ],
)
async def test_a_wrong_override_is_told_by_its_key_and_changes_nothing(
    pool: Pool, patch: dict[str, Any], said: str
) -> None:
    with pytest.raises(RulesError, match=said):
        await overridden(pool, patch)
    assert await in_force(pool) == DEFAULT


@pytest.mark.parametrize(
    "period_id", ["2027-03-03.lunch", "2027-03-03", "tonight", "2027-02-31.dinner"]
)
async def test_a_period_the_house_does_not_serve_cannot_be_overridden(
    pool: Pool, period_id: str
) -> None:
    with pytest.raises(NotFound):
        await overridden(pool, STRICT, period_id)


async def test_a_period_that_is_over_cannot_be_overridden(pool: Pool) -> None:
    with pytest.raises(NotPossibleNow):
        await overridden(pool, STRICT, "2027-03-02.dinner")
