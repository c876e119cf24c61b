"""Target figures ("bars") of the benchmark: limit, figure reached, margin.

Tuples are by load (140, 220, 300 requests). Gains and ratios are set just above what a
prototype of these decisions reached on the same synthetic nights.
"""

from collections.abc import Iterator
from math import isnan

from msgspec import Struct

from policies.lab.nights import LOADS
from scripts.benchmark.figures import RowFigures
from scripts.benchmark.speed import Speed

GAINS = {"ours": (6.0, 11.0, 13.0), "half": (9.0, 14.0, 16.0)}
OVER_LEVELLING = (3.0, 8.0, 11.0)
RATIOS = {"ours": (0.86, 0.75, 0.70), "all": (0.92, 0.79, 0.73)}
WALKED = (0.35, 0.35, 0.60)
RIGHT_BELIEFS = ("demand-low", "demand-high", "shows-half", "shows-double")
WRONG_STAYS = ("stays-short", "stays-long")
DECISION_MS, LOOK_AHEAD_MS = 1.0, 5.0
UNPLACED = 0.01
QUOTES = (0.78, 0.84)
FORETOLD = (0.5, 1.5)

_FiguresByRow = dict[tuple[str, int], RowFigures]


class Bar(Struct, frozen=True, kw_only=True):
    """One target: `reached` must be at least `least` and at most `most`, where set.

    `error`: the standard error of what was reached. `aim`: the further limit thought reachable.
    """

    title: str
    reached: float
    unit: str = ""
    least: float | None = None
    most: float | None = None
    error: float | None = None
    aim: float | None = None

    @property
    def by(self) -> float:
        """The margin to the nearer limit, negative when it is missed."""
        gaps = [] if self.least is None else [self.reached - self.least]
        gaps += [] if self.most is None else [self.most - self.reached]
        return min(gaps)

    @property
    def held(self) -> bool:
        """Whether the target is met."""
        return self.by >= 0.0


def bars(lines: list[RowFigures], speed: Speed | None) -> list[Bar]:
    """Return the bars of all rows that were played."""
    found = {(line.name, line.load): line for line in lines}
    result: list[Bar] = []
    for load in range(len(LOADS)):
        result += [*_money_bars(found, load), *_guest_bars(found, load), *_belief_bars(found, load)]
    return [*result, *speed_bars(speed)] if speed else result


def _money_bars(lines: _FiguresByRow, load: int) -> Iterator[Bar]:
    for name, least in GAINS.items():
        line = lines.get((name, load))
        if line and line.over_flat:
            title = f"{line.title}: over the best flat rule"
            yield _bar(load, title, line.over_flat.percent, "%", least=least[load])
    line = lines.get(("all", load))
    if line and line.over_levelling:
        title = f"{line.title}: over the levelling flat rule"
        least_over = OVER_LEVELLING[load]
        yield _bar(load, title, line.over_levelling.percent, "%", least=least_over)
    for name, ratio in RATIOS.items():
        if line := lines.get((name, load)):
            title = f"{line.title}: share of the clairvoyant"
            yield _bar(load, title, line.of_bound, least=ratio[load])


def _guest_bars(lines: _FiguresByRow, load: int) -> Iterator[Bar]:
    line = lines.get(("ours", load))
    if line is None:
        return
    yield _bar(load, "walked parties a night", line.walked, most=WALKED[load])
    if line.walked > 0.0:
        title = "walked parties expected at acceptance / that happened"
        yield _bar(load, title, line.foretold / line.walked, least=FORETOLD[0], most=FORETOLD[1])
    quoting = lines.get(("quotes", load))
    if quoting and quoting.quotes:
        title = f"quoted waits kept, of {quoting.quotes}"
        yield _bar(load, title, quoting.quotes_kept, least=QUOTES[0], most=QUOTES[1])
    if not isnan(line.unplaced):
        title = f"covers without a table in the plan (in any plan {line.unplaceable:.1%})"
        yield _bar(load, title, line.unplaced, most=UNPLACED)


def _belief_bars(lines: _FiguresByRow, load: int) -> Iterator[Bar]:
    for name in RIGHT_BELIEFS:
        line = lines.get((name, load))
        if line and line.over_ours:
            title = f"{line.title}: against right beliefs"
            yield _bar(load, title, line.over_ours.percent, "%", least=-0.5)
    for name in WRONG_STAYS:
        line = lines.get((name, load))
        if line and line.over_flat:
            title = f"{line.title}: over the best flat rule, surely (95 %)"
            yield _bar(load, title, line.over_flat.at_least, "%", least=-1.0)


def speed_bars(speed: Speed) -> Iterator[Bar]:
    """Yield the bars of latencies."""
    title = "of 100 starts judged for a booking, 99 within"
    yield Bar(title=title, reached=speed.judged.p99, unit="ms", most=DECISION_MS)
    title = "of 100 looks ahead at the door, 99 within"
    yield Bar(title=title, reached=speed.looked_ahead.p99, unit="ms", most=LOOK_AHEAD_MS)


def _bar(
    load: int,
    title: str,
    reached: float,
    unit: str = "",
    *,
    least: float | None = None,
    most: float | None = None,
) -> Bar:
    requests, walk_ins = LOADS[load]
    title = f"{requests:.0f}/{walk_ins:.0f} {title}"
    return Bar(title=title, reached=reached, unit=unit, least=least, most=most)
