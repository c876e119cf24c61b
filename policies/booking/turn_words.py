"""How long a party keeps its table and why, as staff say it: "2 hours: up to 4 guests, terrace"."""

from datetime import date
from functools import lru_cache

from policies.house.house import House, TurnTime
from policies.words.catalogue import say
from policies.words.message import CalendarDate, Message, Param, message


def turn_said(house: House, minutes: int, turn: TurnTime | None, service_date: date) -> str:
    """Return the stay and the turn time that makes it, in the language of the house.

    `turn` None: staff set the stay.
    """
    areas = tuple(area.name for area in house.areas if turn and area.id in turn.areas)
    return _said(minutes, turn, areas, service_date, house.venue.locale)


@lru_cache(maxsize=1000)
def _said(
    minutes: int,
    turn: TurnTime | None,
    areas: tuple[str, ...],
    service_date: date,
    locale: str,
) -> str:
    stay = stay_of(minutes)
    if turn is None:
        return say(message("turn-by-staff", stay=stay), locale)
    said = message("turn-of-house", stay=stay, guests=turn.party_max)
    day = [CalendarDate(service_date, "weekday")] if turn.days else []
    only: list[Param] = [*areas, *day, *sorted(turn.periods)]
    for more in only:
        said = message("turn-only", said=said, more=more)
    return say(said, locale)


def stay_of(minutes: int) -> Message:
    """Return a stay of so many minutes as a message: 45 min, 2 hours, 1 h 30 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return message("stay-minutes", minutes=rest)
    if not rest:
        return message("stay-hours", hours=hours)
    return message("stay-hours-minutes", hours=hours, minutes=rest)
