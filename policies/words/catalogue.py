"""Says messages: the catalogues, read once per language when first needed."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency
from fluent.runtime import FluentBundle, FluentResource

from policies.words.message import CalendarDate, Message, Money, Param

Language = Literal["en", "ru", "de", "uk"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
AUDIENCES = ("staff", "guests", "reports")

WHOLE_UNITS = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
"""Currencies without a minor unit (ISO 4217)."""

LONGEST_PARAM = 2000
"""Characters of a param at most; Fluent says no sentence with one of more than 2500."""

LOCALES: Mapping[Language, str] = {"en": "en_GB", "ru": "ru_RU", "de": "de_DE", "uk": "uk_UA"}
"""The country whose forms of money, dates and numbers a language is written with."""


class UnknownMessage(LookupError):
    """No catalogue has the key, or a param of it is missing: an error of ours."""


def language_for(locale: str) -> Language:
    """Return the language of a locale (`de-CH` is `de`) if there is a catalogue, else English."""
    short = locale[:2].lower()
    return next((language for language in LANGUAGES if language == short), "en")


def say(said: Message, language: str = "en") -> str:
    """Return the sentence of a message; what the language lacks is said in English.

    Raises UnknownMessage.
    """
    spoken = language_for(language)
    bundle = _bundle(spoken)
    if not bundle.has_message(said.key):
        spoken, bundle = "en", _bundle("en")
    if not bundle.has_message(said.key):
        raise UnknownMessage(said.key)
    pattern = bundle.get_message(said.key).value
    if pattern is None:
        raise UnknownMessage(said.key)
    params = {name: _written(value, spoken) for name, value in said.params.items()}
    sentence, mistakes = bundle.format_pattern(pattern, params)
    if mistakes:
        raise UnknownMessage(said.key) from mistakes[0]
    return str(sentence)


def read_catalogues() -> None:
    """Read all catalogues, and how their languages write dates and money: some 0.1 s for each."""
    for language in LANGUAGES:
        _bundle(language)
        for kind in (Money(1, "EUR"), CalendarDate(date.min), ("a", "b")):
            _written(kind, language)


def spoken_in(said: Message, language: str = "en") -> Language:
    """Return the language that `say` says a message in: English where the other lacks it."""
    spoken = language_for(language)
    return spoken if _bundle(spoken).has_message(said.key) else "en"


def is_written(key: str) -> bool:
    """Tell whether the catalogues have a key."""
    return _bundle("en").has_message(key)


def source(audience: str, language: Language) -> str:
    """Return the text of one catalogue; empty where the audience is not spoken to in it."""
    file = files("policies.words") / f"{audience}.{language}.ftl"
    return file.read_text("utf-8") if file.is_file() else ""


@cache
def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([LOCALES[language].replace("_", "-")], use_isolating=False)
    for audience in AUDIENCES:
        bundle.add_resource(FluentResource(source(audience, language)))
    return bundle


def _written(value: Param, language: Language) -> str | int | float:
    """Return a param as the language writes it; numbers are left to Fluent, for its plurals."""
    match value:
        case Message():
            return _cut(say(value, language))
        case Money():
            return _amount(value, _locale(language))
        case CalendarDate():
            return _date(value, _locale(language))
        case tuple():
            words = [say(each, language) if isinstance(each, Message) else each for each in value]
            return _cut(format_list(words, locale=_locale(language)))
        case str():
            return _cut(value)
        case _:
            return value


def _cut(text: str) -> str:
    """Return a text as far as Fluent takes one."""
    return text if len(text) <= LONGEST_PARAM else f"{text[: LONGEST_PARAM - 1]}…"


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse(LOCALES[language])


def _amount(money: Money, locale: Locale) -> str:
    scale = 1 if money.currency in WHOLE_UNITS else 100
    whole = money.minor % scale == 0
    pattern = locale.currency_formats["standard"].pattern
    return format_currency(
        money.minor / scale,
        money.currency,
        format=pattern.replace(".00", "") if whole else pattern,
        locale=locale,
        currency_digits=not whole,
    )


def _date(value: CalendarDate, locale: Locale) -> str:
    if value.form == "year":
        return format_date(value.date, "long", locale=locale)
    day = format_skeleton("MMMMd", value.date, locale=locale)
    if value.form == "day":
        return day
    weekday = format_date(value.date, "EEEE", locale=locale)
    if value.form == "weekday":
        return weekday
    return f"{weekday} {day}" if locale.language == "en" else f"{weekday}, {day}"
