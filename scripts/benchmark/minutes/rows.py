"""The rows of the table in the minute world."""

from msgspec.structs import replace

from policies.house.rules import Rules
from policies.lab.minutes.service_book import BENCHMARK_RULES
from policies.lab.ours import ServicePolicy
from scripts.benchmark.minutes.row import MinuteRow, ServiceRules

STRESS_TITLES = {
    "burst": "a burst of walk-ins at 19:00",
    "long-stays": "stays 25 % longer than believed",
    "shut-area": "an area shut at 19:30",
    "large-parties": "real party sizes, 9 to 12 too",
    "correlated": "no-shows that come together",
    "no-shows-doubled": "twice the no-shows believed",
    "eighteen-tables": "18 tables without joins",
    "hundred-and-twenty-tables": "120 tables",
}
"""What is asked of the rules beside plain nights, and its words."""

FLAT = MinuteRow(name="flat", title="flat overbooking, best of the grid, its hold tuned")
FLAT_LARGE_FIRST = MinuteRow(
    name="flat-large-first",
    title="the same, joins kept for large parties as ours are",
    door="large-first",
    like="flat",
)
FLAT_DOOR = MinuteRow(
    name="flat-door",
    title="the same, with our look-ahead at the door",
    door="lookahead",
    like="flat",
)
LOOKAHEAD = MinuteRow(
    name="lookahead",
    title="the lab's desk and door, without a plan or a ceiling",
    accept=ServicePolicy(),
    door="lookahead",
)
SERVICE = MinuteRow(
    name="service",
    title="the service, overbooking to its ceiling",
    accept=ServiceRules(rules=BENCHMARK_RULES),
    door="service",
)
UNKNOWN = MinuteRow(
    name="unknown",
    title="the same in a house it knows nothing of",
    accept=ServiceRules(rules=BENCHMARK_RULES, unknown=True),
    door="service",
)
FROM_THE_START = MinuteRow(
    name="start",
    title="the service as installed: no overbooking, a house it knows nothing of",
    accept=ServiceRules(rules=Rules(), unknown=True),
    door="service",
)
BY_VALUE_OFF = MinuteRow(
    name="off",
    title="the same with deciding by value turned off",
    accept=ServiceRules(
        rules=replace(Rules(), decisions=replace(Rules().decisions, by_value=False)), unknown=True
    ),
    door="service",
)

PLAIN = (
    FLAT,
    FLAT_LARGE_FIRST,
    FLAT_DOOR,
    LOOKAHEAD,
    SERVICE,
    UNKNOWN,
    FROM_THE_START,
    BY_VALUE_OFF,
)
STRESSED = tuple(
    replace(row, name=f"{row.name}-{stress}", stress=stress)
    for stress in STRESS_TITLES
    for row in (FLAT, SERVICE)
)
QUICK_ROWS = [row.name for row in (FLAT, FLAT_DOOR, LOOKAHEAD, SERVICE)]
MINUTE_ROWS = {row.name: row for row in (*PLAIN, *STRESSED)}


def with_what_they_need(names: list[str]) -> list[MinuteRow]:
    """Return the named rows and the flat rows they are compared with, in the order of the table."""
    stresses = {MINUTE_ROWS[name].stress for name in names}
    return [
        row
        for row in MINUTE_ROWS.values()
        if row.name in names or (is_flat(row) and row.stress in stresses)
    ]


def is_flat(row: MinuteRow) -> bool:
    """Tell whether the row's rule is searched for, not given."""
    return row.accept is None and not row.like
