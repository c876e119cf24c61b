"""Disturbances: a blocked table, rain on the terrace, a pause of online booking, last orders.

Days ahead the manager lowers the kitchen's pace for the first hour of service.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from scripts.simulation.dice import dice_of
from scripts.simulation.views import taken_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from random import Random

    from scripts.simulation.night import Json, Night
    from scripts.simulation.tablets import Tablet
    from scripts.simulation.written_house import Hours

HOUR, PAUSE, SHOWER = (timedelta(minutes=minutes) for minutes in (60, 10, 40))
AHEAD = timedelta(days=3)
OUTSIDE = "terrace"
BREAKS, RAINS = 0.2, 0.12
"""Of an evening among many (assumptions)."""


@dataclass(kw_only=True)
class Disturbances:
    """Each is one command by a random tablet; for a date ahead, by the manager's."""

    night: Night
    tablets: Sequence[Tablet]
    manager: Tablet

    def plan(self) -> None:
        """Draw and schedule the disturbances."""
        dice = dice_of(self.night.crowd.choice_seed)
        hours = self.night.hours
        evening = hours.last_seating - hours.opens
        for _ in range(2):
            self._a_table_breaks(dice)
        paused = hours.opens - HOUR + 2 * HOUR * dice.random()
        self._lever(paused, {"online_paused": True})
        self._lever(paused + PAUSE, {"online_paused": False})
        if any(table.area == OUTSIDE for table in self.night.house.tables.values()):
            self._rain(hours.opens + evening * (0.3 + 0.3 * dice.random()))
        self._lever(hours.last_seating, {"last_orders": True})
        self._lever(hours.opens - AHEAD, slower(hours), by=(self.manager,))

    def plan_some(self) -> None:
        """Draw and schedule those of an evening among many: on most there is none."""
        dice = dice_of(self.night.crowd.choice_seed, "some")
        hours = self.night.hours
        if dice.random() < BREAKS:
            self._a_table_breaks(dice)
        outside = any(table.area == OUTSIDE for table in self.night.house.tables.values())
        if dice.random() < RAINS and outside:
            self._rain(hours.opens + (hours.last_seating - hours.opens) * dice.random())
        self._lever(hours.last_seating, {"last_orders": True})

    def _a_table_breaks(self, dice: Random) -> None:
        hours = self.night.hours
        broken = hours.opens + (hours.last_seating - hours.opens) * dice.random()
        self.night.schedule.at(broken, partial(self._break, dice.getrandbits(32)))

    def _rain(self, at: datetime) -> None:
        self._lever(at, {"areas_shut": [OUTSIDE], "until": (at + SHOWER).isoformat()})

    def _lever(self, when: datetime, wish: Json, by: Sequence[Tablet] = ()) -> None:
        self.night.schedule.at(when, partial(self._pull, wish, by or self.tablets))

    async def _pull(self, wish: Json, by: Sequence[Tablet]) -> None:
        dice = dice_of(self.night.crowd.choice_seed, wish)
        answer = await dice.choice(by).order("levers", wish, dice)
        self.night.count("levers pulled", int(answer.acknowledged))

    async def _break(self, choice_seed: int) -> None:
        """Block a free table for an hour; half of the blocks are lifted after 20 minutes."""
        dice = dice_of(choice_seed)
        tablet = dice.choice(self.tablets)
        taken = taken_tables(await tablet.look())
        free = [name for name in self.night.house.tables if name not in taken]
        if not free:
            return
        ends = (self.night.now + HOUR).isoformat()
        wish: Json = {"table_id": dice.choice(free), "ends": ends, "reason": "It wobbles"}
        answer = await tablet.order("block", wish, dice)
        if answer.acknowledged:
            self.night.count("tables blocked")
            if dice.random() < 0.5:
                block = answer.answer["blocks"][0]
                self.night.schedule.after(HOUR / 3, lambda: self._lift(tablet, block, dice))

    async def _lift(self, tablet: Tablet, block: Json, dice: Random) -> None:
        wish = {"block_id": block["block_id"], "version": block["version"]}
        await tablet.order("lift", wish, dice)


def slower(hours: Hours) -> Json:
    """A lever for a date ahead: two thirds of the pace until an hour after opening."""
    pace = max(8, hours.covers_allowed(hours.opens) * 2 // 3)
    until = (hours.opens + HOUR).isoformat()
    ours = {"service_date": hours.day.isoformat(), "period": hours.name}
    return ours | {"pace": pace, "until": until}
