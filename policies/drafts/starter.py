"""The house that an owner begins with: one table, no hours; everything else comes by patches."""

from policies.drafts.documents import house_in
from policies.house.house import House


def starter_house(venue_id: str, name: str, zone: str, currency: str, locale: str = "en") -> House:
    """Return a house that is closed every day: one area, one table for two.

    Raises DocumentError for a value of the wrong form, with pointers below `/house/venue`. An
    unknown zone is left to `documents.contradictions`.
    """
    venue = {"id": venue_id, "name": name, "zone": zone, "currency": currency, "locale": locale}
    turn_times = [
        {"party_max": 2, "minutes": 90},
        {"party_max": 4, "minutes": 120},
        {"party_max": 8, "minutes": 150},
    ]
    return house_in(
        {
            "venue": venue,
            "areas": [{"id": "room", "name": "Dining room"}],
            "tables": [{"id": "1", "area": "room", "seats_max": 2, "x": 1.0, "y": 1.0}],
            "periods": [],
            "turn_times": turn_times,
        }
    )
