"""What a period would bring if it never sold out: requests and walk-ins, in all and by slot.

A night that sold out shows fewer requests than there were: of those after, only the guests who were
turned away and written down. Requests are Poisson, a refusal is written down with a probability
that is found together with the rates by expectation and maximisation (unconstraining: Salch 1997;
Talluri and van Ryzin 2004, section 9.4). Guests who took another slot because theirs was gone
count where they went: a little too much.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Amount, Forecast
from policies.forecast.past_night import PastNight
from policies.numeric.compiled import Floats

PRIOR_NIGHTS = 2.0
"""Nights the belief before counts for, when the rates are learned."""

PRIOR_SLOT_NIGHTS = 8.0
"""Nights it counts for in how the evening's demand is spread over its slots [A]."""

WRITTEN_DOWN = 0.5
WRITTEN_WEIGHT = 10.0
"""Share of refusals believed to be written down, and the refusals this belief counts for [A]."""

_ROUNDS = 200
_NEAR = 1e-9


class Demand(Struct, frozen=True, kw_only=True):
    """Parties expected in all, and their shares by slot of `SLOT_MINUTES` (sums of 1)."""

    requests: Amount
    request_slots: tuple[Amount, ...]
    walk_ins: Amount
    walk_in_slots: tuple[Amount, ...]


class _Seen(Struct, frozen=True, eq=False):
    """Nights by slots [N, S]: asked while on sale (`open`, for `share`), refused `after`."""

    open: Floats
    after: Floats
    share: Floats


def expected_demand(prior: Forecast, nights: Sequence[PastNight]) -> Demand:
    """Return the demand of such a night: the prior's, moved towards what the nights would show."""
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
    """Return the forecast with the demand these nights teach; itself where there are none."""
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


def _unconstrained(prior: float, profile: Floats, seen: _Seen) -> Floats:
    """Return the rate of each slot [S] at which completing the nights changes nothing.

    Of a Poisson count thinned to `after`, the rest is Poisson and independent of it.
    """
    rates, written = prior * profile, WRITTEN_DOWN
    known, closed = (seen.open + seen.after).sum(axis=0), (1.0 - seen.share).sum(axis=0)
    heard = float(seen.after.sum())
    for _ in range(_ROUNDS):
        before, missed = rates, rates * closed * (1.0 - written)
        rates = _shrunk(prior, profile, known + missed, len(seen.open))
        refused = heard + float(missed.sum())
        written = (WRITTEN_WEIGHT * WRITTEN_DOWN + heard) / (WRITTEN_WEIGHT + refused)
        if np.abs(rates - before).max(initial=0.0) < _NEAR:
            break
    return rates


def _shrunk(prior: float, profile: Floats, totals: Floats, nights: int) -> Floats:
    """Shrink the level lightly, and its spread over the slots more."""
    level = (PRIOR_NIGHTS * prior + totals.sum()) / (PRIOR_NIGHTS + nights)
    per_night = totals.sum() / max(nights, 1)
    spread = PRIOR_SLOT_NIGHTS * per_night * profile + totals
    found: Floats = level * spread / spread.sum() if spread.sum() > 0.0 else level * profile
    return found


def _requests(prior: Forecast, nights: Sequence[PastNight]) -> _Seen:
    counts = [tuple(map(len, (night.requests, night.refused, night.on_sale))) for night in nights]
    slots = max((len(prior.request_slots), *(max(each) for each in counts)), default=0)
    return _Seen(
        open=_table([night.requests for night in nights], slots, 0.0),
        after=_table([night.refused for night in nights], slots, 0.0),
        share=_table([night.on_sale for night in nights], slots, 1.0),
    )


def _walk_ins(prior: Forecast, nights: Sequence[PastNight]) -> _Seen:
    slots = max((len(prior.walk_in_slots), *(len(night.walk_ins) for night in nights)), default=0)
    counted = _table([night.walk_ins for night in nights], slots, 0.0)
    return _Seen(open=counted, after=np.zeros_like(counted), share=np.ones_like(counted))


def _table(rows: Sequence[Sequence[float]], slots: int, missing: float) -> Floats:
    table = np.full((len(rows), max(slots, 1)), missing)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _profile(shares: Sequence[float], slots: int) -> Floats:
    """Return shares that sum to 1; even ones where nothing is believed."""
    profile = np.zeros(slots)
    profile[: len(shares)] = shares
    even = np.full(slots, 1.0 / slots)
    return profile / profile.sum() if profile.sum() > 0.0 else even


def _shares(rates: Floats) -> tuple[float, ...]:
    total = rates.sum()
    return tuple(float(rate / total) for rate in rates) if total > 0.0 else ()
