"""Unconstrained demand of a period: requests and walk-ins, in total and by slot.

Requests after a slot sold out are observed only as logged refusals. Requests are Poisson; a refusal
is logged with a probability estimated together with the rates by expectation-maximisation
(unconstraining: Salch 1997; Talluri and van Ryzin 2004, section 9.4). Guests who took another slot
because theirs was sold out count in that slot, a small upward bias.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Amount, Forecast
from policies.forecast.past_night import PastNight
from policies.numeric.compiled import Floats

PRIOR_NIGHTS = 2.0
"""Weight of the prior total, in nights."""

PRIOR_SLOT_NIGHTS = 8.0
"""Weight of the prior's shares by slot, in nights [A]."""

LOGGED_SHARE = 0.5
LOGGED_WEIGHT = 10.0
"""Prior share of refusals that are logged, and its weight in refusals [A]."""

_MAX_ROUNDS = 200
_TOLERANCE = 1e-9


class Demand(Struct, frozen=True, kw_only=True):
    """Expected parties per period, and their shares by slot of `SLOT_MINUTES` (summing to 1)."""

    requests: Amount
    request_slots: tuple[Amount, ...]
    walk_ins: Amount
    walk_in_slots: tuple[Amount, ...]


class _Counts(Struct, frozen=True, eq=False):
    """Counts by night and slot [N, S].

    `open`: requests while on sale; `after`: refusals logged later; `share`: share of the booking
    window in which the slot was on sale.
    """

    open: Floats
    after: Floats
    share: Floats


def expected_demand(prior: Forecast, nights: Sequence[PastNight]) -> Demand:
    """Return the demand expected of such a night: the prior shrunk towards the nights."""
    seen = _requests(prior, nights)
    rates = _unconstrained(prior.requests, _profile(prior.request_slots, seen.open.shape[1]), seen)
    doors = _walk_ins(prior, nights)
    walks = _unconstrained(
        prior.walk_ins, _profile(prior.walk_in_slots, doors.open.shape[1]), doors
    )
    return Demand(
        requests=float(rates.sum()),
        request_slots=_shares(rates),
        walk_ins=float(walks.sum()),
        walk_in_slots=_shares(walks),
    )


def with_demand(prior: Forecast, nights: Sequence[PastNight]) -> Forecast:
    """Return the forecast with demand learned from the nights, unchanged without nights."""
    if not nights:
        return prior
    found = expected_demand(prior, nights)
    return replace(
        prior,
        requests=found.requests,
        request_slots=found.request_slots,
        walk_ins=found.walk_ins,
        walk_in_slots=found.walk_in_slots,
    )


def _unconstrained(prior: float, profile: Floats, seen: _Counts) -> Floats:
    """Return the rate of each slot [S]: the fixed point of the EM iteration.

    The unlogged part of a thinned Poisson count is Poisson and independent of the logged part, so
    its expectation is rate x (1 - share on sale) x (1 - logged share).
    """
    rates, written = prior * profile, LOGGED_SHARE
    known, closed = (seen.open + seen.after).sum(axis=0), (1.0 - seen.share).sum(axis=0)
    heard = float(seen.after.sum())
    for _ in range(_MAX_ROUNDS):
        before, missed = rates, rates * closed * (1.0 - written)
        rates = _shrunk(prior, profile, known + missed, len(seen.open))
        refused = heard + float(missed.sum())
        written = (LOGGED_WEIGHT * LOGGED_SHARE + heard) / (LOGGED_WEIGHT + refused)
        if np.abs(rates - before).max(initial=0.0) < _TOLERANCE:
            break
    return rates


def _shrunk(prior: float, profile: Floats, totals: Floats, nights: int) -> Floats:
    """Shrink the total by `PRIOR_NIGHTS`, its shares by slot by `PRIOR_SLOT_NIGHTS`."""
    level = (PRIOR_NIGHTS * prior + totals.sum()) / (PRIOR_NIGHTS + nights)
    per_night = totals.sum() / max(nights, 1)
    spread = PRIOR_SLOT_NIGHTS * per_night * profile + totals
    found: Floats = level * spread / spread.sum() if spread.sum() > 0.0 else level * profile
    return found


def _requests(prior: Forecast, nights: Sequence[PastNight]) -> _Counts:
    counts = [tuple(map(len, (night.requests, night.refused, night.on_sale))) for night in nights]
    slots = max((len(prior.request_slots), *(max(each) for each in counts)), default=0)
    return _Counts(
        open=_table([night.requests for night in nights], slots, 0.0),
        after=_table([night.refused for night in nights], slots, 0.0),
        share=_table([night.on_sale for night in nights], slots, 1.0),
    )


def _walk_ins(prior: Forecast, nights: Sequence[PastNight]) -> _Counts:
    slots = max((len(prior.walk_in_slots), *(len(night.walk_ins) for night in nights)), default=0)
    counted = _table([night.walk_ins for night in nights], slots, 0.0)
    return _Counts(open=counted, after=np.zeros_like(counted), share=np.ones_like(counted))


def _table(rows: Sequence[Sequence[float]], slots: int, missing: float) -> Floats:
    table = np.full((len(rows), max(slots, 1)), missing)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _profile(shares: Sequence[float], slots: int) -> Floats:
    """Return the shares scaled to a sum of 1, uniform where their sum is 0."""
    profile = np.zeros(slots)
    profile[: len(shares)] = shares
    even = np.full(slots, 1.0 / slots)
    return profile / profile.sum() if profile.sum() > 0.0 else even


def _shares(rates: Floats) -> tuple[float, ...]:
    total = rates.sum()
    return tuple(float(rate / total) for rate in rates) if total > 0.0 else ()
