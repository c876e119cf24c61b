"""Scales and ticks of a drawing: from what is measured to where it stands, in pixels."""

import math
from collections.abc import Iterable

from msgspec import Struct

TICKS_AT_MOST = 5


class Scale(Struct, frozen=True):
    """A straight scale from `low` to `high` onto pixels `begin` to `end`."""

    low: float
    high: float
    begin: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)

    def ticks(self) -> list[float]:
        """Return round values within the scale, TICKS_AT_MOST or fewer steps apart."""
        step = round_step(self.high - self.low)
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [round(each * step, 6) for each in range(first, last + 1)]


def round_step(span: float) -> float:
    """Return the least of 1, 2 or 5 times a power of ten that steps over a span at most so often.

    `span` is above 0.
    """
    power = 10.0 ** math.floor(math.log10(span / TICKS_AT_MOST))
    steps = (power, 2.0 * power, 5.0 * power, 10.0 * power)
    return next(each for each in steps if span / each <= TICKS_AT_MOST)


def scale_over(values: Iterable[float], begin: float, end: float, least: float) -> Scale:
    """Return a scale that shows 0 and every value, with some room, and `least` at the least."""
    shown = [0.0, *values]
    low, high = min(shown), max(shown)
    high = max(high, low + least)
    room = 0.08 * (high - low)
    return Scale(low - room if low < 0.0 else 0.0, high + room, begin, end)
