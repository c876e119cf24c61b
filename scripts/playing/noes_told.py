"""What the evening's report says of parties turned away: by cause, and how many got a place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.playing.examination.rows import Snapshot

Lines = list[tuple[str, object]]


def noes_lines(final: Snapshot) -> Lines:
    """Parties told no as the house wrote them down: once a guest, nameless ones each time."""
    rows = final["turnaway"]
    causes = Counter(f"{row['code']}, {row['kind']} ({row['channel']})" for row in rows)
    hows = Counter(row["recovered_how"] for row in rows if row["recovered_at"])
    recovered = hows.total()
    share = f"{recovered / len(rows):.0%}" if rows else "-"
    lines: Lines = [("parties told no", len(rows)), ("recovered", f"{recovered} ({share})")]
    lines += sorted((f"recovered: {how}", times) for how, times in hows.items())
    return lines + causes.most_common()
