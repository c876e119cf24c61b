"""Pieces of the benchmark: one row at one load on a few nights, cached as a JSON file."""

import hashlib
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from policies.house.file import read_house
from policies.house.layout import Layout, layout_of
from policies.lab.bound import clairvoyant
from policies.lab.nights import LOADS, NIGHT_BUCKETS, SyntheticNight, draw_night, true_forecast
from policies.lab.ours import ServicePolicy, book_by_value
from policies.lab.placing import measure_placement
from policies.lab.play import AcceptedRequests, NightOutcome, play_night
from policies.lab.rivals import FlatRule, NewsvendorRule, book_flat, book_newsvendor
from policies.lookahead.quotes import first_model
from scripts.benchmark.kept import kept_or_made
from scripts.benchmark.rows import ROWS, Clairvoyant, Policy, Row

ROOT = Path(__file__).resolve().parent.parent.parent
HOUSE = ROOT / "seating" / "house" / "examples" / "sixty.toml"
RESULTS = ROOT / ".data" / "bench"
LEARNING_SEEDS = range(2_000_001, 2_000_021)
"""Seeds of nights on which quotes are learned before any is evaluated."""


class Piece(Struct, frozen=True):
    """`load`: index into LOADS. `only`: name of the one policy of the row to play, None for all."""

    row: str
    load: int
    seeds: tuple[int, ...]
    only: str | None = None


class NightResult(Struct, frozen=True, kw_only=True):
    """The result of one night. Money: 50 a cover.

    `booked`: bookings when the doors open, of them `elsewhere` at another start than the wish;
    `accepted`: before cancellations, of them `moved` although the wish was free. `foretold`:
    walked parties expected at acceptance. `unmoved`: the bound for policies that never offer
    another start. `covers` booked (0: plan not measured), of them `unplaced` without a table in a
    plan for mean stays; `unplaceable`: lower bound of any plan. `quotes`, `quotes_kept`: of
    walk-ins that never leave.
    """

    net: float
    revenue: float = 0.0
    walked: int = 0
    late: int = 0
    asked: int = 0
    booked: int = 0
    elsewhere: int = 0
    accepted: int = 0
    moved: int = 0
    foretold: float = 0.0
    quotes: int = 0
    quotes_kept: int = 0
    unmoved: float = 0.0
    covers: int = 0
    unplaced: int = 0
    unplaceable: float = 0.0


NightsByPolicy = dict[str, list[NightResult]]
"""Results by the name of the policy, a night each, in the order of the seeds."""


def run_piece(piece: Piece) -> NightsByPolicy:
    """Play the nights of a piece, or read its results if they are cached."""
    file = results_folder() / f"{_name(piece)}.json"
    return kept_or_made(file, NightsByPolicy, lambda: _play(piece))


def _play(piece: Piece) -> NightsByPolicy:
    row, truth = ROWS[piece.row], true_forecast(*LOADS[piece.load])
    drawn = [draw_night(truth, seed) for seed in piece.seeds]
    return {
        name: play_quotes(drawn, row)
        if row.quotes
        else [play_policy(each, policy, row) for each in drawn]
        for name, policy in row.policies.items()
        if piece.only in {None, name}
    }


def play_policy(drawn: SyntheticNight, policy: Policy, row: Row) -> NightResult:
    """Play a night with a policy; return its result."""
    believed = row.belief_error.of(drawn.truth)
    match policy:
        case Clairvoyant():
            most = clairvoyant(drawn, benchmark_room())
            return NightResult(
                net=most, revenue=most, unmoved=clairvoyant(drawn, benchmark_room(), moves=False)
            )
        case FlatRule():
            booked = book_flat(drawn, benchmark_room(), believed, policy)
        case NewsvendorRule():
            booked = book_newsvendor(drawn, benchmark_room(), believed, policy)
        case ServicePolicy():
            outcome = book_by_value(drawn, benchmark_room(), believed, policy, NIGHT_BUCKETS)
            evening = play_night(drawn, outcome.booked, benchmark_room(), believed, door=row.door)
            result = _night_result(drawn, outcome.booked, evening)
            result = msgspec.structs.replace(
                result,
                moved=outcome.moved,
                accepted=outcome.asked - outcome.refused,
                foretold=outcome.expected_walked,
            )
            return _with_placement(result, drawn, outcome.booked) if row.places else result
    return _night_result(
        drawn, booked, play_night(drawn, booked, benchmark_room(), believed, door=row.door)
    )


def play_quotes(drawn: list[SyntheticNight], row: Row) -> list[NightResult]:
    """Play nights in sequence, each quoting with what was learned on those before.

    The first to learn from are the nights LEARNING_SEEDS.
    """
    model, found = first_model(), []
    for each in [*(draw_night(drawn[0].truth, seed) for seed in LEARNING_SEEDS), *drawn]:
        believed = row.belief_error.of(each.truth)
        booked = book_by_value(
            each, benchmark_room(), believed, ServicePolicy(), NIGHT_BUCKETS
        ).booked
        evening = play_night(each, booked, benchmark_room(), believed, door=row.door, model=model)
        model = evening.model or model
        result = _night_result(each, booked, evening)
        judged = [quote for quote in evening.quotes if quote.patient]
        kept = sum(quote.outcome.waited <= quote.told.latest for quote in judged)
        found.append(msgspec.structs.replace(result, quotes=len(judged), quotes_kept=kept))
    return found[len(LEARNING_SEEDS) :]


@cache
def benchmark_room() -> Layout:
    """Return the layout of the benchmark's room of sixty tables."""
    return layout_of(read_house(HOUSE.read_text(encoding="utf-8")))


@cache
def results_folder() -> Path:
    """Return the folder of cached pieces, named by a hash of all code and data they depend on."""
    sources = sorted((ROOT / "policies").rglob("*.py"))
    ours = [Path(__file__), Path(__file__).with_name("rows.py"), HOUSE]
    read = hashlib.sha256(b"".join(source.read_bytes() for source in [*sources, *ours]))
    return RESULTS / read.hexdigest()[:16]


def _name(piece: Piece) -> str:
    policy = "" if piece.only is None else "-" + piece.only.replace(" ", "").replace("%", "")
    requests = f"{LOADS[piece.load][0]:.0f}"
    return f"{piece.row}{policy}-{requests}-{piece.seeds[0]}-{piece.seeds[-1]}"


def _with_placement(
    result: NightResult, drawn: SyntheticNight, booked: AcceptedRequests
) -> NightResult:
    placed = measure_placement(benchmark_room(), drawn, booked, drawn.truth)
    return msgspec.structs.replace(
        result, covers=placed.covers, unplaced=placed.unplaced, unplaceable=placed.bound
    )


def _night_result(
    drawn: SyntheticNight, booked: AcceptedRequests, evening: NightOutcome
) -> NightResult:
    wish = drawn.requests.wish[booked.number]
    return NightResult(
        net=evening.net,
        revenue=evening.revenue,
        walked=evening.walked_parties,
        late=evening.late_parties,
        asked=len(drawn.requests.size),
        booked=len(booked.number),
        elsewhere=int(np.count_nonzero(booked.start != wish)),
    )
