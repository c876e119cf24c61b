"""Report lines on held tables, overbooked promises, decisions by value, and gestures."""

from __future__ import annotations

from collections import Counter
from statistics import mean
from typing import TYPE_CHECKING

from policies.forecast.risk_calibration import WALKED_MINUTES
from scripts.simulation.evening_tally import promised_waits, walked_or_late
from scripts.simulation.examination.by_value import overruled
from scripts.simulation.examination.held_tables import BY_HAND, released_by, swept_at

if TYPE_CHECKING:
    from datetime import datetime

    from scripts.simulation.examination.rows import Row, Snapshot
    from scripts.simulation.journal import Journal
    from scripts.simulation.night import Night

TOLD_OF_GIFTS = ("gestures refused", "gestures asked")

Lines = list[tuple[str, object]]


def held_table_lines(journal: Journal, final: Snapshot) -> Lines:
    """Held tables by how they ended; rungs are counted from 1."""
    rows = final["held_table"]
    swept = set(swept_at(journal))
    ends: Counter[str] = Counter()
    for row in rows:
        ends[ending(row, swept)] += 1
    made: Lines = [
        ("made by the rules", sum(row["rung"] >= 0 for row in rows)),
        ("held by hand", sum(row["rung"] < 0 for row in rows)),
    ]
    return made + sorted(ends.items())


def ending(row: Row, swept: set[datetime]) -> str:
    """How a held table ended, in words."""
    if row["state"] == "cancelled":
        return "cancelled: gave way to a promise"
    if row["state"] != "released":
        return str(row["state"])
    by = released_by(row, swept)
    rung = f"rung {row['rung'] + 1}" if row["rung"] >= 0 else "the end of its window"
    return f"released {by}" if by == BY_HAND else f"released at {rung} {by}"


def overbooking_lines(final: Snapshot) -> Lines:
    """Overbooked promises: risk told, and outcome."""
    rows = [row for row in final["reservation"] if row["risk"]]
    risks = [row["risk"]["probability"] for row in rows]
    tolerance = rows[0]["risk"]["tolerance_minutes"] if rows else 10
    waits = promised_waits(final)
    late = {key for key, minutes in waits.items() if minutes > tolerance}
    walked = {row["reservation_id"] for row in final["reservation"] if row["state"] == "walked"}
    ours = {row["reservation_id"] for row in rows}
    states = Counter(f"of these now {row['state']}" for row in rows)
    return [
        ("promises beyond the room", len(rows)),
        ("of these given a table before they came", sum(r["kind"] == "physical" for r in rows)),
        *sorted(states.items()),
        ("overruled by a person", sum(row["overruled"] for row in final["reservation"])),
        ("mean risk told", f"{mean(risks or [0]):.4f}"),
        (f"told: waits over {tolerance} minutes (sum of the risks)", f"{sum(risks):.2f}"),
        (f"happened: parties beyond that waited over {tolerance}", len(ours & late)),
        ("happened: parties beyond that walked", len(ours & walked)),
        (f"happened: promised parties that waited over {tolerance}", len(late)),
        ("happened: promised parties that walked", len(walked)),
        ("guests refused for the risk", refused(final, "RISK_OVER_CEILING")),
        ("guests refused for the caps", refused(final, "OVERBOOKING_CAP")),
        ("guests refused for held tables", refused(final, "HELD_BACK")),
    ]


def by_value_lines(final: Snapshot) -> Lines:
    """Walked parties: expected by the decisions by value, and actual."""
    expected, happened = walked_expected_and_actual(final)
    against = {row["reservation_id"] for row in final["reservation"] if overruled(row)}
    lost = walked_or_late(final, WALKED_MINUTES)
    ratio = f"{happened / expected:.2f}" if expected else "-"
    return [
        ("answers by value", sum(bool(row["explained"]) for row in final["reservation"])),
        ("guests refused for the price", refused(final, "BID_PRICE")),
        ("told: parties that would walk (sum over acceptances)", f"{expected:.2f}"),
        ("happened: of them walked, or waited over 30 minutes", happened),
        ("the same of parties booked against the engine", len(lost & against)),
        ("happened / told", ratio),
    ]


def walked_expected_and_actual(final: Snapshot) -> tuple[float, int]:
    """Walked parties expected at acceptance by value, and the actual number of those accepted."""
    rows = final["reservation"]
    expected = sum(row["explained"]["walked_expected"] for row in rows if row["explained"])
    accepted = {row["reservation_id"] for row in rows if not overruled(row)}
    return expected, len(walked_or_late(final, WALKED_MINUTES) & accepted)


def refused(final: Snapshot, code: str) -> int:
    """The number of turnaways with this internal code."""
    return sum(row["code"] == code for row in final["turnaway"])


def gesture_lines(night: Night, final: Snapshot) -> Lines:
    """Gestures by state, reason and item; purses; refused gestures."""
    rows = final["gesture"]
    lines: Lines = sorted(Counter(row["state"] for row in rows).items())
    lines += sorted(Counter(f"reason: {row['cause']}, {row['state']}" for row in rows).items())
    lines += sorted(Counter(f"item: {row['item']}" for row in rows).items())
    for purse in sorted(final["purse"], key=lambda purse: str(purse["owner"])):
        lines.append((f"purse of {purse['owner']}: spent / granted", spent(purse)))
    counts = night.tally.counts
    lines += sorted((name, n) for name, n in counts.items() if name.startswith(TOLD_OF_GIFTS))
    return lines


def spent(purse: Row) -> str:
    """Spent / granted of a purse."""
    return f"{purse['spent']} / {purse['granted']}"


def short_summary(journal: Journal, final: Snapshot) -> str:
    """Held tables, overbooking and gestures for the summary line; empty where there were none."""
    rows = final["held_table"]
    if not rows:
        return ""
    swept = set(swept_at(journal))
    ended = Counter(row["state"] for row in rows)
    by = Counter(released_by(row, swept) for row in rows if row["state"] == "released")
    beyond = sum(bool(row["risk"]) for row in final["reservation"])
    releases = ", ".join(f"{times} {who}" for who, times in sorted(by.items()))
    expected, happened = walked_expected_and_actual(final)
    return (
        f", walked {expected:.2f} told {happened} happened"
        f", {len(rows)} held: {ended['granted']} granted, {ended['cancelled']} gave way, "
        f"{releases or 'none'} released, {beyond} overbooked, {len(final['gesture'])} gestures"
    )
