"""The trade of a draft as one sentence, and what the lab cannot know."""

from collections.abc import Mapping, Sequence
from typing import Literal

from policies.lab.trial.figures import Figure
from policies.lab.trial.playing import Grid
from policies.lab.trial.reach import PlayedRules
from policies.words.message import Message, message

Source = Literal["past", "synthetic"]

LEAST_NIGHTS = 2
"""Nights below which there is no interval, and nothing is said of a difference."""

ONE_IN_BELOW = 0.6
"""Parties a night below which they are told as one in so many evenings, two at least."""


def trade_of(figures: Sequence[Figure], nights: int, source: Source, reach: PlayedRules) -> Message:
    """Return what a draft would have done on these nights, as far as they can show it."""
    if not reach.played:
        return message("lab-nothing-played" if reach.not_played else "lab-nothing-changed")
    if nights < LEAST_NIGHTS:
        return message("lab-too-few")
    named: Mapping[str, Figure] = {each.name: each for each in figures}
    guests, waited = named["guests"], named["waited"]
    where = message(f"lab-where-{source}", evenings=nights)
    if not guests.is_shown and not waited.is_shown:
        return message("lab-no-difference", where=where)
    return message(
        "lab-trade",
        where=where,
        seated=_seated(guests, nights),
        waiting=_waiting(waited, nights),
    )


def unseen(source: Source, grid: Grid) -> tuple[Message, ...]:
    """Return what these nights and this grid leave out."""
    door = message("lab-door-quick" if grid == "quick" else "lab-door-minutes")
    of_a_night = (message("lab-unseen-levers"),) if source == "past" else ()
    return (message(f"lab-unseen-{source}"), *of_a_night, door)


def _seated(guests: Figure, nights: int) -> Message:
    more = guests.difference.mean or 0.0
    if not guests.is_shown:
        return message("lab-seated-same", evenings=nights)
    return message("lab-seated-more" if more > 0 else "lab-seated-fewer", guests=abs(more))


def _waiting(waited: Figure, nights: int) -> Message:
    more = waited.difference.mean or 0.0
    if not waited.is_shown:
        return message("lab-waiting-same", evenings=nights)
    if abs(more) < ONE_IN_BELOW:
        evenings = round(1.0 / abs(more))
        key = "lab-waiting-one-more" if more > 0 else "lab-waiting-one-fewer"
        return message(key, evenings=evenings)
    return message("lab-waiting-more" if more > 0 else "lab-waiting-fewer", parties=abs(more))
