"""The rows of the benchmark: acceptance policies, the rule at the door, errors of belief."""

from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.lab.nights import scale_stays
from policies.lab.ours import ServicePolicy
from policies.lab.play import DoorRule
from policies.lab.rivals import FlatRule, NewsvendorRule

OVERBOOKED_SHARES = (0.0, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30)
HELD_TABLES = (0, 2, 4, 6, 8, 10, 12)
SEAT_SHARES = (0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 1.0)


class Clairvoyant(Struct, frozen=True, tag=True):
    """The upper bound: knows all guests, may give flexible ones any start near their wish."""


Policy = FlatRule | NewsvendorRule | ServicePolicy | Clairvoyant


class BeliefError(Struct, frozen=True, kw_only=True):
    """Factors from true to believed demand, no-show rates and mean stays."""

    demand: float = 1.0
    no_shows: float = 1.0
    stays: float = 1.0

    def of(self, truth: Forecast) -> Forecast:
        """Return the believed forecast where `truth` is the true one."""
        return replace(
            scale_stays(truth, self.stays),
            requests=truth.requests * self.demand,
            walk_ins=truth.walk_ins * self.demand,
            no_show_online=truth.no_show_online * self.no_shows,
            no_show_phone=truth.no_show_phone * self.no_shows,
        )


class Row(Struct, frozen=True, kw_only=True):
    """One row of the table. Of several policies the best on the report nights is reported.

    `like`: play only the best policy of that row, with this row's door. `share`: share of the
    nights to play, the first ones. `places`: also measure the plan of the bookings. `quotes`:
    quote waits, learning from night to night; a tenth of the walk-ins then never leave, so the
    net is not comparable with other rows.
    """

    name: str
    title: str
    policies: dict[str, Policy]
    door: DoorRule = "base"
    belief_error: BeliefError = BeliefError()
    like: str | None = None
    share: float = 1.0
    places: bool = False
    quotes: bool = False


def _flat(*, level_load: bool) -> dict[str, Policy]:
    return {
        f"{share:.0%} over, {held} held": FlatRule(
            overbooking=share, held=held, level_load=level_load
        )
        for share in OVERBOOKED_SHARES
        for held in HELD_TABLES
    }


def _ours(name: str, title: str, policy: ServicePolicy) -> Row:
    return Row(name=name, title=title, policies={"": policy}, door="lookahead")


def _without(name: str, title: str, policy: ServicePolicy, door: DoorRule = "lookahead") -> Row:
    return Row(name=name, title=title, policies={"": policy}, door=door, share=0.5)


def _believing(name: str, title: str, belief_error: BeliefError) -> Row:
    return Row(
        name=name, title=title, policies={"": OURS}, door="lookahead", belief_error=belief_error
    )


OURS = ServicePolicy()

POLICY_ROWS = (
    Row(name="nothing", title="nothing overbooked", policies={"": FlatRule()}),
    Row(name="flat", title="flat overbooking, best of the grid", policies=_flat(level_load=False)),
    Row(
        name="flat-door",
        title="the same, with our look-ahead at the door",
        policies=_flat(level_load=False),
        door="lookahead",
        like="flat",
    ),
    Row(
        name="levelling",
        title="flat, all flexible guests levelled",
        policies=_flat(level_load=True),
    ),
    Row(
        name="newsvendor",
        title="newsvendor on covers, best of the grid",
        policies={
            f"{share:.0%} of seats": NewsvendorRule(seat_share=share) for share in SEAT_SHARES
        },
    ),
    Row(
        name="ours",
        title="ours, nobody moved without need",
        policies={"": OURS},
        door="lookahead",
        places=True,
    ),
    _ours("half", "ours, half of the flexible oblige", ServicePolicy(threshold=0.0, oblige="half")),
    _ours("all", "ours, all of the flexible oblige", ServicePolicy(threshold=0.0, oblige="all")),
    Row(name="bound", title="clairvoyant (upper bound)", policies={"": Clairvoyant()}),
)

ABLATION_ROWS = (
    _without("no-displacement", "without displacement", ServicePolicy(displacement=False)),
    _without(
        "no-walk-ins", "without walk-in demand in the prices", ServicePolicy(walk_in_demand=False)
    ),
    _without("no-buffer", "without the capacity buffer", ServicePolicy(buffer=False)),
    _without("no-redraw", "without the cancellation-aware redraw", ServicePolicy(redraw=False)),
    _without("locked", "with plans locked to tables", ServicePolicy(locked=True)),
    _without(
        "nearest",
        "with the nearest alternative, not the best",
        ServicePolicy(alternatives="nearest"),
    ),
    _without("hold-rules", "with hold rules at the door, not rollouts", OURS, "base"),
)

BELIEF_ROWS = (
    _believing("demand-low", "demand believed 25 % too low", BeliefError(demand=0.75)),
    _believing("demand-high", "demand believed 25 % too high", BeliefError(demand=1.25)),
    _believing("shows-half", "half of the no-shows believed", BeliefError(no_shows=0.5)),
    _believing("shows-double", "twice the no-shows believed", BeliefError(no_shows=2.0)),
    _believing("stays-short", "stays believed 15 % too short", BeliefError(stays=0.85)),
    _believing("stays-long", "stays believed 15 % too long", BeliefError(stays=1.15)),
)

QUOTE_ROW = Row(
    name="quotes",
    title="quotes at the door",
    policies={"": OURS},
    door="lookahead",
    share=0.5,
    quotes=True,
)

ROWS = {row.name: row for row in (*POLICY_ROWS, *ABLATION_ROWS, *BELIEF_ROWS, QUOTE_ROW)}
REFERENCE_ROWS = ("flat", "bound")
"""Rows that every other row is compared with; always played."""
