"""How long what is known about people is kept. Ages in days, from the reason beside each."""

from datetime import timedelta
from typing import Final

GUEST: Final = timedelta(days=3 * 365)
"""A guest's record since the last visit or booking: regulars of a house come back within three
years or not; claims under a contract lapse by then as well (three years in German law)."""

HEALTH: Final = timedelta(days=396)
"""Allergies and what guests wrote for a visit, since the last visit: the yearly birthday dinner and
a month; what is older may no longer be true, and is dangerous to rely on."""

EVENING: Final = timedelta(days=396)
"""What was said and done on one evening, by name: undo and audit look back a year at most."""

TURNED_AWAY: Final = timedelta(days=120)
"""Name and number of a party turned away, also where a table is still looked for: a season, in
which the house may make it up."""

WAITED: Final = timedelta(days=120)
"""Name, number and address of a party that waited: as long as of one turned away."""

DELIVERIES: Final = timedelta(days=30)
"""Messages to booking sites: as long as a site may ask for them again."""

TILL_EVENTS: Final = timedelta(days=90)
"""Ids of a till's events, by which one sent twice is known: a till offline comes back by then."""

SESSIONS: Final = timedelta(days=1)
"""Ended sessions and pairing codes: a tablet that slept is told why it was logged out."""

SECURITY: Final = timedelta(days=366)
"""The record of who got in and who may do what: a year, and the day that a leap year has more."""

LEFT_STAFF: Final = timedelta(days=3 * 365)
"""The name of somebody who has left the house: as long as the guests whom they looked after."""
