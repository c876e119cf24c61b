"""Runs an evening: logs the actors in, fills the schedule and steps the clock."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from scripts.simulation.crew import Crew
from scripts.simulation.crowd import draw_crowd, is_member
from scripts.simulation.diary import Diary
from scripts.simulation.dice import dice_of
from scripts.simulation.disturbances import Disturbances
from scripts.simulation.door import Door
from scripts.simulation.floor import Floor
from scripts.simulation.gestures import GestureOffers
from scripts.simulation.living import live
from scripts.simulation.manager import ManagerActions
from scripts.simulation.night import Night
from scripts.simulation.phone import Phone
from scripts.simulation.rescuer import Rescuer
from scripts.simulation.schedule import Schedule, run_concurrently
from scripts.simulation.sites import Site
from scripts.simulation.tablets import Tablet, step_clock
from scripts.simulation.wire import Wire
from scripts.simulation.witness import Witness

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from scripts.simulation.crowd import Guest
    from scripts.simulation.journal import Journal
    from scripts.simulation.logins import Logins
    from scripts.simulation.written_house import Hours, WrittenHouse

STEP = timedelta(minutes=2)
BOOKING_DAYS = timedelta(days=28)
AFTER_CLOSE = timedelta(minutes=5)
NOBODY_CLEARED = timedelta(hours=4, minutes=10)
JOBS_RUN = 0.4
"""At full speed, the share of steps in which jobs run; else requests do the work that is due."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to simulate. `speed` None is as fast as possible; `until` stops before the close.

    `since`: where the clock starts; None is four weeks before opening. `goes_on`: from `until` the
    clock runs at `then_rate`, until the last guests are gone. `taken_up`: the evening has begun, so
    whoever was due before `since` was there. `publishes`: the manager publishes rules first.
    """

    house: WrittenHouse
    hours: Hours
    seed: int = 1
    requests: int = 220
    walk_ins: int = 60
    speed: float | None = None
    until: datetime | None = None
    since: datetime | None = None
    step: timedelta = STEP
    then_rate: float | None = None
    goes_on: bool = False
    taken_up: bool = False
    publishes: bool = True
    troubled: bool = True
    discretion: bool = True
    by_value: bool = True

    @property
    def begins(self) -> datetime:
        """When the first guest may ask for a table."""
        usual = self.hours.opens - BOOKING_DAYS
        return usual if self.taken_up else self.since or usual


@dataclass(kw_only=True)
class Actors:
    """All actors of an evening."""

    night: Night
    sites: Sequence[Site]
    manager: Tablet
    phone: Phone
    door: Door
    disturbances: Disturbances
    manager_actions: ManagerActions
    gesture_offers: GestureOffers
    witness: Witness
    crew: Crew

    async def renew_tokens(self) -> None:
        """Give the sites new tokens before theirs end. Raises LoginError."""
        for site, token in zip(self.sites, await self.crew.fresh_tokens(), strict=True):
            site.token = token

    def schedule_all(self, *, discretion: bool) -> None:
        """Schedule the first action of everybody."""
        if discretion:
            self.manager_actions.plan()
            self.gesture_offers.plan()
        self.schedule_guests()
        self.disturbances.plan()

    def schedule_guests(self) -> None:
        """Schedule the first action of each guest and walk-in, and the answers to enquiries."""
        for guest in self.night.crowd.guests:
            self.night.schedule.at(guest.asks_at, partial(self._asks, guest))
        for walk_in in self.night.crowd.walk_ins:
            self.night.schedule.at(walk_in.at, partial(self.door.walk_in, walk_in))
        for days in (14, 7, 2, 1):
            at = self.night.hours.opens - timedelta(days=days)
            self.night.schedule.at(at, self.phone.answer_enquiries)
        self.night.schedule.at(
            self.night.hours.opens - timedelta(hours=1), self.phone.answer_enquiries
        )

    async def _asks(self, guest: Guest) -> None:
        self.night.count("requests")
        phones = guest.by_phone or is_member(guest, self.night.house)
        if phones and guest.party <= self.night.house.largest:
            await self.phone.serve(guest)
        elif guest.books_twice:
            other = self.sites[(guest.site + 1) % len(self.sites)]
            self.night.count("guests who ask two sites at once")
            await asyncio.gather(self.sites[guest.site].serve(guest), other.serve(guest))
        else:
            await self.sites[guest.site].serve(guest)


async def play(
    plan: Plan,
    urls: Sequence[str],
    logins: Logins,
    journal: Journal,
    watch: Callable[[Night], Awaitable[None]],
    crew: Crew | None = None,
) -> Night:
    """Run the evening; `watch` is called after every step, when no call is under way.

    `crew`: logins that have been used before. Raises LoginError, NoAnswerError.
    """
    first = plan.begins
    since = plan.since or first
    wire = Wire(urls, journal, since)
    crowd = draw_crowd(
        plan.house,
        plan.hours,
        first,
        seed=plan.seed,
        requests=plan.requests,
        walk_ins=plan.walk_ins,
    )
    night = Night(
        house=plan.house,
        hours=plan.hours,
        crowd=crowd,
        schedule=Schedule(first),
        wire=wire,
        journal=journal,
        troubled=plan.troubled,
    )
    try:
        actors = await log_in_actors(night, crew or Crew(urls=urls, logins=logins))
        actors.schedule_all(discretion=plan.discretion)
        if plan.taken_up:
            night.schedule.begin(since)
        await run_steps(plan, actors, watch)
    finally:
        await wire.close()
    return night


async def log_in_actors(night: Night, crew: Crew) -> Actors:
    """Log in all actors and connect them. Raises LoginError."""
    return await actors_of(night, crew, await crew.tablets(night))


async def actors_of(night: Night, crew: Crew, tablets: Sequence[Tablet]) -> Actors:
    """Connect the actors of a night at tablets that are logged in. Raises LoginError."""
    manager, *stand = tablets
    door = Door(night=night, tablets=stand, floor=Floor(night=night, tablets=stand))
    diary = Diary(night=night, door=door)
    phone = Phone(night=night, tablets=stand, manager=manager, booked=diary.booked)
    door.rescuer = Rescuer(
        night=night,
        tablets=stand,
        sits=door.seated,
        waits=door.on_the_list,
        remembers=door.remember,
        booked=diary.booked,
        desk=phone,
    )
    sites = [
        Site(
            night=night,
            number=at,
            token=token,
            booked=diary.booked,
            calls_house=phone.cancel,
            regrets=phone.regrets,
        )
        for at, token in enumerate(await crew.fresh_tokens())
    ]
    return Actors(
        night=night,
        sites=sites,
        manager=manager,
        phone=phone,
        door=door,
        disturbances=Disturbances(night=night, tablets=stand, manager=manager),
        manager_actions=ManagerActions(night=night, manager=manager),
        gesture_offers=GestureOffers(night=night, tablets=stand, manager=manager),
        witness=Witness(night=night, manager=manager, door=door, desk=phone),
        crew=crew,
    )


async def run_steps(plan: Plan, actors: Actors, watch: Callable[[Night], Awaitable[None]]) -> None:
    """Step time until the schedule is empty, or nobody is left, and the period is closed."""
    night, clock = actors.night, ClockDriver(plan, actors.manager)
    if plan.taken_up:
        await actors.witness.look()
    elif plan.discretion:
        await clock.reach(night.now)
        if plan.publishes:
            await actors.manager_actions.publish_rules(by_value=plan.by_value)
    if plan.until is None or plan.until > night.now:
        await step_on(plan, night, clock, watch)
    if plan.until and not plan.goes_on:
        await clock.jump(plan.until, plan.then_rate or 0)
        return
    if plan.until and plan.then_rate:
        if await actors.witness.read_clock() != plan.then_rate:
            await clock.jump(max(plan.until, night.wire.clock()), plan.then_rate)
        await live(actors, watch)
    for rest in (AFTER_CLOSE, NOBODY_CLEARED):
        night.schedule.now = max(night.now, plan.hours.closes + rest)
        await clock.jump(night.now, 0)
    await watch(night)


async def step_on(
    plan: Plan, night: Night, clock: ClockDriver, watch: Callable[[Night], Awaitable[None]]
) -> None:
    """Step time until the schedule is empty or `until` is reached."""
    while (due := night.schedule.next_time()) is not None:
        to = step_end(plan, night, due)
        if plan.until and to > plan.until:
            break
        if not clock.runs:
            await clock.reach(to)
        await run_concurrently(night.schedule.take(to), clock.wait)
        await clock.reach(to)
        await watch(night)


def step_end(plan: Plan, night: Night, due: datetime) -> datetime:
    """The end of the step that contains `due`; of equal length from 2 h before opening on."""
    if due < plan.hours.opens - timedelta(hours=2):
        return max(due, night.now)
    steps = -(-(due - plan.hours.opens) // plan.step)
    return max(plan.hours.opens + plan.step * steps, night.now)


class ClockDriver:
    """Moves business time: in jumps, or running at a given speed."""

    def __init__(self, plan: Plan, manager: Tablet) -> None:
        """`manager`: the tablet that sets the clock."""
        self.plan = plan
        self.manager = manager
        self.reached: datetime | None = None
        self.turns = count()
        self.dice = dice_of(plan.seed, "jobs")

    @property
    def runs(self) -> bool:
        """Whether the business clock runs."""
        return self.manager.night.wire.running is not None

    async def wait(self, when: datetime) -> None:
        """Sleep until an instant if the clock runs; else it has been reached already."""
        if self.plan.speed and self.runs:
            ahead = (when - self.manager.night.wire.clock()).total_seconds()
            await asyncio.sleep(max(0.0, ahead / self.plan.speed))

    async def reach(self, to: datetime) -> None:
        """Bring business time to `to`."""
        if self.reached == to:
            return
        self.reached = to
        speed = self.plan.speed
        if speed is None:
            await self.jump(to, 0, sweep=self.dice.random() < JOBS_RUN)
        elif to < self.plan.hours.opens - timedelta(hours=1):
            await self.jump(to, 0)
        elif not self.runs:
            await self.jump(to, speed)
        else:
            await self.wait(to)

    async def jump(self, to: datetime, rate: float, *, sweep: bool = True) -> None:
        """Set the clock at each process in turn; with `sweep` that process runs the jobs."""
        await step_clock(self.manager, next(self.turns), to, rate, sweep=sweep)
        self.manager.night.swept = sweep
        self.manager.night.wire.set_clock(to, rate)
