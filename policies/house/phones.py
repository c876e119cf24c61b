"""Phone numbers: one reading for every door, the house's own number included.

A number is kept in E.164 (ITU-T), its extension after `;ext=` as in RFC 3966. It has to be
complete, not in use: numbering plans grow faster than any list of them.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from policies.house.house import Venue
from policies.words.catalogue import say
from policies.words.message import Message, message

KEPT = re.compile(r"\+[1-9][0-9]{6,14}(;ext=[0-9]{1,9})?")
"""How a number is kept: 7 to 15 digits with the country code (constraint `guest_phone_check`)."""

_RENUMBERED: tuple[tuple[int, str, str], ...] = (
    (52, r"(?:1|044|045)([0-9]{10})", r"\1"),  # Mexico 2019: no prefix before mobiles
    (55, r"([1-9]{2})([6-9][0-9]{7})", r"\g<1>9\2"),  # Brazil 2012-16: mobiles
    (57, r"([1-8][0-9]{7})", r"60\1"),  # Colombia 2021: landlines
    (84, r"16([2-9][0-9]{7})", r"3\1"),  # Vietnam 2018: mobiles
    (225, r"([014-9][0-3][0-9]{6})", r"01\1"),  # Côte d'Ivoire 2021: mobiles, by their network
    (225, r"([014-9][4-6][0-9]{6})", r"05\1"),
    (225, r"([014-9][7-9][0-9]{6})", r"07\1"),
    (225, r"(2[0-9]8[0-9]{5})", r"21\1"),  # landlines
    (225, r"([23][0-9]0[0-9]{5})", r"25\1"),
    (225, r"([23][0-9][1-9][0-9]{5})", r"27\1"),
    (229, r"([0-9]{8})", r"01\1"),  # Benin 2024
)
"""Numbering plans that changed: country code, old national number (whole), new one."""


class PhoneError(ValueError):
    """A text that is no complete phone number; what is `said` tells how to mend it."""

    def __init__(self, said: Message) -> None:
        super().__init__(say(said))
        self.said = said


def read_phone(text: str, region: str | None = None) -> str:
    """Return the number as it is kept; raises PhoneError.

    `region`: country (ISO 3166) whose numbers may be given without a country code. A number in a
    form that its country has given up is returned in today's.
    """
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as problem:
        raise PhoneError(_unread(shown, problem)) from None
    number = _renumbered(number)
    kept = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.extension:
        kept += f";ext={number.extension}"
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        raise PhoneError(message("phone-lacks-area-code", got=shown))
    if possible != ValidationResult.IS_POSSIBLE or not KEPT.fullmatch(kept):
        country = f"+{number.country_code}"
        raise PhoneError(message("phone-wrong-length", got=shown, country=country))
    return kept


def takes_texts(kept: str) -> bool:
    """Tell whether a kept number may be one that takes text messages: no landline, no extension."""
    try:
        number = phonenumbers.parse(kept)
    except NumberParseException:
        return False
    return not number.extension and phonenumbers.number_type(number) != PhoneNumberType.FIXED_LINE


def is_country(code: str) -> bool:
    """Tell whether a code is a country's or region's (ISO 3166-1 alpha-2) that has telephones."""
    return code in phonenumbers.SUPPORTED_REGIONS


def country_of(venue: Venue) -> str | None:
    """Return the country (ISO 3166) of a venue by its own phone number, else by its time zone."""
    return _country(venue.phone, venue.zone)


@cache
def _country(phone: str | None, zone: str) -> str | None:
    at_home = _country_of_zone(zone)
    try:
        number = phonenumbers.parse(phone or "", at_home)
    except NumberParseException:
        return at_home
    regions = phonenumbers.region_codes_for_country_code(number.country_code or 0)
    if at_home in regions:
        return at_home
    found = phonenumbers.region_code_for_number(number) or next(iter(regions), None)
    return found if found in phonenumbers.SUPPORTED_REGIONS else at_home


@cache
def _countries() -> dict[str, str]:
    """Country by time zone (`zone.tab` of the time zone database)."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def _country_of_zone(zone: str) -> str | None:
    return _countries().get(zone)


def _renumbered(number: PhoneNumber) -> PhoneNumber:
    """Return the number in the form of today, where the one given is no longer in use."""
    if phonenumbers.is_valid_number(number):
        return number
    return next(filter(phonenumbers.is_valid_number, _newer_forms(number)), number)


def _newer_forms(number: PhoneNumber) -> Iterator[PhoneNumber]:
    national = phonenumbers.national_significant_number(number)
    for country, old, new in _RENUMBERED:
        found = re.fullmatch(old, national) if country == number.country_code else None
        if found:
            newer = phonenumbers.parse(f"+{country}{found.expand(new)}")
            newer.extension = number.extension
            yield newer


def _unread(shown: str, problem: NumberParseException) -> Message:
    if problem.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return message("phone-lacks-country-code", got=shown)
    if problem.error_type == NumberParseException.TOO_LONG:
        return message("phone-too-long", got=shown)
    return message("phone-unreadable", got=shown)
