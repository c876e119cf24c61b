"""What an option of a rescue is expected to be worth, so that the list has an order.

Money in minor units. What the party brings when it takes the option, times the chance that it
does, less what it costs others. Chances that no house has told us yet are assumptions, named here.
"""

import math
from datetime import datetime

from policies.book.picture import Risk
from policies.forecast.forecast import Forecast
from policies.house.calendar import turn_minutes
from policies.house.house import House
from policies.house.rules import Rules
from policies.rescue.option import RescueOption

TAKES_ANOTHER_DAY = 0.2
"""Of guests offered a table on another day, so many take it [A]."""

HALF_HOUR = 30.0


def worth_of(
    option: RescueOption,
    rules: Rules,
    house: House,
    party_size: int,
    forecast: Forecast,
    *,
    now: datetime,
) -> int:
    """Return the money expected of the option, the cost to others taken off; may be below zero."""
    revenue = party_size * rules.decisions.cover_value
    likely = revenue * _taken(option, house, party_size, forecast, now)
    return round(likely - _cost(option, rules))


def _taken(
    option: RescueOption, house: House, party_size: int, forecast: Forecast, now: datetime
) -> float:
    """Return the share of the revenue to expect: the chance it is taken, or what is left of it."""
    ahead = (option.starts - now).total_seconds() / 60 if option.starts else 0.0
    match option.kind:
        case "partner":
            return 0.0
        case "other_day":
            return TAKES_ANOTHER_DAY
        case "later" | "overbook":
            return float(forecast.flexible ** (ahead / HALF_HOUR))
        case "wait":
            return math.exp(-ahead / forecast.patience_minutes)
        case _:
            stays = (option.ends - now).total_seconds() / 60 if option.ends else 0.0
            return min(1.0, stays / turn_minutes(house, party_size))


def _cost(option: RescueOption, rules: Rules) -> float:
    held = rules.decisions.discretion_value if option.held_id else 0
    return held + _risked(option.risk, rules)


def _risked(risk: Risk | None, rules: Rules) -> float:
    """Somebody promised a table waits too long: a party of the class that is short of places."""
    if risk is None:
        return 0.0
    decisions = rules.decisions
    return risk.probability * decisions.caution * decisions.walked_cost * risk.party_class
