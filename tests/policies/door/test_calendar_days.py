"""What a date of the calendar could take."""

from __future__ import annotations

from datetime import date, time, timedelta

from msgspec.structs import replace

from policies.door.calendar_days import about_day, capacity_of
from policies.house.calendar import periods_on
from policies.house.file import read_house
from policies.house.house import BuyOut, Closure, PacingChange, SpecialDay
from tests.support.house import house_text

HOUSE = read_house(house_text(2, 4, 6, terrace=1).replace("pacing = 500", "pacing = 10"))
DAY = date(2027, 3, 6)
(DINNER,) = periods_on(HOUSE, DAY)


def test_the_pace_is_counted_by_the_quarter_up_to_the_last_seating() -> None:
    capacity = capacity_of(DINNER, HOUSE)
    assert (capacity.seats, capacity.pace_covers) == (12, 17 * 10)
    slower = replace(DINNER, pacing_covers=4)
    assert capacity_of(slower, HOUSE).pace_covers == 17 * 4
    an_hour = replace(slower, pacing_covers_until=DINNER.opens + timedelta(hours=1))
    assert capacity_of(an_hour, HOUSE).pace_covers == 4 * 4 + 13 * 10


def test_a_change_of_the_pace_counts_from_its_time_on() -> None:
    changed = replace(HOUSE.periods[0], pacing_changes=(PacingChange(start=time(20), covers=2),))
    assert capacity_of(DINNER, replace(HOUSE, periods=(changed,))).pace_covers == 8 * 10 + 9 * 2


def test_areas_that_are_shut_closed_or_bought_out_have_no_seats() -> None:
    assert capacity_of(replace(DINNER, areas_shut=("terrace",)), HOUSE).seats == 6
    painted = Closure(name="Paint", from_date=DAY, until_date=DAY, areas=("terrace",))
    assert capacity_of(DINNER, replace(HOUSE, closures=(painted,))).seats == 6
    wedding = BuyOut(name="Wedding", date=DAY, starts=time(17), ends=time(22), areas=("room",))
    bought = replace(HOUSE, buy_outs=(wedding,))
    assert capacity_of(DINNER, bought).seats == 6
    assert about_day(bought, DAY).buy_outs == ("Wedding",)


def test_a_date_is_open_closed_or_special() -> None:
    assert about_day(HOUSE, DAY).kind == "open"
    away = Closure(name="Holidays", from_date=DAY, until_date=DAY)
    found = about_day(replace(HOUSE, closures=(away,)), DAY)
    assert (found.kind, found.closure) == ("closed", "Holidays")
    feast = SpecialDay(date=DAY, name="Feast", periods=HOUSE.periods)
    found = about_day(replace(HOUSE, special_days=(feast,), closures=(away,)), DAY)
    assert (found.kind, found.special) == ("special", "Feast")
    rest = SpecialDay(date=DAY, name="Rest")
    assert about_day(replace(HOUSE, special_days=(rest,)), DAY).kind == "closed"
