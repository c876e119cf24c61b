"""Dates that neither house has seen, played under what each ended with."""

import hashlib
from datetime import timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.house.house import Day, House
from policies.house.layout import layout_of
from policies.house.rules import Decisions, Rules
from policies.lab.trial.asked import night_of
from policies.lab.trial.playing import Grid, TrialNight, TrialSetting, play_trial
from scripts.benchmark.kept import kept_or_made
from scripts.benchmark.letters.guests import asked_of, guests_of
from scripts.benchmark.letters.house import day_of, period_of
from scripts.benchmark.letters.season import FIRST, SeasonLived, SeasonPlanned, evenings_from
from scripts.benchmark.minutes.code import ROOT, code_key
from scripts.simulation.history.people import People
from scripts.simulation.written_house import read_house
from seating.lab.runs import seed_of

RESULTS = ROOT / ".data" / "bench" / "letter"
APART = timedelta(days=30)
"""Between the last date of the season and the first held out."""

OTHER_SEED = 7_000_000
"""Added to the season's seed: the guests of held-out dates are drawn by another."""

NIGHTS_PER_PIECE = 5


class HeldOut(Struct, frozen=True, kw_only=True):
    """Some of the dates held out, counted from the first, under what a house ended with.

    `worth`: what guests count for, the same for both houses.
    """

    plan: SeasonPlanned
    rules: Rules
    house: House
    expected: dict[Day, Forecast]
    worth: Decisions
    grid: Grid
    numbers: tuple[int, ...]


def pieces_of(
    plan: SeasonPlanned, lived: SeasonLived, worth: Decisions, grid: Grid, count: int
) -> list[HeldOut]:
    """Return the dates held out in pieces."""
    numbers = range(count)
    return [
        HeldOut(
            plan=msgspec.structs.replace(plan, follows=False),
            rules=lived.rules,
            house=lived.house,
            expected=lived.expected,
            worth=worth,
            grid=grid,
            numbers=tuple(numbers[begin : begin + NIGHTS_PER_PIECE]),
        )
        for begin in range(0, count, NIGHTS_PER_PIECE)
    ]


def run_held_out(piece: HeldOut) -> list[TrialNight]:
    """Play the dates of a piece, or read them if they are kept."""
    return kept_or_made(kept_at("night", piece), list[TrialNight], lambda: _play(piece))


def kept_at(kind: str, what: Struct) -> Path:
    """Return the file in which results are kept, by the code and by all they depend on."""
    written = msgspec.json.encode(what, order="sorted")
    name = f"{kind}-{hashlib.sha256(written).hexdigest()[:16]}.json"
    return RESULTS / code_key("scripts.benchmark.letters.held_out") / name


def _play(piece: HeldOut) -> list[TrialNight]:
    plan = piece.plan
    written, people = read_house(plan.house), People(plan.seed)
    last = evenings_from(written, FIRST, plan.dates)[-1].day
    evenings = evenings_from(written, last + APART, max(piece.numbers) + 1)
    layout, found = layout_of(piece.house), []
    for number in piece.numbers:
        hours = evenings[number]
        crowd = guests_of(people, written, hours, plan.seed + OTHER_SEED, plan.busy)
        believed = piece.expected[day_of(hours.day)]
        setting = TrialSetting(
            house=piece.house,
            layout=layout,
            believed=believed,
            worth=piece.worth,
            period=period_of(piece.house, 1, hours),
        )
        seed = seed_of(hours.day, hours.name)
        night = night_of(asked_of(crowd, hours), believed, layout.largest, seed)
        found.append(play_trial(setting, night, piece.rules, piece.grid).night)
    return found
