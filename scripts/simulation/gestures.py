"""Gestures: offers to waiting and seated parties, their answers, delivery, complaints, bursts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from scripts.simulation.dice import dice_of
from scripts.simulation.rulebook import AT_THE_TABLE, MENU, PARKING, PEAK_AFTER, REFUND
from scripts.simulation.views import seatings_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from scripts.simulation.journal import Exchange
    from scripts.simulation.night import Json, Night
    from scripts.simulation.tablets import Tablet

ROUND = timedelta(minutes=8)
BURST = 8
SOMETHING, UNHAPPY, SUGGESTED, ASKED = 0.45, 0.06, 0.7, 0.6
SILENT, DECLINED, VOIDED, SLIPPED = 0.15, 0.12, 0.15, 0.08
LINES = (
    "because you waited so kindly",
    "because it is your first evening with us",
    "because the kitchen was proud of it tonight",
)
OWN_WORDS = ("and I saw you smile at it", "and the cook asked after you", "and it made my day")
CAUSES = ("own_wish", "occasion", "regular", "first_visit")
BEYOND = ("PURSE_EMPTY", "OVER_LIMIT")
UNFIT = ("ENOUGH_TONIGHT", "GIVEN_BEFORE", "CONTAINS", "NO_ENCORE")


@dataclass(kw_only=True)
class GestureOffers:
    """Staff who offer gestures; `seldom`: as on an evening among many, without bursts."""

    night: Night
    tablets: Sequence[Tablet]
    manager: Tablet
    seldom: bool = False
    given: dict[str, Json] = field(default_factory=dict)
    asked: set[tuple[str, str]] = field(default_factory=set)

    def plan(self) -> None:
        """Schedule a round every 8 minutes (or 16), and two bursts of concurrent offers."""
        hours, at = self.night.hours, self.night.schedule.at
        every = ROUND * 2 if self.seldom else ROUND
        when, number = hours.opens + every, 0
        while when < hours.closes:
            at(when, partial(self._look_around, number))
            when, number = when + every, number + 1
        if self.seldom:
            return
        at(hours.opens + PEAK_AFTER, partial(self._burst, "amuse"))
        at(hours.opens + 3 * PEAK_AFTER / 2, partial(self._burst, "sparkling"))

    async def _look_around(self, number: int) -> None:
        dice = dice_of(self.night.crowd.choice_seed, "gifts", number)
        tablet = dice.choice(self.tablets)
        seen = await tablet.get("/host/gestures")
        if not seen.acknowledged:
            return
        for waiting in seen.answer["late_parties"]:
            for rung in waiting["rungs_reached"]:
                asked = waiting["reservation_id"], rung["gesture"]
                if rung["gesture"] not in waiting["offered"] and asked not in self.asked:
                    self.asked.add(asked)
                    about = {"reservation_id": waiting["reservation_id"], "cause": "long_wait"}
                    await self._offer(tablet, rung["gesture"], about, dice)
        if dice.random() < SOMETHING:
            await self._at_a_table(tablet, dice)
        if dice.random() < UNHAPPY:
            await self._not_as_hoped(tablet, dice)
        tasks = [task for each in seen.answer["tasks"].values() for task in each]
        for task in tasks:
            await self._bring(tablet, task["gesture"]["gesture_id"], dice)

    async def _at_a_table(self, tablet: Tablet, dice: Random) -> None:
        sitting = seatings_in(await tablet.look_again())
        if not sitting:
            return
        about = {"seating_id": dice.choice(sitting)["seating_id"]}
        if dice.random() < SUGGESTED:
            await self._as_suggested(tablet, about, dice)
        else:
            more = about | {"cause": dice.choice(CAUSES)}
            await self._offer(tablet, dice.choice(AT_THE_TABLE), more, dice)

    async def _as_suggested(self, tablet: Tablet, about: Json, dice: Random) -> None:
        """Take a suggestion in one's own words; not parking, as no till closes checks here."""
        found = await tablet.write("POST", "/host/gestures/suggest", about, dice)
        if not found.acknowledged:
            return
        self.night.count("gestures: suggested", len(found.answer["suggestions"]))
        fitting = [each for each in found.answer["suggestions"] if each["item"] != PARKING]
        if not fitting:
            return
        chosen = dice.choice(fitting)
        wish: Json = {
            "gesture_id": chosen["gesture_id"],
            "version": chosen["version"],
            "line": f"{chosen['line']}, {dice.choice(OWN_WORDS)}",
        }
        taken = await tablet.write("POST", "/host/gestures/take", wish, dice)
        if taken.acknowledged:
            self._await_answer(tablet, taken.answer, dice)
        else:
            self.night.count(f"gestures refused: {taken.code}")

    async def _not_as_hoped(self, tablet: Tablet, dice: Random) -> None:
        """Record a complaint at once and offer a refund some minutes later."""
        sitting = seatings_in(await tablet.look_again())
        if not sitting:
            return
        about = {"seating_id": dice.choice(sitting)["seating_id"]}
        noted = await tablet.write(
            "POST", "/host/complaints", about | {"about": "The dish was cold"}, dice
        )
        if not noted.acknowledged:
            return
        refund = about | {
            "cause": "complaint",
            "amount": dice.randrange(900, 3500, 50),
            "dish": "Risotto",
            "complaint_id": noted.answer["complaint_id"],
        }
        wait = timedelta(minutes=1 + 5 * dice.random())
        again = partial(self._offer, tablet, REFUND, refund, dice)
        self.night.schedule.after(wait, again)

    async def _burst(self, item: str) -> None:
        """Send BURST offers concurrently to several processes, to race for the purses."""
        dice = dice_of(self.night.crowd.choice_seed, "burst", self.night.now)
        sitting = seatings_in(await self.tablets[0].look_again())
        if not sitting:
            return
        offers = []
        for number in range(BURST):
            tablet = dice.choice(self.tablets)
            other = replace(tablet, process=tablet.process + number)
            about = {"seating_id": dice.choice(sitting)["seating_id"]}
            own = dice_of(dice.random())
            offers.append(self._offer(other, item, about, own))
        await asyncio.gather(*offers)

    async def _offer(self, tablet: Tablet, item: str, about: Json, dice: Random) -> None:
        wish = {"item": item, "line": dice.choice(LINES), "reason": "Hospitality"} | about
        answer = await tablet.write("POST", "/host/gestures/offer", wish, dice)
        if answer.code in (*BEYOND, *UNFIT):
            self.night.count(f"gestures refused: {answer.code}")
        if answer.acknowledged:
            self._await_answer(tablet, answer.answer, dice)
        elif answer.code in BEYOND and (item == MENU or dice.random() < 0.3):
            given = await self._beyond(tablet, wish, dice)
            if given is not None:
                self._await_answer(tablet, given, dice)

    async def _beyond(self, tablet: Tablet, wish: Json, dice: Random) -> Json | None:
        """Ask a manager for approval, or the manager offers it; returns the gesture, if any."""
        if dice.random() >= ASKED:
            answer = await self.manager.write("POST", "/host/gestures/offer", wish, dice)
            outcome = "given by a manager" if answer.acknowledged else f"refused: {answer.code}"
            self.night.count(f"gestures {outcome}")
            return answer.answer if answer.acknowledged else None
        question = await tablet.write("POST", "/host/gestures/ask", wish, dice)
        if not question.acknowledged:
            return None
        reply: Json = {
            "approval_id": question.answer["approval_id"],
            "version": question.answer["version"],
            "yes": dice.random() < 0.8,
            "said": "Tell them from me",
        }
        answer = await self.manager.write("POST", "/manage/approvals/answer", reply, dice)
        outcome = answer.answer["approval"]["state"] if answer.acknowledged else answer.code
        self.night.count(f"gestures asked of a manager: {outcome}")
        return answer.answer["gesture"] if answer.acknowledged else None

    def _await_answer(self, tablet: Tablet, gesture: Json, dice: Random) -> None:
        """Schedule the guest's answer; some guests never answer."""
        self.night.count("gestures offered")
        key = gesture["gesture_id"]
        self.given[key] = gesture
        if gesture["state"] == "offered" and dice.random() >= SILENT:
            wait = timedelta(minutes=1 + 6 * dice.random())
            self.night.schedule.after(wait, lambda: self._answer(tablet, key, dice))

    async def _answer(self, tablet: Tablet, key: str, dice: Random) -> None:
        verb = "decline" if dice.random() < DECLINED else "accept"
        answer = await self._tap(tablet, verb, key, dice)
        if answer.acknowledged and dice.random() < SLIPPED:
            await self._tap(tablet, "undo", key, dice)
        elif answer.acknowledged and verb == "accept" and dice.random() < VOIDED:
            await self._tap(tablet, "void", key, dice, reason="The kitchen has run out")

    async def _bring(self, tablet: Tablet, key: str, dice: Random) -> None:
        if key in self.given:
            await self._tap(tablet, "deliver", key, dice)

    async def _tap(
        self, tablet: Tablet, verb: str, key: str, dice: Random, **more: str
    ) -> Exchange:
        wish: Json = {"gesture_id": key, "version": self.given[key]["version"]} | more
        answer = await tablet.write("POST", f"/host/gestures/{verb}", wish, dice)
        if answer.acknowledged:
            self.given[key] = answer.answer
            self.night.count(f"gestures: {verb}")
        else:
            self.night.count(f"gestures: {verb} refused, {answer.code}")
        return answer
