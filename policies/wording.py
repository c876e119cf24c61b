"""How money, times and party sizes are written for people."""

from datetime import datetime
from zoneinfo import ZoneInfo

from policies.house import House


def clock(house: House, instant: datetime) -> str:
    """Return what the wall clock of the venue shows at `instant`, as 19:30."""
    return instant.astimezone(ZoneInfo(house.venue.zone)).strftime("%H:%M")


def guests(count: int) -> str:
    """Return the number of guests in words a person would use."""
    return "1 guest" if count == 1 else f"{count} guests"
