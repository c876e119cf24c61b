"""Names of guests compared, and the address in one line."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from policies.house.house import PostalAddress, Venue
from policies.house.wording import address_line, same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Lovelace", "ada  LOVELACE", True),
        ("Lovelace, Ada", "Ada Lovelace", True),
        ("Ada", "Ada Lovelace", True),
        ("José Núñez", "Jose Nunez", True),
        ("Анна Ли", "анна ли", True),
        ("", "Ada Lovelace", True),
        ("Ada Lovelace", "Alan Turing", False),
        ("Ada Lovelace", "Ada Turing", False),
    ],
)
def test_two_names_may_be_one_persons(one: str, other: str, *, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_an_address_in_parts_is_read_in_one_line_unless_one_is_written() -> None:
    parts = PostalAddress(
        street_address="Am Markt 1", postal_code="10115", locality="Berlin", country="DE"
    )
    venue = Venue(
        id="house", name="House", zone="Europe/Berlin", currency="EUR", postal_address=parts
    )
    assert address_line(venue) == "Am Markt 1, 10115 Berlin, DE"
    assert address_line(replace(venue, address="Markt 1")) == "Markt 1"
    assert address_line(replace(venue, postal_address=None)) is None
