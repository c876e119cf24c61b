"""The demo's guests of a date as the lab takes them: with everything they will do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from policies.lab.trial.asked import AskedTable, CameIn, PastAsked
from scripts.simulation.crowd import mean_stay
from scripts.simulation.play import BOOKING_DAYS

if TYPE_CHECKING:
    from datetime import datetime

    from scripts.simulation.crowd import Crowd, Guest, WalkIn
    from scripts.simulation.history.people import People
    from scripts.simulation.written_house import Hours, WrittenHouse

REQUESTS, WALK_INS = 44, 12
"""Means of a date, as the demo's history has them."""

_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


def guests_of(people: People, house: WrittenHouse, hours: Hours, seed: int, busy: float) -> Crowd:
    """Return everybody of a date; `busy`: times as many as in the demo."""
    return people.crowd(
        house,
        hours,
        hours.opens - BOOKING_DAYS,
        seed=seed,
        requests=round(REQUESTS * busy),
        walk_ins=round(WALK_INS * busy),
    )


def asked_of(crowd: Crowd, hours: Hours) -> PastAsked:
    """Return the guests of a date in the order they ask; nothing about them is left to draw."""
    tables = [_table(guest, hours.opens) for guest in crowd.guests]
    return PastAsked(
        tables=tuple(sorted(tables, key=lambda each: -each.days_before)),
        came_in=tuple(_came(walk_in, hours.opens) for walk_in in crowd.walk_ins),
    )


def _table(guest: Guest, opens: datetime) -> AskedTable:
    asked, cancelled = guest.asks_at, guest.cancels_at
    return AskedTable(
        minute=(guest.starts - opens) / _MINUTE,
        days_before=_before(asked, opens),
        party_size=guest.party,
        by_phone=guest.by_phone,
        cancelled_days=None if cancelled is None else _before(cancelled, opens),
        shows=guest.comes,
        late=guest.late,
        stay=mean_stay(guest.party) * guest.stay_factor,
    )


def _before(when: datetime, opens: datetime) -> float:
    return max(0.0, (opens - when) / _DAY)


def _came(walk_in: WalkIn, opens: datetime) -> CameIn:
    return CameIn(
        minute=(walk_in.at - opens) / _MINUTE,
        party_size=walk_in.party,
        waited=walk_in.patience / _MINUTE,
        sat=False,
        stay=mean_stay(walk_in.party) * walk_in.stay_factor,
    )
