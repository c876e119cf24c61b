"""Levers: the last pulled holds, each for its own services and until its own end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from policies.book.levers import (
    NO_LEVERS,
    PulledLever,
    levers_of_row,
    moved_since,
    standing,
    with_levers,
)
from policies.house.calendar import Period

if TYPE_CHECKING:
    from policies.book.levers import LeverKind

DAY = date(2027, 3, 6)
NOW = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
OPENS = datetime(2027, 3, 6, 17, 0, tzinfo=UTC)
DINNER = Period(
    period_id="2027-03-06.dinner",
    service_date=DAY,
    name="dinner",
    opens=OPENS,
    last_seating=OPENS + timedelta(hours=4),
    closes=OPENS + timedelta(hours=6),
    house_version=1,
)


def lever(kind: LeverKind = "online_paused", *, on: bool = True, **more: Any) -> PulledLever:  # noqa: ANN401 - any field
    """A lever for Saturday, unless said otherwise."""
    given: dict[str, Any] = {
        "lever_id": uuid4(),
        "action_id": UUID(int=1),
        "from_date": DAY,
        "until_date": DAY,
        "pulled_at": NOW,
    }
    return PulledLever(kind=kind, engaged=on, **(given | more))


def test_the_lever_pulled_last_holds() -> None:
    week = lever(from_date=DAY - timedelta(days=3), until_date=DAY + timedelta(days=3))
    assert with_levers(DINNER, [week], NOW).online_paused
    assert not with_levers(DINNER, [week, lever(on=False)], NOW).online_paused
    assert with_levers(DINNER, [lever(on=False), week], NOW).online_paused


def test_a_lever_is_for_its_dates_and_services_only() -> None:
    others = [
        lever(periods=("lunch",)),
        lever(from_date=DAY - timedelta(days=2), until_date=DAY - timedelta(days=1)),
        lever(lifted_at=NOW),
    ]
    assert with_levers(DINNER, others, NOW) == DINNER
    assert with_levers(DINNER, [lever(periods=("lunch", "dinner"))], NOW).online_paused


def test_once_it_has_ended_what_was_pulled_before_it_holds_again() -> None:
    soon = NOW + timedelta(hours=1)
    opened = [lever(), lever(on=False, until=soon)]
    assert not with_levers(DINNER, opened, NOW).online_paused
    assert with_levers(DINNER, opened, soon).online_paused


def test_an_end_within_the_evening_is_told_and_one_before_it_is_for_the_whole_evening() -> None:
    nine = OPENS + timedelta(hours=2)
    pulled = [
        lever("area_shut", area="terrace", until=nine),
        lever("seating_stopped", until=NOW + timedelta(hours=1)),
        lever("pace", covers=4, until=nine),
    ]
    found = with_levers(DINNER, pulled, NOW)
    assert found.areas_shut == ("terrace",)
    assert [(back.area, back.at) for back in found.areas_back] == [("terrace", nine)]
    assert (found.seating_stopped, found.seating_stopped_until) == (True, None)
    assert (found.pacing_covers, found.pacing_covers_until) == (4, nine)


def test_after_the_end_of_the_last_those_before_it_hold_again() -> None:
    eight, nine = OPENS + timedelta(hours=2), OPENS + timedelta(hours=3)

    def one(*, until: datetime | None = None, on: bool = True) -> PulledLever:
        return lever("area_shut", area="terrace", on=on, until=until)

    for before, back in (
        ([one()], []),
        ([one(until=nine)], [nine]),
        ([one(), one(until=nine)], []),
        ([one(), one(on=False)], [eight]),
        ([one(), one(on=False, until=NOW)], []),
        ([one(until=eight)], [eight]),
    ):
        found = with_levers(DINNER, [*before, one(until=eight)], NOW)
        assert (found.areas_shut, [each.at for each in found.areas_back]) == (("terrace",), back)
    stopped = [lever("seating_stopped"), lever("seating_stopped", until=eight)]
    assert with_levers(DINNER, stopped, NOW).seating_stopped_until is None


def test_a_slow_hour_in_a_slow_week_is_followed_by_the_pace_of_the_week() -> None:
    eight, nine = OPENS + timedelta(hours=2), OPENS + timedelta(hours=3)
    hour = lever("pace", covers=2, until=eight)
    found = with_levers(DINNER, [lever("pace", covers=6), hour], NOW)
    assert (found.pacing_covers, found.pacing_covers_until) == (2, eight)
    assert found.pacing_covers_then == 6
    found = with_levers(DINNER, [lever("pace", covers=6, until=nine), hour], NOW)
    assert (found.pacing_covers, found.pacing_covers_until) == (2, nine)
    assert found.pacing_covers_then is None


def test_areas_are_shut_and_opened_one_by_one() -> None:
    both = [lever("area_shut", area="bar"), lever("area_shut", area="terrace")]
    assert with_levers(DINNER, both, NOW).areas_shut == ("bar", "terrace")
    opened = [*both, lever("area_shut", area="bar", on=False)]
    assert with_levers(DINNER, opened, NOW).areas_shut == ("terrace",)


def test_what_a_row_holds_by_itself_counts_as_pulled_first() -> None:
    row = with_levers(
        DINNER, [lever(), lever("area_shut", area="bar"), lever("pace", covers=3)], NOW
    )
    own = list(levers_of_row(row))
    assert with_levers(row, own, NOW) == row
    assert not with_levers(row, [*own, lever(on=False)], NOW).online_paused
    assert list(levers_of_row(DINNER)) == []


def test_of_what_stands_only_what_matters_is_listed() -> None:
    first, again = lever(), lever()
    week = lever(until_date=DAY + timedelta(days=6))
    assert standing([first, again], NOW) == (again,)
    assert standing([first, lever(on=False)], NOW) == ()
    assert standing([week, opened := lever(on=False)], NOW) == (week, opened)
    assert standing([lever(until=NOW)], NOW) == ()


def test_a_lever_pulled_again_for_some_of_its_services_has_moved_since() -> None:
    week = lever(until_date=DAY + timedelta(days=6))
    assert moved_since(week, [week, lever(on=False)], NOW)
    assert not moved_since(week, [lever(on=False), week], NOW)
    assert not moved_since(week, [week, lever("seating_stopped")], NOW)
    lunch, dinner = lever(periods=("lunch",)), lever(periods=("dinner",))
    assert not moved_since(lunch, [lunch, dinner], NOW)


TAPS = st.tuples(st.booleans(), st.integers(0, 2), st.sampled_from([None, 1, 2]))


@given(st.lists(TAPS, max_size=6))
def test_whatever_is_listed_comes_to_the_same_as_all_that_was_pulled(
    taps: list[tuple[bool, int, int | None]],
) -> None:
    pulled = []
    for on, days, hours in taps:
        until = OPENS + timedelta(hours=hours) if hours else None
        last = DAY + timedelta(days=days)
        pulled.append(lever("area_shut", area="bar", on=on, until_date=last, until=until))
    assert with_levers(DINNER, standing(pulled, NOW), NOW) == with_levers(DINNER, pulled, NOW)
    assert set(NO_LEVERS) <= set(Period.__struct_fields__)
