"""Evenings by events: small nights whose outcome is worked out by hand, and what always holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from msgspec.structs import replace

from policies.house.layout import layout_of
from policies.lab.minutes.base_host import BaseHost, BaseHostRule
from policies.lab.minutes.evening import EveningHost, MinuteBookings, play_evening, untold
from policies.lab.minutes.floor import EveningFloor, SeatParty
from policies.lab.minutes.lookahead_host import LookaheadHost
from policies.lab.minutes.nights import (
    NEVER_SHUT,
    SHUT_AT,
    NightInMinutes,
    WalkInMinutes,
    draw_night_in_minutes,
)
from policies.lab.minutes.parties import parties_of
from policies.lab.nights import NEVER_CANCELLED, Requests, draw_night, true_forecast
from policies.lab.play import AcceptedRequests
from tests.support.full_evening import a_house, table

if TYPE_CHECKING:
    from policies.house.house import House
    from policies.lab.minutes.outcome import MinuteOutcome

TRUTH = true_forecast(140, 40)
BUSY = true_forecast(45, 25)
ONE_TABLE = a_house(table("1", 2))
ROOM = a_house(
    *(table(f"t{number}", 2) for number in range(6)),
    *(table(f"f{number}", 4) for number in range(4)),
    *(table(f"b{number}", 2, "bar") for number in range(2)),
    joins=((("t0", "t1"), 4), (("f0", "f1"), 8)),
)
Promised = tuple[int, int, int, int]
"""Size, start, minutes late, stay."""
WalkIn = tuple[int, int, int, int]
"""Size, arrival, patience, stay."""


def a_night(
    promised: tuple[Promised, ...], walk_ins: tuple[WalkIn, ...] = (), shut_area: str = ""
) -> NightInMinutes:
    """A night of these guests, all in minutes; everybody shows."""
    size, start, late, stay = np.array(promised, np.int64).reshape(-1, 4).T.copy()
    count = len(size)
    some = np.zeros(count, bool)
    requests = Requests(
        asked=np.linspace(0.1, 0.9, count),
        size=size,
        wish=start // 5,
        flexible=some,
        obliging=some,
        phone=some,
        shows=np.ones(count, bool),
        cancels=np.full(count, NEVER_CANCELLED),
        late=late // 5,
        stay=stay // 5,
    )
    sizes, arrives, patience, stays = np.array(walk_ins, np.int64).reshape(-1, 4).T.copy()
    came = WalkInMinutes(arrives, sizes, stays, patience, np.zeros(len(sizes), bool))
    night = replace(draw_night(TRUTH, 1), requests=requests)
    return NightInMinutes(
        night=night,
        late=late,
        stay=stay,
        walk_ins=came,
        shut_area=shut_area,
        shut_at=SHUT_AT if shut_area else NEVER_SHUT,
    )


def all_booked(night: NightInMinutes) -> MinuteBookings:
    requests = night.night.requests
    return untold(AcceptedRequests(np.arange(len(requests.size)), requests.wish))


def played(night: NightInMinutes, ahead: int, house: House = ONE_TABLE) -> MinuteOutcome:
    layout = layout_of(house)
    host = BaseHost(layout, BaseHostRule(ahead=ahead))
    return play_evening(night, all_booked(night), layout, TRUTH, host)


# One table of two. A walk-in at 3 for 20 minutes, another at 24 with 10 minutes' patience; promises
# at 25 (here at 12) and at 30 (here at 31, stays 60).
WALK_INS = ((2, 3, 5, 20), (2, 24, 10, 60))


def test_a_night_by_hand_with_a_short_hold() -> None:
    """The table is free at 23 and kept for the promise at 30 until the one at 25 is due.

    That stays until 70; the other walks at 61.
    """
    found = played(a_night(((2, 25, -13, 45), (2, 30, 1, 60)), WALK_INS), ahead=20)
    assert found.walk_in_seated.tolist() == [3, -1]
    assert found.arrived.tolist() == [12, 31]
    assert found.seated.tolist() == [25, -1]
    assert found.walked.tolist() == [False, True]
    assert (found.revenue, found.walked_cost, found.gestures, found.net) == (200.0, 200.0, 0.0, 0.0)


def test_a_night_by_hand_with_a_long_hold() -> None:
    """Neither walk-in is let in; the first promise stays until 55, the second waits 24 minutes."""
    found = played(a_night(((2, 25, -13, 30), (2, 30, 1, 60)), WALK_INS), ahead=30)
    assert found.walk_in_seated.tolist() == [-1, -1]
    assert found.seated.tolist() == [25, 55]
    assert found.waited.tolist() == [False, True]
    assert (found.revenue, found.walked_cost, found.gestures) == (200.0, 0.0, 20.0)


def test_an_early_party_sits_ten_minutes_before_its_start_and_no_sooner() -> None:
    assert played(a_night(((2, 25, -13, 45),)), ahead=20).seated.tolist() == [15]


def test_a_table_free_in_the_minute_of_leaving_is_still_taken() -> None:
    night = a_night(((2, 0, 0, 60), (2, 30, 0, 60)))
    assert played(night, ahead=20).seated.tolist() == [0, 60]
    later = a_night(((2, 0, 0, 61), (2, 30, 0, 60)))
    assert played(later, ahead=20).walked.tolist() == [False, True]


def test_nobody_is_seated_in_an_area_from_when_it_is_shut() -> None:
    house = a_house(table("1", 2, "bar"), table("2", 2))
    walk_ins = ((2, 100, 20, 90), (2, 155, 20, 60), (2, 191, 3, 60))
    assert played(a_night((), walk_ins), 20, house).walk_in_seated.tolist() == [100, 155, 191]
    shut = a_night((), walk_ins, shut_area="bar")
    assert played(shut, 20, house).walk_in_seated.tolist() == [100, 155, -1]


class WatchedHost:
    """Another host's orders, written down with their minutes."""

    def __init__(self, host: EveningHost) -> None:
        self.host = host
        self.given: list[tuple[int, SeatParty]] = []

    def begin(self, floor: EveningFloor) -> None:
        self.floor = floor
        self.host.begin(floor)

    def orders(self) -> list[SeatParty]:
        orders = self.host.orders()
        self.given += [(self.floor.now, order) for order in orders]
        return orders

    def happened(self, kind: int, party: int) -> None:
        self.host.happened(kind, party)

    def minute_over(self) -> None:
        self.host.minute_over()

    def waits(self) -> tuple[()]:
        return ()


