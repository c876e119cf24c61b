"""The numbers behind an answer by value, gathered for those who ask why."""

from policies.book.answers import Driver, Explained
from policies.book.picture import Risk
from policies.book.question import Question
from policies.risk.binding import Binding, binding_of
from policies.value.net_value import Judgement
from policies.value.period_value import Prospect, minor

TOLERANCE_MINUTES = 10
"""The wait that the ledger's risk speaks of (policies/risk/ledger_kernels.py WAIT_BUCKETS)."""


def explained_by(prospect: Prospect, case: Question, judged: Judgement) -> Explained:
    """Return what the judgement of the case's start rests on."""
    party = prospect.party(case.ask, case.ask.starts)
    binding = binding_of(prospect.ledger, prospect.survival, party, judged.shows)
    rules = case.picture.rules
    money = (judged.revenue, judged.risk_cost, judged.displaced)
    revenue, risk_cost, displaced = (minor(rules.decisions, each) for each in money)
    return Explained(
        bucket=prospect.grid.instant(binding.bucket),
        party_class=int(prospect.layout.seats[binding.rank]),
        overload=round(binding.chance, 6),
        expected=round(binding.expected, 2),
        places=binding.places,
        drivers=_drivers(prospect, binding),
        revenue=revenue,
        risk_cost=risk_cost,
        displaced=displaced,
        value=revenue - risk_cost - displaced,
        risk=judged.toll.risk,
        ceiling=rules.overbooking.ceiling,
        walked=judged.toll.walked,
        foretold=prospect.ledger.foretold(party, party.start),
        late=judged.toll.late,
        made_at=prospect.bids.made_at,
    )


def risk_told(explained: Explained) -> Risk:
    """Return the risk of a promise beyond the room as it is told and kept."""
    return Risk(
        probability=explained.risk,
        bucket=explained.bucket,
        party_class=explained.party_class,
        expected=explained.expected,
        places=explained.places,
        ceiling=explained.ceiling,
        tolerance_minutes=TOLERANCE_MINUTES,
    )


def _drivers(prospect: Prospect, binding: Binding) -> tuple[Driver, ...]:
    named = ((prospect.reservation(key), weight) for key, weight in binding.drivers)
    return tuple(
        Driver(reservation_id=reservation_id, contribution=round(weight, 6))
        for reservation_id, weight in named
        if reservation_id is not None
    )
