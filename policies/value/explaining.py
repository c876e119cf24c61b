"""The figures behind an answer by value, for staff and managers."""

from policies.book.answers import Explanation, RiskDriver
from policies.book.picture import Risk
from policies.book.question import Question
from policies.forecast.risk_calibration import ToldRisk
from policies.house.rules import Overbooking
from policies.risk.binding import BindingConstraint, binding_constraint
from policies.value.net_value import NetValue
from policies.value.period_value import Prospect, minor_units


def explain_value(
    prospect: Prospect, question: Question, net: NetValue, told: ToldRisk
) -> Explanation:
    """Return the figures that the value of the question's start rests on."""
    party = prospect.party(question.ask, question.ask.starts)
    binding = binding_constraint(prospect.ledger, prospect.survival, party, net.shows)
    rules = question.picture.rules
    money = (net.revenue, net.risk_cost, net.displaced)
    revenue, risk_cost, displaced = (minor_units(rules.decisions, each) for each in money)
    return Explanation(
        tightest_at=prospect.grid.instant(binding.bucket),
        party_class=int(prospect.layout.seats[binding.rank]),
        overload=round(binding.chance, 6),
        expected=round(binding.expected, 2),
        places=binding.places,
        drivers=_drivers(prospect, binding),
        revenue=revenue,
        risk_cost=risk_cost,
        displaced_value=displaced,
        value=revenue - risk_cost - displaced,
        risk=told.own_wait,
        ceiling=rules.overbooking.ceiling,
        walked=net.marginal.walked,
        walked_expected=net.shows * told.walked,
        late=net.marginal.late,
        made_at=prospect.bids.made_at,
        told=told,
        others=round(binding.others, 2),
    )


def promise_risk(explained: Explanation, rules: Overbooking) -> Risk:
    """Return the risk of an overbooked promise as it is told and stored; `rules`: the house's."""
    return Risk(
        probability=explained.risk,
        tightest_at=explained.tightest_at,
        party_class=explained.party_class,
        expected=explained.expected,
        places=explained.places,
        ceiling=explained.ceiling,
        tolerance_minutes=rules.tolerance_minutes,
        told=explained.told,
        others=explained.others,
    )


def _drivers(prospect: Prospect, binding: BindingConstraint) -> tuple[RiskDriver, ...]:
    named = ((prospect.reservation(key), weight) for key, weight in binding.drivers)
    return tuple(
        RiskDriver(reservation_id=reservation_id, contribution=round(weight, 6))
        for reservation_id, weight in named
        if reservation_id is not None
    )
