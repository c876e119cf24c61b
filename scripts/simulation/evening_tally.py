"""What an evening promised and what happened, in numbers that add up over evenings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from policies.forecast.risk_calibration import WALKED_MINUTES
from scripts.simulation.parties import OVER_TEN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from scripts.simulation.examination.rows import Row, Snapshot

BANDS = (("1 to 2", 2), ("3 to 4", 4), ("5 to 8", 8), ("9 and more", 1 << 20))
"""Names of the bands of party sizes, and the last size of each."""

Lines = list[tuple[str, object]]


class ToldHappened(Struct, kw_only=True):
    """Acceptances told a probability, the sum of these, and how many times it happened."""

    promises: int = 0
    told: float = 0.0
    happened: int = 0

    def add(self, told: float, happened: bool) -> None:  # noqa: FBT001
        """Add an acceptance."""
        self.promises += 1
        self.told += told
        self.happened += happened

    @property
    def text(self) -> str:
        """Told / happened and their ratio."""
        ratio = f" = {self.told / self.happened:.2f}" if self.happened else ""
        return f"{self.told:.2f} / {self.happened}{ratio} ({self.promises} promises)"


class PromiseTally(Struct, frozen=True, kw_only=True):
    """A promise with which risks were told: those, and what happened.

    `evenings`: of the house's own they rest on. `raw`: the model's own_wait, any_wait and walked
    before them. `lost`: it walked, or waited so long that it counts as walked.
    """

    size: int
    came: bool
    evenings: int
    own_wait: float
    any_wait: float
    walked_expected: float
    raw: tuple[float, float, float] | None
    waited: bool
    any_waited: bool
    lost: bool


class EveningTally(Struct, kw_only=True):
    """Sums over one or several evenings. `booked`, `walked_by_size`: parties by name of the band.

    `own_wait`: this party waits over ten minutes. `any_wait`: somebody promised does while it is
    here. Both are told of a party that comes, and counted of those that came. `walked`: parties
    expected to walk at acceptance, and that did.
    """

    evenings: int = 0
    violations: int = 0
    seconds: float = 0.0
    own_wait: ToldHappened = msgspec.field(default_factory=ToldHappened)
    any_wait: ToldHappened = msgspec.field(default_factory=ToldHappened)
    walked: ToldHappened = msgspec.field(default_factory=ToldHappened)
    booked: dict[str, int] = {}
    walked_by_size: dict[str, int] = {}
    promises: list[PromiseTally] = []


def tally_of(final: Snapshot, *, violations: int = 0, seconds: float = 0.0) -> EveningTally:
    """Return the tally of an evening from its rows at the end."""
    rows = final["reservation"]
    left = cleared(final)
    waited = walked_or_late(final, OVER_TEN)
    lost = walked_or_late(final, WALKED_MINUTES)
    tally = EveningTally(evenings=1, violations=violations, seconds=seconds)
    somebody = [due_of(row) for row in rows if row["reservation_id"] in waited]
    for row in rows:
        key, told = row["reservation_id"], told_with(row)
        due, until = due_of(row), left.get(key) or row["ends"]
        beside = key in waited or any(due <= at < until for at in somebody)
        expected = row["explained"]["walked_expected"] if row["explained"] else 0.0
        if told is not None:
            tally.promises.append(
                PromiseTally(
                    size=row["party_size"],
                    came=bool(row["arrived_at"]),
                    evenings=told.get("evenings", 0),
                    own_wait=told["own_wait"],
                    any_wait=told["any_wait"],
                    walked_expected=expected,
                    raw=told.get("raw"),
                    waited=key in waited,
                    any_waited=beside,
                    lost=key in lost,
                )
            )
        if told is not None and row["arrived_at"]:
            tally.own_wait.add(told["own_wait"], key in waited)
            tally.any_wait.add(told["any_wait"], beside)
        if row["explained"]:
            tally.walked.add(expected, key in lost)
    tally.booked = by_size(rows)
    tally.walked_by_size = by_size(row for row in rows if row["reservation_id"] in lost)
    return tally


def summed(tallies: Iterable[EveningTally]) -> EveningTally:
    """Return the sum."""
    total = EveningTally()
    for each in tallies:
        total.evenings += each.evenings
        total.violations += each.violations
        total.seconds += each.seconds
        for name in ("own_wait", "any_wait", "walked"):
            into, more = getattr(total, name), getattr(each, name)
            into.promises += more.promises
            into.told += more.told
            into.happened += more.happened
        total.promises += each.promises
        total.booked = dict(Counter(total.booked) + Counter(each.booked))
        total.walked_by_size = dict(Counter(total.walked_by_size) + Counter(each.walked_by_size))
    return total


def told_lines(tally: EveningTally) -> Lines:
    """Return what was told and happened."""
    return [
        ("own_wait told / happened", tally.own_wait.text),
        ("any_wait told / happened", tally.any_wait.text),
        ("walked told / happened", tally.walked.text),
    ]


def tally_lines(tally: EveningTally) -> Lines:
    """Return the tally as names and values."""
    lines = told_lines(tally)
    for name, _ in BANDS:
        if booked := tally.booked.get(name, 0):
            walked = tally.walked_by_size.get(name, 0)
            lines.append((f"walked of {name}", f"{walked} of {booked} = {walked / booked:.2%}"))
    return lines


def by_size(rows: Iterable[Row]) -> dict[str, int]:
    """Return parties by the name of their band."""
    return dict(Counter(band_of(row["party_size"]) for row in rows))


def band_of(size: int) -> str:
    """Return the name of the band of a party size."""
    return next(name for name, last in BANDS if size <= last)


def told_with(row: Row) -> dict[str, Any] | None:
    """Return the risks told when the reservation was accepted, None where none were."""
    for stored in (row["explained"], row["risk"]):
        if stored and stored.get("told"):
            told: dict[str, Any] = stored["told"]
            return told
    return None


def due_of(row: Row) -> datetime:
    """Return when the party is to be seated: its start, or its arrival if later."""
    due: datetime = max(row["starts"], row["arrived_at"] or row["starts"])
    return due


def cleared(final: Snapshot) -> dict[str, datetime]:
    """Return when each reservation's table was cleared."""
    return {
        row["reservation_id"]: row["cleared_at"] for row in final["seating"] if row["cleared_at"]
    }


def promised_waits(final: Snapshot) -> dict[str, float]:
    """Return the wait in minutes of each promised party that was seated."""
    seated = {row["reservation_id"]: row["seated_at"] for row in final["seating"]}
    return {
        key: (seated[key] - max(row["starts"], row["arrived_at"])).total_seconds() / 60
        for row in final["reservation"]
        if (key := row["reservation_id"]) in seated and row["arrived_at"]
    }


def walked_or_late(final: Snapshot, minutes: float) -> set[str]:
    """Return the promised parties that walked or waited for longer."""
    waited = {key for key, wait in promised_waits(final).items() if wait > minutes}
    return waited | {
        row["reservation_id"] for row in final["reservation"] if row["state"] == "walked"
    }


def append_tally(file: Path, tally: EveningTally) -> None:
    """Append the tally to a file, a line of JSON an evening."""
    with file.open("ab") as lines:
        lines.write(msgspec.json.encode(tally) + b"\n")


def read_tallies(file: Path) -> list[EveningTally]:
    """Return the tallies of a file, none if there is no file."""
    lines = file.read_bytes().splitlines() if file.exists() else []
    return [msgspec.json.decode(line, type=EveningTally) for line in lines]
