"""`scripts/bench quotes`: do all places tell one wait, is it kept, how sharp is it.

Quotes of nights of the sixty tables played in minutes, learned from night to night, beside those
of the method before: the mean simulated wait times a factor for each bin. `--learn` plays other
nights and writes the coefficients that every venue starts from.
"""

import argparse
import math
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct
from rich.console import Console
from rich.table import Table

from policies.door.wait_band import WaitBand
from policies.house.file import read_house
from policies.house.grid import GRID_MINUTES
from policies.house.house import House
from policies.house.layout import Layout, layout_of
from policies.lab.minutes.evening import play_evening, untold
from policies.lab.minutes.houses import few_tables
from policies.lab.minutes.lookahead_host import LookaheadHost
from policies.lab.minutes.nights import draw_night_in_minutes
from policies.lab.minutes.outcome import WaitRecord
from policies.lab.nights import LOADS, NIGHT_BUCKETS, true_forecast
from policies.lab.ours import ServicePolicy, book_by_value
from policies.lab.play import PATIENT_SHARE
from policies.lookahead.quotes import (
    BIN_BOUNDS,
    LEVELS,
    SHARES,
    QuantileRule,
    QuoteModel,
    QuoteOutcome,
    SimulatedWait,
    features,
    first_model,
    learned_from,
    written_start,
)
from policies.numeric.compiled import Floats
from policies.numeric.quantiles import fit_quantile, pinball_loss
from scripts.benchmark.minutes.playing import cautious
from scripts.benchmark.pieces import HOUSE, ROOT, benchmark_room
from scripts.benchmark.quotes_agree import count_agreeing

LEARNING_SEED, JUDGED_SEED = 1_000_001, 3_000_001
LEARNING_NIGHTS, NIGHTS, PICTURES = 150, 100, 10_000
"""Nights a house and load, and pictures."""

RIDGE = 3.0
"""Ridge penalty on coefficients of features of standard size."""

OFFSETS = tuple(float(minutes) for minutes in range(-5, 6))
"""Minutes tried for what rounding up to 5 minutes adds to a told wait."""

SMALL = {
    "18 tables": {2: 7, 4: 7, 6: 3, 8: 1},
    "7 tables": {2: 3, 4: 3, 8: 1},
    "4 tables": {2: 2, 4: 1, 8: 1},
}
"""Small houses learned on beside the sixty tables: tables by seats."""

KEPT = 0.8
"""The share kept at which the pinball loss of `latest` is judged."""

START = ROOT / "policies" / "lookahead" / "quote_start.json"


class JudgedQuote(Struct, frozen=True):
    """A quote, what it was made from, and what came; `patient`: of a party that never leaves."""

    simulated: SimulatedWait
    told: WaitBand
    outcome: QuoteOutcome
    patient: bool

    @classmethod
    def of(cls, record: WaitRecord) -> "JudgedQuote":
        """Return the quote of a record."""
        assert record.simulated is not None  # noqa: S101 - for the type checker
        return cls(
            record.simulated,
            WaitBand(record.likely, record.latest),
            QuoteOutcome(record.waited, record.sat),
            record.never_leaves,
        )


class BinFigures(Struct, frozen=True, kw_only=True):
    """Quotes of one bin of the simulated wait: how many, shares kept, mean pinball loss.

    `loss`, `loss_before`: of `latest`, and of the method before on the same parties.
    """

    quotes: int
    kept_likely: float
    kept_latest: float
    loss: float
    kept_before: float
    loss_before: float


def main(arguments: list[str]) -> int:
    """Measure and print, or learn and write the file; returns 0 even when bars are missed."""
    options = parse(arguments)
    console = Console()
    if options.learn:
        START.write_bytes(learn(options.nights or LEARNING_NIGHTS))
        console.print(f"wrote {START.relative_to(ROOT)}")
        return 0
    if options.pictures:
        agree = count_agreeing(options.pictures)
        console.print(f"the six places agree in {agree} of {options.pictures} pictures")
    for name, room in rooms().items():
        judged = [
            measure(room, load, options.nights or NIGHTS, options.first)
            for load in range(len(LOADS))
        ]
        console.print(table_of(name, figures(np.concatenate(judged))))
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench quotes", description=__doc__)
    parser.add_argument("--nights", type=int, help=f"a load ({NIGHTS}; {LEARNING_NIGHTS} to learn)")
    parser.add_argument("--first", type=int, default=JUDGED_SEED, help="seed of the first night")
    parser.add_argument("--pictures", type=int, default=PICTURES, help="0: none")
    parser.add_argument("--learn", action="store_true", help=f"write {START.name}")
    return parser.parse_args(arguments)


