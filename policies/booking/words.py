"""Why a start was given or refused: a sentence for staff, in the venue's language.

It says what would happen to whom, never whose fault it is; every number in it is one of
`Explanation`. Languages without a text here get the English one.
"""

from typing import Literal

from msgspec import Struct

from policies.book.answers import Explanation
from policies.house.house import House
from policies.house.wording import clock, language_of, money, percent

Outcome = Literal["given", "worth_more", "too_risky"]


class _Language(Struct, frozen=True):
    given: str
    worth_more: str
    too_risky: str
    crowd: str
    drivers: str


_LANGUAGES = {
    "en": _Language(
        "Given: {revenue} expected from this party, {risk_cost} for waits it may cause,"
        " {displaced_value} others would bring for the table: {value} remain.",
        "Better kept: this party is expected to bring {revenue}, guests still expected "
        "{displaced_value},"
        " waits may cost {risk_cost}: {value} in all.",
        "One more would make somebody wait with a chance of {risk};"
        " {ceiling} is the most we allow.",
        "Tightest at {tightest_at}: {expected} parties of {size} or more for {places} places,"
        " more than fit with a chance of {overload}.",
        "Bookings that make it so: {count}.",
    ),
    "ru": _Language(
        "Принято: ожидаем от гостей {revenue}, возможное ожидание других стоит {risk_cost},"
        " другие принесли бы за этот стол {displaced_value}: остаётся {value}.",
        "Лучше сохранить: эти гости принесут {revenue}, те, кого мы ещё ждём, — {displaced_value},"
        " возможное ожидание стоит {risk_cost}: всего {value}.",
        "С ещё одними гостями кому-то пришлось бы ждать с вероятностью {risk};"
        " мы допускаем не больше {ceiling}.",
        "Теснее всего в {tightest_at}: компаний от {size} гостей {expected} на {places} мест,"
        " больше, чем помещается, с вероятностью {overload}.",
        "Брони, от которых это зависит: {count}.",
    ),
    "de": _Language(
        "Angenommen: {revenue} erwarten wir von diesen Gästen, mögliches Warten kostet {risk_cost},"
        " andere brächten für den Tisch {displaced_value}: es bleiben {value}.",
        "Besser behalten: diese Gäste bringen {revenue}, noch erwartete {displaced_value},"
        " mögliches Warten kostet {risk_cost}: zusammen {value}.",
        "Mit noch einer Gruppe müsste jemand mit {risk} Wahrscheinlichkeit warten;"
        " höchstens {ceiling} lassen wir zu.",
        "Am engsten um {tightest_at}: {expected} Gruppen ab {size} Gästen für {places} Plätze,"
        " mehr als passen mit {overload} Wahrscheinlichkeit.",
        "Reservierungen, von denen das abhängt: {count}.",
    ),
}


def explain(explained: Explanation, house: House, outcome: Outcome) -> str:
    """Return why the start was given or refused."""
    language = _LANGUAGES[language_of(house.venue.locale, _LANGUAGES)]
    said = [getattr(language, outcome), language.crowd]
    if explained.drivers:
        said.append(language.drivers)
    return " ".join(said).format(**_words(explained, house))


def outcome_of_code(code: str | None) -> Outcome:
    """Return what a "no" of this code came from; None was a yes."""
    if code is None:
        return "given"
    return "too_risky" if code == "RISK_OVER_CEILING" else "worth_more"


def _words(explained: Explanation, house: House) -> dict[str, str]:
    amounts = ("revenue", "risk_cost", "displaced_value", "value")
    chances = ("risk", "ceiling", "overload")
    return {
        **{name: money(getattr(explained, name), house) for name in amounts},
        **{name: percent(getattr(explained, name)) for name in chances},
        "tightest_at": clock(house, explained.tightest_at),
        "size": str(explained.party_class),
        "expected": f"{explained.expected:.1f}",
        "places": str(explained.places),
        "count": str(len(explained.drivers)),
    }
