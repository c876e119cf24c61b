"""The rules the manager publishes for the evening: what is kept back, overbooked, given away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.playing.night import Json
    from scripts.playing.written_house import Hours, WrittenHouse

PEAK_AFTER, PEAK_MINUTES = timedelta(hours=2), 120
TWOS, FOURS = "twos", "fours"
MENU = "menu"
LADDER = (
    {"minutes_before": 45, "keep": 1},
    {"minutes_before": 15, "keep": 0},
)
CATALOGUE = (
    ("espresso", 300, "bill", "floor"),
    ("dessert", 900, "bill", "kitchen"),
    ("sparkling", 1200, "arrival", "floor"),
    ("amuse", 500, "mains", "kitchen"),
    (MENU, 2500, "mains", "kitchen"),
)


def rules_for(house: WrittenHouse, hours: Hours) -> Json:
    """Rules for a house of any size; overbooking without safety margins, so that it happens.

    Of the tables for four one stays held through the whole peak.
    """
    return {
        "holds": [
            window(house, hours, TWOS, 2, LADDER),
            window(house, hours, FOURS, 4, LADDER[:1]),
        ],
        "overbooking": {
            "enabled": True,
            "ceiling": 0.10,
            "tolerance_minutes": 10,
            "cap_parties": 8,
            "cap_covers": 24,
            "small_tables_out": 0.0,
            "joins_out": 0.0,
        },
        "gestures": [
            {
                "key": key,
                "name": {house.raw["venue"]["locale"]: key.capitalize()},
                "cost": cost,
                "due": due,
                "carrier": carrier,
            }
            for key, cost, due, carrier in CATALOGUE
        ],
        "wait_ladder": [
            {"minutes": 15, "gesture": "sparkling"},
            {"minutes": 30, "gesture": "dessert"},
        ],
        "purses": {
            "host_gift": 1500,
            "manager_gift": 5000,
            "person_shift": 3600,
            "manager_shift": 8000,
            "venue_night": 250 * len(house.tables),
        },
    }


def window(
    house: WrittenHouse, hours: Hours, name: str, seats: int, ladder: tuple[Json, ...]
) -> Json:
    """A peak window: of the tables for two every eighth is kept back, for four every twelfth."""
    such = sum(table.seats == seats for table in house.tables.values())
    starts = (hours.opens + PEAK_AFTER).astimezone(house.zone)
    return {
        "name": name,
        "period": hours.name,
        "starts": f"{starts:%H:%M}",
        "minutes": PEAK_MINUTES,
        "count": max(1, such // (4 * seats if seats == 2 else 3 * seats)),
        "seats": seats,
        "ladder": list(ladder),
    }
