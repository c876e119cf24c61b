"""An evening played by events: each arrival, clearing and leaving in its own minute.

The host at the door is asked after everything that happens, and every five minutes. In one minute
tables clear first, then parties arrive, the host seats, and who has waited long enough leaves; a
table that a leaving party would have had goes to the next at once.
"""

import heapq
from typing import Protocol

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.layout import Layout
from policies.lab.minutes.floor import EveningFloor, SeatParty
from policies.lab.minutes.nights import NightInMinutes
from policies.lab.minutes.outcome import (
    LATE_AFTER,
    NEVER_HERE,
    MinuteOutcome,
    ToldRecord,
    WaitRecord,
)
from policies.lab.minutes.parties import parties_of
from policies.lab.nights import NIGHT_BUCKETS
from policies.lab.play import AcceptedRequests
from policies.lookahead.state import DEFAULT_PAYOFFS, Payoffs
from policies.numeric.compiled import Flags, Floats, Ints

EVERY = 5
"""Minutes between two questions to the host when nothing happens."""

LAST_MINUTE = 5 * NIGHT_BUCKETS
"""Even late and long guests have left by then."""

CLEARS, SHUTS, ARRIVES, MAY_SIT, LEAVES, TICK = range(6)
"""Events, in the order in which those of a minute happen."""


class MinuteBookings(Struct, frozen=True, eq=False, kw_only=True):
    """The bookings of an evening, and what was told when they were accepted; [B] each.

    `own_wait_told`, `any_wait_told`, `walked_told`: nan where nothing was told. `walked_expected`:
    that the party comes and is walked. `features`: what was known.
    """

    accepted: AcceptedRequests
    beyond: Flags
    own_wait_told: Floats
    any_wait_told: Floats
    walked_told: Floats
    walked_expected: Floats
    features: tuple[dict[str, float], ...] = ()
    refused: int = 0
    expected_walked: float = 0.0


class EveningHost(Protocol):
    """Who decides at the door. What happens on the floor is told before the host is asked."""

    def begin(self, floor: EveningFloor) -> None:
        """The evening begins on this floor."""

    def happened(self, kind: int, party: int) -> None:
        """Tell that an event (CLEARS, SHUTS, ARRIVES, LEAVES, TICK) has happened on the floor."""

    def orders(self) -> list[SeatParty]:
        """Return who is seated where now; each is carried out before the host is asked again."""

    def minute_over(self) -> None:
        """Tell that nothing more happens in this minute: who came and still waits is put down."""

    def waits(self) -> tuple[WaitRecord, ...]:
        """Return the quotes given, with their outcomes, at the end of the evening."""


def untold(accepted: AcceptedRequests, *, refused: int = 0) -> MinuteBookings:
    """Return bookings at whose acceptance nothing was told, none beyond the room."""
    count = len(accepted.number)
    return MinuteBookings(
        accepted=accepted,
        beyond=np.zeros(count, bool),
        own_wait_told=np.full(count, np.nan),
        any_wait_told=np.full(count, np.nan),
        walked_told=np.full(count, np.nan),
        walked_expected=np.zeros(count),
        refused=refused,
    )


def play_evening(
    night: NightInMinutes,
    bookings: MinuteBookings,
    layout: Layout,
    believed: Forecast,
    host: EveningHost,
    *,
    some_never_leave: bool = False,
    payoffs: Payoffs = DEFAULT_PAYOFFS,
) -> MinuteOutcome:
    """Return the outcome of the evening with these bookings and this host at the door.

    The host knows which bookings were cancelled, not who will not show.
    """
    no_shows = (believed.no_show_online, believed.no_show_phone)
    parties = parties_of(night, bookings.accepted, no_shows, some_never_leave=some_never_leave)
    floor = EveningFloor(layout, parties)
    host.begin(floor)
    _play(floor, host, night)
    return _outcome(night, bookings, floor, host, payoffs)


def _play(floor: EveningFloor, host: EveningHost, night: NightInMinutes) -> None:
    events = _first_events(floor, night)
    while events and events[0][0] <= LAST_MINUTE:
        floor.now = events[0][0]
        leaving = []
        while events and events[0][0] == floor.now:
            _, kind, party = heapq.heappop(events)
            if kind == LEAVES:
                leaving.append(party)
            else:
                _happen(floor, host, night, kind, party)
        _ask(floor, host, events)
        left = [party for party in leaving if party in floor.queue]
        for party in left:
            floor.leave(party)
            host.happened(LEAVES, party)
        if left:
            _ask(floor, host, events)
        host.minute_over()


