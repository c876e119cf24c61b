"""Rules and houses of different dates: what no longer fits is told, and hinders nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from policies.house.rules_checks import RulesError
from tests.support.drafts import previewed as house_previewed
from tests.support.drafts import published as house_published
from tests.support.gestures import overridden, published
from tests.support.house import SEVEN, house_text, open_house
from tests.support.rules import PEAK

if TYPE_CHECKING:
    from seating.db import Pool

TODAY = SEVEN.date()


async def test_rules_that_a_later_house_has_no_place_for_are_told_on_both_sides(
    pool: Pool,
) -> None:
    next_week = TODAY + timedelta(days=7)
    await open_house(pool, house_text(2, 2))
    await published(pool, {"holds": [PEAK]}, TODAY)
    supper = house_text(2, 2).replace('name = "dinner"', 'name = "supper"')
    seen = await house_previewed(pool, supper, next_week)
    told = await house_published(pool, supper, next_week)
    (misfit,) = told.rules
    assert seen.rules == told.rules
    assert (misfit.rules_version, misfit.service_date) == (1, next_week)
    assert misfit.pointer == "/rules/holds/0/period"
    assert misfit.detail == "Held tables peak: This house has no period dinner. It has supper."
    again = await published(pool, {"holds": [PEAK | {"count": 1}]}, TODAY)
    assert [(each.rules_version, each.service_date) for each in again.misfits] == [(2, next_week)]
    fitting = await published(pool, {"holds": [PEAK | {"period": "supper"}]}, next_week)
    assert (fitting.version.version, fitting.misfits) == (3, ())
    with pytest.raises(RulesError, match="This house has no period supper"):
        await published(pool, {"holds": [PEAK | {"period": "supper"}]}, TODAY)
    assert (await house_published(pool, supper, next_week)).rules == ()


async def test_an_override_answers_only_for_what_it_changes(pool: Pool) -> None:
    next_week = TODAY + timedelta(days=7)
    await open_house(pool, house_text(2, 2))
    await published(pool, {"holds": [PEAK]}, TODAY)
    await house_published(
        pool, house_text(2, 2).replace('name = "dinner"', 'name = "supper"'), next_week
    )
    period_id = f"{next_week.isoformat()}.supper"
    done = await overridden(pool, {"overbooking": {"enabled": False}}, period_id)
    assert done.rules.overbooking.enabled is False
    with pytest.raises(RulesError, match="A manager may give no less than a host"):
        await overridden(pool, {"purses": {"manager_gift": 1}}, period_id)
