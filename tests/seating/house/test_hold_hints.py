"""What a manager is told of holding tables back follows from the prices of the night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seating.db import transaction
from seating.forecast.prices import refresh_prices
from seating.house.hold_hints import PeriodHints, hold_hints
from tests.support.house import CLOCK, HOST, SEVEN, VENUE, booked, house_text, open_house, order
from tests.support.past_evenings import past_evenings
from tests.support.rules import PEAK, make_dear, rule

if TYPE_CHECKING:
    from seating.db import Pool

ROOM = house_text(2, 2, 2, 4)
BY_VALUE = {"by_value": True, "discretion_value": 100}


async def hints(pool: Pool) -> PeriodHints:
    async with transaction(pool) as conn:
        (found,) = await hold_hints(conn, VENUE, SEVEN.date(), CLOCK)
    return found


async def priced(pool: Pool, text: str = ROOM, money: int = 0) -> None:
    """The house with a window of held tables, its tables at so much each."""
    await open_house(pool, text)
    await rule(pool, decisions=BY_VALUE, holds=[PEAK])
    await booked(pool, order(0), HOST)
    await refresh_prices(pool, CLOCK)
    await make_dear(pool, money)


async def test_the_dearer_a_table_the_fewer_are_held_and_the_sentence_says_so(pool: Pool) -> None:
    await open_house(pool, ROOM)
    await past_evenings(pool, 8)
    await rule(pool, decisions=BY_VALUE, holds=[PEAK])
    await booked(pool, order(0), HOST)
    unpriced = await hints(pool)
    assert (unpriced.priced, unpriced.hints) == (False, ())
    assert unpriced.said.startswith("No advice on held tables")
    await refresh_prices(pool, CLOCK)
    await make_dear(pool, 0)
    twos, fours = (await hints(pool)).hints
    assert (twos.seats, twos.tables, twos.held, twos.hold) == (2, 3, 2, 2)
    assert (fours.seats, fours.hold) == (4, 1)
    assert [rung.keep for rung in twos.ladder] == [2, 2]
    await make_dear(pool, 100)
    twos, fours = (await hints(pool)).hints
    assert (twos.hold, fours.hold) == (0, 0)
    assert twos.holding is not None
    assert twos.selling is not None
    assert twos.holding <= twos.selling
    assert twos.sentence.startswith(
        "Keep none of your 3 tables for 2 free for walk-ins. One would be used on "
    )
    assert f"€{round(twos.selling / 100):,} sold." in twos.sentence


async def test_tables_that_nobody_wants_are_not_held_because_nobody_buys_them(pool: Pool) -> None:
    await priced(pool, house_text(*[2] * 9))
    await past_evenings(pool, 10)
    (twos,) = (await hints(pool)).hints
    assert twos.hold is not None
    assert 0 < twos.hold < 5
    assert twos.chance is not None
    assert 0 < twos.chance < 0.05
    assert "on fewer than 1 evening in 20" in twos.sentence
    assert " 0 %" not in twos.sentence


async def test_too_few_evenings_advise_nothing(pool: Pool) -> None:
    await priced(pool)
    await past_evenings(pool, 7)
    found = await hints(pool)
    assert (found.evidence.evenings, found.evidence.comparable) == (7, 1)
    for hint in found.hints:
        assert not hint.evidence.enough
        assert (hint.hold, hint.chance, hint.holding, hint.selling, hint.used) == (None,) * 5
        assert hint.ladder == ()
        assert hint.sentence.startswith("Too early to say how many of your ")
        assert hint.sentence.endswith("it takes 8 evenings, so far there are 7.")


async def test_an_evening_not_yet_learned_from_is_no_evidence(pool: Pool) -> None:
    await priced(pool)
    await past_evenings(pool, 9)
    await pool.execute("update lesson set service_date = service_date - 3")
    assert (await hints(pool)).evidence.evenings == 6


async def test_advice_names_the_walk_ins_of_its_window_and_size(pool: Pool) -> None:
    await priced(pool)
    inside, too_early, too_many = (2, 130, 60), (2, 30, 60), (4, 150, 60)
    await past_evenings(pool, 14, [inside, inside, too_early, too_many])
    twos, fours = (await hints(pool)).hints
    seen = twos.evidence
    assert (seen.evenings, seen.comparable, seen.walk_ins) == (14, 2, 28)
    assert (seen.per_evening.mean, seen.per_evening.low, seen.per_evening.high) == (2, 2, 2)
    assert seen.prior_share == pytest.approx(100 / (100 + 4 * 14), abs=1e-3)
    assert fours.evidence.walk_ins == 14
    assert twos.used is not None
    assert (twos.used.count, twos.used.of) == (14, 14)
    assert (
        "Seen on 14 evenings, 2 of them on this weekday: 28 such walk-in parties, on average 2 an"
        f" evening. {max(twos.hold or 0, 1)} or more came on 14 evenings. 64% of the figure is"
        " still assumed, not seen."
    ) in twos.sentence


@pytest.mark.parametrize(
    ("locale", "few", "told"),
    [
        ("ru", "Пока рано советовать", "За 8 вечеров (в этот"),
        ("de", "Noch ist es zu früh", "Gesehen an 8 Abenden"),
    ],
)
async def test_advice_and_its_absence_are_told_in_the_language_of_the_house(
    pool: Pool, locale: str, few: str, told: str
) -> None:
    text = ROOM.replace('currency = "EUR"', f'currency = "EUR"\nlocale = "{locale}"')
    await priced(pool, text.replace('en = "We', f'{locale} = "We'))
    assert (await hints(pool)).hints[0].sentence.startswith(few)
    await past_evenings(pool, 8)
    assert told in (await hints(pool)).hints[0].sentence
