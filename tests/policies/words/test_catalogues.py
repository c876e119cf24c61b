"""The catalogues are whole: every key is said in every language, used, and given its params."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from policies.book import lifecycles
from policies.book.lifecycles import Transition
from policies.book.picture import ReservationState
from policies.drafts.words import Form
from policies.house.calendar import WEEK
from policies.house.channels import Channel
from policies.house.rules import GestureCause, NoCode, RescueKind
from policies.value.frontier.positions import NAMES
from policies.words import catalogue as catalogues
from policies.words.catalogue import LANGUAGES, read_catalogues, say
from policies.words.message import CalendarDate, Message, Money, message
from seating.access.clients import Scope
from seating.access.recorded import KINDS, word_of
from seating.reports.registry import ALL
from tests.support.catalogues import SPOKEN, Choice, catalogue, choices, keys_of, literals

FAMILIES = {
    "ordinary-": set(get_args(NoCode)),
    "rescue-say-": {*get_args(RescueKind), "tomorrow"},
    "gesture-because-": set(get_args(GestureCause)),
    "gesture-line-": set(get_args(GestureCause)),
    "visit-news-": set(get_args(ReservationState)),
    "draft-day-": set(WEEK),
    "report-channel-": set(get_args(Channel)),
    "report-code-": set(get_args(NoCode)),
    "report-cause-": set(get_args(GestureCause)),
    "report-rescue-": set(get_args(RescueKind)),
    "report-column-": {column.key for report in ALL for column in report.columns},
    "report-by-": {report.labels for report in ALL},
    "knob-position-": set(NAMES),
    "difference-": set(get_args(Form)),
    "client-may-": set(get_args(Scope)),
    "recorded-": {word_of(each) for each in KINDS}
    | {"other", "and-more", "machine", "stranger", "tablet-unknown"},
}
"""Keys that end in a word of the code, and all the words there are."""
KEYS = keys_of("staff") | keys_of("guests") | keys_of("reports")


@pytest.mark.parametrize("audience", SPOKEN)
def test_every_language_of_an_audience_says_everything_with_the_same_params(audience: str) -> None:
    english = catalogue(audience, "en")
    assert len(english) > 90
    for language in SPOKEN[audience]:
        spoken = catalogue(audience, language)
        assert spoken.keys() == english.keys(), language
        for key, entry in spoken.items():
            assert entry.variables == english[key].variables, (language, key)
            assert entry.text.strip(), (language, key)


def test_what_is_said_in_german_to_staff_is_said_in_english_too() -> None:
    english, german = catalogue("staff", "en"), catalogue("staff", "de")
    assert {key: entry.variables for key, entry in german.items()} == {
        key: english[key].variables for key in german
    }


def test_a_key_belongs_to_one_audience() -> None:
    assert not keys_of("staff") & keys_of("guests")
    assert not keys_of("reports") & (keys_of("staff") | keys_of("guests"))


def test_every_message_that_the_code_chooses_is_in_the_catalogues() -> None:
    assert len(choices()) > 90
    missing = {
        each.where: each.key
        for each in choices()
        if not any(re.fullmatch(each.key, key) for key in KEYS)
    }
    assert missing == {}


def test_every_key_is_used() -> None:
    patterns = [each.key for each in choices() if not each.exact]
    unused = {
        key
        for key in KEYS - literals()
        if not any(re.fullmatch(pattern, key) for pattern in patterns)
    }
    assert unused == set()


def test_the_code_gives_a_message_the_params_it_says() -> None:
    """It may give more, for screens that say it in their own words.

    A key made of a word of the code may be chosen in several places, one of which fits.
    """
    missing: dict[tuple[str, str], frozenset[str]] = {}
    written: dict[str, list[Choice]] = {}
    for each in choices():
        written.setdefault(each.key, []).append(each)
    made = [(re.compile(each.key), each) for each in choices() if not each.exact]
    for key, entry in {
        **catalogue("staff", "en"),
        **catalogue("guests", "en"),
        **catalogue("reports", "en"),
    }.items():
        exact = [each for each in written.get(re.escape(key), ()) if each.exact]
        missing |= {
            (each.where, key): entry.variables - each.params
            for each in exact
            if each.params is not None and not entry.variables <= each.params
        }
        families = [each for pattern, each in made if pattern.fullmatch(key)]
        fits = any(each.params is None or entry.variables <= each.params for each in families)
        if families and not exact and not fits:
            missing[families[0].where, key] = entry.variables
    assert missing == {}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_word_of_the_code_has_its_message(family: str) -> None:
    said = {key.removeprefix(family) for key in KEYS if key.startswith(family)}
    assert said == FAMILIES[family]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_step_and_state_of_a_lifecycle_has_its_word(language: str) -> None:
    """A word of the code that the choice lacks would be said as "done" and "has changed"."""
    tables = [
        each
        for each in vars(lifecycles).values()
        if isinstance(each, dict) and any(isinstance(to, Transition) for to in each.values())
    ]
    assert len(tables) > 5
    for word in {word for table in tables for state, event in table for word in (state, event)}:
        assert f"[{word}] " in catalogue("staff", language)["step-not-possible"].text, word


def test_every_refusal_told_to_guests_is_of_the_code() -> None:
    told = {key.removeprefix("visit-refused-") for key in KEYS if key.startswith("visit-refused-")}
    assert told <= set(get_args(NoCode))


NUMBERS = (0, 1, 2, 3, 5, 11, 21, 22, 25, 101, 1234)
"""One of each plural form, and those that are exceptions."""


@pytest.mark.parametrize("audience", SPOKEN)
def test_every_entry_can_be_said_whatever_its_numbers(audience: str) -> None:
    for language in SPOKEN[audience]:
        for key, entry in catalogue(audience, language).items():
            for number in NUMBERS if entry.variables else (0,):
                said = say(Message(key, dict.fromkeys(entry.variables, number)), language)
                assert said
                assert "{" not in said, (language, key)
                assert "  " not in said, (language, key, said)


@pytest.mark.parametrize(
    ("guests", "russian", "ukrainian"),
    [
        (1, "1 гость", "1 гість"),
        (2, "2 гостя", "2 гості"),
        (5, "5 гостей", "5 гостей"),
        (11, "11 гостей", "11 гостей"),
        (21, "21 гость", "21 гість"),
    ],
)
def test_guests_are_counted_as_the_language_counts(
    guests: int, russian: str, ukrainian: str
) -> None:
    said = message("visit-times", day="", guests=guests)
    assert russian in say(said, "ru")
    assert ukrainian in say(said, "uk")


def test_money_dates_and_frequencies_are_said_as_people_say_them() -> None:
    often = message("often-sometimes", count=6)
    kept = message(
        "hold-advised",
        hold=1,
        tables=4,
        seats=2,
        often=often,
        holding=Money(4000, "GBP"),
        selling=Money(2500, "GBP"),
    )
    assert say(kept, "en") == (
        "Keep one of your 4 tables for 2 free for walk-ins. One more would be used on about 6"
        " evenings in 10: worth £40 kept, £25 sold."
    )
    assert say(kept, "ru") == (
        "Придержите 1 из 4 столов на 2 для гостей без брони. Ещё один пригодился бы примерно в 6"
        " вечерах из 10: придержанный он стоит 40\xa0£, проданный — 25\xa0£."
    )
    day = CalendarDate(date(2026, 12, 5))
    other = message("rescue-say-other_day", weekday=6, date=day, starts="20:00")
    assert say(other, "en").startswith("On Saturday 5 December at 20:00 I do have a table")
    assert say(other, "ru").startswith("В субботу, 5 декабря, в 20:00 стол для вас есть")


def test_catalogues_are_read_before_the_first_guest_asks() -> None:
    catalogues._bundle.cache_clear()
    read_catalogues()
    assert catalogues._bundle.cache_info().currsize == len(LANGUAGES)
