"""What a run of the lab shows: how far it is, the trade in a sentence, figures, every evening."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Struct

from policies.drafts.diff import Difference, differences
from policies.forecast.learning import HISTORY
from policies.house.rules import Rules
from policies.house.rules_checks import rules_json
from policies.lab.trial.figures import Figure, NightMark, figures_of, mark_of
from policies.lab.trial.playing import Grid, PlayedParty, TrialNight
from policies.lab.trial.reach import reach_of
from policies.lab.trial.said import Source, trade_of, unseen
from policies.words.catalogue import say
from policies.words.message import message
from seating.book.in_force import house_of, house_of_version
from seating.clock import Clock
from seating.db import Connection
from seating.errors import NotFound
from seating.lab.past_nights import EveningsOver, evenings_over
from seating.lab.runs import NightPlan, PastEvenings, Scope, State

RUN_COLUMNS = """
r.run_id, r.asked_by, r.asked_at, r.in_force, r.drafts, r.grid, r.scope::text as scope,
r.nights::text as nights, r.state, r.played, r.busy_seconds, r.ended_at
"""

# Trials of a letter are read by it (`trials`).
LIST_RUNS = f"""
select {RUN_COLUMNS} from lab_run r where r.venue_id = $1 and r.trial is null
order by r.asked_at desc limit $2
"""

READ_RUN = f"""
select {RUN_COLUMNS} from lab_run r
where r.venue_id = $1 and r.run_id = $2 and r.trial is null
"""

NIGHTS_OF_RUN = """
select n.night, n.figures::text as figures from lab_night n
where n.venue_id = $1 and n.run_id = $2 order by n.night
"""

NIGHT_OF_RUN = """
select n.night, n.opens, n.figures::text as figures, n.parties::text as parties,
       n.house_version
from lab_night n where n.venue_id = $1 and n.run_id = $2 and n.night = $3
"""

BODIES = """
select version, body::text as body from rules where venue_id = $1 and version = any($2::int[])
"""

PACE = """
select grid, sum(busy_seconds) / sum(played * (
    1 + cardinality(drafts) + coalesce(jsonb_array_length(trial -> 'changes'), 0))) as seconds
