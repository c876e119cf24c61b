"""The report of an evening as tables, and the violations found."""

from __future__ import annotations

from collections import Counter
from statistics import mean, quantiles
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from scripts.simulation.discretion_report import (
    by_value_lines,
    gesture_lines,
    held_table_lines,
    overbooking_lines,
    short_summary,
)
from scripts.simulation.evening_tally import tally_lines, tally_of
from scripts.simulation.parties import OVER_TEN, OVER_THIRTY
from scripts.simulation.rescue_report import rescue_lines, turnaway_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.simulation.examination.examiner import Examiner
    from scripts.simulation.examination.findings import Findings
    from scripts.simulation.journal import Journal
    from scripts.simulation.night import Night

EVIDENCE_SHOWN = 5


def show(night: Night, examiner: Examiner | None, seconds: float) -> None:
    """Print all tables of the evening and of its examination."""
    console = Console()
    findings = examiner.findings if examiner else None
    console.print(table(evening_title(night), evening_lines(night)))
    console.print(table("Refused, by reason", refused_lines(night)))
    if examiner and examiner.final:
        console.print(table("Turned away", turnaway_lines(examiner.final)))
    if examiner and examiner.final and examiner.final["held_table"]:
        final, journal = examiner.final, night.journal
        console.print(table("Held tables", held_table_lines(journal, final)))
        console.print(table("Beyond the room", overbooking_lines(final)))
        console.print(table("By value", by_value_lines(final)))
        console.print(table("Told and happened", tally_lines(tally_of(final))))
        console.print(table("Rescues", rescue_lines(night, final)))
        console.print(table("Gestures", gesture_lines(night, final)))
    console.print(table("On the wire", wire_lines(night.journal, seconds)))
    if findings is not None:
        console.print(table("Examined", sorted(findings.looked.items())))
        console.print(table("Noted", sorted(findings.notes.items())))
        show_violations(findings)


def table(title: str, lines: Sequence[tuple[str, object]]) -> Table:
    """A table of names and values."""
    made = Table("", "", title=title, show_header=False, min_width=56)
    for name, value in lines:
        made.add_row(name, str(value))
    return made


def show_violations(findings: Findings) -> None:
    """Print every broken rule with evidence."""
    console = Console()
    by_rule = Counter(violation.rule for violation in findings.violations)
    shown: Counter[str] = Counter()
    for violation in findings.violations:
        shown[violation.rule] += 1
        if shown[violation.rule] <= EVIDENCE_SHOWN:
            console.print(f"VIOLATION {violation.rule}: {violation.evidence}", markup=False)
    for rule, times in by_rule.items():
        if times > EVIDENCE_SHOWN:
            console.print(f"VIOLATION {rule}: {times} in all", markup=False)
    checks = findings.looked.total()
    console.print(f"{checks} checks, {len(findings.violations)} violations", markup=False)


def evening_title(night: Night) -> str:
    """House, period and date."""
    return f"{night.house.raw['venue']['name']}, {night.hours.name} of {night.hours.day:%d %B %Y}"


def evening_lines(night: Night) -> list[tuple[str, object]]:
    """Counts and waits."""
    waits, walk_ins = night.tally.promised_waits, night.tally.walk_in_waits
    lines: list[tuple[str, object]] = sorted(night.tally.counts.items())
    lines += [
        ("mean wait of a promised party, minutes", f"{mean(waits or [0]):.1f}"),
        ("promised parties that waited over 10 minutes", sum(w > OVER_TEN for w in waits)),
        ("promised parties that waited over 30 minutes", sum(w > OVER_THIRTY for w in waits)),
        ("mean wait of a walk-in seated, minutes", f"{mean(walk_ins or [0]):.1f}"),
    ]
    return lines


def refused_lines(night: Night) -> list[tuple[str, int]]:
    """Refusals by reason."""
    return night.tally.refused.most_common()


def wire_lines(journal: Journal, seconds: float) -> list[tuple[str, object]]:
    """Requests, response times, retries."""
    sent = journal.exchanges
    answered = sorted(each.seconds * 1000 for each in sent if each.fate == "answered")
    cuts = quantiles(answered, n=100) if len(answered) > 1 else [0.0] * 99
    fates = Counter(each.fate for each in sent)
    whys = Counter(each.why for each in sent)
    return [
        ("requests sent", len(sent)),
        ("a second", f"{len(sent) / seconds:.0f}"),
        ("answered in, milliseconds, p50 / p99", f"{cuts[49]:.1f} / {cuts[98]:.1f}"),
        ("sent again", whys["retry"]),
        ("delivered twice", whys["duplicate"]),
        ("answers lost / connections broken", f"{fates['lost']} / {fates['broken']}"),
        ("by process", dict(sorted(Counter(each.process for each in sent).items()))),
    ]


def stand_now(night: Night) -> str:
    """What the stand shows, in one line."""
    local = night.now.astimezone(night.house.zone)
    counts = ", ".join(f"{count} {what}" for what, count in night.tally.stand.items())
    return f"demo: {night.hours.name} of {night.hours.day:%d %B}, {local:%H:%M}: {counts}"


def summary(seed: int, night: Night, examiner: Examiner | None, seconds: float) -> str:
    """The evening in one line."""
    findings = examiner.findings if examiner else None
    count = night.tally.counts
    booked = count["booked by a site"] + count["booked by phone"] + count["overruled by a host"]
    seated = count["reservations seated"]
    walk_ins = count["walk-ins seated at once"] + count["walk-ins seated from the list"]
    local = night.now.astimezone(night.house.zone)
    played = (
        f"seed {seed}: {booked} booked, {seated} seated, {walk_ins} of {count['walk-ins']} "
        f"walk-ins, {night.journal.sent} requests in {seconds:.1f} s"
    )
    if findings is None:
        return f"{played}; it is {local:%H:%M} of {night.hours.day:%d %B}"
    if examiner and examiner.final:
        played += short_summary(night.journal, examiner.final)
    checks = findings.looked.total()
    if kills := sum(times for what, times in count.items() if what.startswith("kill -9")):
        played += f", {kills} kills"
    return f"{played}, {checks} checks, {len(findings.violations)} violations"
