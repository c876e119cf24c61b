"""What each text message costs: the templates of all languages, with a party as they come."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, get_args

from msgspec import Struct

from policies.correspondence.segments import TextEncoding
from policies.correspondence.words import NoticeContent, Telling, text_of
from policies.house.house import House
from policies.house.rules import NoticeRules
from policies.words.catalogue import LANGUAGES, Language

TYPICAL_SIZE: Final = 4
TYPICAL_STAY: Final = timedelta(hours=2)
TYPICAL_CALL: Final = timedelta(minutes=10)


class TextTemplate(Struct, frozen=True, kw_only=True):
    """A text message as a guest would get it. `characters`: as a person counts them.

    `units` of `encoding`: as networks do; `cost`: of one, in minor units and parts of them.
    """

    telling: Telling
    language: Language
    text: str
    characters: int
    encoding: TextEncoding
    units: int
    segments: int
    cost: float


def templates_of(
    house: House, rules: NoticeRules, *, link: str, starts: datetime
) -> Iterator[TextTemplate]:
    """Yield every template in every language; `link`: one as long as those of guests are."""
    for telling in get_args(Telling):
        content = NoticeContent(
            telling=telling,
            house=house,
            name="",
            starts=starts,
            ends=starts + TYPICAL_STAY,
            party_size=TYPICAL_SIZE,
            until=starts + TYPICAL_CALL,
            link=link,
        )
        for language in LANGUAGES:
            length = text_of(content, language)
            yield TextTemplate(
                telling=telling,
                language=language,
                text=length.text,
                characters=len(length.text),
                encoding=length.encoding,
                units=length.units,
                segments=length.segments,
                cost=cost_of(length.segments, rules),
            )


def cost_of(segments: int, rules: NoticeRules) -> float:
    """Return the price of so many segments, in minor units and parts of them."""
    return round(segments * rules.text_price, 4)
