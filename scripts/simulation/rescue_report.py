"""Report lines on turnaways and rescues."""

from __future__ import annotations

from collections import Counter
from statistics import quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.simulation.examination.rows import Snapshot
    from scripts.simulation.journal import Journal
    from scripts.simulation.night import Night

Lines = list[tuple[str, object]]


def turnaway_lines(final: Snapshot) -> Lines:
    """Turnaways by cause and channel, and how many of each were recovered."""
    refused, recovered = Counter[str](), Counter[str]()
    for row in final["turnaway"]:
        cause = f"{row['code']}, {row['kind']} ({row['channel']})"
        refused[cause] += 1
        recovered[cause] += row["recovered_at"] is not None
    hows = Counter(row["recovered_how"] for row in final["turnaway"] if row["recovered_at"])
    share = recovered.total() / max(1, refused.total())
    return [
        ("parties told no", refused.total()),
        ("recovered", f"{recovered.total()} ({share:.0%})"),
        *((f"recovered: {how}", times) for how, times in hows.most_common()),
        *(
            (cause, f"{times}, {recovered[cause]} recovered")
            for cause, times in refused.most_common()
        ),
    ]


def rescue_lines(night: Night, final: Snapshot) -> Lines:
    """Rescue options by kind and final state; response times of the list."""
    ends = Counter((row["kind"], row["state"]) for row in final["rescue_option"])
    kinds = sorted({kind for kind, _ in ends})
    opened = Counter(row["kind"] for row in final["rescue_option"] if row["opened_at"])
    lines: Lines = []
    for kind in kinds:
        listed = sum(times for (each, _), times in ends.items() if each == kind)
        about = f"{listed} / {opened[kind]} / {ends[kind, 'taken']}"
        lines.append((f"{kind}: listed / opened / taken", about))
    lines.append(("options opened", opened.total()))
    refused = sorted((name, n) for name, n in night.tally.counts.items() if "options not" in name)
    return [*lines, *refused, ("the list, milliseconds, p50 / p99", list_times(night.journal))]


def list_times(journal: Journal) -> str:
    """Response times of POST /host/rescues."""
    took = [
        each.seconds * 1000
        for each in journal.exchanges
        if each.path == "/host/rescues" and each.method == "POST" and each.acknowledged
    ]
    cuts = quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    return f"{cuts[49]:.1f} / {cuts[98]:.1f} of {len(took)}"
