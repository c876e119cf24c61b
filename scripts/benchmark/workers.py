"""Playing pieces in worker processes, with a progress bar."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from scripts.benchmark.pieces import NightsByPolicy, Piece, run_piece

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.completed:.0f}/{task.total:.0f} nights"),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)


def play_pieces(pieces: Sequence[Piece], workers: int) -> dict[Piece, NightsByPolicy]:
    """Return the results of every piece; cached ones are read."""
    nights = sum(len(piece.seeds) for piece in pieces)
    found: dict[Piece, NightsByPolicy] = {}
    spawn = multiprocessing.get_context("spawn")
    with (
        Progress(*COLUMNS, transient=True, disable=not sys.stderr.isatty()) as bar,
        ProcessPoolExecutor(workers, mp_context=spawn) as pool,
    ):
        task = bar.add_task("", total=nights)
        waiting = {pool.submit(run_piece, piece): piece for piece in pieces}
        try:
            for done in as_completed(waiting):
                piece = waiting[done]
                found[piece] = done.result()
                bar.update(task, advance=len(piece.seeds), description=piece.row)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return found
