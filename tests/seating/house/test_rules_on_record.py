"""The owner reads in the record which rules were set, and what they make different."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from seating.access.recorded import EventFilter, events_of, told_in
from seating.db import transaction
from seating.house.rule_versions import WithdrawRules, withdraw_rules
from tests.support.gestures import overridden, published
from tests.support.house import CLOCK, SEVEN, VENUE, house_text, open_house

if TYPE_CHECKING:
    from seating.db import Pool

TODAY = SEVEN.date()
RULES = {"purses": {"venue_night": 90_000}, "mains_minutes": 20}


async def test_what_rules_make_different_is_told_in_both_languages(pool: Pool) -> None:
    await open_house(pool, house_text(2, 2))
    done = await published(pool, RULES, TODAY)
    await published(pool, RULES, TODAY)
    await overridden(pool, {"purses": {"venue_night": 1000}})
    async with transaction(pool) as conn:
        gone = WithdrawRules(id=uuid4(), reason="a slip")
        await withdraw_rules(conn, VENUE, done.version.version, gone, "marat", CLOCK)
        events = (await events_of(conn, VENUE, EventFilter(), 4))[::-1]
    assert [told_in("en", each)[1] for each in events] == [
        (
            "marat published version 1 of the rules, in force from 3 March 2027;"
            " different: purses/venue_night and mains_minutes."
        ),
        "marat published version 2 of the rules, in force from 3 March 2027; nothing is different.",
        "marat set other rules for one period: purses/venue_night.",
        "marat withdrew version 1 of the rules, which was published for 3 March 2027 onwards.",
    ]
    assert [told_in("ru", each)[1].replace("\u202f", " ") for each in events] == [
        (
            "marat: с 3 марта 2027 г. действует версия правил 1,"
            " отличается: purses/venue_night и mains_minutes."
        ),
        "marat: с 3 марта 2027 г. действует версия правил 2, отличий нет.",
        "marat: другие правила для 1 периода: purses/venue_night.",
        "marat: отозвана версия правил 1, опубликованная на даты с 3 марта 2027 г. и далее.",
    ]
