"""How money, times and party sizes are written for people."""

import math
import unicodedata
from datetime import datetime

from policies.house.house import House, Venue
from policies.house.zones import comes_twice, with_offset, zone_named
from policies.words.catalogue import WHOLE_UNITS
from policies.words.message import Message, Money, message

SELDOM, SOMETIMES, NEARLY_ALWAYS = 0.05, 0.15, 0.95
"""Probabilities where another way of saying how often begins."""


def clock(house: House, instant: datetime) -> str:
    """Return what the wall clock of the venue shows at `instant`, as 19:30.

    An hour that comes twice (a clock set back) is told apart by its offset: 23:30 (UTC-03:00).
    """
    local = instant.astimezone(zone_named(house.venue.zone))
    return with_offset(local) if comes_twice(local) else f"{local:%H:%M}"


def address_line(venue: Venue) -> str | None:
    """Return the address in one line: the one written, else the parts of the structured one."""
    parts = venue.postal_address
    if venue.address or parts is None:
        return venue.address
    town = " ".join(filter(None, (parts.postal_code, parts.locality)))
    return ", ".join(filter(None, (parts.street_address, town, parts.region, parts.country)))


def same_person(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: equal, one a part of the other, or none given.

    Case, accents, marks and the order of the words do not matter.
    """
    words, others = set(plain_words(one)), set(plain_words(other))
    return words <= others or others <= words


def plain_words(name: str) -> list[str]:
    """Return the words of a name without case, accents and marks (SQL: `plain_words`)."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    kept = (each for each in plain if not unicodedata.combining(each))
    return "".join(each if each.isalnum() else " " for each in kept).split()


def party_message(name: str, size: int) -> Message:
    """Return how a party is spoken of: by its name and size."""
    if not name:
        return message("party-unnamed", size=size)
    return message("party-named", name=name, size=size)


def guests(count: int) -> str:
    """Return the number of guests in words a person would use."""
    return "1 guest" if count == 1 else f"{count} guests"


def tables_named(tables: tuple[str, ...]) -> Message:
    """Return the name of a table, or of several put together, as it stands inside a sentence."""
    if len(tables) == 1:
        return message("tables-one", tables=tables[0])
    return message("tables-joined", tables=tables)


def about(minor: int, house: House) -> Money:
    """Return an estimate in minor units as it is said: in whole units of the venue's currency."""
    currency = house.venue.currency
    unit = 1 if currency in WHOLE_UNITS else 100
    return Money(round(minor / unit) * unit, currency)


def how_often(chance: float) -> Message:
    """Return a probability as a frequency; what is believed is never said to be never or always."""
    if chance < SELDOM:
        return message("often-never")
    if chance < SOMETIMES:
        return message("often-seldom", count=round(1.0 / chance))
    if chance > NEARLY_ALWAYS:
        return message("often-always")
    return message("often-sometimes", count=min(round(chance * 10), 9))


def evenings_in(chance: float) -> tuple[int, int]:
    """Return a probability as evenings in 100, or in 1,000 where that is no whole number."""
    of = 100 if math.isclose(chance * 100, round(chance * 100), abs_tol=1e-9) else 1000
    return round(chance * of), of
