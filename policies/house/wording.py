"""How money, times and party sizes are written for people."""

import unicodedata
from collections.abc import Container
from datetime import datetime

from policies.house.house import House, Venue
from policies.house.zones import comes_twice, with_offset, zone_named
from policies.words.message import Message, message

WHOLE_UNITS = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
"""Currencies without a minor unit (ISO 4217)."""


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


def language_of(locale: str, spoken: Container[str]) -> str:
    """Return the language of a locale (`de-CH` is `de`) if it is spoken, else English."""
    language = locale[:2].lower()
    return language if language in spoken else "en"


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


def money(minor: int, house: House) -> str:
    """Return an amount in minor units as 12.50 EUR."""
    currency = house.venue.currency
    if currency in WHOLE_UNITS:
        return f"{minor} {currency}"
    return f"{minor / 100:.2f} {currency}"


OFTEN = {
    "en": (
        "on fewer than 1 evening in 20",
        "on about 1 evening in {count}",
        "on about {count} evenings in 10",
        "on nearly every evening",
    ),
    "ru": (
        "реже чем в 1 вечере из 20",
        "примерно в 1 вечере из {count}",
        "примерно в {count} вечерах из 10",
        "почти каждый вечер",
    ),
    "de": (
        "an weniger als 1 von 20 Abenden",
        "an etwa 1 von {count} Abenden",
        "an etwa {count} von 10 Abenden",
        "an fast jedem Abend",
    ),
}
"""How often something happens: hardly ever, seldom, sometimes, nearly always."""


def how_often(chance: float, language: str) -> str:
    """Return a probability as a frequency; what is believed is never said to be never or always."""
    never, seldom, sometimes, always = OFTEN[language]
    if chance < 0.05:
        return never
    if chance < 0.15:
        return seldom.format(count=round(1.0 / chance))
    return always if chance > 0.95 else sometimes.format(count=min(round(chance * 10), 9))


def percent(chance: float) -> str:
    """Return a probability as 4.2 %."""
    return f"{chance * 100:.1f} %"