class Room(Struct, frozen=True):
    """A house to play in, and its share of the seats of the sixty tables: so much is asked for."""

    layout: Layout
    share: float


def rooms() -> dict[str, Room]:
    """Return the houses that are learned on, by name: what they share is to hold in others."""
    sixty = read_house(HOUSE.read_text(encoding="utf-8"))
    houses = {name: few_tables(sixty, counts) for name, counts in SMALL.items()}
    seats = {name: _seats(house) for name, house in houses.items()}
    small = {name: Room(layout_of(houses[name]), seats[name] / _seats(sixty)) for name in houses}
    return {"sixty tables": Room(benchmark_room(), 1.0)} | small


def nights_of(
    room: Room, load: int, seeds: Sequence[int], model: QuoteModel
) -> Iterator[tuple[JudgedQuote, ...]]:
    """Yield the quotes of each night, learned from night to night from this model on."""
    requests, walk_ins = LOADS[load]
    truth = true_forecast(requests * room.share, walk_ins * room.share)
    believed = cautious(truth)
    for seed in seeds:
        night = draw_night_in_minutes(truth, seed)
        booked = book_by_value(
            night.night, room.layout, believed, ServicePolicy(), NIGHT_BUCKETS
        ).booked
        host = LookaheadHost(room.layout, believed, model=model)
        played = play_evening(
            night, untold(booked), room.layout, truth, host, some_never_leave=True
        )
        quotes = [JudgedQuote.of(record) for record in played.waits]
        for quote in quotes:
            model = learned_from(model, quote.simulated, quote.outcome, patience_of())
        yield tuple(quotes)


def learn(nights: int) -> bytes:
    """Return the text of the file to start from, learned on nights of every house and load."""
    seeds = range(LEARNING_SEED, LEARNING_SEED + nights)
    played = [
        [quote for load in range(len(LOADS)) for night in nights_of(room, load, seeds, _unlearned())
         for quote in night]
        for room in rooms().values()
    ]  # fmt: skip
    quotes = [quote for house in played for quote in house]
    matrix = np.array([features(quote.simulated) for quote in quotes])
    spread = matrix.std(axis=0)
    sizes = np.where(spread > 0.0, spread, 1.0)
    weights = np.concatenate([_weights(house) for house in played])
    rules = [_fitted(quotes, matrix / sizes, weights, level) for level in LEVELS]
    model = QuoteModel(tuple(sizes.tolist()), rules[0], rules[1])
    loads = ", ".join(f"{requests:.0f}/{walk_ins:.0f}" for requests, walk_ins in LOADS)
    houses = ", ".join(f"{len(room.layout.table_seats)}" for room in rooms().values())
    told = f"scripts/bench quotes --learn: {nights} nights each in houses of {houses} tables"
    return written_start(
        f"{told}, loads {loads} by seats, seeds {seeds[0]} on, {len(quotes)} quotes", model
    )


def patience_of() -> float:
    """Return the mean patience of the synthetic walk-ins, minutes."""
    return true_forecast(*LOADS[0]).patience_minutes


def measure(room: Room, load: int, nights: int, first: int) -> Floats:
    """Return for each party that never leaves [N, 5]: bin, waited, likely, latest, told before."""
    before, rows = MethodBefore(), list[tuple[float, ...]]()
    for quotes in nights_of(room, load, range(first, first + nights), first_model()):
        for quote in quotes:
            minutes = before.quote(quote.simulated.mean)
            if quote.patient:
                told = (quote.told.likely, quote.told.latest, minutes)
                rows.append((quote.simulated.bin, quote.outcome.waited, *told))
            before.learn(quote, minutes)
    return np.array(rows, np.float64).reshape(-1, 5)


def figures(rows: Floats) -> list[BinFigures]:
    """Return the figures of each bin, then of all; `rows` as `measure` returns them."""
    return [*(_figures(rows[rows[:, 0] == place]) for place in range(3)), _figures(rows)]


