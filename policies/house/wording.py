"""How money, times and party sizes are written for people."""

from datetime import datetime
from zoneinfo import ZoneInfo

from policies.house.house import House

WHOLE_UNITS = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
"""Currencies without a minor unit (ISO 4217)."""


def clock(house: House, instant: datetime) -> str:
    """Return what the wall clock of the venue shows at `instant`, as 19:30."""
    return instant.astimezone(ZoneInfo(house.venue.zone)).strftime("%H:%M")


def guests(count: int) -> str:
    """Return the number of guests in words a person would use."""
    return "1 guest" if count == 1 else f"{count} guests"


def _money(minor: int, currency: str) -> str:
    if currency in WHOLE_UNITS:
        return f"{minor} {currency}"
    return f"{minor / 100:.2f} {currency}"


def _percent(chance: float) -> str:
    return f"{chance * 100:.1f} %"
