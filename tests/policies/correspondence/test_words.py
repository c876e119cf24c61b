"""A mail as text and as HTML: nothing in it is fetched, and no name is taken for markup."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from typing import get_args

import pytest

from policies.correspondence.html_mail import html_text
from policies.correspondence.words import (
    NoticeContent,
    Telling,
    mail_of,
    plain_text,
    telling_of,
)
from policies.house.file import read_house
from policies.words.catalogue import LANGUAGES, Language
from tests.support.house import house_text

SEVEN = datetime(2027, 3, 3, 18, 0, tzinfo=UTC)
HOUSE = read_house(house_text(2, 2))


def content(telling: Telling, name: str = "Ada") -> NoticeContent:
    return NoticeContent(
        telling=telling,
        house=HOUSE,
        name=name,
        starts=SEVEN,
        ends=SEVEN + timedelta(hours=2),
        party_size=2,
        code="7KQ2MZXA",
        until=SEVEN,
        link="https://book.example/r/x",
        stop="https://book.example/n/y" if telling == "reminder" else "",
    )


class Elements(HTMLParser):
    """What a browser would find in a page, and what of it would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.fetched: list[str] = []
        self.links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        self.fetched += [name for name, _ in attrs if name in {"src", "srcset", "background"}]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("telling", get_args(Telling))
def test_a_mail_says_the_same_as_text_and_as_html_and_fetches_nothing(
    telling: Telling, language: Language
) -> None:
    mail = mail_of(content(telling), language)
    found = Elements()
    found.feed(html_text(mail))
    assert found.fetched == []
    assert found.tags <= set("html head meta title body h1 p table tr td strong a br".split())  # noqa: SIM905
    text = plain_text(mail)
    assert all(value in text for _, value in mail.facts)
    assert all(link in text for link in found.links if link)
    over = telling in {"cancelled", "cancelled_by_house", "declined"}
    assert bool(found.links) != over, "what is over has no page to change it"


def test_a_guests_name_is_never_markup() -> None:
    mail = mail_of(content("confirmation", name="<img src=x> & Co"), "en")
    assert "<img" not in html_text(mail)
    assert "&lt;img src=x&gt; &amp; Co" in html_text(mail)
    assert "<img src=x> & Co" in plain_text(mail)


def test_a_cancellation_says_whose_it_was_and_an_answer_what_it_is() -> None:
    assert telling_of("cancellation", "cancelled", cancelled_by_house=False) == "cancelled"
    assert telling_of("cancellation", "cancelled", cancelled_by_house=True) == "cancelled_by_house"
    assert telling_of("enquiry_answer", "booked", cancelled_by_house=False) == "accepted"
    assert telling_of("enquiry_answer", "declined", cancelled_by_house=False) == "declined"
