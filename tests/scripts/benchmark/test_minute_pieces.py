"""Nights are kept by the code they depend on, and a stopped run goes on."""

from pathlib import Path

import pytest

from policies.lab.rivals import FlatRule
from scripts.benchmark.minutes import pieces
from scripts.benchmark.minutes.code import files_of, imported
from scripts.benchmark.minutes.pieces import MinutePiece, kept_at, pieces_for, run_minute_piece
from scripts.benchmark.minutes.rows import FLAT, LOOKAHEAD, with_what_they_need

PIECE = MinutePiece(FLAT, FlatRule(hold_ahead=10), 0, (1_000_001, 1_000_002))


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pieces, "results_folder", lambda: tmp_path)
    return tmp_path


def test_nights_that_were_played_are_only_read(monkeypatch: pytest.MonkeyPatch) -> None:
    played = run_minute_piece(PIECE)
    assert [night.seed for night in played] == list(PIECE.seeds)
    assert all(sum(night.booked) > 80 for night in played)
    monkeypatch.setattr(pieces, "play_minute_night", None)
    assert run_minute_piece(PIECE) == played


def test_a_piece_that_was_stopped_leaves_nothing_behind(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pieces, "play_minute_night", stopped)
    with pytest.raises(KeyboardInterrupt):
        run_minute_piece(PIECE)
    assert not list(kept.iterdir())


def test_another_hold_is_another_piece_another_title_is_not() -> None:
    other = MinutePiece(FLAT, FlatRule(hold_ahead=15), 0, PIECE.seeds)
    assert kept_at(other) != kept_at(PIECE)
    more = [each.seeds for each in pieces_for(FLAT, FlatRule(), 0, range(1, 13))]
    assert [len(seeds) for seeds in more] == [5, 5, 2]


def test_nights_depend_on_the_policies_they_run_and_on_no_screen_or_report() -> None:
    found = imported("scripts.benchmark.minutes.playing")
    assert {"policies.lookahead.base_rule", "policies.lab.minutes.outcome"} <= found
    assert "policies.risk.cascade" in found, "what is imported by what is imported counts"
    assert not {
        name for name in found if name.startswith(("api", "scripts.benchmark.minutes.bars"))
    }


def test_nights_depend_on_the_figures_that_were_learned() -> None:
    found = {file.name for file in files_of("scripts.benchmark.minutes.playing")}
    assert {"coefficients.json", "quote_start.json"} <= found


def test_what_is_asked_for_is_played_with_what_it_is_compared_with() -> None:
    assert with_what_they_need(["lookahead"]) == [FLAT, LOOKAHEAD]