def a_host(kind: str) -> EveningHost:
    layout = layout_of(ROOM)
    return BaseHost(layout, BaseHostRule()) if kind == "base" else LookaheadHost(layout, BUSY)


@pytest.mark.parametrize("kind", ["base", "lookahead"])
def test_tables_are_never_shared_and_promises_not_seated_early(kind: str) -> None:
    layout = layout_of(ROOM)
    night = draw_night_in_minutes(BUSY, 1_000_002)
    requests = night.night.requests
    number = np.flatnonzero(requests.size <= layout.largest)[:40]
    bookings = untold(AcceptedRequests(number, requests.wish[number]))
    host = WatchedHost(a_host(kind))
    found = play_evening(night, bookings, layout, BUSY, host)
    assert len({order.party for _, order in host.given}) == len(host.given) > 20
    until = np.zeros(len(layout.table_seats), np.int64)
    for minute, order in host.given:
        assert (until[list(order.tables)] <= minute).all()
        until[list(order.tables)] = minute + host.floor.parties.stay[order.party]
        seats = sum(int(layout.table_seats[place]) for place in order.tables)
        assert seats >= host.floor.parties.size[order.party]
    sat, due = found.seated >= 0, np.maximum(found.arrived, found.start)
    assert (found.seated[sat] >= np.maximum(found.arrived, found.start - 10)[sat]).all()
    assert (found.seated[sat] - due[sat] <= 30).all()
    again = play_evening(night, bookings, layout, BUSY, a_host(kind))
    assert np.array_equal(found.seated, again.seated)
    assert np.array_equal(found.walk_in_seated, again.walk_in_seated)


def test_an_order_that_cannot_be_carried_out_is_an_error() -> None:
    night = a_night(((2, 25, -13, 45), (2, 30, 1, 60)), ((2, 3, 5, 20),))
    layout = layout_of(ONE_TABLE)
    parties = parties_of(night, all_booked(night).accepted, (0.05, 0.05), some_never_leave=False)
    floor = EveningFloor(layout, parties)
    with pytest.raises(ValueError, match="does not wait"):
        floor.seat(SeatParty(2, (0,)))
    floor.now = 12
    floor.arrive(0)
    with pytest.raises(ValueError, match="does not wait"):
        floor.seat(SeatParty(0, (0,)))
    floor.arrive(2)
    floor.seat(SeatParty(2, (0,)))
    floor.now = 16
    with pytest.raises(ValueError, match="not free"):
        floor.seat(SeatParty(0, (0,)))
