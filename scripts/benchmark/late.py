"""`scripts/bench late`: what is answered to "ten minutes late", and what then happens.

Full evenings minute by minute through the service's own path, three times each: with the late
parties told and planned for, with nothing told, and with table and promise ended by the grace.
Differences are paired, evening by evening. Nothing here was fitted; judge on seeds of your own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from copy import copy
from statistics import fmean
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from rich.console import Console
from rich.table import Table

from policies.house.file import read_house
from policies.house.layout import layout_of
from policies.house.rules import Decisions, Rules
from policies.lab.minutes.evening import play_evening
from policies.lab.minutes.houses import eighteen_tables, open_late
from policies.lab.minutes.late_parties import (
    LateHost,
    LatePolicy,
    LateRecord,
    as_walk_ins,
    late_numbers,
)
from policies.lab.minutes.nights import draw_night_in_minutes
from policies.lab.minutes.outcome import LATE_AFTER
from policies.lab.minutes.service_desk import ServiceBookings, book_by_service
from policies.lab.nights import LOADS, true_forecast
from policies.numeric.intervals import student_interval, wilson_interval
from scripts.benchmark.pieces import HOUSE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from policies.house.house import House
    from policies.lab.minutes.nights import NightInMinutes
    from policies.lab.minutes.outcome import MinuteOutcome

SAID_EVERY = 50
"""After so many evenings the tables are printed as they stand."""

FIRST_SEED, NIGHTS, LOAD, WORKERS = 8_000_001, 300, 2, 1
POLICIES: tuple[LatePolicy, ...] = ("told", "silent", "cancel")
RULES = Rules(decisions=Decisions(by_value=False))
"""The plan alone decides: what is told rests on it, and so do the two rivals."""


class LateNight(Struct, frozen=True, kw_only=True):
    """One evening by one policy.

    `walked`: promised parties that came and left unseated, those cancelled at the grace too;
    `walked_late`: the late ones of them. `kept_empty`: table minutes that tables stood empty for
    late parties. `covers`: guests seated, `walk_ins`: parties seated without a promise.
    """

    seed: int
    policy: LatePolicy
    parties: int
    late: int
    walked: int
    walked_late: int
    kept_empty: int
    covers: float
    walk_ins: int
    records: tuple[LateRecord, ...] = ()


Figure = tuple[str, "Callable[[LateNight], float]"]

FIGURES: tuple[Figure, ...] = (
    ("late parties an evening", lambda n: n.late),
    ("walked parties", lambda n: n.walked),
    ("  of them late ones", lambda n: n.walked_late),
    ("table minutes kept empty for late ones", lambda n: n.kept_empty),
    ("walk-ins seated", lambda n: n.walk_ins),
    ("guests seated", lambda n: n.covers),
)


def main(arguments: Sequence[str]) -> int:
    """Print what was told and what happened, then the policies beside each other; returns 0."""
    parser = argparse.ArgumentParser(prog="scripts/bench late", description=__doc__)
    parser.add_argument("--nights", type=int, default=NIGHTS, help=f"evenings ({NIGHTS})")
    parser.add_argument("--house", choices=("sixty", "eighteen"), default="eighteen")
    parser.add_argument("--load", type=int, default=LOAD, choices=range(len(LOADS)))
    parser.add_argument("--seed", type=int, default=FIRST_SEED, help="of the first evening")
    parser.add_argument("--workers", type=int, default=WORKERS)
    given = parser.parse_args(arguments)
    console, nights = Console(width=110), list[tuple[LateNight, ...]]()
    began = time.monotonic()
    seeds = range(given.seed, given.seed + given.nights)
    asked = [(given.house, given.load, seed) for seed in seeds]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(given.workers, mp_context=spawn) as pool:
        for night in pool.map(played, *zip(*asked, strict=True)):
            nights.append(night)
            if len(nights) % SAID_EVERY == 0:
                _said(console, given, nights, began)
    if len(nights) % SAID_EVERY:
        _said(console, given, nights, began)
    return 0


def _said(
    console: Console, given: argparse.Namespace, nights: list[tuple[LateNight, ...]], began: float
) -> None:
    """Print what is known after so many evenings."""
    minutes = (time.monotonic() - began) / 60.0
    console.print(
        f"{len(nights)} evenings from seed {given.seed}, {given.house} tables, load {given.load};"
        f" {minutes:.1f} min"
    )
    console.print(kept(record for night in nights for record in night[0].records))
    console.print(beside(nights))


def played(name: str, load: int, seed: int) -> tuple[LateNight, ...]:
    """Return the evening of this seed by each policy; what was booked is the same."""
    plain = open_late(read_house(HOUSE.read_text(encoding="utf-8")))
    house = eighteen_tables(plain) if name == "eighteen" else plain
    share = len(house.tables) / len(plain.tables)
    truth = true_forecast(*(share * each for each in LOADS[load]))
    night = draw_night_in_minutes(truth, seed)
    booked = book_by_service(night, house, truth, RULES)
    return tuple(_played(night, house, booked, seed, policy) for policy in POLICIES)


def _played(
    night: NightInMinutes, house: House, booked: ServiceBookings, seed: int, policy: LatePolicy
) -> LateNight:
    accepted = booked.bookings.accepted
    starts = dict(zip(accepted.number.tolist(), (accepted.start * 5).tolist(), strict=True))
    live = {each.reservation_id for each in booked.book.picture.promises}
    ours = tuple(n for n in starts if booked.book.new_id(1, n) in live)
    late = late_numbers(night, ours)
    rows: dict[int, int] = {}
    played_night = night
    if policy == "cancel":
        grace = house.booking.no_show_grace_minutes
        played_night, rows = as_walk_ins(night, {n: starts[n] for n in late}, grace)
    host = LateHost(replace(booked, book=copy(booked.book)), late, told=policy == "told")
    forecast = booked.book.forecast
    evening = play_evening(played_night, booked.bookings, layout_of(house), forecast, host)
    records = tuple(_record(host, evening, night, starts, rows, n) for n in sorted(late))
    gone = sum(each.seated < 0 for each in records if each.number in rows)
    seated_late = sum(each.seated >= 0 for each in records if each.number in rows)
    return LateNight(
        seed=seed,
        policy=policy,
        parties=len(ours),
        late=len(late),
        walked=int(evening.walked.sum()) + gone,
        walked_late=sum(each.seated < 0 for each in records),
        kept_empty=host.kept_empty,
        covers=evening.revenue / 50.0,
        walk_ins=int((evening.walk_in_seated >= 0).sum()) - seated_late,
        records=records,
    )


def _record(
    host: LateHost,
    evening: MinuteOutcome,
    night: NightInMinutes,
    starts: dict[int, int],
    rows: dict[int, int],
    number: int,
) -> LateRecord:
    told, start = host.answers.get(number), starts[number]
    place = evening.number.tolist().index(number)
    row = rows.get(number)
    seated = evening.seated[place] if row is None else evening.walk_in_seated[row]
    record = LateRecord(
        number=number, start=start, arrived=start + int(night.late[number]), seated=int(seated)
    )
    if told is None:
        return record
    opens = host.book.opens
    then = None if told.then_at is None else int((told.then_at - opens).total_seconds()) // 60
    return replace(
        record,
        kept_until=int((told.kept_until - opens).total_seconds()) // 60,
        then_at=then,
        then_promised=bool(told.then_tables),
    )


def kept(records: Iterable[LateRecord]) -> Table:
    """Return the table of what was told, and how often that is what happened."""
    found = [each for each in records if each.kept_until is not None]
    in_time = [each for each in found if _in_time(each)]
    after = [each for each in found if not _in_time(each)]
    named = [e for e in after if e.then_promised]
    bare = [e for e in after if not e.then_promised]
    shown = Table(title=f"Told to {len(found)} late parties, and what happened")
    for column in ("told", "parties", "at once", "in ten minutes", "95 % interval", "walked"):
        shown.add_column(column, justify="left" if column == "told" else "right")
    for name, some in (
        ("its table kept, it came by then", in_time),
        ("after that a table at a time, it came then", named),
        ("after that none to promise, it came then", bare),
    ):
        waits = [each.seated - _due(each) if each.seated >= 0 else None for each in some]
        good = sum(w is not None and w <= LATE_AFTER for w in waits)
        low_high = wilson_interval(good, len(some))
        shown.add_row(
            name,
            str(len(some)),
            _share(sum(w is not None and w <= 0 for w in waits), len(some)),
            _share(good, len(some)),
            f"{100 * (low_high.low or 0):.1f} to {100 * (low_high.high or 1):.1f} %",
            str(sum(w is None for w in waits)),
        )
    return shown


def _in_time(record: LateRecord) -> bool:
    return record.kept_until is not None and record.arrived <= record.kept_until


def _due(record: LateRecord) -> int:
    """Return when the party was to sit: once it is here, or at the time it was promised."""
    second = record.then_at if record.then_promised and not _in_time(record) else None
    return max(record.arrived, second or 0)


def _share(good: int, of: int) -> str:
    return f"{100.0 * good / of:.1f} %" if of else "-"


def beside(nights: Sequence[tuple[LateNight, ...]]) -> Table:
    """Return a table of figures an evening by policy, with the paired differences of `told`."""
    shown = Table(title="An evening")
    for number, column in enumerate(("", *POLICIES, "told - silent", "told - cancel")):
        shown.add_column(column, justify="right" if number else "left")
    for name, figure in FIGURES:
        by = [[float(figure(night[place])) for night in nights] for place in range(len(POLICIES))]
        apart = [_apart(by[0], other) for other in by[1:]]
        shown.add_row(name, *(f"{fmean(each):.2f}" for each in by), *apart)
    return shown


def _apart(ours: Sequence[float], theirs: Sequence[float]) -> str:
    differences = [one - other for one, other in zip(ours, theirs, strict=True)]
    interval = student_interval(differences)
    return f"{fmean(differences):+.2f} ({interval.low or 0.0:+.2f} to {interval.high or 0.0:+.2f})"
