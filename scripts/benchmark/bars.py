"""The bars of SCIENCE.md: what was aimed at, what was reached, by how much."""

from collections.abc import Iterator
from math import isnan

from msgspec import Struct

from policies.lab.nights import LOADS
from scripts.benchmark.figures import Line
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

Lines = dict[tuple[str, int], Line]


class Bar(Struct, frozen=True, kw_only=True):
    """One aim: `reached` must be at least `least` and at most `most`, where these are set."""

    title: str
    reached: float
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def by(self) -> float:
        """How far on the right side of the nearer limit, negative when on the wrong one."""
        gaps = [] if self.least is None else [self.reached - self.least]
        gaps += [] if self.most is None else [self.most - self.reached]
        return min(gaps)

    @property
    def held(self) -> bool:
        """Whether the aim is reached."""
        return self.by >= 0.0


def bars(lines: list[Line], speed: Speed | None) -> list[Bar]:
    """Return every bar that the rows played can answer."""
    found = {(line.name, line.load): line for line in lines}
    told: list[Bar] = []
    for load in range(len(LOADS)):
        told += [*_money(found, load), *_guests(found, load), *_robust(found, load)]
    return [*told, *_speed(speed)] if speed else told


def _money(lines: Lines, load: int) -> Iterator[Bar]:
    for name, least in GAINS.items():
        line = lines.get((name, load))
        if line and line.over_flat:
            told = f"{line.title}: over the best flat rule"
            yield _bar(load, told, line.over_flat.percent, "%", least=least[load])
    line = lines.get(("all", load))
    if line and line.over_levelling:
        told = f"{line.title}: over the levelling flat rule"
        least_over = OVER_LEVELLING[load]
        yield _bar(load, told, line.over_levelling.percent, "%", least=least_over)
    for name, ratio in RATIOS.items():
        if line := lines.get((name, load)):
            told = f"{line.title}: share of the clairvoyant"
            yield _bar(load, told, line.of_bound, least=ratio[load])


def _guests(lines: Lines, load: int) -> Iterator[Bar]:
    line = lines.get(("ours", load))
    if line is None:
        return
    yield _bar(load, "walked parties a night", line.walked, most=WALKED[load])
    if line.walked > 0.0:
        told = "walked parties expected at acceptance / that happened"
        yield _bar(load, told, line.foretold / line.walked, least=FORETOLD[0], most=FORETOLD[1])
    quoting = lines.get(("quotes", load))
    if quoting and quoting.quotes:
        told = f"quoted waits kept, of {quoting.quotes}"
        yield _bar(load, told, quoting.quotes_kept, least=QUOTES[0], most=QUOTES[1])
    if not isnan(line.unplaced):
        told = f"covers without a table in the plan (in any plan {line.unplaceable:.1%})"
        yield _bar(load, told, line.unplaced, most=UNPLACED)


def _robust(lines: Lines, load: int) -> Iterator[Bar]:
    for name in RIGHT_BELIEFS:
        line = lines.get((name, load))
        if line and line.over_ours:
            told = f"{line.title}: against right beliefs"
            yield _bar(load, told, line.over_ours.percent, "%", least=-0.5)
    for name in WRONG_STAYS:
        line = lines.get((name, load))
        if line and line.over_flat:
            told = f"{line.title}: over the best flat rule, surely (95 %)"
            yield _bar(load, told, line.over_flat.at_least, "%", least=-1.0)


def _speed(speed: Speed) -> Iterator[Bar]:
    told = "of 100 starts judged for a booking, 99 within"
    yield Bar(title=told, reached=speed.judged.p99, unit="ms", most=DECISION_MS)
    told = "of 100 looks ahead at the door, 99 within"
    yield Bar(title=told, reached=speed.looked_ahead.p99, unit="ms", most=LOOK_AHEAD_MS)


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
    told = f"{requests:.0f}/{walk_ins:.0f} {title}"
    return Bar(title=told, reached=reached, unit=unit, least=least, most=most)