from lab_run where venue_id = $1 and played > 0 group by grid
"""

RUNS_LISTED = 30

FIRST_PACE: dict[Grid, float] = {"quick": 1.0, "minutes": 7.0}
"""Seconds a night and version before this house has played one: sixty tables, one core [A]."""


class LabRun(Struct, frozen=True, kw_only=True):
    """A run; `nights` to play, of them `played`. `in_force`: the version compared with.

    `in_force` None: the rules of a house that never published any. `seconds_left`: by the pace of
    the house's runs, None once it is over.
    """

    run_id: UUID
    asked_by: str
    asked_at: datetime
    in_force: int | None
    drafts: tuple[int, ...]
    grid: Grid
    scope: Scope
    state: State
    nights: int
    played: int
    seconds_left: int | None
    ended_at: datetime | None


class LabEvening(Struct, frozen=True, kw_only=True):
    """An evening of a run as one mark; `hurt`: it would have hurt a promise kept otherwise."""

    service_date: date
    name: str
    mark: NightMark
    hurt: bool


class LabFigure(Struct, frozen=True, kw_only=True):
    """A figure, and whether the nights show a difference: its interval leaves out 0."""

    figure: Figure
    shown: bool


class DraftTried(Struct, frozen=True, kw_only=True):
    """What a draft did on the nights played so far; `figures` empty before the first.

    `played`, `not_played`: what it changes that the lab plays, and what it does not.
    """

    version: int
    sentence: str
    figures: tuple[LabFigure, ...]
    evenings: tuple[LabEvening, ...]
    played: tuple[Difference, ...]
    not_played: tuple[Difference, ...]


class LabResults(Struct, frozen=True, kw_only=True):
    """A run with its results; `unseen`: what these nights leave out, in words."""

    run: LabRun
    currency: str
    unseen: tuple[str, ...]
    drafts: tuple[DraftTried, ...]


class PlayedWith(Struct, frozen=True, kw_only=True):
    """An evening with one version, None: in force without one; `parties` by arrival."""

    version: int | None
    figures: TrialNight
    parties: tuple[PlayedParty, ...]


class LabNight(Struct, frozen=True, kw_only=True):
    """An evening opened: who sat where when, with the rules in force first, then each draft."""

    night: int
    service_date: date
    name: str
    opens: datetime
    zone: str
    tables: tuple[str, ...]
    with_rules: tuple[PlayedWith, ...]


class LabOffer(Struct, frozen=True, kw_only=True):
    """What could be played: evenings that are over, and seconds a night and version by grid."""

    evenings: tuple[EveningsOver, ...]
    seconds: dict[Grid, float]
    runs: tuple[LabRun, ...]


async def offer(conn: Connection, venue_id: str, clock: Clock) -> LabOffer:
    """Return what could be played, and the latest runs."""
    in_force = await house_of(conn, venue_id)
    today = in_force.service_date_at(await clock.now(conn))
    pace = await _pace(conn, venue_id)
    rows = await conn.fetch(LIST_RUNS, venue_id, RUNS_LISTED)
    return LabOffer(
        evenings=await evenings_over(conn, venue_id, today - HISTORY),
        seconds=pace,
        runs=tuple(_run(row, pace) for row in rows),
    )


async def results(conn: Connection, venue_id: str, run_id: UUID, language: str) -> LabResults:
    """Return a run with what it has found so far, in words of a language. Raises NotFound."""
    row = await _row(conn, venue_id, run_id)
    run, plans = _run(row, await _pace(conn, venue_id)), _plans(row)
    nights = await conn.fetch(NIGHTS_OF_RUN, venue_id, run_id)
    bodies = await _bodies(conn, venue_id, run)
    played = [
        (each["night"], msgspec.json.decode(each["figures"], type=tuple[TrialNight, ...]))
        for each in nights
    ]
    currency = (await house_of(conn, venue_id)).house.venue.currency
    source = _source(run)
    return LabResults(
        run=run,
        currency=currency,
        unseen=tuple(say(each, language) for each in unseen(source, run.grid)),
        drafts=tuple(
            _tried(run, place, played, plans, bodies, currency, language)
            for place in range(len(run.drafts))
        ),
    )


async def night(conn: Connection, venue_id: str, run_id: UUID, number: int) -> LabNight:
    """Return one evening of a run, counted from 0, with its parties. Raises NotFound."""
    row = await _row(conn, venue_id, run_id)
    plans, found = _plans(row), await conn.fetchrow(NIGHT_OF_RUN, venue_id, run_id, number)
    if found is None:
        raise NotFound(message("lab-night-not-found", nights=len(plans)))
    house = await house_of_version(conn, venue_id, found["house_version"])
    figures = msgspec.json.decode(found["figures"], type=tuple[TrialNight, ...])
    parties = msgspec.json.decode(found["parties"], type=tuple[tuple[PlayedParty, ...], ...])
    versions = (row["in_force"], *row["drafts"])
    return LabNight(
        night=number,
        service_date=plans[number].service_date,
        name=plans[number].name,
        opens=found["opens"],
        zone=house.venue.zone,
        tables=tuple(table.id for table in house.tables),
        with_rules=tuple(
            PlayedWith(version=version, figures=of, parties=who)
            for version, of, who in zip(versions, figures, parties, strict=True)
        ),
    )


async def _row(conn: Connection, venue_id: str, run_id: UUID) -> Record:
    row = await conn.fetchrow(READ_RUN, venue_id, run_id)
    if row is None:
        raise NotFound(message("lab-run-not-found"))
    return row


async def _pace(conn: Connection, venue_id: str) -> dict[Grid, float]:
    rows = await conn.fetch(PACE, venue_id)
    return {**FIRST_PACE, **{row["grid"]: round(row["seconds"], 2) for row in rows}}


async def _bodies(conn: Connection, venue_id: str, run: LabRun) -> dict[int | None, Rules]:
    wanted = [each for each in (run.in_force, *run.drafts) if each is not None]
    rows = await conn.fetch(BODIES, venue_id, wanted)
    found = {row["version"]: msgspec.json.decode(row["body"], type=Rules) for row in rows}
    return {None: Rules(), **found}


def _run(row: Record, pace: dict[Grid, float]) -> LabRun:
    nights, left = len(_plans(row)), None
    if row["state"] in {"queued", "running"}:
        to_play = (nights - row["played"]) * (1 + len(row["drafts"]))
        left = round(to_play * pace[row["grid"]])
    return LabRun(
        run_id=row["run_id"],
        asked_by=row["asked_by"],
        asked_at=row["asked_at"],
        in_force=row["in_force"],
        drafts=tuple(row["drafts"]),
        grid=row["grid"],
        scope=msgspec.json.decode(row["scope"], type=Scope),
        state=row["state"],
        nights=nights,
        played=row["played"],
        seconds_left=left,
        ended_at=row["ended_at"],
    )


def _source(run: LabRun) -> Source:
    return "past" if isinstance(run.scope, PastEvenings) else "synthetic"


def _plans(row: Record) -> tuple[NightPlan, ...]:
    return msgspec.json.decode(row["nights"], type=tuple[NightPlan, ...])


def _tried(
    run: LabRun,
    place: int,
    played: Sequence[tuple[int, tuple[TrialNight, ...]]],
    plans: Sequence[NightPlan],
    bodies: dict[int | None, Rules],
    currency: str,
    language: str,
) -> DraftTried:
    version = run.drafts[place]
    old, new = (_document(bodies[each]) for each in (run.in_force, version))
    changed = differences(old, new, currency)
    reach = reach_of(changed)
    pairs = [(figures[place + 1], figures[0]) for _, figures in played]
    figures = figures_of(pairs) if pairs else ()
    source = _source(run)
    marks = [mark_of(number, each[place + 1], each[0]) for number, each in played]
    return DraftTried(
        version=version,
        sentence=say(trade_of(figures, len(pairs), source, reach), language),
        figures=tuple(LabFigure(figure=each, shown=each.is_shown) for each in figures),
        evenings=tuple(
            LabEvening(
                service_date=plans[mark.night].service_date,
                name=plans[mark.night].name,
                mark=mark,
                hurt=mark.hurt,
            )
            for mark in marks
        ),
        played=reach.played,
        not_played=reach.not_played,
    )


def _document(rules: Rules) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(rules_json(rules))
    return document
