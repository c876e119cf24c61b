"""The rules of a simulated evening: held tables, overbooking, gestures, purses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.simulation.night import Json
    from scripts.simulation.written_house import Hours, WrittenHouse

HOUR = timedelta(hours=1)
PEAK_AFTER, PEAK_MINUTES = 2 * HOUR, 120
TWOS, FOURS = "twos", "fours"
MENU, REFUND, LOST, PARKING = "menu", "refund", "lost", "parking"
SPEND_LINKED: Json = {"kind": "spend_linked", "per_amount": 10_000, "units_max": 3}
# Key, cost in minor currency units, due, carrier, further fields of its kind.
CATALOGUE: tuple[tuple[str, int, str, str, Json], ...] = (
    ("espresso", 300, "bill", "floor", {"contains": [], "price": 350}),
    ("dessert", 900, "bill", "kitchen", {"contains": ["eggs", "milk"], "price": 1200}),
    ("sparkling", 1200, "arrival", "floor", {"contains": ["alcohol", "sulphites"]}),
    ("amuse", 500, "mains", "kitchen", {"contains": ["fish"]}),
    (MENU, 2500, "mains", "kitchen", {"fits": ["occasion", "regular", "walked"]}),
    ("better-table", 0, "arrival", "host", {"kind": "upgrade", "contains": []}),
    ("off-the-bill", 0, "bill", "floor", {"kind": "amount_off"}),
    (REFUND, 0, "bill", "floor", {"kind": "refund", "cap": 4000}),
    (LOST, 0, "leaving", "host", {"kind": "claim", "cap": 5000}),
    (PARKING, 150, "leaving", "host", SPEND_LINKED),
)
AT_THE_TABLE = ("espresso", "dessert", "sparkling", "amuse", MENU)
"""Items offered to seated parties at random."""


NEIGHBOURS = (
    ("corner", "Corner House", 3),
    ("bridge", "By the Bridge", 7),
    ("park", "In the Park", 9),
    ("mill", "Old Mill", 14),
)
BY_VALUE_CEILING, CEILING = 0.25, 0.10
"""Ceilings of the risk. The scenario ledger counts no repacking, so its risk is higher."""


def rules_for(house: WrittenHouse, hours: Hours, *, by_value: bool) -> Json:
    """Rules for a house of any size, without safety margins, so that overbooking happens.

    Each rung of a ladder releases one table; the rest is held to the end of its window.
    """
    return {
        "holds": [
            window(house, hours, TWOS, 2, PEAK_AFTER - HOUR, (90, 45, 15)),
            window(house, hours, FOURS, 4, PEAK_AFTER, (150, 45)),
        ],
        "overbooking": {
            "enabled": True,
            "ceiling": BY_VALUE_CEILING if by_value else CEILING,
            "tolerance_minutes": 10,
            "cap_parties": 8,
            "cap_covers": 24,
            "small_tables_out": 0.0,
            "joins_out": 0.0,
        },
        "decisions": {"by_value": by_value},
        "gestures": [
            {
                "key": key,
                "name": {house.raw["venue"]["locale"]: key.replace("-", " ").capitalize()},
                "cost": cost,
                "due": due,
                "carrier": carrier,
            }
            | more
            for key, cost, due, carrier, more in CATALOGUE
        ],
        "etiquette": {"share_cap": 0.5, "repeat_days": 30, "draw": 11},
        "neighbours": [
            {"key": key, "name": name, "walk_minutes": walk} for key, name, walk in NEIGHBOURS
        ],
        "wait_ladder": [
            {"minutes": 15, "gesture": "sparkling"},
            {"minutes": 30, "gesture": "dessert"},
        ],
        "purses": {
            "host_gift": 1500,
            "manager_gift": 5000,
            "person_shift": 6000,
            "manager_shift": 9000,
            "venue_night": 400 * len(house.tables),
        },
    }


def changes_for(house: WrittenHouse, hours: Hours) -> Json:
    """A merge patch of the rules for an evening that has begun: caps, windows and purses change."""
    twos = window(house, hours, TWOS, 2, PEAK_AFTER - HOUR, (90, 30))
    fours = window(house, hours, FOURS, 4, PEAK_AFTER, (60,))
    return {
        "overbooking": {"cap_parties": 3, "cap_covers": 9},
        "holds": [twos | {"count": twos["count"] + 1}, fours | {"count": 1, "ladder": []}],
        "purses": {"person_shift": 5500, "venue_night": 300 * len(house.tables)},
    }


def window(
    house: WrittenHouse,
    hours: Hours,
    name: str,
    seats: int,
    after: timedelta,
    rungs: tuple[int, ...],
) -> Json:
    """A window of held tables at the peak: every sixth table for two, every eighth for four.

    Each rung releases one; the last is held to the end of the window.
    """
    such = sum(table.seats == seats for table in house.tables.values())
    count = max(2, such // (6 if seats == 2 else 8))
    starts = (hours.opens + after).astimezone(house.zone)
    return {
        "name": name,
        "period": hours.name,
        "starts": f"{starts:%H:%M}",
        "minutes": PEAK_MINUTES,
        "count": count,
        "seats": seats,
        "ladder": [
            {"minutes_before": before, "keep": count - number}
            for number, before in enumerate(rungs[: count - 1], start=1)
        ],
    }
