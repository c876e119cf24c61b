"""How long a late party's table is kept: while enough of those still missing come after all.

At each whole step of five minutes after the start the parties not here yet are counted, and how
many of them still came that evening. The table is worth keeping while more than `STILL_WORTH` of
them do; afterwards it mostly stands empty for nobody.
"""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from policies.advice.advice import Advice, Standing, Strength
from policies.forecast.evidence import NEEDED_EVENINGS
from policies.house.house import House
from policies.house.rules import Rules
from policies.numeric.intervals import ShareInterval, wilson_interval
from policies.words.message import Message, message

STILL_WORTH = 0.2
"""Of five missing parties one still comes: below that a table is kept for nobody."""

STEP, LEAST, MOST = 5, 5, 60
"""Minutes: between the graces that are compared, and the shortest and longest of them."""

NEEDED_MISSING = 20
"""Parties not here at the grace in force, below which nothing is said of it."""

POINTER = "/no_show_grace_minutes"


class ArrivedLate(Struct, frozen=True, kw_only=True):
    """A booked party of a past evening: `late` minutes after its start it came, None: never."""

    service_date: date
    late: float | None


def advise_grace(house: House, rules: Rules, parties: Sequence[ArrivedLate]) -> Advice:
    """Return the advice on the minutes a late party's table is kept."""
    present = rules.no_show_grace_minutes or house.booking.no_show_grace_minutes
    evenings = len({each.service_date for each in parties})
    missing, now = _still(parties, LEAST).of, _still(parties, present)
    if evenings < NEEDED_EVENINGS or missing < NEEDED_MISSING:
        said = message(
            "advice-grace-too-few",
            evenings=evenings,
            parties=missing,
            needed=NEEDED_EVENINGS,
            least=NEEDED_MISSING,
        )
        return _advice("unknown", present, None, said, (), _strength(evenings, missing))
    best, strength = _shortest(parties), _strength(evenings, missing, now)
    if best == present or now.low <= STILL_WORTH <= now.high:
        said = message("advice-grace-keep", minutes=present)
        return _advice("keep", present, None, said, (_seen(now, present),), strength)
    key = "advice-grace-longer" if best > present else "advice-grace-shorter"
    said = message(key, minutes=best, written=present)
    seen = (_seen(now, present), _seen(_still(parties, best), best))
    return _advice("change", present, best, said, seen, strength)


def _still(parties: Sequence[ArrivedLate], minutes: int) -> ShareInterval:
    """Return the share of the parties not here so many minutes after their start that came."""
    missing = [each.late for each in parties if each.late is None or each.late > minutes]
    return wilson_interval(sum(late is not None for late in missing), len(missing))


def _shortest(parties: Sequence[ArrivedLate]) -> int:
    """Return the shortest grace after which too few still come."""
    steps = range(LEAST, MOST + 1, STEP)
    return next((each for each in steps if _still(parties, each).share < STILL_WORTH), MOST)


def _seen(still: ShareInterval, minutes: int) -> Message:
    return message("advice-grace-seen", minutes=minutes, missing=still.of, came=still.count)


def _strength(evenings: int, missing: int, still: ShareInterval | None = None) -> Strength:
    return Strength(
        evenings=evenings,
        needed=NEEDED_EVENINGS,
        cases=missing,
        share=still.share if still else None,
        low=still.low if still else None,
        high=still.high if still else None,
    )


def _advice(
    standing: Standing,
    present: int,
    best: int | None,
    said: Message,
    seen: tuple[Message, ...],
    strength: Strength,
) -> Advice:
    return Advice(
        key="grace",
        topic="grace",
        document="rules",
        about=POINTER,
        standing=standing,
        present={POINTER: present},
        advised={} if best is None else {POINTER: best},
        sentence=said,
        reason=message("advice-grace-why"),
        evidence=seen,
        strength=strength,
        patch=None if best is None else {"no_show_grace_minutes": best},
    )
