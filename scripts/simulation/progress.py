"""The progress bar of an evening."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.simulation.night import Night
    from scripts.simulation.play import Plan


class ProgressBar:
    """Shows progress by business time and requests."""

    def __init__(self, plan: Plan) -> None:
        """Shows nothing unless standard error is a terminal."""
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, transient=True, disable=not sys.stderr.isatty())
        self.plan = plan
        self.task = self.bar.add_task("", total=1.0)

    def __enter__(self) -> Callable[[Night], None]:
        """Start; returns the function to call after each step."""
        self.bar.start()
        return self._advance

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.bar.stop()

    def _advance(self, night: Night) -> None:
        if self.plan.goes_on and night.wire.running:
            self.bar.stop()
            return
        hours = self.plan.hours
        share = (night.now - hours.opens) / (hours.closes - hours.opens)
        asked = night.tally.counts["requests"] / max(1, self.plan.requests)
        local = night.now.astimezone(night.house.zone)
        self.bar.update(
            self.task,
            completed=0.3 * asked + 0.7 * min(1.0, max(0.0, share)),
            description=f"{local:%d %b %H:%M}  {night.journal.sent} requests",
        )
