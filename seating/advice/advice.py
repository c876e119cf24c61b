"""All advice of a house, from its evenings of the last half year and the prices of coming ones."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from msgspec.structs import replace

from policies.advice.advice import Advice, AdviceReport
from policies.advice.beyond import advise_beyond
from policies.advice.first_window import advise_first_window, wanted_window
from policies.advice.grace import advise_grace
from policies.advice.holding import HeldEvening, WindowSeen, advise_window
from policies.advice.knob import advise_knob
from policies.advice.turns import advise_turns
from policies.forecast.evidence import NEEDED_EVENINGS
from policies.forecast.learning import HISTORY
from policies.house.calendar import Period, is_on
from policies.house.rules import HeldWindow, Rules
from policies.value.frontier.frontier import frontier
from policies.value.hold_advice import HoldHint
from seating.advice.evidence import (
    beyond_evenings,
    came_in_vain,
    held_evenings,
    lateness_seen,
)
from seating.book.in_force import HouseVersion, house_of, rules_of_date
from seating.clock import Clock
from seating.db import Connection
from seating.forecast.evidence import stays_seen
from seating.house.frontier import frontier_shown
from seating.house.hold_hints import PeriodHints, hold_hints

DAYS_AHEAD = 14
"""Days from today whose periods' prices are looked at for held tables."""

DATES_AT_MOST = 4
"""Dates of a window that are looked at: reading one costs as much as a screen's picture."""


async def advice_for(conn: Connection, venue_id: str, clock: Clock) -> AdviceReport:
    """Return all advice of a venue, as of now; messages only, `said` is left to the reader."""
    now, known = await clock.now(conn), await house_of(conn, venue_id)
    today = known.service_date_at(now)
    house, rules = known.on(today).house, await rules_of_date(conn, venue_id, today)
    since, until = today - HISTORY, today - timedelta(days=1)
    evenings = await beyond_evenings(conn, venue_id, since, until)
    stays = await stays_seen(conn, venue_id, house, today)
    late = await lateness_seen(conn, venue_id, since, until)
    knob = await frontier_shown(conn, venue_id, house.venue.locale, clock)
    windows = await _windows(conn, known, rules, today, clock)
    found = [
        *(each for window in windows for each in advise_window(window, house)),
        *(() if rules.holds else await _first_windows(conn, known, today, clock)),
        advise_beyond(rules, evenings),
        *advise_knob(knob, frontier(), house, rules),
        advise_grace(house, rules, late),
        *advise_turns(house, stays, len(evenings)),
    ]
    return AdviceReport(made_at=now, advice=tuple(found))


def spoken(report: AdviceReport, language: str) -> AdviceReport:
    """Return a report with everything said in a language."""
    said = (replace(each, said=each.spoken(language)) for each in report.advice)
    return replace(report, advice=tuple(said))


class _Hints:
    """Hints of coming dates, each date read once."""

    def __init__(self, conn: Connection, known: HouseVersion, today: date, clock: Clock) -> None:
        self.conn, self.known, self.today, self.clock = conn, known, today, clock
        self.read = dict[date, tuple[PeriodHints, ...]]()

    async def of(self, window: HeldWindow, more: tuple[HeldWindow, ...] = ()) -> list[PeriodHints]:
        """Return the hints of the next dates of a window; `more`: not of the rules."""
        venue_id, found = self.known.house.venue.id, list[PeriodHints]()
        for period in _dates(self.known, window, self.today):
            day = period.service_date
            if day not in self.read:
                self.read[day] = await hold_hints(self.conn, venue_id, day, self.clock, more)
            found += [each for each in self.read[day] if each.period_id == period.period_id]
        return found


async def _windows(
    conn: Connection, known: HouseVersion, rules: Rules, today: date, clock: Clock
) -> list[WindowSeen]:
    """Return each window of the rules with the hints of its next dates, and its past evenings."""
    since, until = today - HISTORY, today - timedelta(days=1)
    past = await held_evenings(conn, known.house.venue.id, since, until)
    hints = _Hints(conn, known, today, clock)
    return [_seen(each, await hints.of(each), past[each.name]) for each in rules.holds]


async def _first_windows(
    conn: Connection, known: HouseVersion, today: date, clock: Clock
) -> list[Advice]:
    """Advise a house without windows, by who came in vain in each of its periods."""
    house = known.on(today).house
    since, until = today - HISTORY, today - timedelta(days=1)
    in_vain = await came_in_vain(conn, house.venue.id, since, until)
    wanted = [found for each in in_vain if (found := wanted_window(house, each)) is not None]
    windows = tuple(each.window for each in wanted)
    hints = _Hints(conn, known, today, clock)
    return [
        advise_first_window(
            _seen(each.window, await hints.of(each.window, windows), ()), each, house
        )
        for each in wanted
    ]


def _dates(known: HouseVersion, window: HeldWindow, today: date) -> list[Period]:
    """Return the next periods in which a window is held."""
    days = (today + timedelta(days=number) for number in range(DAYS_AHEAD))
    periods = (each for day in days for each in known.on(day).periods_on(day))
    fit = (each for each in periods if each.name == window.period and is_on(window, each))
    return list(islice(fit, DATES_AT_MOST))


def _seen(
    window: HeldWindow, told: Sequence[PeriodHints], past: tuple[HeldEvening, ...]
) -> WindowSeen:
    """Return what is known of a window; of each date the hint for tables of its size."""
    hints = (_of_size(window, each.hints) for each in told)
    return WindowSeen(
        window=window,
        evenings=max((each.evidence.evenings for each in told), default=0),
        needed=NEEDED_EVENINGS,
        hints=tuple(each for each in hints if each is not None),
        past=past,
    )


def _of_size(window: HeldWindow, hints: Sequence[HoldHint]) -> HoldHint | None:
    fit = (each for each in hints if each.window == window.name and each.seats >= window.seats)
    return min(fit, key=lambda each: each.seats, default=None)
