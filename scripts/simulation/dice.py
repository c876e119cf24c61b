"""Chance from a seed: the same on every machine, and no secret."""

from __future__ import annotations

from random import Random


def dice_of(*seed: object) -> Random:
    """Dice that fall the same for the same seed."""
    return Random(" ".join(map(str, seed)))  # noqa: S311 - nobody guards anything with it
