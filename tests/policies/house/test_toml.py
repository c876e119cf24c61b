"""The house file written: what is exported reads as the same house."""

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from policies.house.file import HouseError, house_checksum, house_toml, parse_house, read_house
from policies.house.house import House
from policies.words.catalogue import say
from seating.house.examples import shipped, shipped_text
from tests.support.any_house import any_house


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_house_is_the_same_after_export_and_import(name: str) -> None:
    house = read_house(shipped_text(name))
    written = house_toml(house)
    assert read_house(written) == house
    assert house_toml(read_house(written)) == written


@settings(derandomize=True, max_examples=15, deadline=None)
@given(house=any_house())
def test_any_house_is_the_same_after_export_and_import(house: House) -> None:
    assert msgspec.convert(parse_house(house_toml(house)), House) == house


def test_the_export_reads_like_a_file_of_ones_own() -> None:
    written = house_toml(read_house(shipped_text("bistro")))
    assert '  { id = "3", area = "room", seats_max = 2, x = 4.2, y = 0.9 },\n' in written
    assert '[[periods]]\nname = "lunch"\nopens = "12:00"\n' in written
    assert 'days = ["tue", "wed", "thu", "fri", "sat", "sun"]\n' in written
    assert "[[special_days]]\ndate = 2026-12-24\n" in written
    assert "no_show_grace_minutes = 15\n" in written
    assert list(tomllib.loads(written))[:3] == ["areas", "tables", "turn_times"]


def test_limits_of_booking_are_written_though_they_are_the_defaults() -> None:
    text = shipped_text("sixty").replace("party_max_online = 8\n", "")
    assert "\nparty_max_online = 8\n" in house_toml(read_house(text))


ADDED_SINCE = '\n[[staff]]\nid = "lena"'


def test_what_was_added_later_leaves_the_checksum_of_a_house_without_it_alone() -> None:
    """The checksums of the houses shipped before tables had a shape."""
    then = {"bistro": "33f9534691ce", "sixty": "c10a19318a5e"}
    text = shipped_text("bistro")
    texts = {"bistro": text[: text.index(ADDED_SINCE)], "sixty": shipped_text("sixty")}
    assert {name: house_checksum(read_house(each))[:12] for name, each in texts.items()} == then
    shaped = text.replace('id = "1", area = "room"', 'id = "1", shape = "round", area = "room"')
    web = text.replace("[venue]", '[venue]\nweb = "https://kastanie.example"')
    walls = 'walls = [{ id = "w", x1 = 0, y1 = 0, x2 = 9, y2 = 0 }]\n' + text
    made = {house_checksum(read_house(each)) for each in (text, shaped, web, walls)}
    assert len(made) == 4


def swallowed(text: str) -> tuple[str, ...]:
    with pytest.raises(HouseError) as refused:
        read_house(text)
    return tuple(map(say, refused.value.problems))


def test_sections_that_toml_put_into_a_table_are_named_as_such() -> None:
    text = shipped_text("sixty")
    areas, rest = text.split("\n\n", 2)[1:]
    below = rest.replace("high_chairs = 6\n", f"high_chairs = 6\n{areas}\n")
    assert swallowed(below) == (
        "venue.areas: areas stands after [venue], so TOML put it inside venue. Move it above.",
    )


def test_a_list_swallowed_by_the_last_period_is_named_with_its_header() -> None:
    text = Path("seating/house/examples/sixty.toml").read_text(encoding="utf-8")
    line = 'special_days = [{ date = 2027-01-01, name = "New Year" }]\n'
    (problem,) = swallowed(text.replace("pacing = 60\n", f"pacing = 60\n{line}"))
    assert problem == (
        'periods[0] "dinner".special_days: special_days stands after [[periods]], so TOML put it'
        " inside periods. Move it above."
    )
