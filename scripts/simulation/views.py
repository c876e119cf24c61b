"""What the host stand's answers look like; the one place that knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.simulation.night import Json


def reservation_in(tonight: Json, reservation_id: str) -> Json | None:
    """One reservation of tonight's book."""
    for seen in tonight["reservations"]:
        if seen["reservation_id"] == reservation_id:
            found: Json = seen
            return found
    return None


def seatings_in(tonight: Json) -> Sequence[Json]:
    """Who sits now."""
    return [seen for seen in tonight["seatings"] if seen["state"] != "cleared"]


def taken_tables(tonight: Json) -> set[str]:
    """The tables at which somebody sits."""
    return {table for seating in seatings_in(tonight) for table in seating["tables"]}


def options_of(answer: Json | Sequence[Json]) -> Sequence[Json]:
    """What can be offered at the door."""
    return answer["options"] if isinstance(answer, dict) else answer
