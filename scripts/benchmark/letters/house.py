"""A house that lives: its book in PostgreSQL, its jobs, its lab, and a manager who may follow."""

from __future__ import annotations

import platform
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

import msgspec
from msgspec import Struct

from policies.house.calendar import WEEK, periods_on
from policies.lab.trial.asked import night_of
from policies.lab.trial.playing import Grid, Layouts, TrialSetting
from scripts.benchmark.letters.evening import OpenDate
from scripts.benchmark.letters.guests import asked_of
from scripts.benchmark.letters.rows import keep_evening, keep_promises
from seating.book.in_force import house_of, rules_of_date, rules_of_period
from seating.book.periods import lock_or_create_rows
from seating.clock import MovableClock, set_clock
from seating.db import run, transaction
from seating.forecast.learning import forecast_for, learn_from_history
from seating.forecast.prices import refresh_prices
from seating.house import house_publishing
from seating.house.house_drafts import DraftHouse, draft_house
from seating.house.open_periods import publish_rules
from seating.house.rule_versions import DraftRules, PatchRules, PublishRules, draft, patch_rules
from seating.lab.runs import seed_of
from seating.lab.worker import play_queued
from seating.letter.letter import read_letter
from seating.letter.proposals import write_letters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from policies.advice.advice import Advice
    from policies.forecast.forecast import Forecast
    from policies.house.calendar import Period
    from policies.house.house import Day, House
    from policies.house.rules import Rules
    from policies.lab.trial.playing import TrialNight
    from scripts.simulation.crowd import Crowd
    from scripts.simulation.written_house import Hours
    from seating.db import Connection, Pool
    from seating.letter.letter import Letter

BEFORE_OPENING = timedelta(hours=9)
OPEN_AHEAD = 4
"""So many dates can be booked at a time, today's among them: those that advice looks at."""

BY = "marat"
IDS = UUID("6c657474-6572-4000-8000-000000000000")
CLOCK = MovableClock()


class Announcing(Struct, frozen=True, kw_only=True):
    """One proposal of a letter, in words, how it fared in the lab, and whether it was followed.

    `net`, `low`, `high`: minor units an evening, None where it was not tried.
    """

    day: str
    key: str
    said: str
    standing: str
    net: float | None
    low: float | None
    high: float | None
    followed: bool


class LettersSum(Struct, frozen=True, kw_only=True):
    """What a letter announced of following all that it kept."""

    day: str
    proposals: int
    net: float | None
    low: float | None
    high: float | None
    waited: float | None


