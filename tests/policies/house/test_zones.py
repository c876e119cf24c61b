"""Zones are made by the pinned data; an hour that comes twice is told apart in words."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from policies.house.calendar import local_instant, periods_on, zone_of
from policies.house.file import HouseError, read_house
from policies.house.wording import clock
from policies.house.zones import UnknownZone, zone_named
from tests.support.house import house_text
from tests.support.zone_data import zone_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from policies.house.house import House

DECEMBER = date(2026, 12, 10)
LAWS_OF_2026 = {
    "America/Winnipeg": 0,
    "America/Vancouver": 2,
    "America/Edmonton": 1,
    "America/Inuvik": 1,
    "Africa/Casablanca": 19,
    "America/Havana": 23,
}
"""The hour (UTC) of 19:00 on 10 December 2026 by tzdata 2026f."""


@pytest.fixture
def old_machine(tmp_path: Path) -> Iterator[None]:
    """A machine whose own files know nothing but one wrong rule for each zone."""
    rules = {name.replace("/", "__"): "XXX-13:30" for name in LAWS_OF_2026}
    zoneinfo.reset_tzpath([str(zone_folder(tmp_path, **rules))])
    zoneinfo.ZoneInfo.clear_cache()
    zone_named.cache_clear()
    yield
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()
    zone_named.cache_clear()


def house_in(zone: str) -> House:
    return read_house(house_text(2).replace("Europe/Berlin", zone))


@pytest.mark.usefixtures("old_machine")
@pytest.mark.parametrize("zone", LAWS_OF_2026)
def test_the_pinned_rules_win_over_those_of_the_machine(zone: str) -> None:
    house, hour = house_in(zone), LAWS_OF_2026[zone]
    (dinner,) = periods_on(house, DECEMBER)
    assert (dinner.opens.hour + 1) % 24 == hour
    seven = local_instant(zone_of(house), DECEMBER, time(19))
    assert seven.hour == hour
    assert clock(house, seven) == "19:00"


@pytest.mark.parametrize(
    "name", ["Europe/Atlantis", "../zones", "/etc/localtime", "tzdata.zi", "Europe", "", "Europe/"]
)
def test_a_name_that_the_pinned_data_do_not_have_is_no_zone(name: str) -> None:
    with pytest.raises(UnknownZone):
        zone_named(name)


def test_a_house_in_no_known_zone_is_told_what_is_expected() -> None:
    with pytest.raises(HouseError) as refused:
        house_in("Europe/Atlantis")
    expected = "There is no time zone Europe/Atlantis. Name one such as Europe/Berlin."
    assert str(refused.value) == f"venue.zone: {expected}"


def test_an_hour_that_comes_twice_is_told_apart() -> None:
    house = house_in("America/Santiago")
    before = datetime(2027, 4, 4, 2, 30, tzinfo=UTC)  # clocks go back at midnight, 03:00 UTC
    said = [clock(house, before.replace(hour=hour)) for hour in (1, 2, 3, 4)]
    assert said == ["22:30", "23:30 (UTC-03:00)", "23:30 (UTC-04:00)", "00:30"]


def test_half_hour_offsets_are_said_in_full() -> None:
    house = house_in("Australia/Lord_Howe")  # back by half an hour on 4 April 2027 at 15:00 UTC
    said = clock(house, datetime(2027, 4, 3, 14, 45, tzinfo=UTC))
    assert said == "01:45 (UTC+11:00)"
    assert clock(house, datetime(2027, 4, 3, 15, 15, tzinfo=UTC)) == "01:45 (UTC+10:30)"
