"""Pieces of a row, a few nights each, kept on disk: a stopped run goes on, a repeated one reads."""

import hashlib
from pathlib import Path

import msgspec
from msgspec import Struct

from scripts.benchmark.kept import kept_or_made
from scripts.benchmark.minutes.code import ROOT, code_key
from scripts.benchmark.minutes.night import MinuteNight
from scripts.benchmark.minutes.playing import play_minute_night
from scripts.benchmark.minutes.row import MinuteRow, Rule

RESULTS = ROOT / ".data" / "bench" / "minutes"
NIGHTS_PER_PIECE = 5

COST = {"base": 0.03, "large-first": 0.03, "lookahead": 2.0, "service": 6.0}
"""Seconds a night, by the door, roughly: what the progress line weighs pieces by."""


class MinutePiece(Struct, frozen=True):
    """Nights of a row at a load (index into LOADS) with one rule."""

    row: MinuteRow
    rule: Rule
    load: int
    seeds: tuple[int, ...]

    @property
    def cost(self) -> float:
        """Seconds the piece takes, roughly."""
        return COST[self.row.door] * len(self.seeds)


def pieces_for(row: MinuteRow, rule: Rule, load: int, seeds: range) -> list[MinutePiece]:
    """Return the pieces of these nights; shorter runs from the same seed share their pieces."""
    return [
        MinutePiece(row, rule, load, tuple(seeds[begin : begin + NIGHTS_PER_PIECE]))
        for begin in range(0, len(seeds), NIGHTS_PER_PIECE)
    ]


def run_minute_piece(piece: MinutePiece) -> list[MinuteNight]:
    """Play the nights of a piece, or read them if they are kept."""
    return kept_or_made(kept_at(piece), list[MinuteNight], lambda: _play(piece))


def _play(piece: MinutePiece) -> list[MinuteNight]:
    return [play_minute_night(piece.row, piece.rule, piece.load, seed) for seed in piece.seeds]


def kept_at(piece: MinutePiece) -> Path:
    """Return the file of a piece: by code, row, rule, load and seeds; titles do not matter."""
    row = msgspec.structs.replace(piece.row, title="", like="")
    settings = hashlib.sha256(msgspec.json.encode((row, repr(piece.rule)))).hexdigest()[:8]
    name = f"{row.name}-{settings}-{piece.load}-{piece.seeds[0]}-{piece.seeds[-1]}.json"
    return results_folder() / name


def results_folder() -> Path:
    """Return the folder of nights played by this code; screens and reports are no part of it."""
    return RESULTS / code_key("scripts.benchmark.minutes.playing")
