"""The picture of a soak: memory and latency over its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygal
from pygal.style import CleanStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.benchmark.soak_figures import Sample

TICKS = 12


def draw(samples: Sequence[Sample]) -> bytes:
    """Draw memory (MiB) and the latencies of all calls (ms), on one scale, as an SVG."""
    chart = pygal.Line(
        title="An evening of a busy group",
        x_title="minutes",
        y_title="MiB and milliseconds",
        style=CleanStyle,
        show_dots=False,
        legend_at_bottom=True,
        show_minor_x_labels=False,
        x_labels_major_count=TICKS,
        range=(0, 1.1 * max(max(*s.processes, s.database, *s.quantiles["all"]) for s in samples)),
        formatter=lambda value: f"{value:.0f}",
        show_y_guides=True,
        stroke_style={"width": 2},
        width=1100,
        height=560,
    )
    chart.x_labels = [f"{sample.at / 60:.0f}" for sample in samples]
    for number in range(len(samples[0].processes)):
        held = [round(sample.processes[number], 1) for sample in samples]
        chart.add(f"process {number + 1}, MiB", held)
    chart.add("PostgreSQL, MiB", [round(sample.database, 1) for sample in samples])
    for place, name in enumerate(("p50", "p99")):
        told = [round(sample.quantiles["all"][place], 1) for sample in samples]
        chart.add(f"{name} of all calls, ms", told)
    drawn: bytes = chart.render()
    return drawn
