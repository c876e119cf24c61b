"""Who receives gestures and who never does, and what they are followed by: counts and intervals.

Groups are what the house can see of parties before it gives; a group that is passed over is a
habit to look at, nobody's fault.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from statistics import median
from typing import Literal

from msgspec import Struct

from policies.numeric.intervals import Mean, Share, mean, share

Pattern = Literal["none", "one", "encore"]
PATTERNS: tuple[Pattern, ...] = ("none", "one", "encore")
PASSED_OVER = 5
"""Of so many parties or more, none received one: no accident to go by (assumption)."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Parties(Struct, frozen=True, kw_only=True):
    """So many alike parties of a date, and how many of them were `given` something."""

    channel: str
    party_size: int
    service_date: date
    known: bool
    parties: int
    given: int


class Group(Struct, frozen=True, kw_only=True):
    """Parties alike in one respect (`by`), and the share of them that received a gesture."""

    by: str
    key: str
    received: Share


class TipShare(Struct, frozen=True, kw_only=True):
    """The tip as a share of the check, of the parties with this pattern of gestures."""

    pattern: Pattern
    share: Mean


class Refunds(Struct, frozen=True, kw_only=True):
    """Dishes refunded. `timed`: whose complaint was noted; minutes from there to the refund."""

    refunds: int
    amount: int
    timed: int
    median_minutes: float | None
    slowest_minutes: float | None


def groups(parties: Sequence[Parties]) -> tuple[Group, ...]:
    """Return the share that received a gesture by channel, size, weekday and known or not."""
    return tuple(
        Group(by=by, key=key, received=share(*_counted(parties, key_of, key)))
        for by, key_of in _KEYS.items()
        for key in sorted({key_of(each) for each in parties})
    )


def passed_over(found: Iterable[Group]) -> tuple[Group, ...]:
    """Return the groups that never received anything though there were enough of them."""
    never = (g for g in found if g.received.count == 0 and g.received.of >= PASSED_OVER)
    return tuple(sorted(never, key=lambda group: -group.received.of))


def tip_shares(observed: Iterable[tuple[Pattern, float]]) -> tuple[TipShare, ...]:
    """Return the mean tip share of each pattern."""
    rows = tuple(observed)
    return tuple(
        TipShare(pattern=pattern, share=mean([each for of, each in rows if of == pattern]))
        for pattern in PATTERNS
    )


def refunds(observed: Iterable[tuple[int, float | None]]) -> Refunds:
    """Return what was refunded, and how fast. Each: the amount, the minutes if they are known."""
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
    """Return the band of sizes a party counts in."""
    if party_size <= 2:
        return str(party_size)
    return "3-4" if party_size <= 4 else "5 and more"


def _counted(
    parties: Sequence[Parties], key_of: Callable[[Parties], str], key: str
) -> tuple[int, int]:
    ours = [each for each in parties if key_of(each) == key]
    return sum(each.given for each in ours), sum(each.parties for each in ours)


_KEYS: dict[str, Callable[[Parties], str]] = {
    "channel": lambda each: each.channel,
    "party_size": lambda each: size_band(each.party_size),
    "weekday": lambda each: _DAYS[each.service_date.weekday()],
    "guest": lambda each: "known" if each.known else "unknown",
}
