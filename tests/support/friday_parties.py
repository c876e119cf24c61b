"""Who comes on the Friday: names as they really are, sizes, times, notes, and how each behaves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from policies.house.channels import Channel

FIRST = (
    "Anna",
    "Jean-Baptiste",
    "Екатерина",
    "Søren",
    "Wolfgang Amadeus",
    "Ольга",
    "Zoë",
    "Mehmet",
    "Константин",
    "Ute",
    "Li",
    "Maximiliane",
)
LAST = (
    "Meier",
    "Öztürk-Yıldırım",
    "Преображенский",
    "von und zu Guttenberg-Hohenlohe",
    "Ng",
    "Шереметьева",
    "O'Shaughnessy",
    "Freifrau von Schwarzenfels-Wittgenstein",
    "Ким",
    "Łukaszewicz",
    "Müller",
    "Достоевский-Романов",
    "García Márquez de la Vega",
    "Yamamoto",
    "Weiß",
    "Хмельницкая",
    "Brandt",
)
NOTES = (
    "Window, if there is one",
    "Geburtstag – Torte kommt um 21 Uhr, bitte kühl stellen, Kerzen sind dabei",
    "Anniversary: they met at table 12",
    "Опоздают минут на десять, звонили",
    "Wheelchair, the long way round by the terrace; he does not like to be helped with the step",
    "Press. Be kind, be quick.",
    "With a dog (large, gentle)",
    "Детский стульчик и раскраски",
)
REQUESTS = (
    "Ein ruhiger Tisch am Fenster, bitte; wir feiern Geburtstag und bringen Blumen mit.",
    "Could we have the same waiter as last time?",
    "Можно, пожалуйста, стол подальше от кухни?",
    "We have theatre tickets for 21:30",
)
ALLERGIES = (
    "peanuts",
    "Schalentiere, auch Spuren",
    "глютен (целиакия)",
    "lactose; nuts",
    "sesame, celery, mustard and everything that was near them",
)
GUEST_NOTES = ("Likes table 3", "Пьёт только боржоми", "Complained about the draught in January")
TAGS = (("regular",), ("vip", "press"), ("neighbour",), ("wine-club", "regular", "terrace"))

CHANNELS: tuple[Channel, ...] = ("phone", "guest", "desk")
# Weights by quarter hour from 17:00 on: two waves, at 19:00 and at 21:00.
WAVES = (5, 6, 8, 8, 9, 9, 11, 12, 15, 13, 11, 10, 9, 10, 11, 11, 12, 11, 10, 8, 6, 4)
SIZES = {1: 3, 2: 47, 3: 13, 4: 21, 5: 5, 6: 6, 7: 2, 8: 3}


@dataclass(frozen=True)
class Party:
    """A party: who, when (minutes after 17:00) and what it does.

    `comes`: minutes after its time, None: not at all. `first`: how many of it are here first.
    `stays`: the share of its turn time that it sits. `asks`: it waits for the house's answer.
    """

    number: int
    name: str
    size: int
    starts: int
    channel: Channel
    comes: int | None
    first: int
    stays: float
    cancels: bool
    asks: bool = False
    notes: str = ""
    special_request: str = ""
    allergies: str = ""
    guest_notes: str = ""
    tags: tuple[str, ...] = ()
    area: str | None = None


def guest_id(party: Party) -> UUID:
    """The id of the guest who booked for it."""
    return UUID(int=party.number + 1, version=4)


def parties(dice: Random) -> Iterator[Party]:
    """Parties without end, the same for the same dice."""
    names = [f"{first} {last}" for first, last in product(FIRST, LAST)]
    dice.shuffle(names)
    number = 0
    while True:
        yield _party(dice, number, names[number % len(names)])
        number += 1


def _party(dice: Random, number: int, name: str) -> Party:
    size = dice.choices(list(SIZES), list(SIZES.values()))[0]
    comes = None if dice.random() < 0.06 else round(min(35, dice.gauss(0, 7)))
    some_come_first = size > 2 and dice.random() < 0.12
    return Party(
        number=number,
        name=name,
        size=size,
        starts=15 * dice.choices(range(len(WAVES)), WAVES)[0],
        channel=dice.choices(CHANNELS, (5, 3, 1))[0],
        comes=comes,
        first=size // 2 if some_come_first else size,
        stays=dice.gauss(0.92, 0.13),
        cancels=dice.random() < 0.05,
        asks=dice.random() < 0.02,
        notes=_now_and_then(dice, 0.3, NOTES),
        special_request=_now_and_then(dice, 0.12, REQUESTS),
        allergies=_now_and_then(dice, 0.15, ALLERGIES),
        guest_notes=_now_and_then(dice, 0.15, GUEST_NOTES),
        tags=dice.choice(TAGS) if dice.random() < 0.2 else (),
        area="terrace" if dice.random() < 0.12 else None,
    )


def _now_and_then(dice: Random, chance: float, lines: tuple[str, ...]) -> str:
    line = dice.choice(lines)
    return line if dice.random() < chance else ""
