"""`scripts/bench sections`: what sections do to servers, and whether guests pay for it.

The same evenings of the sixty tables twice, minute by minute through the service's own path: once
the stand knows the sections and takes turns among equal tables, once it knows of none. Differences
are paired, evening by evening.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from copy import copy
from pathlib import Path
from statistics import fmean, stdev
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from policies.house.file import read_house
from policies.house.layout import layout_of
from policies.lab.minutes.evening import play_evening
from policies.lab.minutes.houses import eighteen_tables, open_late
from policies.lab.minutes.nights import draw_night_in_minutes
from policies.lab.minutes.sections import (
    NotingHost,
    SectionFigures,
    dealt_sections,
    section_figures,
)
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.minutes.service_desk import book_by_service
from policies.lab.nights import LOADS, true_forecast
from policies.numeric.intervals import student_interval
from scripts.benchmark.pieces import HOUSE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policies.house.house import House

FIRST_SEED, NIGHTS, SERVERS, LOAD = 6_000_001, 20, 6, 1
WORKERS = 2
MIN_WIDTH = 110


class SectionsNight(Struct, frozen=True, kw_only=True):
    """One evening, played with the stand knowing the sections or not.

    `walked`: promised parties that left unseated; `waited`: those that waited over ten minutes, the
    walked ones too; `wait`: mean minutes that seated walk-ins waited; `seated`: walk-ins seated.
    `net`: in covers, less the cost of walked parties and gestures.
    """

    seed: int
    known: bool
    figures: SectionFigures
    walked: int
    waited: int
    wait: float
    seated: int
    net: float


HOUSES: dict[str, Callable[[House], House]] = {
    "sixty": lambda house: house,
    "eighteen": eighteen_tables,
}
"""The others see as many guests a table."""

Figure = tuple[str, "Callable[[SectionsNight], float]"]

OF_SERVERS: tuple[Figure, ...] = (
    ("guests, most less fewest by server", lambda n: n.figures.spread),
    ("guests by server, standard deviation", lambda n: n.figures.deviation),
    (
        "second at a station in ten minutes, %",
        lambda n: 100.0 * n.figures.seconds / n.figures.parties,
    ),
    (
        "third at a station in ten minutes, %",
        lambda n: 100.0 * n.figures.thirds / n.figures.parties,
    ),
    (
        "ten minutes with three or more, %",
        lambda n: 100.0 * n.figures.pressed_windows / n.figures.parties,
    ),
)
OF_GUESTS: tuple[Figure, ...] = (
    ("walked parties", lambda n: n.walked),
    ("promised parties that waited", lambda n: n.waited),
    ("minutes a walk-in waited", lambda n: n.wait),
    ("walk-ins seated", lambda n: n.seated),
    ("net, covers", lambda n: n.net),
)
"""What must not change by more than one standard error of its paired difference."""


def main(arguments: Sequence[str]) -> int:
    """Print both tables; returns 0."""
    parser = argparse.ArgumentParser(prog="scripts/bench sections", description=__doc__)
    parser.add_argument("--nights", type=int, default=NIGHTS, help=f"evenings ({NIGHTS})")
    parser.add_argument("--servers", type=int, default=SERVERS, help=f"sections ({SERVERS})")
    parser.add_argument("--house", choices=HOUSES, default="sixty", help="so many tables (sixty)")
    parser.add_argument("--load", type=int, default=LOAD, choices=range(len(LOADS)))
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="of the first evening")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the evenings there too")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    seeds = range(given.seed, given.seed + given.nights)
    asked = [(given.house, given.load, given.servers, seed) for seed in seeds]
    spawn = multiprocessing.get_context("spawn")
    pairs: list[tuple[SectionsNight, SectionsNight]] = []
    with ProcessPoolExecutor(WORKERS, mp_context=spawn) as pool:
        for pair in pool.map(played, *zip(*asked, strict=True)):
            pairs.append(pair)
            if given.json:  # whoever stops it early has the evenings played
                given.json.write_bytes(msgspec.json.format(msgspec.json.encode(pairs)))
    console = Console()
    console.width = max(console.width, MIN_WIDTH)
    requests, walk_ins = LOADS[given.load]
    minutes = (time.monotonic() - began) / 60.0
    console.print(
        f"{given.nights} evenings, {given.house} tables, {given.servers} servers, load of"
        f" {requests:.0f} requests and {walk_ins:.0f} walk-ins in sixty tables; {minutes:.1f} min"
    )
    console.print(compared("By server", OF_SERVERS, pairs))
    console.print(compared("Guests", OF_GUESTS, pairs))
    return 0


def played(name: str, load: int, servers: int, seed: int) -> tuple[SectionsNight, SectionsNight]:
    """Return the evening of this seed without sections, and with them."""
    house = open_late(read_house(HOUSE.read_text(encoding="utf-8")))
    plain = len(house.tables)
    house = HOUSES[name](house)
    share = len(house.tables) / plain
    truth = true_forecast(*(share * each for each in LOADS[load]))
    night, sections = draw_night_in_minutes(truth, seed), dealt_sections(house, servers)
    booked = book_by_service(night, house, truth, BENCHMARK_RULES)

    def play(*, known: bool) -> SectionsNight:
        # What was booked is the same; the evening is played on a book of its own.
        host = NotingHost(replace(booked, book=copy(booked.book)))
        host.with_sections(sections if known else None)
        evening = play_evening(night, booked.bookings, layout_of(house), truth, host)
        sat = evening.walk_in_seated >= 0
        waits = evening.walk_in_seated[sat] - evening.walk_in_arrives[sat]
        return SectionsNight(
            seed=seed,
            known=known,
            figures=section_figures(host.notes, sections),
            walked=int(evening.walked.sum()),
            waited=int(evening.waited.sum()),
            wait=float(waits.mean()) if sat.any() else 0.0,
            seated=int(sat.sum()),
            net=float(evening.net) / 50.0,
        )

    return play(known=False), play(known=True)


def compared(
    title: str, figures: Sequence[Figure], pairs: Sequence[tuple[SectionsNight, SectionsNight]]
) -> Table:
    """Return a table of figures: without, with, and the paired difference with its interval."""
    shown = Table(title=title)
    for number, column in enumerate(
        ("", "without", "with", "difference", "95 % interval", "standard errors")
    ):
        shown.add_column(column, justify="right" if number else "left")
    for name, figure in figures:
        without = [float(figure(pair[0])) for pair in pairs]
        known = [float(figure(pair[1])) for pair in pairs]
        apart = [with_ - off for with_, off in zip(known, without, strict=True)]
        interval = student_interval(apart)
        error = stdev(apart) / len(apart) ** 0.5 if len(apart) > 1 else 0.0
        low, high = interval.low or 0.0, interval.high or 0.0
        shown.add_row(
            name,
            f"{fmean(without):.2f}",
            f"{fmean(known):.2f}",
            f"{fmean(apart):+.2f}",
            f"{low:+.2f} to {high:+.2f}",
            f"{fmean(apart) / error:+.1f}" if error else "0",
        )
    return shown
