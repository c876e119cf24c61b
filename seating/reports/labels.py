"""How the keys of a report's rows are said: by the house's names and in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from policies.house.rules import Rules
from policies.words.catalogue import Language, is_written, say
from policies.words.message import CalendarDate, message
from seating.db import Connection
from seating.reports.asking import VenueAsked
from seating.reports.shape import Labels

STAFF_NAMES = "select staff_id as key, name from staff where venue_id = $1"
CLIENT_NAMES = """
select client_id as key, c.name from client c join client_venue v using (client_id)
where v.venue_id = $1
"""

MONDAY: Final = date(2024, 1, 1)


class Names(Struct, frozen=True):
    """The names that keys stand for, by what they are the keys of."""

    people: Mapping[str, str]
    clients: Mapping[str, str]
    items: Mapping[str, str]
    answers: Mapping[str, str]


async def names_of(conn: Connection, venue: VenueAsked, language: Language) -> Names:
    """Return the names of a venue's staff, clients, gestures and answers, in a language."""
    people = await conn.fetch(STAFF_NAMES, venue.venue_id)
    clients = await conn.fetch(CLIENT_NAMES, venue.venue_id)
    return Names(
        {row["key"]: row["name"] for row in people},
        {row["key"]: row["name"] for row in clients},
        {each.key: _in(each.name, language) for each in venue.rules.gestures},
        _answers(venue.rules, language),
    )


def label_of(labels: Labels, key: str, name: str, names: Names, language: Language) -> str:
    """Return how a key is said; `name`: of one of its cases."""
    if labels == "named":
        return name if key and name.strip("- ") else say(message("report-unknown"), language)
    if not key:
        return say(message("report-none-named"), language)
    if labels in _NAMES:
        return _NAMES[labels](names).get(key, key)
    if labels in {"text", "table"}:
        return key
    if labels == "answer":
        return _answer(key, names, language)
    return _dated(labels, key, language)


_NAMES: Final[dict[Labels, Callable[[Names], Mapping[str, str]]]] = {
    "person": lambda names: names.people,
    "client": lambda names: names.clients,
    "item": lambda names: names.items,
}


def _dated(labels: Labels, key: str, language: Language) -> str:
    if labels == "time":
        hour, quarter = divmod(int(key), 4)
        return f"{hour:02}:{15 * quarter:02}"
    if labels == "date":
        day = CalendarDate(date.fromisoformat(key), "full")
        return say(message("report-day", day=day), language)
    if labels == "weekday":
        day = CalendarDate(MONDAY.replace(day=int(key)), "weekday")
        return say(message("report-day", day=day), language)
    return worded(labels, key, language)


def worded(family: str, word: str, language: Language) -> str:
    """Return the words for a word of the code, or the word itself where nobody wrote any."""
    said = message(f"report-{family}-{word}")
    return say(said, language) if is_written(said.key) else word


def _answer(key: str, names: Names, language: Language) -> str:
    code, _, answer = key.partition(" ")
    text = names.answers.get(key) or worded("answer", answer, language)
    return f"{worded('code', code, language)}: {text}"


def _answers(rules: Rules, language: Language) -> dict[str, str]:
    return {
        f"{entry.code} {answer.key}": _in(answer.text, language)
        for entry in rules.playbook
        for answer in entry.beyond
    }


def _in(texts: Mapping[str, str], language: Language) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
