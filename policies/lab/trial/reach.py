"""Which rules the lab plays: a draft that changes others only would show nothing."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from policies.drafts.diff import Difference

PLAYED: Final = frozenset(
    {
        "holds",  # out of sale until their ladder gives them back
        "overbooking",  # the engine's own answers
        "decisions",  # the engine's own prices and values
        "no_show_grace_minutes",  # how long a table is kept for who has not come
        "wait_ladder",  # what it owes the promised parties that wait
        "gestures",  # what a rung of the ladder costs
    }
)
"""Rules that change what is played."""

NOT_PLAYED: Final = frozenset(
    {
        "purses",  # people decide who is given what
        "etiquette",
        "approvals",
        "mains_minutes",  # when carriers are told
        "offer_minutes",
        "call_minutes",  # the lab's parties sit down when they are called
        "listing_house_rules",
        "neighbours",
        "playbook",
        "notices",
    }
)
"""Rules that change nothing in the lab."""

WITHIN_NOT_PLAYED: Final = frozenset({"/decisions/suggest_above", "/decisions/discretion_value"})
"""Members of played rules that the lab does not look at: hints to staff and managers."""


class PlayedRules(Struct, frozen=True, kw_only=True):
    """What a draft changes: what is `played`, and what is `not_played`."""

    played: tuple[Difference, ...] = ()
    not_played: tuple[Difference, ...] = ()


def reach_of(changed: Iterable[Difference]) -> PlayedRules:
    """Return which of a draft's changes the lab plays; the same on both grids."""
    every = tuple(changed)
    return PlayedRules(
        played=tuple(each for each in every if _is_played(each.pointer)),
        not_played=tuple(each for each in every if not _is_played(each.pointer)),
    )


def _is_played(pointer: str) -> bool:
    return pointer not in WITHIN_NOT_PLAYED and pointer.split("/")[1] in PLAYED
