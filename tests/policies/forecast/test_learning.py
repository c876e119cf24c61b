"""Beliefs: without nights the prior, with many what the nights say, never mind their order."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from policies.forecast.forecast import Forecast, Lateness, days_before, elapsed_share
from policies.forecast.learning import learned_forecast, no_show_factor, updated_by_bookings
from policies.forecast.past_night import PastNight
from policies.lab.nights import draw_night, scale_stays, true_forecast
from tests.support.past_nights import past_of

PRIOR = true_forecast(140.0, 40.0)
ORDERLY = settings(derandomize=True, max_examples=40, deadline=None)
COUNTS = st.lists(st.integers(0, 12), max_size=6).map(tuple)
MINUTES = st.lists(st.floats(20.0, 300.0), max_size=4).map(tuple)


@st.composite
def past_nights(draw: st.DrawFn) -> PastNight:
    kept_online, kept_phone = draw(st.integers(0, 50)), draw(st.integers(0, 50))
    cancelled = draw(st.integers(0, 30))
    return PastNight(
        requests=draw(COUNTS),
        refused=draw(COUNTS),
        on_sale=draw(st.lists(st.floats(0.1, 1.0), max_size=6).map(tuple)),
        request_sizes=draw(COUNTS),
        walk_ins=draw(COUNTS),
        walk_in_sizes=draw(COUNTS),
        booked=kept_online + kept_phone + cancelled,
        cancelled=cancelled,
        kept_online=kept_online,
        kept_phone=kept_phone,
        no_shows=draw(st.integers(0, kept_online + kept_phone)),
        late=draw(st.lists(st.floats(-30.0, 60.0), max_size=5).map(tuple)),
        stays=draw(st.lists(MINUTES, max_size=9).map(tuple)),
    )


def figures(forecast: Forecast) -> list[float]:
    """Every number of a forecast, in one row."""
    late = forecast.lateness
    return [
        forecast.requests,
        *forecast.request_slots,
        *forecast.request_sizes,
        forecast.walk_ins,
        *forecast.walk_in_slots,
        *forecast.walk_in_sizes,
        *forecast.stays,
        forecast.stay_cv,
        forecast.no_show_online,
        forecast.no_show_phone,
        forecast.cancels,
        late.mean,
        late.deviation,
        late.late_share,
        late.late_mean,
    ]


def test_no_nights_leave_the_belief_as_it_was() -> None:
    assert learned_forecast(PRIOR, ()) == PRIOR
    assert learned_forecast(Forecast(), ()) == Forecast()


def test_a_night_with_nothing_on_it_says_nothing_about_manners() -> None:
    found = learned_forecast(PRIOR, [PastNight()])
    assert found.requests < PRIOR.requests
    assert replace(
        found, requests=140.0, request_slots=PRIOR.request_slots, walk_ins=40.0
    ) == replace(PRIOR, walk_in_slots=found.walk_in_slots)


@ORDERLY
@given(nights=st.lists(past_nights(), max_size=5), shuffle=st.randoms(use_true_random=False))
def test_the_order_of_the_nights_is_nothing(
    nights: list[PastNight], shuffle: st.DataObject
) -> None:
    other = list(nights)
    shuffle.shuffle(other)  # type: ignore[attr-defined]
    one, same = figures(learned_forecast(PRIOR, nights)), figures(learned_forecast(PRIOR, other))
    assert one == pytest.approx(same, rel=1e-9, abs=1e-12)


@ORDERLY
@given(nights=st.lists(past_nights(), max_size=4))
def test_what_is_learned_is_always_a_forecast(nights: list[PastNight]) -> None:
    found = learned_forecast(PRIOR, nights)
    assert min(figures(found)[:1] + list(found.stays)) >= 0.0
    shares = (found.no_show_online, found.no_show_phone, found.cancels, found.lateness.late_share)
    assert all(0.0 <= share <= 1.0 for share in shares)


@pytest.mark.parametrize("wrong", [0.75, 1.25])
def test_thirty_nights_mend_a_wrong_belief(wrong: float) -> None:
    """Demand off by a quarter, no-shows by half or double, stays by 15 %, as the benchmark has."""
    believed = replace(
        scale_stays(PRIOR, 0.85 if wrong < 1 else 1.15),
        requests=140.0 * wrong,
        walk_ins=40.0 * wrong,
        no_show_online=0.046 * wrong**3,
        no_show_phone=0.057 * wrong**3,
        cancels=0.1 * wrong,
        lateness=Lateness(mean=-2.0 + wrong, late_share=0.12 * wrong),
    )
    found = learned_forecast(believed, [past_of(draw_night(PRIOR, seed)) for seed in range(30)])
    assert found.requests == pytest.approx(140.0, rel=0.05)
    assert found.walk_ins == pytest.approx(40.0, rel=0.06)
    assert found.no_show_online == pytest.approx(0.046, rel=0.1)
    assert found.cancels == pytest.approx(0.1, rel=0.1)
    assert found.stays[:4] == pytest.approx(PRIOR.stays[:4], rel=0.02)
    assert found.stay_cv == pytest.approx(0.3, abs=0.015)
    assert found.lateness.mean == pytest.approx(-2.0, abs=0.5)
    assert found.lateness.late_share == pytest.approx(0.12, abs=0.02)


@ORDERLY
@given(count=st.integers(1, 40), more=st.integers(1, 40))
def test_more_nights_move_nearer_to_what_they_say(count: int, more: int) -> None:
    busy = PastNight(
        requests=(300,),
        walk_ins=(90,),
        booked=200,
        cancelled=60,
        kept_online=140,
        no_shows=28,
        request_sizes=(0, 0, 300),
    )
    few, many = (learned_forecast(PRIOR, [busy] * nights) for nights in (count, count + more))
    assert PRIOR.requests < few.requests < many.requests < 300.0
    assert PRIOR.walk_ins < few.walk_ins < many.walk_ins < 90.0
    assert PRIOR.no_show_online < few.no_show_online < many.no_show_online < 0.2
    assert PRIOR.cancels < few.cancels < many.cancels < 0.3
    assert PRIOR.request_sizes[2] < few.request_sizes[2] < many.request_sizes[2]
    assert isclose(sum(many.request_sizes), sum(PRIOR.request_sizes))


def test_the_no_show_factor_is_pooled_and_worth_twenty_bookings() -> None:
    twenty = PastNight(kept_online=20, no_shows=0, booked=20)
    assert isclose(no_show_factor(PRIOR, [twenty]), 0.5)
    found = learned_forecast(PRIOR, [twenty])
    assert isclose(found.no_show_online, 0.023)
    assert isclose(found.no_show_phone, 0.0285)


def test_an_arrival_noted_hours_late_counts_as_the_latest_there_is() -> None:
    late = [
        learned_forecast(PRIOR, [PastNight(late=(minutes,) * 9)]).lateness
        for minutes in (45.0, 600.0)
    ]
    assert late[0] == late[1]
    assert late[0].late_share > PRIOR.lateness.late_share


def test_few_long_sittings_lengthen_every_size_and_their_own_most() -> None:
    found = learned_forecast(PRIOR, [PastNight(stays=((), (150.0,) * 10))])
    changes = [new / old for new, old in zip(found.stays, PRIOR.stays, strict=True)]
    assert changes[1] == max(changes)
    assert min(changes) > 1.02


def test_a_few_sittings_as_long_as_expected_are_believed_longer_and_many_are_not() -> None:
    def factor(nights: int) -> float:
        seen = [past_of(draw_night(PRIOR, seed)) for seed in range(nights)]
        short = [replace(one, stays=one.stays[:4]) for one in seen]
        return learned_forecast(PRIOR, short).stays[1] / 88.0

    middle = 88.0 / (1.09**0.5)
    spread = PastNight(stays=((), tuple(middle * ratio for ratio in (0.75, 1.0, 1 / 0.75) * 5)))
    assert 1.01 < learned_forecast(PRIOR, [spread]).stays[1] / 88.0 < 1.08
    assert factor(30) == pytest.approx(1.0, abs=0.015)


def test_caution_lengthens_every_stay_by_its_share() -> None:
    found = learned_forecast(PRIOR, (), stay_caution=0.1)
    assert found.stays == pytest.approx([stay * 1.1 for stay in PRIOR.stays])
    for caution in (-0.01, 0.21):
        with pytest.raises(ValueError, match="longer"):
            learned_forecast(PRIOR, (), stay_caution=caution)


def test_within_the_window_a_belief_counts_for_sixteen_requests() -> None:
    assert updated_by_bookings(PRIOR, 0, 0.0) == PRIOR
    assert isclose(updated_by_bookings(PRIOR, 70, 0.5).requests, 140.0)
    assert isclose(updated_by_bookings(PRIOR, 100, 0.5).requests, 116 / (16 / 140 + 0.5))
    assert updated_by_bookings(replace(PRIOR, requests=0.0), 3, 0.5).requests == 0.0


def test_the_window_is_empty_long_before_and_over_at_the_start() -> None:
    assert elapsed_share(90.0) == 0.0
    assert elapsed_share(0.0) == elapsed_share(-1.0) == 1.0
    assert elapsed_share(2.0) == 0.5
    assert elapsed_share(14.2) == pytest.approx(0.1)


@ORDERLY
@given(days=st.floats(0.0, 60.0))
def test_share_and_days_before_are_each_others_inverse(days: float) -> None:
    assert days_before(elapsed_share(days)) == pytest.approx(days, abs=1e-9)
