"""How long a text message is: 3GPP TS 23.038 (alphabets) and TS 23.040 (messages in segments).

A message of the GSM alphabet has 160 septets, or 153 in each of several segments; a character of
the extension table takes two. Any other is sent as UCS-2: 70 units of 16 bits, or 67 in each. No
segment ends inside an escape or a surrogate pair, so the last place of one may stay empty.
"""

from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

TextEncoding = Literal["gsm", "ucs2"]

GSM_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENSION: Final = frozenset("\f^{}\\[~]|€")

ALONE: Final[dict[TextEncoding, int]] = {"gsm": 160, "ucs2": 70}
IN_SEVERAL: Final[dict[TextEncoding, int]] = {"gsm": 153, "ucs2": 67}
"""Units of a segment: septets, or 16 bits; six bytes of one in several say which it is."""

LAST_OF_THE_PLANE: Final = 0xFFFF

PLAIN: Final = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "–": "-", "—": "-", "‑": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    }
)  # fmt: skip
"""Typography that one character of the GSM alphabet, or three, can stand for."""


class TextLength(Struct, frozen=True, kw_only=True):
    """A text message as it is sent; `units`: septets or 16 bits, `segments`: what is paid for."""

    text: str
    encoding: TextEncoding
    units: int
    segments: int


def measured(text: str) -> TextLength:
    """Return the length of a text message exactly as it is given."""
    encoding: TextEncoding = "gsm" if is_gsm(text) else "ucs2"
    units = sum(width(each, encoding) for each in text)
    return TextLength(
        text=text, encoding=encoding, units=units, segments=len(tuple(segments_of(text)))
    )


def economical(text: str) -> str:
    """Return the text with plain typography where that lets it be sent in the GSM alphabet."""
    plain = text.translate(PLAIN)
    return plain if is_gsm(plain) else text


def is_gsm(text: str) -> bool:
    """Tell whether the GSM alphabet has every character of a text."""
    return all(each in GSM_BASIC or each in GSM_EXTENSION for each in text)


def segments_of(text: str) -> Iterator[str]:
    """Yield a text message in its segments; one empty segment of an empty text."""
    encoding: TextEncoding = "gsm" if is_gsm(text) else "ucs2"
    if sum(width(each, encoding) for each in text) <= ALONE[encoding]:
        yield text
        return
    most, begun, used = IN_SEVERAL[encoding], 0, 0
    for place, each in enumerate(text):
        used += width(each, encoding)
        if used > most:
            yield text[begun:place]
            begun, used = place, width(each, encoding)
    yield text[begun:]


def width(character: str, encoding: TextEncoding) -> int:
    """Return the units of one character, which stay together: an escape, a surrogate pair."""
    if encoding == "gsm":
        return 2 if character in GSM_EXTENSION else 1
    return 2 if ord(character) > LAST_OF_THE_PLANE else 1
