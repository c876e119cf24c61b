"""What a served database is filled with: the house, and for a demo a living evening in it."""

from __future__ import annotations

import importlib
import importlib.util


async def load_house(dsn: str, house: str) -> None:
    """Load the house named in seating/houses, or the TOML file, into the migrated database."""
    if importlib.util.find_spec("seating.houses") is None:
        return
    houses = importlib.import_module("seating.houses")
    if load := getattr(houses, "load", None):
        await load(dsn, house)


async def prepare_demo(dsn: str, house: str) -> list[str]:  # noqa: ARG001 - the seam to fill
    """Fill the evening; returns the lines to print, one login each."""
    return []
