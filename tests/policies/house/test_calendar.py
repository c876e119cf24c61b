"""Service dates, periods across midnight and the nights on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.house.calendar import (
    WEEK,
    NoSuchPeriod,
    Period,
    buy_out_times,
    largest_party,
    local_date,
    local_instant,
    occupancy_window,
    open_period_at,
    periods_on,
    seating_at,
    service_date_at,
    service_period,
    slot_starts,
    turn_minutes,
    with_overlapping,
)
from policies.house.house import (
    Area,
    BookingLimits,
    BuyOut,
    Closure,
    House,
    Join,
    ServicePeriod,
    SpecialDay,
    Table,
    TurnTime,
    Venue,
)

SPRING_NIGHT = date(2026, 3, 28)
AUTUMN_NIGHT = date(2026, 10, 24)
SlotMinutes = Literal[5, 10, 15, 20, 30, 60]


def near(house: House, day: date) -> list[Period]:
    """The periods of a date and of the dates beside it."""
    return [each for ahead in (-1, 0, 1) for each in periods_on(house, day + timedelta(ahead))]


def period_at(house: House, instant: datetime) -> Period | None:
    return seating_at(near(house, local_date(house, instant)), instant)


def overlapping_periods(house: House, period: Period) -> tuple[Period, ...]:
    around = near(house, period.service_date)
    windows = ((each, occupancy_window(each, house)) for each in around)
    return with_overlapping(period, occupancy_window(period, house), windows)


def service(
    opens: str, last: str, closes: str, name: str = "late", days: tuple[str, ...] = WEEK
) -> ServicePeriod:
    clocks = {"opens": opens, "last_seating": last, "closes": closes}
    written = {key: f"{clock}:00" for key, clock in clocks.items()}
    return msgspec.convert({"name": name, "days": days, "pacing": 20, **written}, ServicePeriod)


def a_house(
    *periods: ServicePeriod,
    zone: str = "Europe/Berlin",
    special_days: tuple[SpecialDay, ...] = (),
    slot_minutes: SlotMinutes = 15,
) -> House:
    return House(
        venue=Venue(id="house", name="House", zone=zone, currency="EUR"),
        areas=(Area(id="room", name="Room"),),
        tables=(Table(id="1", area="room", seats_max=2), Table(id="2", area="room", seats_max=4)),
        joins=(Join(tables=("1", "2"), seats_max=7),),
        periods=periods,
        turn_times=(TurnTime(party_max=2, minutes=90), TurnTime(party_max=7, minutes=150)),
        special_days=special_days,
        booking=BookingLimits(slot_minutes=slot_minutes),
    )


NIGHT = a_house(service("20:00", "03:00", "04:00"))
DAY_AND_NIGHT = a_house(
    service("18:00", "23:00", "01:00", name="dinner"),
    service("12:00", "14:00", "15:00", name="lunch"),
)


def at(*parts: int) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def only(house: House, day: date) -> Period:
    (period,) = periods_on(house, day)
    return period


def test_an_ordinary_night_from_eight_to_four_lasts_eight_hours() -> None:
    period = only(NIGHT, date(2026, 3, 27))
    assert (period.opens, period.closes) == (at(2026, 3, 27, 19, 0), at(2026, 3, 28, 3, 0))
    assert (period.period_id, period.service_date) == ("2026-03-27.late", date(2026, 3, 27))


def test_the_night_the_clocks_go_forward_lasts_seven_hours() -> None:
    period = only(NIGHT, SPRING_NIGHT)
    assert period.opens == at(2026, 3, 28, 19, 0)
    assert period.last_seating == at(2026, 3, 29, 1, 0)
    assert period.closes == at(2026, 3, 29, 2, 0)


def test_the_night_the_clocks_go_back_lasts_nine_hours() -> None:
    period = only(NIGHT, AUTUMN_NIGHT)
    assert period.opens == at(2026, 10, 24, 18, 0)
    assert period.last_seating == at(2026, 10, 25, 2, 0)
    assert period.closes == at(2026, 10, 25, 3, 0)
    assert len(slot_starts(NIGHT, period)) == 8 * 4 + 1


def test_a_skipped_last_seating_moves_forward_by_the_gap() -> None:
    house = a_house(service("20:00", "02:30", "04:00"))
    assert only(house, SPRING_NIGHT).last_seating == at(2026, 3, 29, 1, 30)


def test_a_last_seating_the_clocks_show_twice_is_the_second() -> None:
    house = a_house(service("20:00", "02:30", "02:45"))
    period = only(house, AUTUMN_NIGHT)
    assert (period.last_seating, period.closes) == (
        at(2026, 10, 25, 1, 30),
        at(2026, 10, 25, 1, 45),
    )


def test_an_opening_the_clocks_show_twice_is_the_first() -> None:
    house = a_house(service("02:30", "05:00", "06:00"))
    assert only(house, date(2026, 10, 25)).opens == at(2026, 10, 25, 0, 30)


def test_a_skipped_opening_never_comes_after_the_last_seating() -> None:
    house = a_house(service("02:30", "03:00", "03:15"))
    period = only(house, date(2026, 3, 29))
    assert period.opens == period.last_seating == period.closes == at(2026, 3, 29, 1, 30)


def test_a_zone_that_changes_by_half_an_hour() -> None:
    house = a_house(service("20:00", "01:45", "04:00"), zone="Australia/Lord_Howe")
    autumn, spring = only(house, date(2026, 4, 4)), only(house, date(2026, 10, 3))
    assert autumn.closes - autumn.opens == timedelta(hours=8, minutes=30)
    assert autumn.last_seating == at(2026, 4, 4, 15, 15)
    assert spring.closes - spring.opens == timedelta(hours=7, minutes=30)


def test_a_zone_that_changes_at_midnight_skips_the_first_hour_of_the_date() -> None:
    house = a_house(service("20:00", "00:30", "04:00"), zone="Africa/Cairo")
    assert only(house, date(2026, 4, 23)).last_seating == at(2026, 4, 23, 22, 30)


def test_local_instants_are_utc_and_shift_only_when_skipped() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert local_instant(berlin, date(2026, 3, 29), time(2, 30)) == at(2026, 3, 29, 1, 30)
    later = local_instant(berlin, date(2026, 3, 29), time(2, 30), second=True)
    assert (later, later.tzinfo) == (at(2026, 3, 29, 1, 30), UTC)


def test_a_period_that_closes_when_it_opens_runs_the_whole_day() -> None:
    period = only(a_house(service("06:00", "05:00", "06:00")), date(2026, 6, 1))
    assert period.closes - period.opens == timedelta(days=1)


def test_periods_come_in_the_order_of_opening() -> None:
    names = [period.name for period in periods_on(DAY_AND_NIGHT, date(2026, 6, 1), house_version=3)]
    assert names == ["lunch", "dinner"]
    versions = {each.house_version for each in periods_on(NIGHT, date(2026, 6, 1), house_version=3)}
    assert versions == {3}


def test_the_week_decides_on_which_days_a_period_is() -> None:
    house = a_house(service("18:00", "21:00", "23:00", days=("tue",)))
    assert periods_on(house, date(2026, 6, 1)) == ()
    assert len(periods_on(house, date(2026, 6, 2))) == 1


def test_a_special_day_replaces_the_week_and_without_periods_is_closed() -> None:
    brunch = service("10:00", "12:00", "14:00", name="brunch", days=())
    special = (
        SpecialDay(date=date(2026, 12, 24), name="Eve", periods=(brunch,)),
        SpecialDay(date=date(2026, 12, 25), name="Christmas"),
    )
    house = a_house(service("18:00", "21:00", "23:00"), special_days=special)
    assert only(house, date(2026, 12, 24)).period_id == "2026-12-24.brunch"
    assert periods_on(house, date(2026, 12, 25)) == ()
    assert only(house, date(2026, 12, 26)).name == "late"


def test_a_period_is_found_by_name_or_the_error_says_which_was_asked() -> None:
    assert service_period(DAY_AND_NIGHT, date(2026, 6, 1), "lunch").opens == time(12)
    with pytest.raises(NoSuchPeriod, match="no period 'brunch' on 2026-06-01") as caught:
        service_period(DAY_AND_NIGHT, date(2026, 6, 1), "brunch")
    assert (caught.value.service_date, caught.value.name) == (date(2026, 6, 1), "brunch")


def test_a_party_may_start_from_opening_to_last_seating_and_not_after() -> None:
    period = only(NIGHT, AUTUMN_NIGHT)
    minute = timedelta(minutes=1)
    assert period_at(NIGHT, period.opens) == period_at(NIGHT, period.last_seating) == period
    assert period_at(NIGHT, period.opens - minute) is None
    assert period_at(NIGHT, period.last_seating + minute) is None
    assert open_period_at(NIGHT, period.last_seating + minute) == period
    assert open_period_at(NIGHT, period.closes) is None


def test_where_repeated_hours_make_two_periods_meet_the_one_just_opened_takes_the_party() -> None:
    house = a_house(service("20:00", "02:00", "02:15"), service("02:30", "05:00", "06:00", "early"))
    meeting = period_at(house, at(2026, 10, 25, 1, 0))
    assert meeting is not None
    assert meeting.period_id == "2026-10-25.early"


def test_after_midnight_tonight_is_still_yesterdays_date_until_closing() -> None:
    period = only(NIGHT, AUTUMN_NIGHT)
    assert service_date_at(NIGHT, period.closes - timedelta(minutes=1)) == AUTUMN_NIGHT
    assert service_date_at(NIGHT, period.closes) == AUTUMN_NIGHT + timedelta(days=1)


def test_before_opening_tonight_is_the_local_date() -> None:
    assert service_date_at(DAY_AND_NIGHT, at(2026, 6, 1, 22, 30)) == date(2026, 6, 1)
    assert service_date_at(DAY_AND_NIGHT, at(2026, 6, 1, 23, 30)) == date(2026, 6, 2)


def test_the_turn_of_the_last_entry_holds_for_larger_parties() -> None:
    sizes = (1, 2, 3, 7, 8, 40)
    night = only(NIGHT, date(2026, 6, 1))
    assert [turn_minutes(NIGHT, size, night) for size in sizes] == [90, 90, 150, 150, 150, 150]


def test_the_largest_party_may_need_a_join() -> None:
    assert largest_party(NIGHT) == 7
    assert largest_party(msgspec.structs.replace(NIGHT, joins=())) == 4


def test_a_span_reaches_to_the_end_of_the_longest_turn() -> None:
    period = only(NIGHT, date(2026, 6, 1))
    ends = period.last_seating + timedelta(minutes=150)
    assert occupancy_window(period, NIGHT) == (period.opens, ends)


def test_lunch_is_locked_with_dinner_only_when_its_turns_reach_it() -> None:
    short = a_house(service("12:00", "13:00", "14:00", "lunch"), service("18:00", "20:00", "23:00"))
    long = a_house(service("12:00", "16:00", "17:00", "lunch"), service("18:00", "20:00", "23:00"))
    assert _locked(short, "lunch") == ["2026-06-01.lunch"]
    assert (
        _locked(long, "lunch") == _locked(long, "late") == ["2026-06-01.lunch", "2026-06-01.late"]
    )


def test_last_night_is_locked_with_an_early_breakfast() -> None:
    house = a_house(service("20:00", "03:00", "04:00"), service("05:00", "09:00", "11:00", "early"))
    assert _locked(house, "early") == ["2026-05-31.late", "2026-06-01.early"]
    assert _locked(house, "late") == ["2026-06-01.late", "2026-06-02.early"]


def test_a_period_the_house_no_longer_serves_is_still_its_own_neighbour() -> None:
    former = msgspec.structs.replace(only(NIGHT, date(2026, 6, 1)), period_id="2026-06-01.former")
    ids = [period.period_id for period in overlapping_periods(NIGHT, former)]
    assert ids == ["2026-06-01.former", "2026-06-01.late"]


def _locked(house: House, name: str) -> list[str]:
    periods = periods_on(house, date(2026, 6, 1))
    (period,) = (each for each in periods if each.name == name)
    return [each.period_id for each in overlapping_periods(house, period)]


def test_a_buy_out_that_ends_before_it_starts_ends_the_next_day() -> None:
    wedding = BuyOut(
        name="Wedding", date=AUTUMN_NIGHT, starts=time(16), ends=time(2, 30), areas=("room",)
    )
    assert buy_out_times(NIGHT, wedding) == (at(2026, 10, 24, 14, 0), at(2026, 10, 25, 1, 30))


@st.composite
def houses(draw: st.DrawFn) -> House:
    """One period of any hours, on a grid of five minutes, in zones of many kinds."""
    opens = draw(st.integers(0, 287))
    last = opens + draw(st.integers(0, 200))
    closes = last + draw(st.integers(1, 60))
    clocks = [f"{step % 288 // 12:02}:{step % 12 * 5:02}" for step in (opens, last, closes)]
    zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]
    slot_minutes: SlotMinutes = draw(st.sampled_from([5, 10, 15, 20, 30, 60]))
    zone = draw(st.sampled_from(zones))
    return a_house(service(clocks[0], clocks[1], clocks[2]), zone=zone, slot_minutes=slot_minutes)


CHANGES = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 4, 4), date(2026, 4, 23))
DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from(CHANGES)


@given(houses(), DATES)
def test_slots_rise_evenly_within_their_period(house: House, day: date) -> None:
    period = only(house, day)
    slots = slot_starts(house, period)
    step = timedelta(minutes=house.booking.slot_minutes)
    assert slots[0] == period.opens
    assert period.last_seating - step < slots[-1] <= period.last_seating <= period.closes
    assert all(later - earlier == step for earlier, later in pairwise(slots))


@given(houses(), DATES)
def test_every_slot_is_found_again_in_its_period(house: House, day: date) -> None:
    period = only(house, day)
    tomorrow = only(house, day + timedelta(days=1))
    for slot in slot_starts(house, period):
        if slot < tomorrow.opens:
            assert period_at(house, slot) == period


@given(houses(), DATES)
def test_being_neighbours_is_mutual(house: House, day: date) -> None:
    period = only(house, day)
    for other in overlapping_periods(house, period):
        assert period in overlapping_periods(house, other)


def closed(name: str, first: date, last: date, *areas: str) -> Closure:
    return Closure(name=name, from_date=first, until_date=last, areas=areas)


def test_a_closed_house_serves_nothing_from_the_first_to_the_last_day() -> None:
    holidays = closed("Holidays", date(2026, 3, 27), SPRING_NIGHT)
    house = replace(NIGHT, closures=(holidays,))
    served = [date(2026, 3, day) for day in range(25, 31) if periods_on(house, date(2026, 3, day))]
    assert served == [date(2026, 3, day) for day in (25, 26, 29, 30)]


def test_a_special_day_inside_a_closure_keeps_its_periods() -> None:
    gala = SpecialDay(date=SPRING_NIGHT, name="Gala", periods=(service("19:00", "21:00", "23:00"),))
    holidays = closed("Holidays", date(2026, 3, 1), date(2026, 3, 31))
    house = replace(NIGHT, closures=(holidays,), special_days=(gala,))
    assert only(house, SPRING_NIGHT).opens == at(2026, 3, 28, 18, 0)
    assert periods_on(house, date(2026, 3, 27)) == ()


def test_a_closed_area_leaves_the_hours_alone() -> None:
    winter = closed("Winter", date(2026, 3, 1), date(2026, 3, 31), "room")
    assert only(replace(NIGHT, closures=(winter,)), SPRING_NIGHT) == only(NIGHT, SPRING_NIGHT)
