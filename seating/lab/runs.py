"""Runs of the lab: asked for, and stopped. What a run shows is `answers`."""

from datetime import date, datetime, timedelta
from itertools import cycle, islice
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from policies.floor.orders import Command
from policies.house.calendar import WEEK
from policies.house.house import Day, Key
from policies.lab.trial.playing import Grid
from policies.words.message import message
from seating.book.in_force import IN_FORCE, HouseVersion, house_of
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow
from seating.lab.past_nights import ClosedEvening, closed_evenings

ADD_RUN = f"""
insert into lab_run (venue_id, run_id, asked_by, asked_at, in_force, drafts, grid, scope, nights)
values ($1, $2, $3, $4, {IN_FORCE.format(service_date="$5::date")}, $6, $7, $8::jsonb, $9::jsonb)
on conflict do nothing
"""

KNOWN_VERSIONS = "select version from rules where venue_id = $1 and version = any($2::int[])"

STOP_RUN = """
update lab_run set state = 'cancelled', ended_at = $3
where venue_id = $1 and run_id = $2 and state in ('queued', 'running')
returning run_id
"""

STATE_OF_RUN = "select state from lab_run where venue_id = $1 and run_id = $2"

DRAWN_FROM_DAYS = 14
"""Synthetic nights are drawn as the evenings of the next two weeks are expected."""

State = Literal["queued", "running", "done", "cancelled", "failed"]
Version = Annotated[int, Meta(ge=1, le=2_147_483_647)]
Days = frozenset[Day]


class PastEvenings(Struct, frozen=True, kw_only=True, tag="past", tag_field="kind"):
    """The latest evenings that are over; of these days of the week and this period, none: any.

    `from_date`, `until_date`: within these service dates, both included.
    """

    evenings: Annotated[int, Meta(ge=1, le=400)] = 60
    days: Days = frozenset()
    period: Key | None = None
    from_date: date | None = None
    until_date: date | None = None


class DrawnEvenings(Struct, frozen=True, kw_only=True, tag="synthetic", tag_field="kind"):
    """Evenings drawn as the house's forecast expects those of the next two weeks."""

    evenings: Annotated[int, Meta(ge=1, le=400)] = 60
    days: Days = frozenset()
    period: Key | None = None
    seed: Annotated[int, Meta(ge=1, le=1_000_000)] = 1


Scope = PastEvenings | DrawnEvenings


class AskLab(Command, frozen=True, kw_only=True):
    """Try versions of the rules, beside the one in force, on evenings of the house."""

    drafts: Annotated[tuple[Version, ...], Meta(min_length=1, max_length=4)]
    scope: Scope
    grid: Grid = "quick"


class NightPlan(Struct, frozen=True, kw_only=True):
    """A night to play: a closed period, or one to come that nights are drawn like."""

    service_date: date
    name: str
    seed: int
    period_id: str | None = None


async def ask(conn: Connection, venue_id: str, command: AskLab, by: str, clock: Clock) -> UUID:
    """Queue a run and return its id, that of the command; one asked before is not queued again.

    Raises NotFound for a version there is not, Invalid for no evenings.
    """
    await _check_drafts(conn, venue_id, command.drafts)
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    today = in_force.service_date_at(now)
    scope = command.scope
    if isinstance(scope, PastEvenings):
        nights = await _past(conn, venue_id, scope, today)
    else:
        nights = _drawn(in_force, scope, today)
    texts = [msgspec.json.encode(each).decode() for each in (scope, nights)]
    asked = (command.id, by, now, today, list(command.drafts), command.grid)
    await conn.execute(ADD_RUN, venue_id, *asked, *texts)
    return command.id


async def stop(conn: Connection, venue_id: str, run_id: UUID, now: datetime) -> None:
    """Stop a run within a night; what it has played is kept. Raises NotFound, NotPossibleNow."""
    if await conn.fetchval(STOP_RUN, venue_id, run_id, now) is None:
        if await conn.fetchval(STATE_OF_RUN, venue_id, run_id) is None:
            raise NotFound(message("lab-run-not-found"))
        raise NotPossibleNow(message("lab-run-over"))


async def _check_drafts(conn: Connection, venue_id: str, drafts: tuple[int, ...]) -> None:
    rows = await conn.fetch(KNOWN_VERSIONS, venue_id, list(drafts))
    known = {row["version"] for row in rows}
    for place, version in enumerate(drafts):
        if version not in known:
            said = message("no-such-rules-version", version=str(version))
            raise NotFound(said, pointer=f"/drafts/{place}")
        if version in drafts[:place]:
            said = message("lab-draft-twice", version=str(version))
            raise Invalid(said, pointer=f"/drafts/{place}")


async def _past(
    conn: Connection, venue_id: str, scope: PastEvenings, today: date
) -> tuple[NightPlan, ...]:
    span = (scope.from_date or date.min, scope.until_date or today)
    found = await closed_evenings(
        conn, venue_id, _weekdays(scope.days), scope.period, span, scope.evenings
    )
    if not found:
        raise Invalid(message("lab-no-past-nights"), pointer="/scope")
    return tuple(plan_of(each) for each in found)


def plan_of(evening: ClosedEvening) -> NightPlan:
    """Return the night in which a past evening is played again."""
    return NightPlan(
        service_date=evening.service_date,
        name=evening.name,
        seed=seed_of(evening.service_date, evening.name),
        period_id=evening.period_id,
    )


def _drawn(in_force: HouseVersion, scope: DrawnEvenings, today: date) -> tuple[NightPlan, ...]:
    """Return the nights to draw, the days of the next two weeks in turn."""
    weekdays = _weekdays(scope.days)
    days = (today + timedelta(days=ahead) for ahead in range(1, DRAWN_FROM_DAYS + 1))
    models = [
        period
        for day in days
        if day.isoweekday() in weekdays
        for period in in_force.periods_on(day)
        if scope.period in {None, period.name}
    ]
    if not models:
        said = message("lab-no-such-period", period=scope.period or "")
        raise Invalid(said, pointer="/scope/period")
    return tuple(
        NightPlan(service_date=each.service_date, name=each.name, seed=scope.seed + number)
        for number, each in enumerate(islice(cycle(models), scope.evenings))
    )


def _weekdays(days: Days) -> list[int]:
    return [number for number, day in enumerate(WEEK, start=1) if not days or day in days]


def seed_of(day: date, name: str) -> int:
    """Return a seed of a past evening, the same in every run: what is drawn of it stays so."""
    return day.toordinal() * 512 + sum(name.encode()) % 512