class MethodBefore:
    """The mean simulated wait times a factor tracked for each bin, rounded up to 5 minutes.

    As the service quoted before it learned quantiles; kept to be compared with.
    """

    STEP, LEVEL = 0.015, 0.81

    def __init__(self) -> None:
        self.factors = [2.0, 1.1, 1.15]

    def quote(self, mean: float) -> int:
        """Return the minutes to tell."""
        scaled = mean * self.factors[_bin(mean)]
        return max(math.ceil(round(scaled / 5, 6)) * 5, 5)

    def learn(self, quote: JudgedQuote, minutes: int) -> None:
        """Move the factor by what came of a quote."""
        waited, sat = quote.outcome.waited, quote.outcome.sat
        kept = sat and waited <= minutes
        if not sat and waited <= minutes:
            return
        weight = math.exp((waited - minutes) / patience_of()) if kept else 1.0
        self.factors[quote.simulated.bin] += self.STEP * weight * (self.LEVEL - kept)


def table_of(title: str, found: list[BinFigures]) -> Table:
    """Return the figures as a table."""
    table = Table(title=title, title_justify="left")
    headings = (
        "bin",
        "quotes",
        "sit by likely",
        "by latest",
        "pinball",
        "before",
        "its loss",
        "less",
    )
    for heading in headings:
        table.add_column(heading, justify="right")
    for name, each in zip(("short", "middle", "long", "all"), found, strict=True):
        less = 1.0 - each.loss / each.loss_before if each.loss_before else 0.0
        shares = (f"{each.kept_likely:.3f}", f"{each.kept_latest:.3f}", f"{each.loss:.2f}")
        before = (f"{each.kept_before:.3f}", f"{each.loss_before:.2f}", f"{less:.1%}")
        table.add_row(name, str(each.quotes), *shares, *before)
    return table


def _bin(mean: float) -> int:
    return sum(mean >= bound for bound in BIN_BOUNDS)


def _unlearned() -> QuoteModel:
    """Return a model that tells nothing of worth: what comes of a night does not depend on it."""
    none = (0.0,) * len(SHARES)
    nothing = (1.0,) * len(
        features(
            SimulatedWait(
                mean=0.0, quantiles=none, held_mean=0.0, held_quantiles=none, party_size=1
            )
        )
    )
    return QuoteModel(nothing, QuantileRule(LEVELS[0], nothing), QuantileRule(LEVELS[1], nothing))


def _seats(house: House) -> int:
    return sum(table.seats_max for table in house.tables)


def _weights(quotes: list[JudgedQuote]) -> Floats:
    """Return the weights of one house's quotes [N]: the inverse chance to see the outcome.

    Nothing of who left. A house with more quotes counts more, by the root of their number.
    """
    waited = np.array([quote.outcome.waited for quote in quotes], np.float64)
    sat = np.array([quote.outcome.sat for quote in quotes])
    stays = PATIENT_SHARE + (1.0 - PATIENT_SHARE) * np.exp(-waited / patience_of())
    weights = np.where(sat, 1.0 / stays, 0.0)
    return np.asarray(weights / math.sqrt(max(weights.sum(), 1.0)), np.float64)


def _fitted(
    quotes: list[JudgedQuote], matrix: Floats, weights: Floats, level: float
) -> QuantileRule:
    """Return the rule fitted to who was seated, with offsets for what rounding up adds.

    The offset of a bin, among whole minutes, is the one with which the told minutes are kept as
    often as the level says.
    """
    waited = np.array([quote.outcome.waited for quote in quotes], np.float64)
    bins = np.array([quote.simulated.bin for quote in quotes])
    weights = weights / weights[weights > 0].mean()
    fitted = fit_quantile(matrix, waited, weights, level=level, ridge=RIDGE)
    raw = matrix @ fitted

    def kept(place: int, offset: float) -> float:
        here = bins == place
        told = np.maximum(np.ceil((raw[here] + offset) / GRID_MINUTES), 1.0) * GRID_MINUTES
        return float(np.average(waited[here] <= told, weights=weights[here]))

    short, middle, long = (
        min(OFFSETS, key=lambda offset: abs(kept(place, offset) - level)) for place in range(3)
    )
    return QuantileRule(level, tuple(fitted.tolist()), (short, middle, long))


def _figures(rows: Floats) -> BinFigures:
    if not len(rows):
        return BinFigures(
            quotes=0, kept_likely=0, kept_latest=0, loss=0, kept_before=0, loss_before=0
        )
    _, waited, likely, latest, before = rows.T
    return BinFigures(
        quotes=len(rows),
        kept_likely=float((waited <= likely).mean()),
        kept_latest=float((waited <= latest).mean()),
        loss=float(pinball_loss(latest, waited, KEPT).mean()),
        kept_before=float((waited <= before).mean()),
        loss_before=float(pinball_loss(before, waited, KEPT).mean()),
    )
