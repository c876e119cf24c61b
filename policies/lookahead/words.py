"""The advice for a party at the door as a sentence for staff, in the venue's language.

Every number in a sentence is in `DoorAdvice`; consequences are stated without blame. English where
the language is not supported.
"""

from msgspec import Struct

from policies.house.house import House
from policies.house.wording import clock, language_of, money
from policies.lookahead.advice import DoorAdvice


class _Language(Struct, frozen=True):
    table: str
    joined: str
    now: str
    over_table: str
    over_waiting: str
    even: str
    wait: str
    threatened: str
    worth: str


_LANGUAGES = {
    "en": _Language(
        "table {tables}",
        "tables {tables} joined",
        "{where} now: {why}.",
        "worth {gain} more than {instead}",
        "worth {gain} more than to let them wait",
        "nothing else is clearly worth more",
        "Better wait about {minutes} minutes, likely for {where}: {why}.",
        "the party of {size} at {starts} would otherwise lose its table or wait for it,"
        " likelier by {chance} %",
        "that is worth {gain} more than {instead} now",
    ),
    "ru": _Language(
        "стол {tables}",
        "сдвинутые столы {tables}",
        "Сейчас {where}: {why}.",
        "на {gain} выгоднее, чем {instead}",
        "на {gain} выгоднее, чем просить подождать",
        "ничего заметно выгоднее нет",
        "Лучше подождать около {minutes} минут, скорее всего будет {where}: {why}.",
        "иначе гости ({size}) на {starts} останутся без стола или будут ждать,"
        " вероятность выше на {chance} %",
        "это на {gain} выгоднее, чем {instead} сейчас",
    ),
    "de": _Language(
        "Tisch {tables}",
        "die Tische {tables} zusammen",
        "Jetzt {where}: {why}.",
        "{gain} mehr wert als {instead}",
        "{gain} mehr wert, als sie warten zu lassen",
        "nichts anderes ist deutlich mehr wert",
        "Besser etwa {minutes} Minuten warten, wohl auf {where}: {why}.",
        "sonst verlieren die {size} Gäste um {starts} ihren Tisch oder warten auf ihn,"
        " um {chance} % wahrscheinlicher",
        "das ist {gain} mehr wert als jetzt {instead}",
    ),
}


def say(advice: DoorAdvice, house: House) -> str:
    """Return the sentence: what to do with the party, and why."""
    language = _LANGUAGES[language_of(house.venue.locale, _LANGUAGES)]
    where = _tables_named(language, advice.tables)
    if advice.wait_minutes is None:
        said = language.now.format(where=where, why=_why_now(language, advice, house))
    else:
        why = _why_wait(language, advice, house)
        said = language.wait.format(minutes=advice.wait_minutes, where=where, why=why)
    return said[0].upper() + said[1:]


def _why_now(language: _Language, advice: DoorAdvice, house: House) -> str:
    if advice.gain == 0:
        return language.even
    over = language.over_table if advice.instead else language.over_waiting
    return over.format(
        gain=money(advice.gain, house), instead=_tables_named(language, advice.instead)
    )


def _why_wait(language: _Language, advice: DoorAdvice, house: House) -> str:
    threatened = advice.threatened
    if threatened is None:
        gain, instead = money(advice.gain, house), _tables_named(language, advice.instead)
        return language.worth.format(gain=gain, instead=instead)
    return language.threatened.format(
        size=threatened.party_size,
        starts=clock(house, threatened.starts),
        chance=round(threatened.chance * 100),
    )


def _tables_named(language: _Language, tables: tuple[str, ...]) -> str:
    form = language.joined if len(tables) > 1 else language.table
    return form.format(tables=" + ".join(tables))
