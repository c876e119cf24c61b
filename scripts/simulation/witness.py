"""Sees what is true at the stand, whoever made it so, and lets the simulated people follow.

Somebody uses the demo by hand, or the simulation was stopped and started again: parties are here
of whom it does not know, and some of whom it knows have been seated, cancelled or cleared.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scripts.simulation.crowd import NO_SHOWS, PATIENCE_MINUTES, draw_lateness, draw_stay_factor
from scripts.simulation.dice import dice_of
from scripts.simulation.evenings import HOSTS_GO_HOME
from scripts.simulation.floor import note
from scripts.simulation.night import Record, minutes
from scripts.simulation.parties import Party, reserved_party
from scripts.simulation.rescuer import returning
from scripts.simulation.tablets import LoginError
from scripts.simulation.views import seatings_in

if TYPE_CHECKING:
    from random import Random

    from scripts.simulation.door import Door
    from scripts.simulation.floor import Floor
    from scripts.simulation.night import Json, Night, ReservationMaker
    from scripts.simulation.tablets import Tablet

TO_COME = frozenset({"booked", "arrived"})
OVERSTAYED = timedelta(minutes=20)
LATEST = timedelta(minutes=45)
"""Nobody comes later than this after the start (see `crowd.draw_lateness`)."""


@dataclass(kw_only=True)
class Witness:
    """Looks at the stand when no call is under way. `over`: nobody is here or expected any more.

    `desk`: changes and cancels the reservations it came upon.
    """

    night: Night
    manager: Tablet
    door: Door
    desk: ReservationMaker
    over: bool = False

    @property
    def floor(self) -> Floor:
        """The seated parties."""
        return self.door.floor

    async def read_clock(self) -> float:
        """Take over the service's business time; returns its rate. Raises LoginError."""
        answer = await self.manager.get("/demo/clock")
        if not answer.acknowledged:
            raise LoginError(f"/demo/clock answered {answer.status}: {answer.answer}")
        rate = float(answer.answer["rate"])
        self.night.wire.set_clock(datetime.fromisoformat(answer.answer["now"]), rate)
        return rate

    async def look(self) -> None:
        """Follow what the stand shows of this evening. Raises LoginError."""
        path = f"/host/tonight?period={self.night.hours.period_id}"
        answer = await self.manager.get(path)
        if not answer.acknowledged:
            raise LoginError(f"{path} answered {answer.status}: {answer.answer}")
        self.follow(answer.answer)

    def follow(self, seen: Json) -> None:
        """Follow a view of the stand."""
        self._forget_who_left(seen)
        for seating in seatings_in(seen):
            self._sits(seating)
        for reservation in seen["reservations"]:
            self._is_promised(reservation)
        for entry in seen["waiting"]:
            self._waits(entry)
        states = [each["state"] for each in seen["reservations"]]
        self.night.tally.stand = {
            "parties at table": len(seatings_in(seen)),
            "to come": states.count("booked"),
            "waiting": states.count("arrived") + len(seen["waiting"]),
            "no-shows": states.count("no_show"),
        }
        nobody = not seatings_in(seen) and not seen["waiting"] and not TO_COME & set(states)
        hours, now = self.night.hours, self.night.now
        self.over = now >= hours.closes + HOSTS_GO_HOME or (now >= hours.last_seating and nobody)

    def _forget_who_left(self, seen: Json) -> None:
        """Parties cleared, records cancelled and guests gone from the list, by somebody else."""
        sitting = {each["seating_id"] for each in seatings_in(seen)}
        for party in self.floor.parties:
            if party.sits and party.seating_id not in sitting:
                party.gone = True
        listed = {each["reservation_id"]: each["state"] for each in seen["reservations"]}
        hours = self.night.hours
        for record in self.night.records.values():
            tonight = hours.opens <= record.starts <= hours.closes
            if tonight and record.state == "booked" and record.reservation_id not in listed:
                record.state = "ended"
        seated = {each["reservation_id"] for each in seatings_in(seen)}
        for party in list(self.door.owed):
            known = party.record.reservation_id if party.record else None
            if known not in seated and listed.get(str(known)) not in TO_COME:
                self.door.owed.remove(party)
                party.gone = True
        waiting = {each["wait_id"] for each in (*seen["waiting"], *seatings_in(seen))}
        for party in list(self.door.waiting):
            if party.wait_id not in waiting:
                self.door.waiting.remove(party)
                party.gone = True

    def _sits(self, seen: Json) -> None:
        """Let a party that somebody seated stay and leave; clear one that was forgotten."""
        known = {party.seating_id: party for party in self.floor.parties if party.sits}
        if party := known.get(seen["seating_id"]):
            if party.leaves_at and party.leaves_at + OVERSTAYED < self.night.now:
                self.floor.leaves(party, self.night.now)
            return
        if seen["seating_id"] in self.floor.parts:
            return
        party = self._of_the_door(seen) or self._stranger(seen)
        party.size = seen["party_size"]
        note(party, seen)
        if party.record:
            party.record.here = True
        leaves_at = datetime.fromisoformat(seen["seated_at"]) + party.stay
        self.floor.takes_over(party, max(leaves_at, self._soon(party.dice)))

    def _of_the_door(self, seen: Json) -> Party | None:
        """The party among those that were waiting, which it then no longer does."""
        for party in list(self.door.owed):
            if party.record and party.record.reservation_id == seen["reservation_id"]:
                self.door.owed.remove(party)
                return party
        for party in list(self.door.waiting):
            if party.wait_id == seen["wait_id"]:
                self.door.waiting.remove(party)
                return party
        return None

    def _stranger(self, seen: Json) -> Party:
        dice = self._fate(seen["seating_id"])
        return Party(
            size=seen["party_size"],
            since=datetime.fromisoformat(seen["seated_at"]),
            patience=timedelta(0),
            stay_factor=draw_stay_factor(dice),
            dice=self._fresh(seen["seating_id"]),
            name=seen["name"],
            record=self.night.records.get(str(seen["reservation_id"])),
            wait_id=seen["wait_id"],
        )

    def _is_promised(self, seen: Json) -> None:
        """Follow a reservation; expect its guests, or serve them once they are here."""
        known = self.night.records.get(seen["reservation_id"])
        starts, state = datetime.fromisoformat(seen["starts"]), seen["state"]
        expected = known is not None and known.starts == starts
        record = known or self._record(seen)
        record.starts, record.party = starts, seen["party_size"]
        record.version, record.state = seen["version"], state
        late = state == "no_show" and not expected and self.night.now < starts + LATEST
        if late or (state == "booked" and (record.here or not expected)):
            record.here = False
            self._anew(record)
            self.door.expect(record)
        elif state == "arrived" and not self._is_looked_after(record, seen):
            record.here = True
            self._anew(record)
            party = reserved_party(record, self.night.now)
            party.size = record.party
            self.door.takes_over(party)
        record.here = record.here or state == "seated"

    def _is_looked_after(self, record: Record, seen: Json) -> bool:
        """Whether its party waits for a table, or the first of it for the others."""
        if record.here and seen["arrived"] < seen["party_size"]:
            return True
        return any(party.record is record for party in self.door.owed)

    def _record(self, seen: Json) -> Record:
        """A reservation that somebody else made; whether its guests come depends on its id."""
        dice = self._fate(seen["reservation_id"])
        starts = datetime.fromisoformat(seen["starts"])
        stranger = Party(
            size=seen["party_size"],
            since=self.night.now,
            patience=timedelta(0),
            stay_factor=draw_stay_factor(dice),
            dice=dice,
            name=seen["name"],
        )
        guest = returning(stranger, starts, dice, comes=dice.random() >= NO_SHOWS)
        record = Record(
            reservation_id=seen["reservation_id"],
            guest=replace(guest, late=draw_lateness(dice)),
            starts=starts,
            party=seen["party_size"],
            version=seen["version"],
            state=seen["state"],
            made_by=self.desk,
        )
        self.night.records[record.reservation_id] = record
        return record

    def _anew(self, record: Record) -> None:
        """What is told of a party a second time has ids of its own; who is overdue comes soon."""
        dice = self._fresh(record.reservation_id)
        overdue = minutes(self._soon(dice) - record.starts)
        late = record.guest.late
        if record.starts + timedelta(minutes=late) < self.night.now:
            late = overdue
        record.guest = replace(record.guest, choice_seed=dice.getrandbits(32), late=late)

    def _waits(self, entry: Json) -> None:
        """Let a party wait that somebody put on the list."""
        for party in self.door.waiting:
            if party.wait_id == entry["wait_id"]:
                party.wait_version = entry["version"]
                return
        dice = self._fate(entry["wait_id"])
        party = Party(
            size=entry["party_size"],
            since=datetime.fromisoformat(entry["joined_at"]),
            patience=timedelta(minutes=dice.expovariate(1 / PATIENCE_MINUTES)),
            stay_factor=draw_stay_factor(dice),
            dice=self._fresh(entry["wait_id"]),
            name=entry["name"],
        )
        self.door.on_the_list(party, entry)

    def _fate(self, about: str) -> Random:
        """The same after each restart."""
        return dice_of(self.night.crowd.choice_seed, about)

    def _fresh(self, about: str) -> Random:
        """For the ids of commands, which are never used twice."""
        return dice_of(self.night.crowd.choice_seed, about, self.night.now)

    def _soon(self, dice: Random) -> datetime:
        return self.night.now + timedelta(minutes=1 + 6 * dice.random())
