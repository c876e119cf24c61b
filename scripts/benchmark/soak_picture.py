"""The picture of a soak: memory and latency over its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygal
from pygal.style import CleanStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.benchmark.soak_figures import Sample

TICKS = 12


def minutes_of(seconds: Sequence[float]) -> list[str]:
    """Return the label of each moment: its minute at the first of every so many, else nothing."""
    every = max(60.0, 60.0 * round(seconds[-1] / 60 / TICKS))
    places = [int(at // every) for at in seconds]
    return [
        f"{place * every / 60:.0f}" if place != before else ""
        for place, before in zip(places, [-1, *places], strict=False)
    ]


def draw(samples: Sequence[Sample]) -> bytes:
    """Draw memory (MiB) and the latencies of all calls (ms), on one scale, as an SVG."""
    chart = pygal.Line(
        title="An evening of a busy group",
        x_title="minutes",
        y_title="MiB and milliseconds",
        style=CleanStyle,
        show_dots=False,
        truncate_label=-1,
        legend_at_bottom=True,
        range=(0, 1.1 * max(max(*s.processes, s.database, *s.quantiles["all"]) for s in samples)),
        formatter=lambda value: f"{value:.0f}",
        show_y_guides=True,
        stroke_style={"width": 2},
        width=1100,
        height=560,
    )
    chart.x_labels = minutes_of([sample.at for sample in samples])
    for number in range(len(samples[0].processes)):
        held = [round(sample.processes[number], 1) for sample in samples]
        chart.add(f"process {number + 1}, MiB", held)
    chart.add("PostgreSQL, MiB", [round(sample.database, 1) for sample in samples])
    for place, name in enumerate(("p50", "p99")):
        told = [round(sample.quantiles["all"][place], 1) for sample in samples]
        chart.add(f"{name} of all calls, ms", told)
    drawn: bytes = chart.render()
    return drawn
