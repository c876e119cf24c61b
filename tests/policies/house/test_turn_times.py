"""Which turn time of the house file holds for a party, and which contradict each other."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from policies.house.calendar import occupancy_window, periods_on, turn_minutes, turn_time
from policies.house.checks import house_problems
from policies.house.file import house_checksum, house_toml, read_house
from policies.house.house import House, TurnTime
from policies.words.catalogue import say
from policies.words.message import message
from tests.support.full_evening import a_house, dinner, table

FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


def turn(party_max: int, minutes: int, *where: str) -> TurnTime:
    """A turn time for the areas, days and periods named."""
    return TurnTime(
        party_max=party_max,
        minutes=minutes,
        areas=frozenset(each for each in where if each in {"hall", "bar", "moon"}),
        days=frozenset(each for each in ("fri", "sat") if each in where),
        periods=frozenset(each for each in where if each in {"dinner", "brunch"}),
    )


def with_turns(*turns: TurnTime) -> House:
    house = a_house(table("1", 2), table("2", 4, "bar"))
    return replace(house, turn_times=(turn(2, 90), turn(4, 120), *turns))


def minutes(house: House, size: int, day: date = SATURDAY, area: str | None = None) -> int:
    return turn_minutes(house, size, periods_on(house, day)[0], area)


def test_an_area_says_more_than_a_day_and_a_day_more_than_a_period() -> None:
    house = with_turns(
        turn(8, 150, "dinner"), turn(8, 135, "sat"), turn(8, 105, "bar"), turn(8, 75, "bar", "sat")
    )
    assert minutes(house, 2, FRIDAY) == 150
    assert minutes(house, 2, SATURDAY) == 135
    assert minutes(house, 2, FRIDAY, "bar") == 105
    assert minutes(house, 2, SATURDAY, "bar") == 75
    assert minutes(house, 2, SATURDAY, "hall") == 135
    apart = with_turns(turn(8, 135, "sat"), turn(8, 105, "bar"), turn(8, 150, "dinner"))
    assert minutes(apart, 2, SATURDAY, "bar") == 105
    assert minutes(apart, 2, SATURDAY) == 135


def test_of_equally_special_ones_the_smallest_that_fits_holds() -> None:
    house = with_turns(turn(6, 165, "fri"), turn(3, 100, "fri", "sat"))
    assert [minutes(house, size, FRIDAY) for size in (1, 3, 4, 6)] == [100, 100, 165, 165]
    assert [minutes(house, size, SATURDAY) for size in (2, 3, 4)] == [100, 100, 120]


def test_a_party_larger_than_every_special_one_has_the_last_for_all() -> None:
    house = with_turns(turn(2, 60, "bar"))
    assert [minutes(house, size, SATURDAY, "bar") for size in (2, 3, 9)] == [60, 120, 120]
    assert turn_time(house, 2, dinner(house), "bar").areas == {"bar"}


def test_tables_are_in_use_until_the_longest_turn_that_the_period_can_have() -> None:
    house = with_turns(turn(8, 300, "bar", "fri"))
    friday, saturday = (periods_on(house, day)[0] for day in (FRIDAY, SATURDAY))
    last = friday.last_seating
    assert (occupancy_window(friday, house)[1] - last).total_seconds() == 300 * 60
    assert occupancy_window(saturday, house)[1] == saturday.closes
    assert (saturday.closes - saturday.last_seating).total_seconds() == 120 * 60


@pytest.mark.parametrize(
    ("turns", "path", "said"),
    [
        ([turn(4, 90, "moon")], (2, "areas"), "This house has no area moon. It has bar, hall."),
        ([turn(4, 90, "brunch")], (2, "periods"), "no period brunch. It has dinner."),
        (
            [turn(2, 60, "fri", "sat"), turn(2, 75, "fri")],
            (3, "party_max"),
            "both this and entry 3",
        ),
        ([turn(2, 60, "bar", "fri"), turn(2, 75, "bar", "fri", "sat")], (3, "party_max"), "both"),
        ([turn(3, 60)], (2, "party_max"), "than the 4 of the entry before, got 3"),
    ],
)
def test_what_contradicts_itself_is_told_with_its_place(
    turns: list[TurnTime], path: tuple[object, ...], said: str
) -> None:
    ((where, sentence),) = house_problems(with_turns(*turns))
    assert where == ("turn_times", *path)
    assert said in say(sentence)


def test_apart_they_may_say_what_they_like() -> None:
    apart = with_turns(
        turn(2, 60, "fri"), turn(2, 75, "sat"), turn(2, 80, "bar"), turn(2, 85, "bar", "fri")
    )
    assert house_problems(apart) == ()
    none_for_all = replace(apart, turn_times=(turn(2, 60, "fri"),))
    assert house_problems(none_for_all) == ((("turn_times",), message("turn-times-none-for-all")),)


def test_a_house_file_keeps_them_and_one_without_them_its_checksum() -> None:
    house = with_turns(turn(4, 105, "bar", "fri", "dinner"))
    written = house_toml(house)
    assert (
        '{ party_max = 4, minutes = 105, areas = ["bar"], days = ["fri"], periods = ["dinner"] }'
        in written
    )
    assert read_house(written) == house
    plain = "0815fece57872a26"
    assert house_checksum(with_turns())[:16] == plain
    assert house_checksum(house) != house_checksum(with_turns())
