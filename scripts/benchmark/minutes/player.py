"""Playing rows in worker processes, with a line that says how many minutes are left."""

from __future__ import annotations

import multiprocessing
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, Self

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from scripts.benchmark.minutes.flat_search import best_flat, nights_to_search
from scripts.benchmark.minutes.pieces import COST, kept_at, pieces_for, run_minute_piece
from scripts.benchmark.minutes.rows import is_flat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.lab.rivals import FlatRule
    from scripts.benchmark.minutes.night import MinuteNight
    from scripts.benchmark.minutes.row import MinuteRow, Rule

COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.percentage:.0f} %"),
    TimeElapsedColumn(),
    TextColumn("left"),
    TimeRemainingColumn(),
)
TOLD_EVERY = 60.0
"""Seconds between two lines of progress where there is no terminal."""


class Player:
    """Worker processes that play pieces, and the progress of the whole.

    Kept pieces are read here, and count for the progress as if they had been played.
    """

    def __init__(self, workers: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.pool = ProcessPoolExecutor(workers, mp_context=spawn)
        self.terminal = sys.stderr.isatty()
        self.bar = Progress(*COLUMNS, transient=True, disable=not self.terminal)
        self.task = self.bar.add_task("", total=0.0)
        self.began = self.told = time.monotonic()
        self.total = self.done = self.read = 0.0

    def __enter__(self) -> Self:
        """Show the progress."""
        self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave no process behind; pieces under way end first."""
        self.bar.stop()
        self.pool.shutdown(cancel_futures=True)

    def expect(self, plays: Iterable[tuple[MinuteRow, int]]) -> None:
        """Set what is to be done in all: rows with the nights of each."""
        self.total = sum(
            COST[row.door] * (nights_to_search(nights) if is_flat(row) else nights)
            for row, nights in plays
        )
        self.bar.update(self.task, total=self.total)

    def search_flat(self, row: MinuteRow, load: int, seeds: range) -> FlatRule:
        """Return the best flat rule on these nights, in hindsight."""

        def nets(rule: FlatRule, nights: int) -> list[float]:
            return [night.net for night in self.play(row, rule, load, seeds[:nights])]

        return best_flat(len(seeds), nets)

    def play(self, row: MinuteRow, rule: Rule, load: int, seeds: range) -> list[MinuteNight]:
        """Return the nights of a row with a rule, in the order of the seeds."""
        pieces = pieces_for(row, rule, load, seeds)
        found = {piece: run_minute_piece(piece) for piece in pieces if kept_at(piece).exists()}
        self.read += sum(piece.cost for piece in found)
        self._advance(row, sum(piece.cost for piece in found))
        waiting = {
            self.pool.submit(run_minute_piece, piece): piece
            for piece in pieces
            if piece not in found
        }
        for done in as_completed(waiting):
            piece = waiting[done]
            found[piece] = done.result()
            self._advance(row, piece.cost)
        return [night for piece in pieces for night in found[piece]]

    def left(self, seconds: float) -> float:
        """Return the minutes left after so many seconds, by the pace of what was played."""
        played = self.done - self.read
        return (self.total - self.done) / played * seconds / 60.0 if played > 0.0 else 0.0

    def _advance(self, row: MinuteRow, cost: float) -> None:
        self.done += cost
        self.bar.update(self.task, advance=cost, description=row.name)
        now = time.monotonic()
        if not self.terminal and now - self.told > TOLD_EVERY:
            self.told = now
            share, left = self.done / max(self.total, self.done), self.left(now - self.began)
            print(f"{row.name}: {share:.0%} done, about {left:.0f} min left", file=sys.stderr)
