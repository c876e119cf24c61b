"""`scripts/bench told-prior`: learns the model of told risks on synthetic nights.

Every acceptance of the service's own path on nights for tuning in the minute world, at three loads,
with what was known and what came of it; the coefficients go into the package
(policies/risk/told/coefficients.json). With `--judge` the coefficients in the package are judged on
other tuning nights instead. Evenings are kept in `.data/bench`: a stopped run goes on from there.
"""

import argparse
from collections.abc import Iterator, Sequence
from functools import partial

import msgspec
import numpy as np
from msgspec import Struct
from rich.console import Console
from rich.progress import track
from rich.table import Table

from policies.forecast.risk_calibration import (
    RISKS,
    UNLEARNED,
    PromiseOutcome,
    RiskCalibration,
    RiskName,
    learn_evening,
)
from policies.house.file import read_house
from policies.house.house import House
from policies.house.layout import layout_of
from policies.lab.minutes.evening import play_evening
from policies.lab.minutes.houses import open_late
from policies.lab.minutes.nights import draw_night_in_minutes
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.minutes.service_desk import book_by_service
from policies.lab.minutes.service_host import ServiceHost
from policies.lab.nights import LOADS, true_forecast
from policies.numeric.compiled import Flags, Floats
from policies.numeric.logistic import area_under_curve
from policies.risk.told.features import PromiseFeatures, columns, features_in
from policies.risk.told.model import COEFFICIENTS, Coefficients, fit_model, tell_risk
from scripts.benchmark.figures import TUNING_SEED
from scripts.benchmark.kept import kept_or_made
from scripts.benchmark.pieces import HOUSE, results_folder

NIGHTS = 60
"""Nights a load to learn from, and to judge on."""

BINS = 10
"""Bins of a reliability curve, of equally many promises each."""


class Acceptance(Struct, frozen=True, kw_only=True):
    """An acceptance whose party came, and what happened."""

    known: PromiseFeatures
    waited: bool
    any_waited: bool
    walked: bool


class Evening(Struct, frozen=True, kw_only=True):
    """The acceptances of a night whose parties came."""

    load: int
    seed: int
    came: tuple[Acceptance, ...]


class Reliability(Struct, frozen=True, kw_only=True):
    """How true a risk was at a load: `curve` pairs told with happened, a bin each.

    `error`: expected calibration error; `area`: under the ROC curve.
    """

    risk: RiskName
    load: int
    error: float
    area: float
    told: float
    happened: float
    curve: tuple[tuple[float, float], ...]


def main(arguments: list[str]) -> int:
    """Learn and write the coefficients, or judge those in the package."""
    parser = argparse.ArgumentParser(prog="scripts/bench told-prior", description=__doc__)
    parser.add_argument("--nights", type=int, default=NIGHTS, help=f"a load ({NIGHTS})")
    parser.add_argument("--judge", action="store_true", help="judge on nights not learned from")
    options = parser.parse_args(arguments)
    first = TUNING_SEED + 1 + (options.nights if options.judge else 0)
    evenings = list(play(range(first, first + options.nights)))
    if options.judge:
        print_reliability(Console(), judge(evenings))
    else:
        found = learn(evenings, first, options.nights)
        COEFFICIENTS.write_bytes(msgspec.json.format(msgspec.json.encode(found)) + b"\n")
    return 0


def play(seeds: Sequence[int]) -> Iterator[Evening]:
    """Yield the evenings of these nights at every load, as played before where they were."""
    folder = results_folder() / "told"
    house = open_late(read_house(HOUSE.read_text()))
    for seed in track(seeds, "Nights"):
        for load in range(len(LOADS)):
            made = partial(play_evening_of, house, load, seed)
            yield kept_or_made(folder / f"{seed}-{load}.json", Evening, made)


