"""Messages said in each language: plurals, money, dates, lists, and what has no catalogue."""

from datetime import date

import msgspec
import pytest

from policies.words import catalogue
from policies.words.catalogue import UnknownMessage, language_for, say
from policies.words.message import CalendarDate, Message, Money, message

TEXT = {
    ("staff", "en"): """
seats = { $count ->
    [one] one seat
   *[other] { $count } seats
}
owes = It is { $amount } on { $day }.
all = Tables { $tables }.
within = So: { $inner }
only-english = Please ask.
""",
    ("staff", "ru"): """
seats = { $count ->
    [one] { $count } место
    [few] { $count } места
   *[many] { $count } мест
}
owes = Это { $amount }, { $day }.
all = Столы { $tables }.
within = Итак: { $inner }
""",
}


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.setattr(
        catalogue, "source", lambda audience, language: TEXT.get((audience, language), "")
    )
    catalogue._bundle.cache_clear()
    yield
    catalogue._bundle.cache_clear()


@pytest.mark.parametrize(
    ("count", "english", "russian"),
    [
        (1, "one seat", "1 место"),
        (3, "3 seats", "3 места"),
        (5, "5 seats", "5 мест"),
        (21, "21 seats", "21 место"),
        (1234, "1,234 seats", "1\xa0234 места"),
    ],
)
def test_numbers_take_the_plural_and_the_form_of_the_language(
    count: int, english: str, russian: str
) -> None:
    said = message("seats", count=count)
    assert (say(said, "en"), say(said, "ru-RU")) == (english, russian)


@pytest.mark.parametrize(
    ("amount", "english", "russian"),
    [
        (Money(15300, "GBP"), "£153", "153\xa0£"),
        (Money(15277, "EUR"), "€152.77", "152,77\xa0€"),
        (Money(1200, "JPY"), "JP¥1,200", "1\xa0200\xa0¥"),
        (Money(-300, "GBP"), "-£3", "-3\xa0£"),
    ],
)
def test_money_is_written_as_the_language_writes_it(
    amount: Money, english: str, russian: str
) -> None:
    day = date(2026, 12, 5)
    said = message("owes", amount=amount, day=CalendarDate(day))
    assert say(said) == f"It is {english} on 5 December."
    full = message("owes", amount=amount, day=CalendarDate(day, "full"))
    assert say(full, "ru") == f"Это {russian}, суббота, 5 декабря."


def test_lists_and_messages_within_messages_are_said_in_the_same_language() -> None:
    inner = message("all", tables=("1", "2", "P1"))
    assert say(message("within", inner=inner), "en") == "So: Tables 1, 2 and P1."
    assert say(message("within", inner=inner), "ru") == "Итак: Столы 1, 2 и P1."


def test_a_language_without_the_message_falls_back_to_english() -> None:
    assert say(message("only-english"), "ru") == "Please ask."
    assert say(message("seats", count=2), "fr-CA") == "2 seats"
    assert language_for("de-CH") == "de"


def test_an_unknown_key_or_a_missing_param_is_an_error_of_ours() -> None:
    with pytest.raises(UnknownMessage):
        say(message("nowhere"))
    with pytest.raises(UnknownMessage):
        say(message("seats"))


def test_a_message_survives_json() -> None:
    said = message(
        "within",
        inner=message("owes", amount=Money(5, "GBP"), day=CalendarDate(date(2026, 1, 2))),
        tables=("a", "b"),
        count=3,
    )
    assert msgspec.json.decode(msgspec.json.encode(said), type=Message) == said