class LivingHouse:
    """One house on its own database."""

    def __init__(self, pool: Pool, venue_id: str, grid: Grid) -> None:
        self.pool, self.venue_id, self.grid = pool, venue_id, grid
        self.layouts, self.open = Layouts(), dict[str, OpenDate]()
        self.pending = dict[bytes, date]()
        self.told, self.sums = list[Announcing](), list[LettersSum]()

    async def begin(self, rules: dict[str, object], hours: Hours) -> None:
        """Publish the rules it begins with."""
        await self.clock_at(hours.opens - timedelta(days=OPEN_AHEAD * 2))
        wish = DraftRules(id=uuid5(IDS, "first"), reason="as the demo has them", rules=rules)
        made = await run(self.pool, lambda conn: draft(conn, self.venue_id, wish, BY, CLOCK))
        day = (hours.opens - timedelta(days=OPEN_AHEAD * 2)).date()
        order = PublishRules(id=uuid5(IDS, "publish first"), from_date=day)
        await publish_rules(self.pool, self.venue_id, made.version, order, BY, CLOCK)

    async def clock_at(self, now: datetime) -> None:
        """Set the business clock."""
        async with transaction(self.pool) as conn:
            await set_clock(conn, now, 0.0)

    async def morning(self, coming: Sequence[tuple[Hours, Crowd]]) -> datetime:
        """Open what can be booked, and take what was asked by the morning of the first date."""
        now = morning_of(coming[0][0])
        await self.clock_at(now)
        await learn_from_history(self.pool, CLOCK)
        for hours, crowd in coming:
            if hours.period_id not in self.open:
                self.open[hours.period_id] = await self._opened(hours, crowd)
            date = self.open[hours.period_id]
            date.ask_until(now)
            async with transaction(self.pool) as conn:
                await keep_promises(conn, self.venue_id, date)
        return now

    async def evening(self, hours: Hours) -> TrialNight:
        """Live through an evening and close its book."""
        date = self.open.pop(hours.period_id)
        lived = date.live(self.grid)
        async with transaction(self.pool) as conn:
            closed = await keep_evening(conn, self.venue_id, date, lived)
        await self.clock_at(closed)
        return lived.figures

    async def follow(self, day: date, today: date) -> None:
        """Read the letter of a date on the morning after it, and do what it proposes."""
        await refresh_prices(self.pool, CLOCK)
        await write_letters(self.pool, CLOCK)
        await play_queued(self.pool, uuid5(IDS, str(day)), platform.node())
        async with self.pool.acquire() as conn:
            letter = await read_letter(conn, self.venue_id, day, "en")
        kept = _kept(letter)
        base: int | None = None
        for place, proposal in enumerate(letter.proposals or ()):
            follows = place in kept and not self._is_pending(proposal, today)
            self.told.append(_announcing(letter, place, followed=follows))
            if follows:
                base = await self._press(proposal, today, base)
        self.sums += _sum(letter)

    def _is_pending(self, proposal: Advice, today: date) -> bool:
        """Tell whether it was published before and holds from a later date on."""
        return today < self.pending.get(_named(proposal), today)

    async def _press(self, proposal: Advice, today: date, base: int | None) -> int | None:
        """Make a draft and publish it; of two of the rules the second rests on the first."""
        patch, reason = proposal.patch or {}, "the letter proposed it"
        if proposal.document == "house":
            day = today + timedelta(days=OPEN_AHEAD * 2)
            self.pending[_named(proposal)] = day
            await self._publish_house(patch, day, reason)
            return base
        wish = PatchRules(id=uuid4(), patch=patch, reason=reason, from_version=base)
        made = await run(self.pool, lambda conn: patch_rules(conn, self.venue_id, wish, BY, CLOCK))
        order = PublishRules(id=uuid4(), from_date=today + timedelta(days=1))
        await publish_rules(self.pool, self.venue_id, made.version, order, BY, CLOCK)
        return made.version

    async def _publish_house(self, patch: dict[str, object], day: date, reason: str) -> None:
        """Publish a change of the house from the first date that nobody can have booked yet."""
        wish = DraftHouse(id=uuid4(), patch=patch, reason=reason, from_date=day)
        made = await run(self.pool, lambda conn: draft_house(conn, self.venue_id, wish, BY, CLOCK))
        order = house_publishing.PublishHouse(id=uuid4(), from_date=day, stranded="become_cases")
        await run(
            self.pool,
            lambda conn: house_publishing.publish(
                conn, self.venue_id, made.version, order, BY, CLOCK
            ),
        )

    async def _opened(self, hours: Hours, crowd: Crowd) -> OpenDate:
        """Open a date for booking, under what is in force for it."""

        async def work(conn: Connection) -> tuple[House, int, Period, Forecast, Rules]:
            known = (await house_of(conn, self.venue_id)).on(hours.day)
            period = period_of(known.house, known.version, hours)
            await lock_or_create_rows(conn, self.venue_id, [period])
            believed = await forecast_for(conn, self.venue_id, period)
            rules = await rules_of_period(conn, self.venue_id, period)
            return known.house, known.version, period, believed, rules

        house, version, period, believed, rules = await run(self.pool, work)
        setting = TrialSetting(
            house=house,
            layout=self.layouts.of(house, version),
            believed=believed,
            worth=rules.decisions,
            period=period,
        )
        seed = seed_of(hours.day, hours.name)
        night = night_of(asked_of(crowd, hours), believed, setting.layout.largest, seed)
        return OpenDate(setting, night, rules)

    async def ends_with(self, after: Hours) -> tuple[Rules, House, dict[Day, Forecast]]:
        """Return the rules and the house after the season, and what it expects by weekday."""
        await self.clock_at(morning_of(after))
        await learn_from_history(self.pool, CLOCK)
        day = after.day + timedelta(days=OPEN_AHEAD * 3)
        async with self.pool.acquire() as conn:
            known = (await house_of(conn, self.venue_id)).on(day)
            rules = await rules_of_date(conn, self.venue_id, day)
            expected: dict[Day, Forecast] = {}
            for ahead in range(7):
                for period in known.periods_on(day + timedelta(days=ahead)):
                    if period.name == after.name:
                        expected[day_of(period.service_date)] = await forecast_for(
                            conn, self.venue_id, period
                        )
        return rules, known.house, expected


def morning_of(hours: Hours) -> datetime:
    """Return when letters are read on a date: nine in the morning before a dinner at six."""
    return hours.opens - BEFORE_OPENING


def day_of(day: date) -> Day:
    """Return the day of the week."""
    return WEEK[day.weekday()]


def period_of(house: House, version: int, hours: Hours) -> Period:
    """Return the period of a house at these hours."""
    found = periods_on(house, hours.day, house_version=version)
    return next(each for each in found if each.name == hours.name)


def _named(proposal: Advice) -> bytes:
    return msgspec.json.encode((proposal.key, proposal.patch), order="sorted")


def _kept(letter: Letter) -> frozenset[int]:
    """Return the places of the proposals that a letter has not set aside."""
    trial = letter.trial
    if trial is None or trial.announced is None:
        return frozenset(range(len(letter.proposals or ())))
    return frozenset(trial.announced.kept)


def _announcing(letter: Letter, place: int, *, followed: bool) -> Announcing:
    proposal = (letter.proposals or ())[place]
    announced = letter.trial.announced if letter.trial else None
    tried = announced.each[place] if announced else None
    return Announcing(
        day=str(letter.service_date),
        key=proposal.key,
        said=proposal.said[0],
        standing=tried.standing if tried else "untried",
        net=tried.net.mean if tried else None,
        low=tried.net.low if tried else None,
        high=tried.net.high if tried else None,
        followed=followed,
    )


def _sum(letter: Letter) -> list[LettersSum]:
    announced = letter.trial.announced if letter.trial else None
    if announced is None or announced.following is None:
        return []
    following = announced.following
    return [
        LettersSum(
            day=str(letter.service_date),
            proposals=len(announced.kept),
            net=following.net.mean,
            low=following.net.low,
            high=following.net.high,
            waited=following.waited.mean,
        )
    ]
