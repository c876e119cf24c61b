"""The manager: rules before and in the evening, tables held by hand, one released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from scripts.simulation.dice import dice_of
from scripts.simulation.rulebook import FOURS, PEAK_AFTER, TWOS, changes_for, rules_for
from scripts.simulation.tablets import LoginError

if TYPE_CHECKING:
    from random import Random

    from scripts.simulation.night import Json, Night
    from scripts.simulation.tablets import Tablet

HALF_AN_HOUR = timedelta(minutes=30)
LONG_BEFORE = timedelta(hours=4)
SOMETIMES = 0.15


@dataclass(kw_only=True)
class ManagerActions:
    """The manager's actions on rules and held tables."""

    night: Night
    manager: Tablet

    async def publish_rules(self, *, by_value: bool) -> None:
        """Draft and publish the evening's rules. Raises LoginError when refused."""
        night, dice = self.night, dice_of(self.night.crowd.choice_seed, "rules")
        rules = rules_for(night.house, night.hours, by_value=by_value)
        wish = {"rules": rules, "reason": "A Friday in March"}
        await self._publish("POST", wish, {"from_date": night.hours.day.isoformat()}, dice)

    async def change_rules(self, patch: Json, reason: str) -> None:
        """Publish a change from this date on, for dates that are open as well.

        Raises LoginError when refused.
        """
        dice = dice_of(self.night.crowd.choice_seed, "rules from now on")
        day = {"from_date": self.night.hours.day.isoformat(), "also_open": True}
        await self._publish("PATCH", {"patch": patch, "reason": reason}, day, dice)

    async def _publish(self, method: str, wish: Json, day: Json, dice: Random) -> None:
        drafted = await self.manager.write(method, "/manage/rules", wish, dice)
        if not drafted.acknowledged:
            raise LoginError(f"/manage/rules answered {drafted.status}: {drafted.answer}")
        path = f"/manage/rules/{drafted.answer['version']}/publish"
        published = await self.manager.write("POST", path, day, dice)
        if not published.acknowledged:
            raise LoginError(f"{path} answered {published.status}: {published.answer}")

    async def _change_rules(self) -> None:
        """Draft the evening's rules with some keys changed, and publish them for it, open as it is.

        A publication tells how many periods are left, and is sent again for them.
        """
        night, dice = self.night, dice_of(self.night.crowd.choice_seed, "new rules")
        wish = {"patch": changes_for(night.house, night.hours), "reason": "It is full already"}
        drafted = await self.manager.write("PATCH", "/manage/rules", wish, dice)
        if not drafted.acknowledged:
            night.count(f"rules not changed: {drafted.code}")
            return
        path = f"/manage/rules/{drafted.answer['version']}/publish"
        tonight = {"from_date": night.hours.day.isoformat(), "also_open": True}
        published = await self.manager.write("POST", path, tonight, dice)
        reached = published.acknowledged and not published.answer["left"]
        night.count("rules changed in the evening", int(reached))

    def plan_some(self) -> None:
        """Draw an evening among many: now and then a table is held by hand, or given back."""
        dice = dice_of(self.night.crowd.choice_seed, "some keeping")
        peak = self.night.hours.opens + PEAK_AFTER
        for window in (TWOS, FOURS):
            if dice.random() < SOMETIMES:
                at = peak - LONG_BEFORE * dice.random()
                self.night.schedule.at(at, partial(self._hold_more, window))
        if dice.random() < SOMETIMES:
            self.night.schedule.at(peak - HALF_AN_HOUR * 4 * dice.random(), self._give_back)

    def plan(self) -> None:
        """Draw when rules change, when tables are held by hand and when one is released."""
        dice = dice_of(self.night.crowd.choice_seed, "keeping")
        peak = self.night.hours.opens + PEAK_AFTER
        at = self.night.schedule.at
        for window in (TWOS, FOURS):
            at(peak - LONG_BEFORE * dice.random(), partial(self._hold_more, window))
            at(peak - HALF_AN_HOUR * 3 * dice.random(), partial(self._hold_more, window))
        at(peak - HALF_AN_HOUR * 4 * dice.random(), self._give_back)
        at(peak - HALF_AN_HOUR * dice.random(), self._change_rules)

    async def _hold_more(self, window: str) -> None:
        dice = dice_of(self.night.crowd.choice_seed, window, self.night.now)
        wish = {"window": window, "reason": "A critic may come"}
        path = "/host/orders/hold-more"
        answer = await self.manager.write("POST", path, wish, dice)
        outcome = "one more table held" if answer.acknowledged else f"not held: {answer.code}"
        self.night.count(outcome)

    async def _give_back(self) -> None:
        dice = dice_of(self.night.crowd.choice_seed, "give back", self.night.now)
        seen = await self.manager.look_again()
        if kept := seen.get("held"):
            held = dice.choice(kept)
            wish = {
                "held_id": held["held_id"],
                "version": held["version"],
                "reason": "It stays quiet",
            }
            answer = await self.manager.order("release-held", wish, dice)
            self.night.count("held tables released by hand", int(answer.acknowledged))
