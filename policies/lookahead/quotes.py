"""Wait quotes: quantiles of the wait, learned from what the look-ahead simulates and what came.

A party that stays is simulated in the same scenarios twice: with no table held back for promised
parties yet to come (held back in all of them a walk-in would often never sit), and with them held
back as the base rule does. `SimulatedWait` is both distributions and the state of the room. The
quantiles of the wait are linear in them (quantile regression, Koenker and Bassett 1978): `likely`
the median, `latest` the one that 81 in 100 keep. They start from coefficients learned on synthetic
nights (`quote_start.json`, which says on which) and learn on: each outcome moves the coefficients
down the gradient of the pinball loss, and on top, for each bin of the simulated wait, an offset in
minutes by online conformal prediction with decaying steps (Angelopoulos, Barber and Bates 2024):
  offset += step x (level - 1 if the told minutes were kept else 0).

A party that left before the told time is censored and teaches nothing. Kept waits are weighted by
exp((waited - told) / patience), misses by 1: the inverse probability of being observed, relative
to a miss, with exponential patience (inverse probability of censoring weighting, Robins and
Rotnitzky 1992).
"""

import math
from functools import cache
from importlib.resources import files

import msgspec
import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.door.wait_band import WaitBand
from policies.house.grid import GRID_MINUTES
from policies.numeric.compiled import Floats

BIN_BOUNDS = (15.0, 40.0)
"""Mean simulated minutes that separate short, middle and long waits."""

SHARES = (0.2, 0.35, 0.5, 0.65, 0.8, 0.9)
"""The quantiles of the simulated waits that are looked at."""

FEWEST_TABLES = 4
"""Houses of fewer tables are quoted as those of so many, the smallest that was learned on."""

SIMULATED_MINUTES = 130
"""Waits are simulated so far ahead, and cut there."""

COVERS_UNTIL = (15, 30, 60, 120)
"""Minutes from now that bound the windows in which promised covers are counted."""

LEVELS = (0.5, 0.81)
"""Nominal share of parties seated within `likely` and by `latest` (.78 to .84 is acceptable)."""

FORMAT = 1
"""Version of the features; a stored model of another format starts anew."""

OFFSET_STEP, OFFSET_WARM, OFFSET_DECAY = 12.0, 15.0, 0.6
"""Step of an offset after n outcomes of its bin: OFFSET_STEP x (OFFSET_WARM + n) ^ -OFFSET_DECAY,
minutes; any decay in (1/2, 1) keeps coverage whatever comes and settles where nothing changes."""

RATE, RATE_WARM = 0.5, 200.0
"""Step of the coefficients after n outcomes: such that the quantile of these features moves by
RATE x (1 + n / RATE_WARM) ^ -1/2 minutes."""

FACTORS_BEFORE = (2.0, 1.1, 1.15)
"""The factors on a simulated wait that venues started from before quantiles were learned."""

USUAL_MINUTES = (8.0, 27.0, 60.0)
"""A usual mean simulated wait of each bin."""

MOST_MINUTES = 240
"""No wait above this is told."""


class SimulatedWait(Struct, frozen=True, kw_only=True):
    """A wait as the look-ahead sees it, stored as JSON with the entry it was told to.

    `mean`, `quantiles` (at SHARES): minutes with no table held back for promises to come;
    `held_mean`, `held_quantiles`: with them held back. `ahead`: parties before it, of them
    `promised_ahead` with a promise. `hours`: since the opening. `occupied`: share of the tables.
    `tables`: of the house. `fitting`: tables and joins for it that are free. `covers`: covers
    promised to come in the windows that COVERS_UNTIL bounds, by the number of tables.
    """

    mean: float
    quantiles: tuple[float, ...]
    held_mean: float
    held_quantiles: tuple[float, ...]
    party_size: int
    ahead: int = 0
    promised_ahead: int = 0
    hours: float = 0.0
    occupied: float = 1.0
    tables: int = 60
    fitting: int = 0
    covers: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)

    @property
    def bin(self) -> int:
        """0 for a short, 1 for a middle, 2 for a long simulated wait."""
        return sum(self.mean >= bound for bound in BIN_BOUNDS)


class QuantileRule(Struct, frozen=True):
    """How the quantile of a level is read from the features (`features`).

    `weights` [F]: minutes for a feature of standard size. `offsets`: minutes for each bin.
    `outcomes`: learned from, by bin.
    """

    level: float
    weights: tuple[float, ...]
    offsets: tuple[float, float, float] = (0.0, 0.0, 0.0)
    outcomes: tuple[float, float, float] = (0.0, 0.0, 0.0)


class QuoteModel(Struct, frozen=True):
    """What a venue's quotes are made with, stored as JSON; `sizes` [F]: of the features."""

    sizes: tuple[float, ...]
    likely: QuantileRule
    latest: QuantileRule
    format: int = FORMAT


class QuoteOutcome(Struct, frozen=True):
    """Minutes from the quote until the party was seated (`sat`) or left."""

    waited: int
    sat: bool


class _Start(Struct, frozen=True):
    """The file of the coefficients to start from; `learned_on`: the nights, in words."""

    learned_on: str
    model: QuoteModel


