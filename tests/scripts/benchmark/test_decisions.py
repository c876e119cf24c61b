"""The benchmark: pieces are kept, seeds apart, figures paired, bars told as they are."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from math import inf, isnan
from typing import TYPE_CHECKING

import msgspec
import pytest
from rich.console import Console

from policies.lab.nights import true_forecast
from policies.lab.rivals import FlatRule
from scripts.benchmark import command, decisions, pieces
from scripts.benchmark.bars import Bar, bars
from scripts.benchmark.figures import NIGHTS_PER_PIECE, TUNING_SEED, BenchmarkNights, pieces_of
from scripts.benchmark.pieces import NightResult, Piece, run_piece
from scripts.benchmark.report import print_report
from scripts.benchmark.rows import ROWS, BeliefError
from scripts.benchmark.speed import Speed, Times, quantiles_of

if TYPE_CHECKING:
    from pathlib import Path

FAST = Times(count=10, p50=0.1, p99=0.5, own_p99=0.4)


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pieces, "results_folder", lambda: tmp_path)
    return tmp_path


def nights(*nets: float, walked: int = 0) -> list[NightResult]:
    return [
        NightResult(net=net, walked=walked, booked=100, foretold=0.5, unmoved=net) for net in nets
    ]


def played(load: int = 0, **rows: list[NightResult]) -> BenchmarkNights:
    found = BenchmarkNights()
    for row, told in rows.items():
        found.add({Piece(row.replace("_", "-"), load, (1, 2)): {"": told}})
    return found


def test_a_piece_that_was_played_is_only_read(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piece = Piece("nothing", 0, (1, 2))
    first = run_piece(piece)
    assert [file.name for file in kept.iterdir()] == ["nothing-140-1-2.json"]
    monkeypatch.setattr(pieces, "draw_night", None)
    assert run_piece(piece) == first


def test_a_piece_that_was_stopped_leaves_nothing_behind(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pieces, "play_policy", stopped)
    with pytest.raises(KeyboardInterrupt):
        run_piece(Piece("nothing", 0, (1, 2)))
    assert not list(kept.iterdir())


def test_a_row_that_follows_another_plays_only_that_ones_best(kept: Path) -> None:
    told = run_piece(Piece("flat", 0, (1,), "10% over, 2 held"))
    assert list(told) == ["10% over, 2 held"]
    assert [file.name for file in kept.iterdir()] == ["flat-10over,2held-140-1-1.json"]


def test_the_same_seed_is_the_same_night_in_every_row(kept: Path) -> None:
    both = [run_piece(Piece(row, 0, (3,)))[""] for row in ("nothing", "bound")]
    assert both[0][0].net < both[1][0].net
    assert kept.exists()
    assert run_piece(Piece("flat", 0, (3,), "0% over, 0 held"))["0% over, 0 held"] == both[0]


def test_the_pieces_of_a_row_are_its_nights_once_each() -> None:
    found = pieces_of(ROWS["ours"], 1, 12, 1)
    assert [len(piece.seeds) for piece in found] == [NIGHTS_PER_PIECE, NIGHTS_PER_PIECE, 2]
    assert [seed for piece in found for seed in piece.seeds] == list(range(1, 13))
    assert sum(len(piece.seeds) for piece in pieces_of(ROWS["no-buffer"], 1, 12, 1)) == 6


def test_a_row_that_learns_from_night_to_night_is_one_piece() -> None:
    assert [len(piece.seeds) for piece in pieces_of(ROWS["quotes"], 1, 40, 1)] == [20]


def test_quotes_are_learned_on_nights_that_are_not_told(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "LEARNING_SEEDS", range(2_000_001, 2_000_002))
    told = run_piece(Piece("quotes", 0, (1,)))[""]
    assert len(told) == 1
    assert told[0].quotes_kept <= told[0].quotes
    assert list(kept.iterdir())


def test_report_nights_and_tuning_nights_are_apart() -> None:
    assert decisions.FULL_NIGHTS < TUNING_SEED
    assert pieces.LEARNING_SEEDS.start > TUNING_SEED + decisions.FULL_NIGHTS


def test_nights_are_paired_in_whatever_order_the_pieces_were_done() -> None:
    found = BenchmarkNights()
    found.add({
        Piece("ours", 0, (6, 7)): {"": nights(330.0, 440.0)},
        Piece("flat", 0, (1, 2)): {"a": nights(100.0, 200.0)},
        Piece("ours", 0, (1, 2)): {"": nights(110.0, 220.0)},
        Piece("flat", 0, (6, 7)): {"a": nights(300.0, 400.0)},
    })  # fmt: skip
    gain = found.gain("ours", "flat", 0)
    assert gain is not None
    assert gain.percent == pytest.approx(10.0)
    assert [night.net for night in found.best("ours", 0)] == [110.0, 220.0, 330.0, 440.0]


def test_of_several_policies_the_best_on_all_nights_together_is_told() -> None:
    found = BenchmarkNights()
    found.add({
        Piece("flat", 0, (1, 2)): {"a": nights(100.0, 100.0), "b": nights(90.0, 90.0)},
        Piece("flat", 0, (3, 4)): {"a": nights(100.0, 100.0), "b": nights(150.0, 150.0)},
    })  # fmt: skip
    assert found.rule("flat", 0) == "b"


def test_a_row_of_fewer_nights_is_compared_on_those() -> None:
    found = played(flat=nights(100.0, 200.0, 900.0), no_buffer=nights(110.0, 220.0))
    gain = found.gain("no-buffer", "flat", 0)
    assert gain is not None
    assert gain.percent == pytest.approx(10.0)


def test_a_line_tells_the_row_against_flat_rule_and_bound() -> None:
    found = played(flat=nights(80.0, 80.0), ours=nights(90.0, 90.0), bound=nights(100.0, 100.0))
    line = found.line(ROWS["ours"], 0)
    assert line.over_flat is not None
    assert line.over_flat.percent == pytest.approx(12.5)
    assert line.of_bound == pytest.approx(0.9)
    assert line.over_levelling is None
    assert isnan(line.unplaced)
    assert isnan(line.quotes_kept)


def test_bars_are_held_or_missed_by_what_was_reached() -> None:
    least = Bar(title="", reached=6.5, least=6.0)
    most = Bar(title="", reached=0.4, most=0.35)
    between = Bar(title="", reached=0.83, least=0.78, most=0.84)
    assert (least.held, most.held, between.held) == (True, False, True)
    assert least.by == pytest.approx(0.5)
    assert most.by == pytest.approx(-0.05)
    assert between.by == pytest.approx(0.01)
    assert not Bar(title="", reached=inf, most=1.0).held


def test_a_bar_of_each_kind_is_told_where_its_rows_were_played() -> None:
    found = played(
        load=2,
        flat=nights(80.0, 80.0),
        levelling=nights(85.0, 85.0),
        ours=nights(90.0, 90.0, walked=1),
        all=nights(95.0, 95.0),
        bound=nights(100.0, 100.0),
        demand_low=nights(89.0, 89.0),
        stays_short=nights(79.0, 79.0),
    )
    told = {bar.title: bar for bar in bars(found.lines(), None)}
    held = {title.removeprefix("300/80 "): bar.held for title, bar in told.items()}
    assert held == {
        "ours, nobody moved without need: over the best flat rule": False,
        "ours, all of the flexible oblige: over the levelling flat rule": True,
        "ours, nobody moved without need: share of the clairvoyant": True,
        "ours, all of the flexible oblige: share of the clairvoyant": True,
        "walked parties a night": False,
        "walked parties expected at acceptance / that happened": True,
        "demand believed 25 % too low: against right beliefs": False,
        "stays believed 15 % too short: over the best flat rule, surely (95 %)": False,
    }


def test_the_speed_is_judged_too() -> None:
    slow = Times(count=10, p50=1.0, p99=7.5, own_p99=7.0)
    told = bars([], Speed(judged=FAST, answered=slow, looked_ahead=slow))
    assert [bar.held for bar in told] == [True, False]
    laps = [(0.001, 0.0005)] * 99 + [(1.0, 0.5)]
    assert quantiles_of(laps) == Times(count=100, p50=1.0, p99=1.0, own_p99=0.5)


def test_wrong_beliefs_are_wrong_in_what_they_say_and_nothing_else() -> None:
    truth = true_forecast(220, 60)
    believed = BeliefError(demand=0.75, no_shows=2.0, stays=1.15).of(truth)
    assert (believed.requests, believed.walk_ins) == (165.0, 45.0)
    assert believed.no_show_phone == pytest.approx(2 * truth.no_show_phone)
    assert believed.stays[0] == pytest.approx(92.0)
    assert BeliefError().of(truth) == truth


def test_whatever_is_asked_for_is_told_against_flat_rule_and_bound() -> None:
    options = decisions.parse(["--rows", "ours", "--loads", "220", "--nights", "20", "--tune"])
    assert [row.name for row in options.rows] == ["flat", "ours", "bound"]
    assert options.loads == [1]
    assert options.no_speed
    with pytest.raises(ArgumentTypeError, match="150 is none of 140, 220, 300"):
        decisions.load_of("150")


def test_every_grid_holds_the_rule_that_does_nothing() -> None:
    assert ROWS["flat"].policies["0% over, 0 held"] == FlatRule()
    assert all(isinstance(policy, FlatRule) for policy in ROWS["levelling"].policies.values())


def test_what_is_printed_is_for_people_and_the_json_has_it_all(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(some: list[Piece], _: int) -> dict[Piece, pieces.NightsByPolicy]:
        return {piece: run_piece(piece) for piece in some}

    monkeypatch.setattr(decisions, "play_pieces", here)
    file = tmp_path / "told.json"
    words = ["--lab", "--rows", "nothing", "--loads", "140", "--nights", "2", "--json", str(file)]
    assert command.main(["decisions", *words]) == 0
    printed = capsys.readouterr().out
    assert "nothing overbooked" in printed
    assert "enquiries" in printed
    assert "moved" in printed.splitlines()[3]
    told = json.loads(file.read_text(encoding="utf-8"))
    assert [line["name"] for line in told["lines"]] == ["nothing", "flat", "bound"]
    assert (told["first_seed"], told["nights"]) == (1, 2)
    assert len(list(kept.glob("*.json"))) == 4


def test_the_table_says_which_bars_are_not_held(capsys: pytest.CaptureFixture[str]) -> None:
    found = played(flat=nights(80.0, 80.0), ours=nights(81.0, 81.0), bound=nights(90.0, 90.0))
    lines = found.lines()
    speed = Speed(judged=FAST, answered=FAST, looked_ahead=FAST)
    print_report(Console(width=120), lines, bars(lines, speed), speed)
    printed = capsys.readouterr().out
    assert "not held" in printed
    assert "+1.2 ± 0.0 %" in printed
    assert msgspec.json.encode(lines)


def test_a_bench_that_is_none_is_told_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["dinner"]) == 2
    assert "showup FILE" in capsys.readouterr().err
    assert command.main([]) == 0
