"""Causes of gestures for staff, and the beginning of what they say to the guest.

Staff complete the half lines in their own words.
"""

from msgspec import Struct

from policies.house.rules import GestureCause
from policies.words.catalogue import say
from policies.words.message import message


class HalfLine(Struct, frozen=True):
    """A cause in one line for the host, and the beginning of the sentence to the guest."""

    because: str
    line: str


def half_line(cause: GestureCause, staff: str, guest: str | None, number: int = 0) -> HalfLine:
    """Return the cause in the language of `staff`, the half line in that of `guest` if known."""
    because = message(f"gesture-because-{cause}", number=number)
    line = message(f"gesture-line-{cause}")
    return HalfLine(say(because, staff), say(line, guest or staff))
