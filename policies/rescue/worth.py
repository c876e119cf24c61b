"""The expected worth of a rescue option in minor currency units, by which the list is ordered.

worth = covers * value of a cover * P(taken) - value of a held table used - expected walk cost.
P(taken): `flexible` per half hour of delay for another time tonight; exp(-wait / patience) for a
wait; for a shorter turn, its share of the turn time; a constant for another day.
"""

import math
from datetime import datetime

from policies.book.picture import Risk
from policies.forecast.forecast import Forecast
from policies.house.rules import Rules
from policies.rescue.option import RescueOption

OTHER_DAY_SHARE = 0.2
"""Share of guests who take a table offered on another day (assumption)."""

SHIFT_STEP_MINUTES = 30.0


def option_worth(
    option: RescueOption,
    rules: Rules,
    usual_minutes: int,
    party_size: int,
    forecast: Forecast,
    *,
    now: datetime,
) -> int:
    """Return the expected revenue less the cost to others; may be negative.

    `usual_minutes`: the turn time of the party there.
    """
    revenue = party_size * rules.decisions.cover_value
    likely = revenue * _expected_share(option, usual_minutes, forecast, now)
    return round(likely - _cost_to_others(option, rules))


def _expected_share(
    option: RescueOption, usual_minutes: int, forecast: Forecast, now: datetime
) -> float:
    """Return the share of the revenue to expect: P(taken), or the share of a shorter turn."""
    ahead = (option.starts - now).total_seconds() / 60 if option.starts else 0.0
    match option.kind:
        case "partner":
            return 0.0
        case "other_day":
            return OTHER_DAY_SHARE
        case "later" | "overbook":
            return float(forecast.flexible ** (ahead / SHIFT_STEP_MINUTES))
        case "wait":
            return math.exp(-ahead / forecast.patience_minutes)
        case _:
            stays = (option.ends - now).total_seconds() / 60 if option.ends else 0.0
            return min(1.0, stays / usual_minutes)


def _cost_to_others(option: RescueOption, rules: Rules) -> float:
    held = rules.decisions.discretion_value if option.held_id else 0
    return held + _expected_walk_cost(option.risk, rules)


def _expected_walk_cost(risk: Risk | None, rules: Rules) -> float:
    """Return caution * covers * (P(walked) * its cost per cover + P(only waits) * its cost)."""
    if risk is None:
        return 0.0
    decisions = rules.decisions
    if risk.told is not None:
        waits = risk.told.own_wait - risk.told.walked
        cost = risk.told.walked * decisions.walked_cost + waits * decisions.late_cost
        return decisions.caution * cost * risk.party_class
    return risk.probability * decisions.caution * decisions.walked_cost * risk.party_class
