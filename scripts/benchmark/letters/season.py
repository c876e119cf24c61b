"""A season of one house: date after date, with a manager who follows the letters or does not."""

import asyncio
import sys
import time
from datetime import date, timedelta

from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.house import Day, House
from policies.house.rules import Rules
from policies.lab.trial.playing import Grid, TrialNight
from scripts.benchmark.letters.guests import guests_of
from scripts.benchmark.letters.house import OPEN_AHEAD, Announcing, LettersSum, LivingHouse
from scripts.simulation.history.people import People
from scripts.simulation.rulebook import rules_for
from scripts.simulation.servers import fresh_database
from scripts.simulation.written_house import Hours, WrittenHouse, read_house
from seating.db import Pool, open_pool

FIRST = date(2026, 4, 7)
"""No change of clocks lies in the half year from it."""

TOLD_EVERY = 10
"""Dates between two lines of progress."""


class SeasonPlanned(Struct, frozen=True, kw_only=True):
    """What to live through: so many dates of a house, by the demo's guests `busy` times as many."""

    house: str = "bistro"
    dates: int = 90
    seed: int = 1
    busy: float = 1.0
    grid: Grid = "minutes"
    holds: bool = True
    follows: bool = False


class SeasonLived(Struct, frozen=True, kw_only=True):
    """What came of a season, what the letters said, and what the house ended with.

    `expected`: its forecast by day of the week.
    """

    nights: list[TrialNight]
    told: list[Announcing]
    sums: list[LettersSum]
    rules: Rules
    house: House
    expected: dict[Day, Forecast]


def evenings_from(house: WrittenHouse, first: date, count: int) -> list[Hours]:
    """Return the last periods of the next dates on which a house opens."""
    found: list[Hours] = []
    day = first
    while len(found) < count:
        if hours := house.evening_of(day):
            found.append(hours)
        day += timedelta(days=1)
    return found


def first_rules(plan: SeasonPlanned, house: WrittenHouse, hours: Hours) -> dict[str, object]:
    """Return the rules a season begins with: the demo's, with or without its held tables."""
    rules = dict(rules_for(house, hours, by_value=True))
    return rules if plan.holds else rules | {"holds": []}


def live_through(plan: SeasonPlanned, server: str) -> SeasonLived:
    """Live through a season on a database of its own on this server."""
    return asyncio.run(_lived(plan, server))


async def _lived(plan: SeasonPlanned, server: str) -> SeasonLived:
    dsn = await fresh_database(server, read_house(plan.house).text)
    async with await open_pool(dsn, min_size=1, max_size=3) as pool:
        return await lived(plan, pool)


async def lived(plan: SeasonPlanned, pool: Pool) -> SeasonLived:
    """Live through a season on a database with nothing but the house in it."""
    house, people = read_house(plan.house), People(plan.seed)
    evenings = evenings_from(house, FIRST, plan.dates + OPEN_AHEAD)
    coming = [(each, guests_of(people, house, each, plan.seed, plan.busy)) for each in evenings]
    living, nights = LivingHouse(pool, house.venue, plan.grid), list[TrialNight]()
    await living.begin(first_rules(plan, house, evenings[0]), evenings[0])
    began = time.monotonic()
    for number in range(plan.dates):
        await living.morning(coming[number : number + OPEN_AHEAD])
        if number and plan.follows:
            await living.follow(evenings[number - 1].day, evenings[number].day)
        nights.append(await living.evening(evenings[number]))
        if (number + 1) % TOLD_EVERY == 0:
            _tell(plan, number + 1, living, time.monotonic() - began)
    rules, ended, expected = await living.ends_with(evenings[plan.dates])
    return SeasonLived(
        nights=nights,
        told=living.told,
        sums=living.sums,
        rules=rules,
        house=ended,
        expected=expected,
    )


def _tell(plan: SeasonPlanned, dates: int, living: LivingHouse, seconds: float) -> None:
    who = "follows" if plan.follows else "stands still"
    done = f"{dates} of {plan.dates} dates, {sum(each.followed for each in living.told)} followed"
    print(f"  the house that {who}: {done}, {seconds:.0f} s", file=sys.stderr, flush=True)
