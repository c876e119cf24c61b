"""Phone numbers are read alike at every door, complete and in the form of today."""

from __future__ import annotations

import pytest

from policies.house.file import HouseError, read_house
from policies.house.house import Venue
from policies.house.phones import KEPT, PhoneError, country_of, read_phone
from policies.words.catalogue import say
from tests.support.house import house_text


def venue(phone: str | None, zone: str = "Europe/Berlin") -> Venue:
    return Venue(id="a", name="A", zone=zone, currency="EUR", phone=phone)


@pytest.mark.parametrize(
    ("given", "country", "kept"),
    [
        ("+49 30 23125024", None, "+493023125024"),
        ("030 / 23125024", "DE", "+493023125024"),
        ("0049 30 23125024", "DE", "+493023125024"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("+52 1 55 1234 5678", None, "+525512345678"),
        ("044 55 1234 5678", "MX", "+525512345678"),
        ("+52 55 1234 5678", None, "+525512345678"),
        ("+229 97 12 34 56", None, "+2290197123456"),
        ("97 12 34 56", "BJ", "+2290197123456"),
        ("+229 01 97 12 34 56", None, "+2290197123456"),
        ("+225 07 12 34 56", None, "+2250707123456"),
        ("+225 20 21 22 23", None, "+2252720212223"),
        ("+57 1 234 5678", None, "+576012345678"),
        ("+84 168 123 4567", None, "+84381234567"),
        ("+55 11 9876-5432", None, "+5511998765432"),
        ("+55 11 3333-5432", None, "+551133335432"),
        ("+1 (202) 555-0100 ext 204", None, "+12025550100;ext=204"),
        ("+12025550100;ext=311", None, "+12025550100;ext=311"),
        ("+52 1 55 1234 5678 x7", None, "+525512345678;ext=7"),
    ],
)
def test_a_number_is_kept_whole_and_in_the_form_of_today(
    given: str, country: str | None, kept: str
) -> None:
    assert read_phone(given, country) == kept
    assert read_phone(kept) == kept
    assert KEPT.fullmatch(kept)


@pytest.mark.parametrize(
    ("given", "country", "why"),
    [
        (
            "030 23125024",
            None,
            "030 23125024 has no country code",
        ),
        (
            "555-0100",
            "US",
            "555-0100 lacks its area code",
        ),
        (
            "+1 555-0100",
            None,
            "\\+1 555-0100 lacks its area code",
        ),
        (
            "80",
            "DE",
            "80 lacks its area code",
        ),
        (
            "110",
            "DE",
            "110 lacks its area code",
        ),
        (
            "1234",
            "DE",
            "1234 has too few or too many digits for \\+49",
        ),
        ("+49 30 1234567890123", None, "too few or too many digits for \\+49"),
        ("+229 97 12", None, "too few or too many digits for \\+229"),
        ("+12025550100 ext 12345678901", None, "too few or too many digits|too many digits"),
        (
            "12345 " * 50,
            "DE",
            "12345 12345 12345 12345 12345 12345 1234\\.\\.\\. has too many digits",
        ),
        (
            "call me",
            "DE",
            "call me is not a phone number",
        ),
    ],
)
def test_a_number_that_is_not_whole_is_refused_in_words(
    given: str, country: str | None, why: str
) -> None:
    with pytest.raises(PhoneError, match=why):
        read_phone(given, country)


@pytest.mark.parametrize(
    ("phone", "zone", "country"),
    [
        ("+43 1 51525", "Europe/Berlin", "AT"),
        ("+1 416 555 0100", "America/Toronto", "CA"),
        ("030 23125024", "Europe/Berlin", "DE"),
        (None, "Asia/Almaty", "KZ"),
        ("+800 12345678", "Europe/Paris", "FR"),
        (None, "UTC", None),
        ("nonsense", "Nowhere", None),
    ],
)
def test_a_venues_country_is_that_of_its_number_or_else_of_its_zone(
    phone: str | None, zone: str, country: str | None
) -> None:
    assert country_of(venue(phone, zone)) == country


@pytest.mark.parametrize(
    ("phone", "problem"),
    [
        (
            "030 23125024",
            "The number needs its country code. Perhaps +493023125024, instead of 030 23125024?",
        ),
        ("1234", "1234 has no country code. Begin it with one, as in +49 30 23125024."),
        ("+49 80", "+49 80 lacks its area code. Give the number as it is dialled today,"),
    ],
)
def test_a_house_whose_own_number_is_not_whole_is_refused(phone: str, problem: str) -> None:
    text = house_text(2).replace("[booking]", f'phone = "{phone}"\n[booking]')
    with pytest.raises(HouseError) as refused:
        read_house(text)
    (said,) = refused.value.problems
    assert say(said).startswith(f"venue.phone: {problem}")
    assert read_house(text.replace(phone, "+49 30 23125024")).venue.phone == "+49 30 23125024"
