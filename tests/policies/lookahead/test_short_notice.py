"""A promise at short notice: its risk is that of the parties who sit and wait now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from policies.book.answers import Ask, Yes
from policies.booking.engine import decide
from policies.forecast.prior import prior_forecast
from policies.house.rules import Decisions, Rules
from policies.lookahead import short_notice
from policies.lookahead.short_notice import SHORT_NOTICE, at_short_notice, short_notice_wait
from policies.warm import warm_door
from tests.support.by_value import HOUSE, book_of, followed, free_prices
from tests.support.full_evening import a_house, at, picture, promise, seating, table

if TYPE_CHECKING:
    from datetime import datetime

    from policies.book.picture import Picture

NOW = at("19:00")
TWO = a_house(table("a", 2))
RULES = Rules(decisions=Decisions(by_value=True))


def waits(told: Picture, starts: datetime, size: int = 2) -> float:
    forecast = replace(prior_forecast(TWO, told.period), walk_ins=0.0)
    ask = Ask(party_size=size, starts=starts, channel="desk")
    return short_notice_wait(replace(told, rules=RULES), TWO, forecast, ask, now=NOW)


def test_a_promise_waits_for_who_has_just_sat_down_and_not_where_a_table_is_free() -> None:
    just_sat = picture(TWO, seatings=(seating(9, 2, "18:58", "20:28", "a"),))
    assert waits(picture(TWO), at("19:20")) == 0.0
    assert waits(just_sat, at("19:20")) > 0.9
    assert waits(just_sat, at("21:00")) < waits(just_sat, at("20:10")) < 0.9


def test_who_waits_before_it_and_who_is_promised_before_it_make_it_wait() -> None:
    before = promise(1, 2, "19:15", "a")
    assert waits(picture(TWO, before), at("19:30")) > 0.8
    assert waits(picture(TWO), at("19:30"), size=3) == 1.0  # no table for so many


@pytest.mark.parametrize("minutes", [-5, 131, 600])
def test_beyond_the_outlook_it_is_not_asked(minutes: int) -> None:
    told = picture(TWO)
    forecast = prior_forecast(TWO, told.period)
    soon = Ask(party_size=2, starts=NOW + SHORT_NOTICE, channel="desk")
    other = replace(soon, starts=NOW + timedelta(minutes=minutes))
    assert at_short_notice(told, TWO, forecast, soon, NOW) is not None
    assert at_short_notice(told, TWO, forecast, other, NOW) is None


def test_warming_up_judges_one_so_that_no_guest_waits_for_the_compiler(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judged = []

    def broken_share(*taken: object) -> float:
        judged.append(taken)
        return 0.0

    monkeypatch.setattr(short_notice, "broken_share", broken_share)
    warm_door()
    assert len(judged) == 1


def test_an_answer_tells_what_the_look_ahead_foresees_and_a_later_one_the_ledger() -> None:
    told = book_of(bids=free_prices())
    prospect = followed(told)
    prospect.short_notice = lambda *_: 0.77
    ask = Ask(party_size=2, starts=NOW, channel="desk")
    soon = decide(told, ask, HOUSE, now=NOW, prospect=prospect)
    assert isinstance(soon, Yes)
    assert soon.explained is not None
    assert soon.explained.told is not None
    assert soon.explained.told.own_wait == 0.77
    assert soon.explained.told.any_wait >= 0.77
    assert soon.explained.told.raw is None
    prospect.short_notice = lambda *_: None
    later = decide(told, ask, HOUSE, now=NOW, prospect=prospect)
    assert isinstance(later, Yes)
    assert later.explained is not None
    assert later.explained.told is not None
    assert later.explained.told.own_wait < 0.77
    assert later.explained.told.raw is not None
    prospect.short_notice = lambda *_: 0.0
    sure = decide(told, ask, HOUSE, now=NOW, prospect=prospect)
    assert isinstance(sure, Yes)
    assert sure.explained is not None
    assert sure.explained.told is not None
    assert sure.explained.told.walked == sure.explained.walked_expected == 0.0
