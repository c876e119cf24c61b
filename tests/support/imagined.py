"""A stand that is only imagined: what it shows, what was tapped, and time that passes at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from scripts.simulation.crowd import Crowd
from scripts.simulation.door import Door
from scripts.simulation.floor import Floor
from scripts.simulation.journal import Exchange, Journal
from scripts.simulation.living import at_once
from scripts.simulation.night import Night
from scripts.simulation.schedule import Schedule, run_concurrently
from scripts.simulation.wire import Wire
from scripts.simulation.witness import Witness
from tests.support.played import HOUSE, hours

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from random import Random

    from scripts.simulation.night import Json, ReservationMaker
    from scripts.simulation.tablets import Tablet

NOW = hours().opens + timedelta(hours=2)


@dataclass
class Stand:
    """A tablet and all it shows; orders are noted in `told` and change what they say.

    `rates`: of the clock, one each time it is asked for; the last stays.
    """

    night: Night
    reservations: list[Json] = field(default_factory=list)
    seatings: list[Json] = field(default_factory=list)
    waiting: list[Json] = field(default_factory=list)
    options: list[Json] = field(default_factory=list)
    told: list[tuple[str, Json]] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    rates: list[float] = field(default_factory=lambda: [100_000.0])

    @property
    def view(self) -> Json:
        return {
            "reservations": self.reservations,
            "seatings": self.seatings,
            "waiting": self.waiting,
        }

    async def look(self) -> Json:
        return self.view

    look_again = look

    async def get(self, path: str) -> Exchange:
        if path == "/demo/clock":
            rate = self.rates.pop(0) if len(self.rates) > 1 else self.rates[0]
            return self.answered({"now": self.night.wire.clock().isoformat(), "rate": rate})
        if path.startswith("/host/door"):
            return self.answered({"options": self.options})
        return self.answered(self.view)

    async def order(self, verb: str, body: Json, _: Random) -> Exchange:
        return await self.write("POST", f"/host/orders/{verb}", body, _)

    async def write(self, _: str, path: str, body: Json, __: Random) -> Exchange:
        verb, sent = path.rpartition("/")[2], {"id": str(uuid4())} | body
        self.told.append((verb, sent))
        if verb in self.refuses:
            return self.answered({"code": "CONFLICT"}, sent, status=409)
        self.change(verb, sent)
        return self.answered(self.view, sent)

    def change(self, verb: str, sent: Json) -> None:
        if verb == "seat":
            name, size = sent["name"], sent["party_size"]
            self.seated(name, size, sent["tables"], sent["id"], sent.get("reservation_id"))
        if verb == "walk":
            self.reservations = [
                r for r in self.reservations if r["reservation_id"] != sent["reservation_id"]
            ]
        if verb == "seat" and "wait_id" in sent:
            self.waiting = [w for w in self.waiting if w["wait_id"] != sent["wait_id"]]
        if verb == "clear":
            self.seatings = [s for s in self.seatings if s["seating_id"] != sent["seating_id"]]
        if verb in {"arrive", "seat"} and "reservation_id" in sent:
            (mine,) = (
                r for r in self.reservations if r["reservation_id"] == sent["reservation_id"]
            )
            mine |= {"state": {"arrive": "arrived", "seat": "seated"}[verb]}
            mine |= {"version": mine["version"] + 1, "arrived": sent.get("arrived", 1)}

    def answered(self, answer: Json, body: Json | None = None, status: int = 200) -> Exchange:
        given: Any = {"sent": 1, "at": NOW, "process": 0, "actor": "", "method": "", "path": ""}
        given |= {"key": None, "body": body, "why": "first", "intent": 1}
        return Exchange(**given, fate="answered", status=status, answer=answer)

    def promised(self, name: str, minutes: float, size: int = 2, **more: object) -> Json:
        """A reservation that starts so many minutes from NOW."""
        starts = NOW + timedelta(minutes=minutes)
        made = {
            "reservation_id": name,
            "name": name,
            "party_size": size,
            "arrived": 0,
            "starts": starts.isoformat(),
            "state": "booked",
            "version": 1,
            "tables": [],
            "arrived_at": None,
        }
        self.reservations.append(made | more)
        return self.reservations[-1]

    def seated(
        self, name: str, size: int, tables: list[str], key: str, about: str | None = None
    ) -> Json:
        now = self.night.now
        made = {
            "seating_id": key,
            "state": "seated",
            "version": 1,
            "name": name,
            "party_size": size,
            "tables": tables,
            "seated_at": now.isoformat(),
            "expected_end": (now + timedelta(minutes=90)).isoformat(),
            "reservation_id": about,
            "wait_id": None,
        }
        self.seatings.append(made)
        return made

    def verbs(self, about: str) -> list[str]:
        """What was told of a reservation or a seating, in order."""
        ids = {"reservation_id", "seating_id", "wait_id"}
        return [verb for verb, sent in self.told if about in {sent.get(name) for name in ids}]


@dataclass
class Imagined:
    """A stand with the people who play at it."""

    stand: Stand
    night: Night
    door: Door
    witness: Witness

    async def look(self) -> None:
        await self.witness.look()

    async def passes(self, minutes: float, until: Callable[[], bool] = lambda: False) -> None:
        """Let everything happen that is due in so many minutes, looking every two."""
        end, looks = self.night.now + timedelta(minutes=minutes), self.night.now
        while self.night.now < end and not until():
            looks += timedelta(minutes=2)
            await run_concurrently(self.night.schedule.take(looks), at_once)
            await self.witness.look()


def imagined(now: datetime = NOW, seed: int = 1) -> Imagined:
    journal = Journal()
    night = Night(
        house=HOUSE,
        hours=hours(),
        crowd=Crowd(guests=(), walk_ins=(), choice_seed=seed),
        schedule=Schedule(now),
        wire=Wire((), journal, now),
        journal=journal,
        troubled=False,
    )
    stand = Stand(night=night)
    tablet = cast("Tablet", stand)
    door = Door(night=night, tablets=[tablet], floor=Floor(night=night, tablets=[tablet]))
    desk = cast("ReservationMaker", Desk())
    return Imagined(stand, night, door, Witness(night=night, manager=tablet, door=door, desk=desk))


class Desk:
    """Whoever would change a reservation."""

    name = "desk"
