"""The rows of the benchmark, as data: a policy for the book, a rule at the door, its beliefs."""

from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.lab.nights import shorter_stays
from policies.lab.ours import Ours
from policies.lab.play import Door
from policies.lab.rivals import Flat, Newsvendor

BEYOND = (0.0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30)
HELD = (0, 2, 4, 6, 8, 10, 12)
FILLED = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.0)


class Clairvoyant(Struct, frozen=True, tag=True):
    """The bound: knows everybody, and may give flexible guests any time near their wish."""


Policy = Flat | Newsvendor | Ours | Clairvoyant


class Wrong(Struct, frozen=True, kw_only=True):
    """Factors between what is believed and what is so."""

    demand: float = 1.0
    no_shows: float = 1.0
    stays: float = 1.0

    def of(self, truth: Forecast) -> Forecast:
        """Return what is believed where this is the truth."""
        return replace(
            shorter_stays(truth, self.stays),
            requests=truth.requests * self.demand,
            walk_ins=truth.walk_ins * self.demand,
            no_show_online=truth.no_show_online * self.no_shows,
            no_show_phone=truth.no_show_phone * self.no_shows,
        )


class Row(Struct, frozen=True, kw_only=True):
    """One line of the table. Of several policies the best on the report nights is told.

    `like`: play only the policy that was the best of that row, with this row's door. `share`: of
    the nights, the first that many are played. `places`: also make the plan of the book.
    `quotes`: quote waits at the door, one night after the other, learning; a tenth of the walk-ins
    then stay until they sit, so the money is no rival's.
    """

    name: str
    title: str
    policies: dict[str, Policy]
    door: Door = "base"
    wrong: Wrong = Wrong()
    like: str | None = None
    share: float = 1.0
    places: bool = False
    quotes: bool = False


def _flat(*, levels: bool) -> dict[str, Policy]:
    return {
        f"{beyond:.0%} over, {held} held": Flat(beyond=beyond, held=held, levels=levels)
        for beyond in BEYOND
        for held in HELD
    }


def _ours(name: str, title: str, how: Ours) -> Row:
    return Row(name=name, title=title, policies={"": how}, door="lookahead")


def _without(name: str, title: str, how: Ours, door: Door = "lookahead") -> Row:
    return Row(name=name, title=title, policies={"": how}, door=door, share=0.5)


def _believing(name: str, title: str, wrong: Wrong) -> Row:
    return Row(name=name, title=title, policies={"": NEVER}, door="lookahead", wrong=wrong)


NEVER = Ours()

COMPARED = (
    Row(name="nothing", title="nothing overbooked", policies={"": Flat()}),
    Row(name="flat", title="flat overbooking, best of the grid", policies=_flat(levels=False)),
    Row(
        name="flat-door",
        title="the same, with our look-ahead at the door",
        policies=_flat(levels=False),
        door="lookahead",
        like="flat",
    ),
    Row(
        name="levelling",
        title="flat, all flexible guests levelled",
        policies=_flat(levels=True),
    ),
    Row(
        name="newsvendor",
        title="newsvendor on covers, best of the grid",
        policies={f"{filled:.0%} of seats": Newsvendor(filled=filled) for filled in FILLED},
    ),
    Row(
        name="ours",
        title="ours, nobody moved without need",
        policies={"": NEVER},
        door="lookahead",
        places=True,
    ),
    _ours("half", "ours, half of the flexible oblige", Ours(threshold=0.0, oblige="half")),
    _ours("all", "ours, all of the flexible oblige", Ours(threshold=0.0, oblige="all")),
    Row(name="bound", title="clairvoyant (upper bound)", policies={"": Clairvoyant()}),
)

ABLATIONS = (
    _without("no-displacement", "without displacement", Ours(displacement=False)),
    _without("no-walk-ins", "without walk-in demand in the prices", Ours(walk_in_demand=False)),
    _without("no-buffer", "without the capacity buffer", Ours(buffer=False)),
    _without("no-redraw", "without the cancellation-aware redraw", Ours(redraw=False)),
    _without("locked", "with plans locked to tables", Ours(locked=True)),
    _without("nearest", "with the nearest alternative, not the best", Ours(alternatives="nearest")),
    _without("hold-rules", "with hold rules at the door, not rollouts", NEVER, "base"),
)

BELIEFS = (
    _believing("demand-low", "demand believed 25 % too low", Wrong(demand=0.75)),
    _believing("demand-high", "demand believed 25 % too high", Wrong(demand=1.25)),
    _believing("shows-half", "half of the no-shows believed", Wrong(no_shows=0.5)),
    _believing("shows-double", "twice the no-shows believed", Wrong(no_shows=2.0)),
    _believing("stays-short", "stays believed 15 % too short", Wrong(stays=0.85)),
    _believing("stays-long", "stays believed 15 % too long", Wrong(stays=1.15)),
)

QUOTING = Row(
    name="quotes",
    title="quotes at the door",
    policies={"": NEVER},
    door="lookahead",
    share=0.5,
    quotes=True,
)

ROWS = {row.name: row for row in (*COMPARED, *ABLATIONS, *BELIEFS, QUOTING)}
ALWAYS = ("flat", "bound")
"""What every other row is told against."""