def play_evening_of(house: House, load: int, seed: int) -> Evening:
    """Return the evening of one night, booked and seated by the service's own path."""
    truth = true_forecast(*LOADS[load])
    night = draw_night_in_minutes(truth, seed)
    booked = book_by_service(night, house, truth, BENCHMARK_RULES)
    host = ServiceHost(booked)
    outcome = play_evening(night, booked.bookings, layout_of(house), truth, host)
    came = tuple(
        Acceptance(
            known=features_in(each.features),
            waited=each.own_waited,
            any_waited=each.any_waited,
            walked=bool(outcome.walked[each.booking]),
        )
        for each in outcome.told
        if each.arrived
    )
    return Evening(load=load, seed=seed, came=came)


def learn(evenings: Sequence[Evening], first: int, nights: int) -> Coefficients:
    """Return the models fitted on the evenings."""
    came = [each for evening in evenings for each in evening.came]
    known = [columns(each.known) for each in came]
    return Coefficients(
        command="scripts/bench told-prior",
        first_seed=first,
        nights=nights,
        promises=len(came),
        models={name: fit_model(known, _happened(name, came)) for name in RISKS},
    )


def _happened(name: RiskName, came: Sequence[Acceptance]) -> Flags:
    match name:
        case "own_wait":
            return np.array([each.waited for each in came], np.bool_)
        case "any_wait":
            return np.array([each.any_waited for each in came], np.bool_)
        case "walked":
            return np.array([each.walked for each in came], np.bool_)


def judge(evenings: Sequence[Evening], *, learning: bool = True) -> list[Reliability]:
    """Return how true each risk is, evening by evening, each told before it is learned from."""
    found = []
    for load in range(len(LOADS)):
        of_load = [each for each in evenings if each.load == load]
        told = list(_told(of_load, learning=learning))
        came = [each for evening in of_load for each in evening.came]
        for place, name in enumerate(RISKS):
            chances = np.array([each[place] for each in told])
            found.append(reliability(name, load, chances, _happened(name, came)))
    return found


def _told(evenings: Sequence[Evening], *, learning: bool) -> Iterator[tuple[float, float, float]]:
    learned: RiskCalibration = UNLEARNED
    for evening in evenings:
        outcomes = []
        for each in evening.came:
            told = tell_risk(each.known, learned)
            yield told.own_wait, told.any_wait, told.walked
            own, anybody, walked = told.raw or (0.0, 0.0, 0.0)
            outcomes.append(
                PromiseOutcome(
                    own_wait=own, any_wait=anybody, walked=walked, waited=each.waited,
                    any_waited=each.any_waited, left=each.walked,
                )
            )  # fmt: skip
        if learning:
            learned = learn_evening(learned, outcomes)


def reliability(name: RiskName, load: int, told: Floats, happened: Flags) -> Reliability:
    """Return how true these probabilities were, by bins of equally many promises."""
    order = np.argsort(told, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    curve = tuple((float(told[part].mean()), float(happened[part].mean())) for part in parts)
    gaps = [len(part) * abs(a - b) for part, (a, b) in zip(parts, curve, strict=True)]
    return Reliability(
        risk=name,
        load=load,
        error=sum(gaps) / len(told),
        area=area_under_curve(told, happened),
        told=float(told.mean()),
        happened=float(happened.mean()),
        curve=curve,
    )


def print_reliability(console: Console, found: Sequence[Reliability]) -> None:
    """Print a line a risk and load: calibration error, area, and the curve as told>happened."""
    table = Table(title="Told and happened, each promise told before its evening was learned from")
    for title in ("risk", "load", "error", "area", "told", "happened", "curve"):
        table.add_column(title)
    for each in found:
        table.add_row(
            each.risk,
            f"{LOADS[each.load][0]:.0f}",
            f"{each.error:.3f}",
            f"{each.area:.3f}",
            f"{each.told:.4f}",
            f"{each.happened:.4f}",
            " ".join(f"{told:.3f}>{came:.3f}" for told, came in each.curve),
        )
    console.print(table)
