"""What is known of a promise when it is made, as the model of told risks takes it.

The figures are the same whether the house decides by value (from the scenario ledger) or by the
overbooking rule (from the counts of who is expected), so one model tells both.
"""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import asdict

from policies.house.grid import GRID_MINUTES
from policies.house.layout import WHOLE_ROOM
from policies.risk.ledger import Ledger, LedgerParty, MarginalRisk

AROUND = 12
"""Buckets either way of a start in which covers are promised around it: an hour."""

EVENING_HOURS = 6.0
"""Hours from the opening that make 1.0 of `slot`."""

LARGE = 5
"""Guests from which a party is large: it needs one of the few large tables, or a join."""

EVER = 0.01
"""Least probability to come that is believed of anybody."""

TIGHT = 0.1
"""Share of the tables left over below which the room is tight."""


class PromiseFeatures(Struct, frozen=True, kw_only=True):
    """What is known when a promise is made.

    `hours`: from the opening to its start. `lead`: share of the booking window still to come.
    `spare`: tables as large as the party needs, or larger, left over by those expected, at the
    tightest moment of its stay; `spare_all`: the same of all tables; both as shares of all tables,
    negative where more are expected than there are. `fits`: share of the tables that are large
    enough and as the party needs them. `around`: covers promised to start within an hour of it,
    `promised`: in the period, both per seat of the room; `parties`: in the period, per table.
    `beyond`: no table is free. `lacks`, `lacks_long`: probability that its coming leaves it, or
    somebody because of it, without a table for longer than the tolerance, for half an hour, by
    scenarios or counts of who comes.
    """

    size: int
    hours: float
    lead: float
    spare: float
    spare_all: float
    fits: float
    around: float
    promised: float
    parties: float
    lacks: float = 0.0
    lacks_long: float = 0.0
    beyond: bool = False

    def figures(self) -> dict[str, float]:
        """Return the features as numbers by name, as they are stored with a promise.

        In the order in which PostgreSQL keeps the keys of a JSON object, and without a negative
        zero, which its numbers do not know: an answer sent again is the same to the byte.
        """
        by_length = sorted(asdict(self).items(), key=lambda each: (len(each[0]), each[0]))
        return {name: round(float(each), 5) + 0.0 for name, each in by_length}


def features_in(figures: Mapping[str, float]) -> PromiseFeatures:
    """Return the features stored as `figures`."""
    given = dict(figures)
    size, beyond = int(given.pop("size")), bool(given.pop("beyond"))
    return PromiseFeatures(size=size, beyond=beyond, **given)


def ledger_features(
    ledger: Ledger,
    party: LedgerParty,
    start: int,
    marginal: MarginalRisk,
    *,
    fits: float,
    beyond: bool = False,
) -> PromiseFeatures:
    """Return what the ledger knows of promising the party a table at bucket `start`.

    `marginal`: the ledger's own figures for it. `fits`: as in PromiseFeatures; the ledger knows
    areas, and nothing else that a party may need of its table.
    """
    room = ledger.layout.groups[WHOLE_ROOM]
    tables, seats = float(room.tables.sum()), float((room.tables * room.seats).sum())
    spare, spare_all = ledger.least_spare(party, start)
    shows = max(EVER, (1.0 - ledger.cancels(party)) * (1.0 - party.no_show))
    covers = around = 0
    for other in ledger.parties.values():
        covers += other.size
        if abs(other.start - start) <= AROUND:
            around += other.size
    return PromiseFeatures(
        size=party.size,
        hours=start * GRID_MINUTES / 60.0,
        lead=1.0 - ledger.now,
        spare=spare,
        spare_all=spare_all,
        fits=fits,
        around=around / seats,
        promised=covers / seats,
        parties=len(ledger.parties) / tables,
        lacks=min(1.0, marginal.late / shows),
        lacks_long=min(1.0, marginal.walked / shows),
        beyond=beyond,
    )


def columns(known: PromiseFeatures) -> dict[str, float]:
    """Return the columns of the model, by name."""
    slot = min(known.hours / EVENING_HOURS, 1.25)
    large = float(known.size >= LARGE)
    return {
        "slot": slot,
        "slot_2": slot**2,
        "slot_3": slot**3,
        "lead": known.lead,
        "lead_2": known.lead**2,
        "size": float(min(known.size, 8)),
        "large": large,
        "fits": known.fits,
        "spare": known.spare,
        "spare_all": known.spare_all,
        "tight": max(0.0, TIGHT - known.spare),
        "around": known.around,
        "promised": known.promised,
        "parties": known.parties,
        "lead_promised": known.lead * known.promised,
        "lead_slot": known.lead * slot,
        "slot_promised": slot * known.promised,
        "slot_large": slot * large,
        "beyond": float(known.beyond),
    }
