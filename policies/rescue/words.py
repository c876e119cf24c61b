"""Sentences of a rescue option for the guest and for the host, in the venue's language.

Staff say them after the ordinary answer, as an exception made in person; none blames anybody.
Other languages fall back to English.
"""

from datetime import datetime

from msgspec import Struct

from policies.house.calendar import service_date_at
from policies.house.house import House
from policies.house.wording import clock, language_of, money
from policies.rescue.option import RescueOption


class _Language(Struct, frozen=True):
    table: str
    joined: str
    moves: str
    risk: str
    held: str
    costs: str
    say: dict[str, str]


_LANGUAGES = {
    "en": _Language(
        table="table {tables}",
        joined="tables {tables}, put together",
        moves="Other tables are meant for {count} booked parties then; nobody who sits is moved.",
        risk="With a chance of {risk} somebody promised a table waits over {minutes} minutes.",
        held="It is one of the tables we keep back.",
        costs="Expected to bring {worth}.",
        say={
            "held": "We are full tonight, and yet: give me a moment. I would love you to have"
            " {where}.",
            "table": "I have looked once more, and I can give you {where} right now.",
            "join": "Let me push something together for you: {where}, right now.",
            "shorter": "I can give you {where} right now, if we may have the place back by {ends}.",
            "move": "Give me one minute to rearrange our evening, and I can give you {where}.",
            "area": "There I have nothing just now, but I can give you {where} ({area}).",
            "overbook": "I will make room for you at {starts}. Should it take a few minutes then,"
            " I will look after you myself.",
            "wait": "It will be about {wait} minutes. May I write you down, and fetch you myself?",
            "later": "At {starts} a table is yours tonight. Shall I write it down for you?",
            "other_day": "On {day} at {starts} a table is yours. Shall I write it down for you?",
            "partner": "{name} is {walk} minutes on foot, and one eats well there. Shall I call"
            " them for you?",
        },
    ),
    "ru": _Language(
        table="стол {tables}",
        joined="сдвинутые столы {tables}",
        moves="Столы забронировавших меняются: компаний {count}; кто уже сидит, остаётся на месте.",
        risk="С вероятностью {risk} кому-то с бронью придётся ждать больше {minutes} минут.",
        held="Это один из столов, которые мы придерживаем.",
        costs="Ожидаем {worth}.",
        say={
            "held": "Сегодня у нас всё занято, но дайте мне минуту: мне очень хочется отдать вам"
            " {where}.",
            "table": "Есть ещё одна возможность: прямо сейчас для вас {where}.",
            "join": "Мы сдвинем для вас столы прямо сейчас: {where}.",
            "shorter": "Прямо сейчас для вас {where}, до {ends}. Вам подойдёт?",
            "move": "Дайте мне минуту кое-что переставить, и для вас будет {where}.",
            "area": "Там сейчас ничего нет, зато для вас есть {where} ({area}).",
            "overbook": "К {starts} у нас будет для вас место. Если понадобится несколько минут,"
            " я о вас позабочусь.",
            "wait": "Это займёт около {wait} минут. Можно вас записать? Я за вами приду.",
            "later": "В {starts} сегодня стол ваш. Записать?",
            "other_day": "{day} в {starts} стол ваш. Записать?",
            "partner": "До «{name}» {walk} минут пешком, там хорошо готовят. Позвонить им для вас?",
        },
    ),
    "de": _Language(
        table="Tisch {tables}",
        joined="die Tische {tables} zusammen",
        moves="{count} Reservierungen bekommen dann andere Tische; wer sitzt, bleibt sitzen.",
        risk="Mit {risk} Wahrscheinlichkeit wartet jemand mit Zusage über {minutes} Minuten.",
        held="Es ist einer der Tische, die wir zurückhalten.",
        costs="Bringt voraussichtlich {worth}.",
        say={
            "held": "Wir sind heute voll, und doch: einen Moment bitte. Ich möchte Ihnen gern"
            " {where} geben.",
            "table": "Ich habe noch einmal geschaut und kann Ihnen jetzt {where} geben.",
            "join": "Ich stelle Ihnen etwas zusammen: {where}, jetzt gleich.",
            "shorter": "Jetzt gleich kann ich Ihnen {where} geben, bis {ends}."
            " Wäre Ihnen das recht?",
            "move": "Geben Sie mir eine Minute, ich stelle etwas um und gebe Ihnen {where}.",
            "area": "Dort ist gerade nichts, aber ich kann Ihnen {where} geben ({area}).",
            "overbook": "Um {starts} mache ich Ihnen Platz. Sollte es dann ein paar Minuten"
            " dauern, kümmere ich mich selbst um Sie.",
            "wait": "Es dauert etwa {wait} Minuten. Darf ich Sie aufschreiben und selbst holen?",
            "later": "Um {starts} gehört Ihnen heute ein Tisch. Soll ich ihn aufschreiben?",
            "other_day": "Am {day} um {starts} gehört Ihnen ein Tisch. Soll ich ihn aufschreiben?",
            "partner": "Zu {name} sind es {walk} Minuten zu Fuß, man isst dort gut. Soll ich"
            " für Sie anrufen?",
        },
    ),
}


def sentence(option: RescueOption, house: House, *, now: datetime) -> str:
    """Return what staff say to the guest."""
    language = _language(house)
    said = language.say[option.kind].format(**_words(option, house, now))
    return said[0].upper() + said[1:]


def because(option: RescueOption, house: House) -> str:
    """Return moves, risk and worth of the option, for the host alone."""
    language, told = _language(house), []
    if option.held_id:
        told.append(language.held)
    if option.moves:
        told.append(language.moves.format(count=len(option.moves)))
    if option.risk:
        risk, minutes = f"{option.risk.probability * 100:.1f} %", option.risk.tolerance_minutes
        told.append(language.risk.format(risk=risk, minutes=minutes))
    if option.worth > 0:
        told.append(language.costs.format(worth=money(option.worth, house)))
    return " ".join(told)


def _language(house: House) -> _Language:
    return _LANGUAGES[language_of(house.venue.locale, _LANGUAGES)]


def _words(option: RescueOption, house: House, now: datetime) -> dict[str, str]:
    language, near = _language(house), option.neighbour
    form = language.joined if len(option.tables) > 1 else language.table
    areas = {area.id: area.name for area in house.areas}
    return {
        "where": form.format(tables=" + ".join(option.tables)),
        "area": areas.get(option.area or "", ""),
        "starts": clock(house, option.starts or now),
        "ends": clock(house, option.ends or now),
        "day": f"{service_date_at(house, option.starts or now):%d.%m.}",
        "wait": str(option.wait_minutes or 0),
        "name": near.name if near else "",
        "walk": str(near.walk_minutes if near else 0),
    }
