"""Plays consecutive service dates of one house on one database, their bookings side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from scripts.simulation.crew import Crew
from scripts.simulation.crowd import Crowd
from scripts.simulation.dice import dice_of
from scripts.simulation.history.people import People
from scripts.simulation.history.till import Till
from scripts.simulation.journal import Journal
from scripts.simulation.night import Night
from scripts.simulation.play import AFTER_CLOSE, BOOKING_DAYS, NOBODY_CLEARED, actors_of
from scripts.simulation.schedule import Schedule, run_concurrently
from scripts.simulation.tablets import step_clock
from scripts.simulation.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import date, datetime
    from random import Random

    from scripts.simulation.logins import Logins
    from scripts.simulation.night import Json
    from scripts.simulation.play import Actors
    from scripts.simulation.tablets import Tablet
    from scripts.simulation.written_house import Hours, WrittenHouse

BEFORE = timedelta(hours=2)
STEP = timedelta(minutes=5)
JOBS_RUN = 0.12
"""The share of steps of an evening in which jobs run; else requests do the work that is due."""

CHANGES: tuple[tuple[float, str, Json], ...] = (
    (0.4, "Fewer parties waited than we feared", {"overbooking": {"ceiling": 0.3}}),
    (0.75, "Two were kept waiting on a Saturday", {"overbooking": {"cap_parties": 6}}),
)
"""The manager's changes of the rules: after which share of the dates, why, and what."""


@dataclass(frozen=True, kw_only=True)
class SeasonPlan:
    """What to play: so many service dates up to `last`; `requests` and `walk_ins` are means."""

    house: WrittenHouse
    last: date
    dates: int = 90
    seed: int = 1
    requests: int = 44
    walk_ins: int = 12

    @property
    def evenings(self) -> list[Hours]:
        """The last periods of the last `dates` days on which the house opens."""
        found: list[Hours] = []
        day = self.last
        while len(found) < self.dates:
            if hours := self.house.evening_of(day):
                found.append(hours)
            day -= timedelta(days=1)
        return found[::-1]


@dataclass(kw_only=True)
class Season:
    """The actors of all dates on one schedule; the jobs run at each of `sweeps`."""

    plan: SeasonPlan
    wire: Wire
    schedule: Schedule
    tablets: Sequence[Tablet]
    dice: Random
    evenings: list[Actors] = field(default_factory=list)
    sweeps: set[datetime] = field(default_factory=set)

    async def add(self, crowd: Crowd, hours: Hours, crew: Crew, till: str) -> None:
        """Schedule everybody of a date."""
        night = self.night(hours, crowd)
        actors = await actors_of(night, crew, self.tablets)
        floor = actors.door.floor
        floor.till = Till(night=night, token=till, gestures=actors.gesture_offers).follow
        actors.gesture_offers.seldom = True
        actors.schedule_guests()
        actors.gesture_offers.plan()
        actors.manager_actions.plan_some()
        actors.disturbances.plan_some()
        for rest in (AFTER_CLOSE, NOBODY_CLEARED):
            self.sweeps.add(hours.closes + rest)
            self.schedule.at(hours.closes + rest, nothing)
        self.evenings.append(actors)

    def night(self, hours: Hours, crowd: Crowd) -> Night:
        """The state of one date."""
        return Night(
            house=self.plan.house,
            hours=hours,
            crowd=crowd,
            schedule=self.schedule,
            wire=self.wire,
            journal=self.wire.journal,
            troubled=False,
        )

    async def step_on(self, after: Callable[[Actors], Awaitable[None]]) -> None:
        """Step time until the last date is over; `after` is awaited after each."""
        over = 0
        while (due := self.schedule.next_time()) is not None:
            to = self._step_end(due, over)
            sweep = to in self.sweeps or (to != due and self.dice.random() < JOBS_RUN)
            await step_clock(self.tablets[0], 0, to, 0, sweep=sweep)
            self.wire.set_clock(to, 0)
            await run_concurrently(self.schedule.take(to), at_once)
            while over < len(self.evenings) and to >= self._over(over):
                await after(self.evenings[over])
                over += 1
                await self._renew_tokens(over)

    async def _renew_tokens(self, since: int) -> None:
        for actors in self.evenings[since:]:
            await actors.renew_tokens()

    def _over(self, number: int) -> datetime:
        return self.evenings[number].night.hours.closes + NOBODY_CLEARED

    def _step_end(self, due: datetime, number: int) -> datetime:
        """The end of the step with `due`: by five minutes from two hours before an evening."""
        if number == len(self.evenings):
            return max(due, self.schedule.now)
        opens = self.evenings[number].night.hours.opens
        if due < opens - BEFORE or due in self.sweeps:
            return max(due, self.schedule.now)
        return max(opens + STEP * -(-(due - opens) // STEP), self.schedule.now)


async def play_season(
    plan: SeasonPlan,
    urls: Sequence[str],
    logins: Logins,
    till: Callable[[Crew], Awaitable[str]],
    after: Callable[[Actors], Awaitable[None]],
) -> datetime:
    """Play all dates; returns the business time at the end. Raises LoginError, NoAnswerError."""
    evenings, people = plan.evenings, People(plan.seed)
    since = evenings[0].opens - BOOKING_DAYS
    crew = Crew(urls=urls, logins=logins)
    wire = Wire(urls, Journal(keeps=False), since)
    season = Season(
        plan=plan, wire=wire, schedule=Schedule(since), tablets=(), dice=dice_of(plan.seed, "jobs")
    )
    try:
        nobody = Crowd(guests=(), walk_ins=(), choice_seed=plan.seed)
        season.tablets = await crew.tablets(season.night(evenings[0], nobody))
        token = await till(crew)
        for hours in evenings:
            crowd = people.crowd(
                plan.house,
                hours,
                since,
                seed=plan.seed,
                requests=plan.requests,
                walk_ins=plan.walk_ins,
            )
            await season.add(crowd, hours, crew, token)
        await step_clock(season.tablets[0], 0, since, 0, sweep=False)
        await season.evenings[0].manager_actions.publish_rules(by_value=True)
        plan_changes(season)
        await season.step_on(after)
    finally:
        await wire.close()
    return season.schedule.now


def plan_changes(season: Season) -> None:
    """Schedule the changes of the rules, each on the morning of its date."""
    for share, reason, patch in CHANGES:
        actors = season.evenings[int(share * len(season.evenings))]
        change = partial(actors.manager_actions.change_rules, patch, reason)
        season.schedule.at(actors.night.hours.opens - 3 * BEFORE, change)


async def nothing() -> None:
    """Only time passes."""


async def at_once(_: datetime) -> None:
    """All of a step happens at once."""