@cache
def first_model() -> QuoteModel:
    """Return the model learned on synthetic nights (`scripts/bench quotes --learn`)."""
    text = (files("policies.lookahead") / "quote_start.json").read_text("utf-8")
    return msgspec.json.decode(text, type=_Start).model


def from_scales(factors: tuple[float, float, float]) -> QuoteModel:
    """Return the first model, shifted as a venue's learned factors of before differ from theirs."""
    model = first_model()
    started = zip(model.latest.offsets, factors, FACTORS_BEFORE, USUAL_MINUTES, strict=True)
    short, middle, long = (
        offset + (factor - before) * minutes for offset, factor, before, minutes in started
    )
    return replace(model, latest=replace(model.latest, offsets=(short, middle, long)))


def written_start(learned_on: str, model: QuoteModel) -> bytes:
    """Return the text of the file that `first_model` reads."""
    return msgspec.json.format(msgspec.json.encode(_Start(learned_on, model))) + b"\n"


def features(simulated: SimulatedWait) -> Floats:
    """Return the features [F] of a simulated wait; those in minutes grow with it.

    Waits of small houses spread more and end later than simulated: what is `by_tables` and
    `by_root` lets a house of four tables and one of sixty share coefficients.
    """
    mean, held, hours = simulated.mean, simulated.held_mean, simulated.hours - 3.0
    size, ahead = simulated.party_size, simulated.ahead
    by_tables = 1.0 / max(simulated.tables, FEWEST_TABLES)
    by_root = math.sqrt(by_tables)
    never = float(held > SIMULATED_MINUTES - GRID_MINUTES)
    return np.array(
        [
            *(1.0, mean, *simulated.quantiles, math.sqrt(mean)),
            *(held, *simulated.held_quantiles, math.sqrt(held)),
            *(held * hours / 10.0, held * size / 5.0, (held - mean) * (simulated.fitting > 0)),
            *(mean * hours / 10.0, mean * simulated.occupied, mean * size / 5.0),
            *(size, float(size >= 5), hours, hours * hours),
            *(min(simulated.fitting, 3), simulated.fitting * by_tables),
            *(ahead, ahead - simulated.promised_ahead, min(ahead, 3), simulated.occupied),
            *simulated.covers,
            *(by_tables, held * by_tables, mean * by_tables, held * by_root, mean * by_root),
            *(ahead * by_tables, ahead * mean * by_tables / 10.0),
            *(never, never * hours, float(simulated.held_quantiles[0] > SIMULATED_MINUTES - 10)),
        ],
        np.float64,
    )


def quoted(simulated: SimulatedWait, model: QuoteModel) -> WaitBand:
    """Return the band to tell: both ends rounded up to 5 minutes, 5 at least."""
    scaled = features(simulated) / np.array(model.sizes)
    likely = _told(scaled, simulated.bin, model.likely)
    return WaitBand(likely=likely, latest=max(_told(scaled, simulated.bin, model.latest), likely))


def learned_from(
    model: QuoteModel, simulated: SimulatedWait, outcome: QuoteOutcome, patience: float
) -> QuoteModel:
    """Return the model after an outcome; `patience`: mean minutes after which parties leave."""
    scaled = features(simulated) / np.array(model.sizes)
    return replace(
        model,
        likely=_moved(model.likely, scaled, simulated.bin, outcome, patience),
        latest=_moved(model.latest, scaled, simulated.bin, outcome, patience),
    )


def _told(scaled: Floats, place: int, rule: QuantileRule) -> int:
    minutes = float(scaled @ np.array(rule.weights)) + rule.offsets[place]
    rounded = math.ceil(round(minutes / GRID_MINUTES, 6)) * GRID_MINUTES
    return min(max(rounded, GRID_MINUTES), MOST_MINUTES)


def _moved(
    rule: QuantileRule, scaled: Floats, place: int, outcome: QuoteOutcome, patience: float
) -> QuantileRule:
    raw = float(scaled @ np.array(rule.weights))
    weights = np.array(rule.weights)
    pull = _surprise(raw, rule.level, outcome, patience)
    rate = RATE / math.sqrt(1.0 + sum(rule.outcomes) / RATE_WARM)
    told = _surprise(_told(scaled, place, rule), rule.level, outcome, patience)
    if told is None:
        return rule
    if pull is not None:
        weights = weights + rate * pull * scaled / float(scaled @ scaled)
    offsets, outcomes = [*rule.offsets], [*rule.outcomes]
    step = OFFSET_STEP * (OFFSET_WARM + outcomes[place]) ** -OFFSET_DECAY
    offsets[place] += step * told
    outcomes[place] += 1.0
    return QuantileRule(
        level=rule.level,
        weights=tuple(weights.tolist()),
        offsets=(offsets[0], offsets[1], offsets[2]),
        outcomes=(outcomes[0], outcomes[1], outcomes[2]),
    )


def _surprise(told: float, level: float, outcome: QuoteOutcome, patience: float) -> float | None:
    """Return level - (1 if kept else 0), weighted for those who left; None where it is not known.

    A party that left before the told minutes might have kept them or not.
    """
    if outcome.waited > told:
        return level
    if not outcome.sat:
        return None
    return math.exp((outcome.waited - told) / patience) * (level - 1.0)
