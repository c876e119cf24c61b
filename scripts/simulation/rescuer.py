"""Hosts who rescue refused parties: list options, open some, take the accepted one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scripts.simulation.crowd import Guest
from scripts.simulation.night import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from scripts.simulation.journal import Exchange
    from scripts.simulation.night import Json, Night, ReservationMaker
    from scripts.simulation.parties import Party
    from scripts.simulation.tablets import Tablet

# Probability that a party accepts an option of a kind; assumptions.
LIKED = {
    "held": 0.9,
    "table": 0.9,
    "join": 0.9,
    "move": 0.9,
    "shorter": 0.6,
    "area": 0.6,
    "overbook": 0.4,
    "later": 0.3,
    "other_day": 0.15,
    "partner": 0.4,
}
SIT_NOW = frozenset({"held", "table", "join", "shorter", "move", "area"})
OPTIONS_HEARD = 4
"""The most options a party listens to."""

THINKS, THINKING = 0.06, timedelta(minutes=1)
FORGETS = 0.15
BECAUSE = ("because it rains", "because it is their first time here", "because they came far")


@dataclass(kw_only=True)
class Rescuer:
    """Runs rescues over HTTP; the callables pass their outcomes to the other actors."""

    night: Night
    tablets: Sequence[Tablet]
    sits: Callable[[Party, Exchange], None]
    waits: Callable[[Party, Json], None]
    remembers: Callable[[Record, Json], None]
    booked: Callable[[Record], None]
    desk: ReservationMaker
    caught: list[Party] = field(default_factory=list)

    async def look_after(self, party: Party, tablet: Tablet) -> bool:
        """Run a rescue for a waiting promised party; returns whether it sits."""
        if party.record is None:
            return False
        wish: Json = {"reservation_id": party.record.reservation_id}
        listed = await tablet.write("POST", "/host/rescues", wish, party.dice)
        if not listed.acknowledged:
            self.night.count(f"rescues refused: {listed.code}")
            return False
        self.night.count("promised parties looked after")
        for each in listed.answer["options"][:OPTIONS_HEARD]:
            option, rescue_id = each["option"], listed.answer["rescue_id"]
            if option["kind"] == "partner":
                continue
            if await self._goes_through(tablet, party, rescue_id, option):
                return True
        return False

    async def catch(self, party: Party, refused_by: Tablet, turnaway_id: str) -> bool:
        """Run a rescue for a refused party; returns whether it took an option."""
        others = [each for each in self.tablets if each is not refused_by]
        tablet = party.dice.choice(others or self.tablets)
        wish: Json = {"turnaway_id": turnaway_id, "needs": party.needs, "name": party.name}
        listed = await tablet.write("POST", "/host/rescues", wish, party.dice)
        if not listed.acknowledged:
            self.night.count(f"rescues refused: {listed.code}")
            return False
        self.night.count("rescues listed")
        for each in self._told_of(party, listed.answer["options"]):
            if await self._goes_through(tablet, party, listed.answer["rescue_id"], each):
                self.caught.append(party)
                return True
        return False

    def _told_of(self, party: Party, options: Sequence[Json]) -> list[Json]:
        """The first of each kind, at most TOLD_OF, and one random further kind."""
        kinds: dict[str, Json] = {}
        for each in options:
            kinds.setdefault(each["option"]["kind"], each["option"])
        found = list(kinds.values())
        asked = party.dice.sample(found[OPTIONS_HEARD:], k=min(1, len(found[OPTIONS_HEARD:])))
        return [*found[:OPTIONS_HEARD], *asked]

    async def _goes_through(
        self, tablet: Tablet, party: Party, rescue_id: str, option: Json
    ) -> bool:
        """Open an option; take it if the party accepts, else close it (or forget to)."""
        path, kind = f"/host/rescues/{rescue_id}/options/{option['option_id']}", option["kind"]
        opened = await tablet.write("POST", f"{path}/open", {}, party.dice)
        if not opened.acknowledged:
            self.night.count(f"options not opened: {opened.code}")
            return False
        self.night.count(f"options opened: {kind}")
        await tablet.get(f"/host/rescues/{rescue_id}")
        if not self._likes(party, option):
            if party.dice.random() >= FORGETS:
                await tablet.write("POST", f"{path}/close", {}, party.dice)
            return False
        if not party.record and party.dice.random() < THINKS:
            after = self.night.schedule.after
            after(THINKING, lambda: self._made_up_its_mind(tablet, party, path, option))
            return True
        return await self._takes(tablet, party, path, option)

    async def _made_up_its_mind(
        self, tablet: Tablet, party: Party, path: str, option: Json
    ) -> None:
        if not party.sits and not party.gone:
            await self._takes(tablet, party, path, option)

    def _likes(self, party: Party, option: Json) -> bool:
        if option["kind"] == "wait":
            return timedelta(minutes=option["wait_minutes"] * 0.8) <= party.patience
        return party.dice.random() < LIKED[option["kind"]]

    async def _takes(self, tablet: Tablet, party: Party, path: str, option: Json) -> bool:
        wish = {"reason": party.dice.choice(BECAUSE), "name": party.name}
        taken = await tablet.write("POST", f"{path}/take", wish, party.dice)
        if not taken.acknowledged:
            self.night.count(f"options not taken: {taken.code}")
            return False
        self.night.count(f"options taken: {option['kind']}")
        self._follows(party, taken, option["kind"])
        return True

    def _follows(self, party: Party, taken: Exchange, kind: str) -> None:
        answer = taken.answer
        if party.record:
            self.remembers(party.record, answer["result"])
        if kind in SIT_NOW:
            self.sits(party, replace(taken, answer=answer["result"]))
        elif kind == "wait":
            self.waits(party, answer["result"]["waiting"][0])
        elif answer.get("reservation"):
            self.booked(self._record(party, answer["reservation"]))

    def _record(self, party: Party, made: Json) -> Record:
        """The reservation made by a rescue; most of these guests come."""
        starts, dice = datetime.fromisoformat(made["starts"]), party.dice
        tonight = starts <= self.night.hours.closes
        record = Record(
            reservation_id=made["reservation_id"],
            guest=returning(party, starts, dice, comes=tonight and dice.random() < 0.9),
            starts=starts,
            party=made["party_size"],
            version=made["version"],
            state=made["state"],
            made_by=self.desk,
        )
        self.night.records[record.reservation_id] = record
        return record


def returning(party: Party, starts: datetime, dice: Random, *, comes: bool) -> Guest:
    """The guest of a reservation made by a rescue."""
    return Guest(
        number=-1 - dice.getrandbits(30),
        name=party.name,
        phone="",
        party=party.size,
        starts=starts,
        asks_at=party.since,
        by_phone=True,
        site=0,
        manner="direct",
        looks_first=False,
        flexible=False,
        books_twice=False,
        needs=dict(party.needs),
        changes_at=None,
        cancels_at=None,
        comes=comes,
        late=min(20.0, max(-10.0, dice.gauss(0, 6))),
        comes_as=party.size,
        in_parts=False,
        stay_factor=party.stay_factor,
        choice_seed=dice.getrandbits(32),
    )
