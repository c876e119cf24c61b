"""How likely a booking is missed, by what is known when it is made: what the ledger asks.

Folded once from the fitted model (policies/forecast/show_up.py), so that a booking costs a few
sums; the model's rates by feature are learned, its total is that of the house's last weeks.
"""

import math

from msgspec import Struct


class MissOdds(Struct, frozen=True, kw_only=True):
    """Log odds that a booking that is not cancelled is missed, on one weekday.

    `level` + `lead` x log(1 + days before the start) + `soon` if under a day + `sizes` by party
    size from 1 (larger: the last) + `hour` x h + `hour_squared` x h², h hours from the opening to
    the start, + `channels` by channel (another: 0).
    """

    level: float
    lead: float
    soon: float
    sizes: tuple[float, ...]
    hour: float
    hour_squared: float
    channels: dict[str, float]


def miss_chance(
    odds: MissOdds, channel: str, *, party_size: int, lead_days: float, hours: float
) -> float:
    """Return the probability that such a booking is missed."""
    days = max(lead_days, 0.0)
    score = odds.level + odds.lead * math.log1p(days) + odds.channels.get(channel, 0.0)
    score += odds.sizes[min(party_size, len(odds.sizes)) - 1]
    score += hours * (odds.hour + hours * odds.hour_squared)
    if days < 1.0:
        score += odds.soon
    return 1.0 / (1.0 + math.exp(-score))
