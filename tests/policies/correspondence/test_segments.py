"""How long a text message is, as networks count it (3GPP TS 23.038, 23.040)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.correspondence.segments import (
    GSM_BASIC,
    GSM_EXTENSION,
    IN_SEVERAL,
    economical,
    is_gsm,
    measured,
    segments_of,
    width,
)

GSM = "".join(sorted(GSM_BASIC | GSM_EXTENSION))
PARTY = "🎉"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", "gsm", 0, 1),
        ("a" * 160, "gsm", 160, 1),
        ("a" * 161, "gsm", 161, 2),
        ("a" * 306, "gsm", 306, 2),
        ("a" * 307, "gsm", 307, 3),
        ("€" * 80, "gsm", 160, 1),
        ("€" * 81, "gsm", 162, 2),
        ("€" * 153, "gsm", 306, 3),  # 76 escapes in each, a septet left over
        ("я" * 70, "ucs2", 70, 1),
        ("я" * 71, "ucs2", 71, 2),
        ("я" * 134, "ucs2", 134, 2),
        ("я" * 135, "ucs2", 135, 3),
        ("a" * 69 + "я", "ucs2", 70, 1),
        (PARTY * 35, "ucs2", 70, 1),
        (PARTY * 36, "ucs2", 72, 2),
        (PARTY * 67, "ucs2", 134, 3),  # 33 pairs in each, a unit left over
    ],
)
def test_a_text_has_as_many_segments_as_its_alphabet_makes_of_it(
    text: str, encoding: str, units: int, segments: int
) -> None:
    found = measured(text)
    assert (found.encoding, found.units, found.segments) == (encoding, units, segments)


@given(st.one_of(st.text(max_size=400), st.text(alphabet=GSM, max_size=400)))
def test_segments_are_the_text_none_too_long_and_none_cuts_a_character(text: str) -> None:
    parts = list(segments_of(text))
    encoding = measured(text).encoding
    assert "".join(parts) == text
    assert measured(text).segments == len(parts)
    if len(parts) > 1:
        assert all(
            sum(width(each, encoding) for each in part) <= IN_SEVERAL[encoding] for part in parts
        )
    # What cannot be cut is never spread: each part is whole characters of its own alphabet.
    if encoding == "ucs2":
        assert all(part.encode("utf-16-be", "surrogatepass") for part in parts)


def test_the_gsm_alphabet_is_the_one_of_the_standard() -> None:
    """127 characters of the default table, its escape apart, and ten of the extension."""
    assert (len(GSM_BASIC), len(GSM_EXTENSION)) == (127, 10)
    assert is_gsm("Größe à €9 [~]")
    assert not is_gsm("`")
    assert not is_gsm("ç"), "the table has the capital only"


def test_typography_that_costs_a_dearer_alphabet_is_made_plain_and_only_then() -> None:
    assert economical("Chez l’Ami – 19:00…") == "Chez l'Ami - 19:00..."
    assert economical("«Пушкин» – 19:00") == "«Пушкин» – 19:00"
