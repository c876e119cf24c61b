"""Trials of what a morning letter proposes, played by the lab's worker on the house's evenings.

They are played in the house of the morning, whatever house the evenings had: the question is what
the change would do from now on. A trial of the same changes is good for a week.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct

from policies.house.calendar import WEEK
from policies.lab.trial.change import TriedChange
from policies.lab.trial.playing import TrialNight
from seating.book.in_force import IN_FORCE, HouseVersion, house_of
from seating.db import Connection
from seating.lab.past_nights import closed_evenings
from seating.lab.runs import NightPlan, PastEvenings, State, plan_of

EVENINGS = 28
"""The latest evenings on which a letter's proposals are tried."""

GOOD_FOR = timedelta(days=7)
ASKED_BY, GRID = "letter", "quick"

SAME_TRIAL = f"""
select r.run_id from lab_run r
where r.venue_id = $1 and r.trial = $2::jsonb and r.asked_at between $3 and $4
  and r.in_force is not distinct from {IN_FORCE.format(service_date="$5::date")}
  and r.state in ('queued', 'running', 'done')
order by r.asked_at desc limit 1
"""

ADD_TRIAL = f"""
insert into lab_run (venue_id, run_id, asked_by, asked_at, in_force, drafts, grid, scope, nights,
                     trial)
values ($1, $2, $3, $4, {IN_FORCE.format(service_date="$5::date")}, '{{}}', $6, $7::jsonb,
        $8::jsonb, $9::jsonb)
"""

READ_TRIAL = """
select r.state, r.played, jsonb_array_length(r.nights) as nights
from lab_run r where r.venue_id = $1 and r.run_id = $2
"""

NIGHTS_OF_TRIAL = """
select n.figures::text as figures from lab_night n
where n.venue_id = $1 and n.run_id = $2 order by n.night
"""


class TrialAsked(Struct, frozen=True, kw_only=True):
    """What is tried: `changes` beside what is in force, in the `house` of this version."""

    house: int
    changes: tuple[TriedChange, ...]


class Trial(Struct, frozen=True, kw_only=True):
    """A trial so far: of each evening `played` what came as in force, then with each change."""

    state: State
    nights: int
    played: tuple[tuple[TrialNight, ...], ...]


async def try_changes(
    conn: Connection, venue_id: str, changes: Sequence[TriedChange], now: datetime
) -> UUID | None:
    """Queue a trial and return its id, or that of one good enough; None without past evenings."""
    in_force = await house_of(conn, venue_id)
    today = in_force.service_date_at(now)
    asked = TrialAsked(house=in_force.on(today).version, changes=tuple(changes))
    written = msgspec.json.encode(asked).decode()
    earlier: UUID | None = await conn.fetchval(
        SAME_TRIAL, venue_id, written, now - GOOD_FOR, now, today
    )
    if earlier is not None:
        return earlier
    nights = await _nights(conn, venue_id, in_force, today)
    if not nights:
        return None
    run_id = uuid4()
    texts = [msgspec.json.encode(each).decode() for each in (PastEvenings(evenings=1), nights)]
    asking = (run_id, ASKED_BY, now, today, GRID)
    await conn.execute(ADD_TRIAL, venue_id, *asking, *texts, written)
    return run_id


async def read_trial(conn: Connection, venue_id: str, run_id: UUID) -> Trial | None:
    """Return a trial with the evenings it has played; None where there is none."""
    row = await conn.fetchrow(READ_TRIAL, venue_id, run_id)
    if row is None:
        return None
    nights = await conn.fetch(NIGHTS_OF_TRIAL, venue_id, run_id)
    return Trial(
        state=row["state"],
        nights=row["nights"],
        played=tuple(
            msgspec.json.decode(each["figures"], type=tuple[TrialNight, ...]) for each in nights
        ),
    )


async def _nights(
    conn: Connection, venue_id: str, in_force: HouseVersion, today: date
) -> tuple[NightPlan, ...]:
    """Return the latest evenings, of the periods that the house still has."""
    span = (date.min, today)
    weekdays = range(1, len(WEEK) + 1)
    found = await closed_evenings(conn, venue_id, weekdays, None, span, EVENINGS)
    names = {each.name for each in in_force.on(today).house.periods}
    return tuple(plan_of(each) for each in found if each.name in names)


TrialState = Literal["waiting", "done", "failed"]


def state_of(trial: Trial) -> TrialState:
    """Return how far a trial is; one that was cancelled has failed."""
    if trial.state in {"queued", "running"}:
        return "waiting"
    return "done" if trial.state == "done" else "failed"
