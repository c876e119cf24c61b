"""The sentence that goes with advice on held tables, and what it rests on."""

from typing import Final

from policies.house.house import House
from policies.house.wording import how_often, language_of, money

FEW: Final = {
    "en": "Too little history to say how many of the {tables} tables for {seats} to hold: from"
    " {needed} evenings on; seen so far: {evenings}.",
    "ru": "Пока мало данных, чтобы советовать, сколько столов на {seats} придержать (всего"
    " {tables}): совет даётся с {needed} вечеров, пока их {evenings}.",
    "de": "Zu wenig gesehen, um zu sagen, wie viele der {tables} Tische für {seats} zurückzuhalten"
    " sind: ab {needed} Abenden; bisher {evenings}.",
}

ADVICE: Final = {
    "en": "Hold {hold} of {tables} tables for {seats}: walk-ins want one more {often}, worth"
    " {holding}; on sale it brings {selling}.",
    "ru": "Придержите столов на {seats}: {hold} из {tables}. Ещё один понадобится гостям без брони"
    " {often}, это стоит {holding}; в продаже он принесёт {selling}.",
    "de": "{hold} von {tables} Tischen für {seats} zurückhalten: Gäste ohne Reservierung wollen"
    " noch einen {often}, das ist {holding} wert; verkauft bringt er {selling}.",
}

ALL: Final = {
    "en": "Hold {hold} of {tables} tables for {seats}: walk-ins want even the last {often}, worth"
    " {holding}; on sale it brings {selling}.",
    "ru": "Придержите столов на {seats}: {hold} из {tables}. Даже последний понадобится гостям без"
    " брони {often}, это стоит {holding}; в продаже он принесёт {selling}.",
    "de": "{hold} von {tables} Tischen für {seats} zurückhalten: Gäste ohne Reservierung wollen"
    " selbst den letzten {often}, das ist {holding} wert; verkauft bringt er {selling}.",
}

RESTS_ON: Final = {
    "en": "Seen: {evenings} evenings ({comparable} on this weekday), {walk_ins} such walk-ins,"
    " {low} to {high} an evening on average; {wanted} or more came on {used} evenings in"
    " {evenings}. {prior} % of the figure is assumed, not seen.",
    "ru": "Основание: вечеров {evenings} (из них в этот день недели {comparable}), таких гостей без"
    " брони {walk_ins}, в среднем {low}–{high} за вечер; {wanted} и больше было в {used} из"
    " {evenings}. {prior} % оценки пока допущение.",
    "de": "Gesehen: {evenings} Abende ({comparable} an diesem Wochentag), {walk_ins} solche Gruppen"
    " ohne Reservierung, im Mittel {low} bis {high} am Abend; an {used} von {evenings} Abenden"
    " {wanted} oder mehr. {prior} % davon sind angenommen, nicht gesehen.",
}

NOT_PRICED: Final = {
    "en": "No advice on held tables: it comes with prices, and these rules do not decide by value"
    " or the prices are not made yet.",
    "ru": "Совета о придержанных столах нет: он опирается на цены, а эти правила решают не по"
    " ценности или цены ещё не рассчитаны.",
    "de": "Kein Rat zu zurückgehaltenen Tischen: Er beruht auf Preisen, und diese Regeln"
    " entscheiden nicht nach Wert, oder die Preise sind noch nicht gemacht.",
}


def too_little(house: House, *, tables: int, seats: int, needed: int, evenings: int) -> str:
    """Return the sentence where too few evenings were seen for advice."""
    template = FEW[language_of(house.venue.locale, FEW)]
    return template.format(tables=tables, seats=seats, needed=needed, evenings=evenings)


def advised(
    house: House, *, hold: int, tables: int, seats: int, chance: float, holding: int, selling: int
) -> str:
    """Return the advice in a sentence; the money in minor units."""
    language = language_of(house.venue.locale, ADVICE)
    return (ALL if hold == tables else ADVICE)[language].format(
        hold=hold,
        tables=tables,
        seats=seats,
        often=how_often(chance, language),
        holding=money(holding, house),
        selling=money(selling, house),
    )