def _first_events(floor: EveningFloor, night: NightInMinutes) -> list[tuple[int, int, int]]:
    parties = floor.parties
    events = [(minute, TICK, -1) for minute in range(0, LAST_MINUTE, EVERY)]
    for party in np.flatnonzero(parties.arrives >= 0).tolist():
        arrives = int(parties.arrives[party])
        events.append((arrives, ARRIVES, party))
        events.append((int(parties.leaves[party]), LEAVES, party))
        if parties.from_minute[party] > arrives:
            events.append((int(parties.from_minute[party]), MAY_SIT, party))
    if night.shut_area:
        events.append((night.shut_at, SHUTS, -1))
    heapq.heapify(events)
    return events


def _happen(
    floor: EveningFloor, host: EveningHost, night: NightInMinutes, kind: int, party: int
) -> None:
    if kind == CLEARS:
        floor.clear(party)
    elif kind == SHUTS:
        group = floor.layout.areas.index(night.shut_area) + 1
        floor.shut_tables(np.flatnonzero(floor.layout.table_group == group).tolist())
    elif kind == ARRIVES:
        floor.arrive(party)
    host.happened(kind, party)


def _ask(floor: EveningFloor, host: EveningHost, events: list[tuple[int, int, int]]) -> None:
    """Ask the host unless nothing could be done; carry out what it orders."""
    if not floor.anything_fits():
        return
    for order in host.orders():
        floor.seat(order)
        ends = floor.now + int(floor.parties.stay[order.party])
        heapq.heappush(events, (ends, CLEARS, order.party))


def _outcome(
    night: NightInMinutes,
    bookings: MinuteBookings,
    floor: EveningFloor,
    host: EveningHost,
    payoffs: Payoffs,
) -> MinuteOutcome:
    parties, booked = floor.parties, bookings.accepted
    count = len(booked.number)
    arrived, seated = np.full(count, NEVER_HERE, np.int64), np.full(count, NEVER_HERE, np.int64)
    ours = parties.promised
    which = parties.booking[ours]
    arrived[which], seated[which] = parties.arrives[ours], floor.seated[ours]
    walked = (arrived >= 0) & (seated < 0)
    size, start = night.night.requests.size[booked.number], booked.start * EVERY
    late = (seated >= 0) & (seated - np.maximum(start, arrived) > LATE_AFTER)
    served = float(parties.size[floor.seated >= 0].sum())
    return MinuteOutcome(
        revenue=payoffs.cover * served,
        walked_cost=payoffs.walked * float(size[walked].sum()),
        gestures=payoffs.gesture * float(size[late].sum()),
        number=booked.number,
        size=size,
        start=start,
        beyond=bookings.beyond,
        own_wait_told=bookings.own_wait_told,
        any_wait_told=bookings.any_wait_told,
        arrived=arrived,
        seated=seated,
        walked=walked,
        walk_in_size=night.walk_ins.size,
        walk_in_arrives=night.walk_ins.arrives,
        walk_in_seated=floor.seated[~ours],
        refused=bookings.refused,
        expected_walked=bookings.expected_walked,
        told=_told(bookings, arrived, (walked, walked | late), start, night.stay[booked.number]),
        waits=host.waits(),
    )


def _told(
    bookings: MinuteBookings, arrived: Ints, lost: tuple[Flags, Flags], start: Ints, stay: Ints
) -> tuple[ToldRecord, ...]:
    """Return the records of those acceptances at which something was told.

    `lost`: who was walked, and who waited, the walked ones too.
    """
    walked, waited = lost
    due = np.maximum(start, arrived)
    begin = due[waited]
    someone = [
        bool(((begin >= first) & (begin < last)).any())
        for first, last in zip(due.tolist(), (due + stay).tolist(), strict=True)
    ]
    nothing: dict[str, float] = {}
    return tuple(
        ToldRecord(
            booking=place,
            features=bookings.features[place] if bookings.features else nothing,
            own_wait_told=float(bookings.own_wait_told[place]),
            any_wait_told=float(bookings.any_wait_told[place]),
            walked_told=float(bookings.walked_told[place]),
            walked_expected=float(bookings.walked_expected[place]),
            left=bool(walked[place]),
            own_waited=bool(waited[place]),
            any_waited=someone[place],
            arrived=bool(arrived[place] >= 0),
        )
        for place in np.flatnonzero(~np.isnan(bookings.own_wait_told)).tolist()
    )
