"""Playing pieces on two processes, with a bar that shows how far it is."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from scripts.benchmark.pieces import Figures, Piece, run

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TextColumn("{task.completed:.0f}/{task.total:.0f} nights"),
    TimeElapsedColumn(),
    TimeRemainingColumn(),
)


def played(pieces: Sequence[Piece], workers: int) -> dict[Piece, Figures]:
    """Return the figures of every piece; those done before are only read."""
    nights = sum(len(piece.seeds) for piece in pieces)
    found: dict[Piece, Figures] = {}
    spawn = multiprocessing.get_context("spawn")
    with (
        Progress(*COLUMNS, transient=True, disable=not sys.stderr.isatty()) as bar,
        ProcessPoolExecutor(workers, mp_context=spawn) as pool,
    ):
        task = bar.add_task("", total=nights)
        waiting = {pool.submit(run, piece): piece for piece in pieces}
        try:
            for done in as_completed(waiting):
                piece = waiting[done]
                found[piece] = done.result()
                bar.update(task, advance=len(piece.seeds), description=piece.row)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return found
