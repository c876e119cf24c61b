"""Who comes in a season: regulars who come again and again, and strangers.

All shares are assumptions, as the weekdays of `WEEK` are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

from scripts.simulation.crowd import NO_SHOWS, draw_crowd
from scripts.simulation.dice import dice_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from scripts.simulation.crowd import Crowd, Guest
    from scripts.simulation.written_house import Hours, WrittenHouse

WEEK = (0.7, 0.75, 0.85, 0.95, 1.25, 1.35, 0.9)
"""What is asked for on each weekday from Monday, as a share of the mean."""
BUSIER, QUIETER = 1.25, 0.75
REGULARS, COME_AGAIN = 260, 0.4
UNRELIABLE, THEIR_NO_SHOWS = 0.08, 0.3
MOMENT = timedelta(minutes=5)

FIRST = (
    "Ada Adrian Alina Amir Anton Aylin Beate Ben Carla Clara Daniel Deniz Elif Emil Emma Eva Felix"
    " Finn Franka Georg Greta Hanna Hugo Ida Ines Ivan Jan Jakob Julia Karl Katya Lara Leo Lina"
    " Ludwig Luise Maja Marie Mats Mila Moritz Nadia Nina Noah Olga Otto Paul Pia Rita Samuel Selma"
    " Silas Sina Tarek Theo Tilda Vera Viktor Yara Zoe"
)
LAST = (
    "Adler Ahrens Albrecht Arslan Bauer Becker Bergmann Böhm Brandt Braun Busch Çelik Dietrich"
    " Dubois Ebert Engel Fischer Frank Fuchs Graf Günther Haas Hahn Hansen Heinrich Hofmann Horn"
    " Huber Işık Jansen Kaiser Keller Koch König Krüger Kuhn Lang Lehmann Lorenz Maier Martin Nowak"
    " Otto Pohl Peters Petrov Richter Roth Sauer Schmitt Schulz Seidel Simon Sommer Thomas Vogel"
    " Wagner Weiß Winter Yılmaz Ziegler"
)


@dataclass(frozen=True)
class Person:
    """Somebody with a name and a phone; `stays_away`: how often they do not come."""

    name: str
    phone: str
    stays_away: float


class People:
    """The town around the house: its regulars, the first of them the most faithful."""

    def __init__(self, seed: int) -> None:
        """Draw the regulars."""
        dice = dice_of(seed, "regulars")
        self.regulars = [person(dice) for _ in range(REGULARS)]
        self.weights = list(accumulate(1 / (rank + 12) for rank in range(REGULARS)))

    def crowd(
        self,
        house: WrittenHouse,
        hours: Hours,
        since: datetime,
        *,
        seed: int,
        requests: int,
        walk_ins: int,
    ) -> Crowd:
        """Draw the parties of a date: as many as its weekday and a good or poor day bring.

        `requests`, `walk_ins`: the means over all weekdays.
        """
        dice = dice_of(seed, "how many", hours.day)
        share = WEEK[hours.day.weekday()] * (QUIETER + (BUSIER - QUIETER) * dice.random())
        drawn = draw_crowd(
            house,
            hours,
            since,
            seed=seed + hours.day.toordinal(),
            requests=round(requests * share),
            walk_ins=round(walk_ins * share),
        )
        return replace(drawn, guests=self._named(dice, drawn.guests, since))

    def _named(self, dice: Random, guests: Sequence[Guest], since: datetime) -> tuple[Guest, ...]:
        """Give each guest a name, nobody twice an evening, and a moment of their own to ask."""
        here: set[str] = set()
        named = []
        for guest in guests:
            who = self._somebody(dice)
            if who.phone in here:
                who = person(dice)
            here.add(who.phone)
            asks = max(since, guest.asks_at - MOMENT * dice.randrange(36))
            comes = dice.random() >= who.stays_away
            named.append(replace(guest, name=who.name, phone=who.phone, comes=comes, asks_at=asks))
        return tuple(named)

    def _somebody(self, dice: Random) -> Person:
        if dice.random() >= COME_AGAIN:
            return person(dice)
        return dice.choices(self.regulars, cum_weights=self.weights)[0]


def person(dice: Random) -> Person:
    """Draw somebody of whom nothing is known."""
    often = dice.random() < UNRELIABLE
    return Person(
        name=f"{dice.choice(FIRST.split())} {dice.choice(LAST.split())}",
        phone=f"+49176{dice.randrange(10**7, 10**8)}",
        stays_away=THEIR_NO_SHOWS if often else NO_SHOWS * 0.7,
    )
