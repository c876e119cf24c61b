"""Reports on gestures: the share of parties that received one by group, tip shares, refunds.

Groups are by what staff know before they give: channel, party size, weekday, known guest or not.
Intervals are at 95 % (`policies.numeric.intervals`).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import median
from typing import Literal

from msgspec import Struct

from policies.numeric.intervals import (
    MeanInterval,
    ShareInterval,
    student_interval,
    wilson_interval,
)

GesturePattern = Literal["none", "one", "encore"]
PATTERNS: tuple[GesturePattern, ...] = ("none", "one", "encore")
NEVER_GIVEN_FROM = 5
"""The least number of parties in a group for `never_given` to name it (assumption)."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class PartyCount(Struct, frozen=True, kw_only=True):
    """A count of parties of one date, channel, size and kind; `given`: those with a gesture."""

    channel: str
    party_size: int
    service_date: date
    known: bool
    parties: int
    given: int


class PartyGroup(Struct, frozen=True, kw_only=True):
    """Parties with the same `key` in one respect (`by`), and the share that received a gesture."""

    by: str
    key: str
    received: ShareInterval


class TipShare(Struct, frozen=True, kw_only=True):
    """The mean tip as a share of the check, over parties with this pattern of gestures."""

    pattern: GesturePattern
    share: MeanInterval


class Refunds(Struct, frozen=True, kw_only=True):
    """Refunds of dishes: `amount` in minor units, minutes from the complaint to the refund.

    `timed`: how many of them had a complaint on record.
    """

    refunds: int
    amount: int
    timed: int
    median_minutes: float | None
    slowest_minutes: float | None


def shares_by_group(parties: Sequence[PartyCount]) -> tuple[PartyGroup, ...]:
    """Return the share that received a gesture by channel, size, weekday and known or not."""
    return tuple(
        PartyGroup(by=by, key=key, received=wilson_interval(*_counted(parties, key_of, key)))
        for by, key_of in _KEYS.items()
        for key in sorted({key_of(each) for each in parties})
    )


def never_given(found: Iterable[PartyGroup]) -> tuple[PartyGroup, ...]:
    """Return the groups of `NEVER_GIVEN_FROM` parties or more without a gesture, largest first."""
    never = (g for g in found if g.received.count == 0 and g.received.of >= NEVER_GIVEN_FROM)
    return tuple(sorted(never, key=lambda group: -group.received.of))


def tip_shares(observed: Iterable[tuple[GesturePattern, float]]) -> tuple[TipShare, ...]:
    """Return the mean tip share of each pattern."""
    rows = tuple(observed)
    return tuple(
        TipShare(
            pattern=pattern, share=student_interval([each for of, each in rows if of == pattern])
        )
        for pattern in PATTERNS
    )


def refunds(observed: Iterable[tuple[int, float | None]]) -> Refunds:
    """Return totals and delays. Each observation: amount in minor units, minutes if known."""
    rows = tuple(observed)
    minutes = [each for _, each in rows if each is not None]
    return Refunds(
        refunds=len(rows),
        amount=sum(amount for amount, _ in rows),
        timed=len(minutes),
        median_minutes=median(minutes) if minutes else None,
        slowest_minutes=max(minutes, default=None),
    )


def size_band(party_size: int) -> str:
    """Return the report's size band of a party: 1, 2, 3-4, 5 and more."""
    if party_size <= 2:
        return str(party_size)
    return "3-4" if party_size <= 4 else "5 and more"


def _counted(
    parties: Sequence[PartyCount], key_of: Callable[[PartyCount], str], key: str
) -> tuple[int, int]:
    ours = [each for each in parties if key_of(each) == key]
    return sum(each.given for each in ours), sum(each.parties for each in ours)


_KEYS: dict[str, Callable[[PartyCount], str]] = {
    "channel": lambda each: each.channel,
    "party_size": lambda each: size_band(each.party_size),
    "weekday": lambda each: _DAYS[each.service_date.weekday()],
    "guest": lambda each: "known" if each.known else "unknown",
}
