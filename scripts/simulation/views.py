"""Readers of the host stand's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.simulation.night import Json


def reservation_in(tonight: Json, reservation_id: str) -> Json | None:
    """One reservation of /host/tonight."""
    for seen in tonight["reservations"]:
        if seen["reservation_id"] == reservation_id:
            found: Json = seen
            return found
    return None


def seatings_in(tonight: Json) -> Sequence[Json]:
    """The seatings that are not cleared."""
    return [seen for seen in tonight["seatings"] if seen["state"] != "cleared"]


def taken_tables(tonight: Json) -> set[str]:
    """The occupied tables."""
    return {table for seating in seatings_in(tonight) for table in seating["tables"]}


def options_of(answer: Json | Sequence[Json]) -> Sequence[Json]:
    """The options of /host/door."""
    return answer["options"] if isinstance(answer, dict) else answer
