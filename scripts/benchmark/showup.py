"""`scripts/bench showup FILE`: the show-up model on a real history it was not fitted on.

The history is Antonio, de Almeida and Nunes, "Hotel booking demand datasets", Data in Brief 22
(2019), the nearest public substitute for a restaurant's. It holds exact duplicates, which a random
split would leak into the test set, so it is split by arrival date. Features are known at booking
time; the base rate of each test week is recalibrated on the eight weeks of arrivals before it, as
the service does nightly.
"""

from __future__ import annotations

import argparse
import csv
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from msgspec import Struct
from rich.console import Console
from rich.progress import Progress

from policies.forecast.show_up import (
    PRIOR_BOOKINGS,
    BookingFeatures,
    fit_show_up,
    miss_probabilities,
    recalibrated,
)
from policies.numeric.logistic import area_under_curve, log_loss
from scripts.benchmark.showup_table import Report, TargetResult, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from policies.numeric.compiled import Flags, Floats

SPLIT = date(2017, 5, 1)
"""The model is fitted on arrivals before this date and evaluated on the others."""

WEEKS = 8
WEEK = timedelta(days=7)
MONTHS = tuple(date(2000, month, 1).strftime("%B") for month in range(1, 13))
PRIOR_RATE = 0.05
"""Prior no-show rate, from published figures for restaurants (4.4 to 5.7 %)."""


class HotelBooking(Struct, frozen=True):
    """One booking of the history: features known at booking time, and its outcome."""

    arrival: date
    booking: BookingFeatures
    cancelled: bool
    no_show: bool


class Target(Struct, frozen=True):
    """What to predict (`missed`), and for which rows (`counts`)."""

    name: str
    missed: Callable[[HotelBooking], bool]
    counts: Callable[[HotelBooking], bool]


TARGETS = (
    Target("no-show given not cancelled", lambda s: s.no_show, lambda s: not s.cancelled),
    Target("cancelled or no-show", lambda s: s.no_show or s.cancelled, lambda _: True),
)


def main(arguments: Sequence[str]) -> int:
    """Evaluate the model on the file and print a table; 1 when a bar is missed."""
    parser = argparse.ArgumentParser(prog="scripts/bench showup", description=__doc__)
    parser.add_argument("file", type=Path, help="hotel_bookings.csv, or a .zip with it")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    given = parser.parse_args(arguments)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=2 + len(TARGETS))

        def step(doing: str) -> None:
            progress.update(task, advance=1, description=doing)

        report = evaluate(given.file, step)
    if given.json:
        given.json.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    Console().print(table(report))
    return 0 if all(each.reached for each in report.targets) else 1


def evaluate(file: Path, step: Callable[[str], None] = lambda _: None) -> Report:
    """Return the figures of every target; `step` is called with the name of each stage.

    Raises ValueError when the file has no arrivals on one side of the split.
    """
    stays = tuple(read(file))
    step("splitting")
    results = []
    for target in TARGETS:
        step(target.name)
        results.append(_evaluate_target(target, [stay for stay in stays if target.counts(stay)]))
    step("done")
    return Report(split=SPLIT, weeks=WEEKS, rows=len(stays), targets=tuple(results))


def read(file: Path) -> Iterator[HotelBooking]:
    """Yield the rows of the CSV, or of the first CSV in a zip."""
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as archive, archive.open(archive.namelist()[0]) as raw:
            yield from map(_booking, csv.DictReader(io.TextIOWrapper(raw, "utf-8")))
    else:
        with file.open(encoding="utf-8", newline="") as text:
            yield from map(_booking, csv.DictReader(text))


def _booking(row: dict[str, str]) -> HotelBooking:
    month = MONTHS.index(row["arrival_date_month"]) + 1
    arrival = date(int(row["arrival_date_year"]), month, int(row["arrival_date_day_of_month"]))
    return HotelBooking(
        arrival,
        BookingFeatures(
            lead_days=float(row["lead_time"]),
            party_size=_guests(row),
            channel=row["distribution_channel"],
            weekday=arrival.weekday(),
            hour=0.0,
        ),
        cancelled=row["reservation_status"] == "Canceled",
        no_show=row["reservation_status"] == "No-Show",
    )


def _guests(row: dict[str, str]) -> int:
    return sum(int(row[who]) for who in ("adults", "children", "babies") if row[who].isdigit())


def _evaluate_target(target: Target, stays: list[HotelBooking]) -> TargetResult:
    stays.sort(key=lambda stay: stay.arrival)
    bookings = [stay.booking for stay in stays]
    days = np.array([stay.arrival.toordinal() for stay in stays])
    missed = np.array([target.missed(stay) for stay in stays], np.bool_)
    first = int(np.searchsorted(days, SPLIT.toordinal()))
    if not 0 < first < len(stays):
        raise ValueError(f"the history needs arrivals before and from {SPLIT.isoformat()} on")
    predicted, constant = _predict_by_week(bookings, missed, days, first)
    happened = missed[first:]
    trained = float(missed[:first].mean())
    return TargetResult(
        target=target.name,
        train=first,
        test=len(happened),
        rate_train=trained,
        rate_test=float(happened.mean()),
        loss=log_loss(predicted, happened),
        loss_constant=log_loss(np.full(len(happened), trained), happened),
        loss_rolling_constant=log_loss(constant, happened),
        predicted=float(predicted.sum()),
        actual=int(happened.sum()),
        by_month=_by_month(days[first:], predicted, happened),
        auc=area_under_curve(predicted, happened),
    )


def _predict_by_week(
    bookings: list[BookingFeatures], missed: Flags, days: Floats, first: int
) -> tuple[Floats, Floats]:
    """Return probabilities of the test rows by the model and by the rolling rate, week by week."""
    model = fit_show_up(bookings[:first], missed[:first], prior_rate=PRIOR_RATE)
    predicted, constant = [], []
    start = first
    monday = SPLIT
    while start < len(bookings):
        since = int(np.searchsorted(days, (monday - WEEKS * WEEK).toordinal()))
        monday += WEEK
        end = int(np.searchsorted(days, monday.toordinal()))
        known = recalibrated(model, bookings[since:start], missed[since:start])
        predicted.append(miss_probabilities(known, bookings[start:end]))
        weight = PRIOR_BOOKINGS + start - since
        rate = (PRIOR_BOOKINGS * model.base_rate + float(missed[since:start].sum())) / weight
        constant.append(np.full(end - start, rate))
        start = end
    return np.concatenate(predicted), np.concatenate(constant)


def _by_month(days: Floats, predicted: Floats, happened: Flags) -> dict[str, float]:
    months = np.array([date.fromordinal(int(day)).strftime("%Y-%m") for day in days])
    return {
        str(month): float(
            predicted[months == month].sum() / max(1, happened[months == month].sum())
        )
        for month in np.unique(months)
    }
