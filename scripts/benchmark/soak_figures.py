"""The figures of a soak: what was seen every ten seconds, and whether it stayed flat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

RISE_AT_MOST, SLOWER_AT_MOST = 1.05, 1.5
"""Flat: the last third against the second, memory and the 99th percentile of all calls."""


@dataclass(kw_only=True)
class Sample:
    """What was seen in SAMPLE_SECONDS that ended `at` (seconds since the start). Memory in MiB."""

    at: float
    processes: list[float]
    database: float
    quantiles: dict[str, tuple[float, float]]
    calls: int
    events: int
    streams: int
    waiting_messages: int
    failed: Counter[str]


@dataclass(kw_only=True)
class Soak:
    """The samples of the whole run, all latencies by kind, and those with 500 streams."""

    samples: list[Sample] = field(default_factory=list)
    crowded: list[Sample] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    size_before: int = 0
    size_after: int = 0


def summary(soak: Soak) -> tuple[list[str], bool]:
    """The figures as lines, and whether all stayed flat and nothing failed."""
    failed = sum((each.failed for each in [*soak.samples, *soak.crowded]), Counter[str]())
    lines, flat = flatness(soak.samples)
    return [
        *what_was_done(soak, failed),
        *latencies(soak),
        *lines,
        *what_is_left(soak),
        *crowded_lines(soak),
    ], flat and not failed


def what_was_done(soak: Soak, failed: Counter[str]) -> list[str]:
    """The calls, their answers and what went wrong."""
    samples = soak.samples
    calls, seconds = sum(each.calls for each in samples), samples[-1].at
    events = sum(each.events for each in samples)
    return [
        (
            f"{calls} calls in {seconds / 60:.0f} minutes ({calls / seconds:.1f}/s), "
            f"{events} live events at {samples[-1].streams} tablets"
        ),
        f"answers: {dict(sorted(soak.answers.items()))}",
        f"failed: {dict(failed.most_common(8)) or 'none'}",
    ]


def latencies(soak: Soak) -> list[str]:
    """A line for each kind of call."""
    lines = []
    for kind, seconds in sorted(soak.seconds.items()):
        p50, p99 = quantiles_of(seconds)
        lines.append(f"  {kind:14} {len(seconds):7} calls, {p50:7.1f} ms p50, {p99:7.1f} ms p99")
    return lines


def flatness(samples: Sequence[Sample]) -> tuple[list[str], bool]:
    """What the last third of the time is to the second, and whether that is flat."""
    third = len(samples) // 3
    middle, last = samples[third : 2 * third], samples[-third:]

    def rise(what: Callable[[Sample], float]) -> float:
        return float(np.median([*map(what, last)]) / np.median([*map(what, middle)]))

    processes = [
        rise(lambda each, number=number: each.processes[number])  # type: ignore[misc]
        for number in range(len(samples[0].processes))
    ]
    slower = rise(lambda each: each.quantiles["all"][1])
    told = ", ".join(f"process {n} {each:.3f}" for n, each in enumerate(processes, start=1))
    database = rise(lambda each: each.database)
    lines = [
        (
            f"memory, the last third over the second: {told} (at most {RISE_AT_MOST}), "
            f"PostgreSQL {database:.3f}"
        ),
        f"p99 of all calls, the same: {slower:.2f} (at most {SLOWER_AT_MOST})",
    ]
    return lines, max(processes) <= RISE_AT_MOST and slower <= SLOWER_AT_MOST


def what_is_left(soak: Soak) -> list[str]:
    """Memory, the size of the database and the messages not yet delivered."""
    last = soak.samples[-1]
    held = ", ".join(f"{each:.0f} MiB" for each in last.processes)
    before, after = soak.size_before / 2**20, soak.size_after / 2**20
    most = max(each.waiting_messages for each in soak.samples)
    return [
        (
            f"memory at the end: {held}, PostgreSQL {last.database:.0f} MiB; the database grew "
            f"from {before:.0f} to {after:.0f} MiB"
        ),
        f"messages for the slow receiver: {last.waiting_messages} wait at the end, {most} at most",
    ]


def crowded_lines(soak: Soak) -> list[str]:
    """What one process did with the streams of all those tablets."""
    if not soak.crowded:
        return []
    last, before = soak.crowded[-1], soak.samples[-1]
    now, was = (
        float(np.median([each.quantiles["all"][1] for each in samples]))
        for samples in (soak.crowded, soak.samples)
    )
    return [
        (
            f"with {last.streams} streams: {sum(each.events for each in soak.crowded)} events, p99 "
            f"of all calls {now:.0f} ms (before {was:.0f}), process 1 {before.processes[0]:.0f} -> "
            f"{last.processes[0]:.0f} MiB"
        )
    ]


def quantiles_of(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile in milliseconds."""
    p50, p99 = np.quantile(1000 * np.array(seconds), (0.5, 0.99))
    return float(p50), float(p99)
