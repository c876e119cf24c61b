"""Bars of the minute world: what must be reached, what is aimed at, what was reached.

Tuples are by load (140, 220, 300 requests). Rows: `OURS` are judged against everything.
"""

from collections.abc import Iterator, Sequence
from math import isnan

from policies.lab.compare import PairedGain
from policies.lab.nights import LOADS
from scripts.benchmark.bars import Bar
from scripts.benchmark.minutes.calibration import Calibration
from scripts.benchmark.minutes.figures import MinuteFigures

OVER_FLAT, OVER_FLAT_AIM = (4.0, 10.0, 13.0), (5.0, 11.0, 14.0)
OVER_FLAT_DOOR, OVER_FLAT_DOOR_AIM = (0.5, 5.5, 8.0), (2.0, 6.0, 9.0)
WALKED, WALKED_AIM = (0.20, 0.35, 0.50), (0.15, 0.25, 0.40)
LARGE_BAND, LARGE_WALKED, LARGE_WALKED_AIM = 2, 0.02, 0.01
"""Parties of five to eight: their place in SIZE_BANDS, the share of the booked that may walk."""

WAITED_TIMES, WAITED_TIMES_AIM = (2.0, 1.6, 1.3), (1.5, 1.5, 1.3)
TOLD = (0.7, 1.4)
CALIBRATION_ERROR, LEAST_AUC = 0.05, 0.75
KEPT = (0.78, 0.84)
STRESS_ERRORS = 2.0
"""Standard errors by which more may walk than under the flat rule on a stress night."""

LONG_STAYS = "long-stays"
"""The stress row whose walked parties and ratio are told as they are."""

JUDGED = ("service", "lookahead")
"""Rows that the bars are about: the first that was played."""


def minute_bars(lines: Sequence[MinuteFigures]) -> list[Bar]:
    """Return the bars of all rows played, missed ones first, by how much."""
    found: list[Bar] = []
    for line in judged(lines):
        found += _stress_bars(line) if line.stress else _plain_bars(line)
    return sorted(found, key=lambda bar: bar.held)


def judged(lines: Sequence[MinuteFigures]) -> list[MinuteFigures]:
    """Return the lines the bars are about, one a load and kind of night."""
    chosen: dict[tuple[int, str], MinuteFigures] = {}
    for name in JUDGED:
        for line in lines:
            if line.row.removesuffix(f"-{line.stress}" if line.stress else "") == name:
                chosen.setdefault((line.load, line.stress), line)
    return list(chosen.values())


def _plain_bars(line: MinuteFigures) -> Iterator[Bar]:
    load = line.load
    yield from _gain_bar(line, "over the best flat rule", line.over_flat, OVER_FLAT, OVER_FLAT_AIM)
    yield from _gain_bar(
        line, "over flat with our door", line.over_flat_door, OVER_FLAT_DOOR, OVER_FLAT_DOOR_AIM
    )
    if line.row != "lookahead" and line.over_lookahead:
        shortfall = line.over_lookahead
        yield _bar(
            line, "against the lab's door", shortfall.percent, least=-shortfall.error, unit="%",
            error=shortfall.error,
        )  # fmt: skip
    yield _bar(
        line, "walked parties a night", line.walked.mean, most=WALKED[load],
        error=line.walked.error, aim=WALKED_AIM[load],
    )  # fmt: skip
    if pair := line.walked_against_flat:
        yield _bar(line, "walked, less flat's", pair.mean, most=pair.error, error=pair.error)
    large, aim = line.walked_share(LARGE_BAND), LARGE_WALKED_AIM
    yield _bar(line, "booked parties of 5 to 8 walked", large, most=LARGE_WALKED, aim=aim)
    if not isnan(line.waited_times_flat):
        most, aim = WAITED_TIMES[load], WAITED_TIMES_AIM[load]
        title = "parties over ten minutes, times flat's"
        yield _bar(line, title, line.waited_times_flat, most=most, aim=aim)
    yield from _told_bars(line)
    yield from _quote_bars(line)


def _stress_bars(line: MinuteFigures) -> Iterator[Bar]:
    if line.stress == LONG_STAYS:
        return
    if pair := line.walked_against_flat:
        most = STRESS_ERRORS * pair.error
        yield _bar(line, "walked, less flat's", pair.mean, most=most, error=pair.error)
    yield from _ratio_bar(line, "walked parties told / happened", line.told_over_walked)


def _told_bars(line: MinuteFigures) -> Iterator[Bar]:
    yield from _ratio_bar(line, "walked parties told / happened", line.told_over_walked)
    for name, found in (("own_wait", line.own), ("any_wait", line.any)):
        if found is not None:
            yield from _calibration_bars(line, name, found)


def _calibration_bars(line: MinuteFigures, name: str, found: Calibration) -> Iterator[Bar]:
    yield from _ratio_bar(line, f"{name} told / happened", found.ratio)
    title = f"{name}: expected calibration error"
    yield _bar(line, title, found.error, most=CALIBRATION_ERROR)
    if not isnan(found.auc):
        yield _bar(line, f"{name}: AUC", found.auc, least=LEAST_AUC)


def _quote_bars(line: MinuteFigures) -> Iterator[Bar]:
    for place, kept in enumerate(line.quotes.kept_by_bin if line.quotes else ()):
        title = f"quotes kept, bin {place + 1} by the likely wait"
        yield _bar(line, title, kept, least=KEPT[0], most=KEPT[1])


def _ratio_bar(line: MinuteFigures, title: str, ratio: float) -> Iterator[Bar]:
    if not isnan(ratio):
        yield _bar(line, title, ratio, least=TOLD[0], most=TOLD[1])


def _gain_bar(
    line: MinuteFigures,
    title: str,
    found: PairedGain | None,
    least: tuple[float, ...],
    aim: tuple[float, ...],
) -> Iterator[Bar]:
    if found:
        yield _bar(
            line, title, found.percent, least=least[line.load], unit="%", error=found.error,
            aim=aim[line.load],
        )  # fmt: skip


def _bar(
    line: MinuteFigures,
    title: str,
    reached: float,
    *,
    least: float | None = None,
    most: float | None = None,
    unit: str = "",
    error: float | None = None,
    aim: float | None = None,
) -> Bar:
    requests = f"{LOADS[line.load][0]:.0f}"
    title = " ".join(filter(None, (requests, line.stress, title)))
    return Bar(
        title=title, reached=reached, unit=unit, least=least, most=most, error=error, aim=aim
    )
