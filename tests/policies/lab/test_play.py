"""The lab's door: what becomes of the guests of a drawn night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from policies.house.layout import layout_of
from policies.lab.nights import Requests, SyntheticNight, WalkIns, true_forecast
from policies.lab.play import AcceptedRequests, NightOutcome, play_night
from tests.support.full_evening import a_house, table

if TYPE_CHECKING:
    from policies.house.house import House

NEVER = 2.0
Guest = tuple[int, int, int]
"""Size, start or arrival, stay: buckets."""


def a_night(
    *guests: Guest,
    walk_ins: tuple[Guest, ...] = (),
    late: tuple[int, ...] = (),
    shows: tuple[bool, ...] = (),
    cancels: tuple[float, ...] = (),
    patience: int = 0,
) -> SyntheticNight:
    """A night of these bookings and walk-ins."""
    size, wish, stay = np.array(guests, np.int64).reshape(-1, 3).T.copy()
    count = len(size)
    some = np.zeros(count, bool)
    requests = Requests(
        asked=np.linspace(0.1, 0.9, count),
        size=size,
        wish=wish,
        flexible=some,
        obliging=some,
        phone=some,
        shows=np.array(shows or [True] * count, bool),
        cancels=np.array(cancels or [NEVER] * count, np.float64),
        late=np.array(late or [0] * count, np.int64),
        stay=stay,
    )
    sizes, arrives, stays = np.array(walk_ins, np.int64).reshape(-1, 3).T.copy()
    waits = np.full(len(sizes), patience, np.int64)
    return SyntheticNight(
        1, true_forecast(140, 40), requests, WalkIns(arrives, sizes, stays, waits)
    )


def played(night: SyntheticNight, house: House) -> NightOutcome:
    every = np.arange(len(night.requests.size))
    booked = AcceptedRequests(every, night.requests.wish[every])
    return play_night(night, booked, layout_of(house), night.truth)


ONE_TABLE = a_house(table("1", 2))


def test_a_party_seated_in_time_brings_its_covers() -> None:
    evening = played(a_night((2, 12, 20)), ONE_TABLE)
    assert (evening.net, evening.promised_seated, evening.late_parties) == (100.0, 1, 0)


def test_a_party_that_waits_over_ten_minutes_is_owed_a_gesture() -> None:
    evening = played(a_night((2, 12, 15), (2, 24, 20)), ONE_TABLE)
    assert list(evening.guests_at) == [12, 27]
    assert (evening.late_parties, evening.gestures, evening.net) == (1, 20.0, 180.0)


def test_ten_minutes_are_tolerated() -> None:
    evening = played(a_night((2, 12, 14), (2, 24, 20)), ONE_TABLE)
    assert (evening.late_parties, evening.net) == (0, 200.0)


def test_a_party_is_seated_half_an_hour_late_but_not_later() -> None:
    just = played(a_night((2, 12, 18), (2, 24, 20)), ONE_TABLE)
    assert (just.walked_parties, just.promised_seated) == (0, 2)
    walked = played(a_night((2, 12, 19), (2, 24, 20)), ONE_TABLE)
    assert (walked.walked_parties, walked.walked_covers, walked.walked) == (1, 2, 200.0)
    assert walked.net == 100.0 - 200.0


def test_a_late_party_begins_to_wait_when_it_comes() -> None:
    evening = played(a_night((2, 12, 17), (2, 24, 20), late=(0, 4)), ONE_TABLE)
    assert list(evening.guests_at) == [12, 29]
    assert evening.late_parties == 0


def test_who_cancelled_before_the_doors_or_does_not_show_takes_no_table() -> None:
    night = a_night((2, 24, 20), (2, 24, 20), (2, 24, 20), shows=(False, True, True),
                    cancels=(NEVER, 0.5, NEVER))  # fmt: skip
    evening = played(night, ONE_TABLE)
    assert [at >= 0 for at in evening.guests_at] == [False, False, True]
    assert evening.walked_parties == 0


def test_a_walk_in_leaves_when_its_patience_is_over() -> None:
    first = (2, 12, 20)
    waits = played(a_night(first, walk_ins=((2, 20, 20),), patience=12), ONE_TABLE)
    leaves = played(a_night(first, walk_ins=((2, 20, 20),), patience=11), ONE_TABLE)
    assert (list(waits.walk_ins_at), waits.walk_ins_seated) == ([32], 1)
    assert (leaves.walk_ins_left, leaves.net) == (1, 100.0)


def test_a_party_larger_than_every_table_is_not_seated() -> None:
    evening = played(a_night((2, 12, 20), walk_ins=((3, 20, 20),)), ONE_TABLE)
    assert evening.walk_ins_left == 1
