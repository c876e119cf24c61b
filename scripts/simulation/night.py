"""State shared by all actors: house, schedule, wire, journal, known reservations, counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from scripts.simulation.dice import dice_of
from scripts.simulation.wire import SMOOTH, Trouble

if TYPE_CHECKING:
    from datetime import datetime, timedelta
    from random import Random

    from scripts.simulation.crowd import Crowd, Guest
    from scripts.simulation.journal import Journal
    from scripts.simulation.schedule import Schedule
    from scripts.simulation.wire import Wire
    from scripts.simulation.written_house import Hours, WrittenHouse

Json = dict[str, Any]


class ReservationMaker(Protocol):
    """An actor that makes reservations, and changes and cancels them for the guest."""

    @property
    def name(self) -> str:
        """Its actor name in the journal."""

    async def change(self, record: Record) -> None:
        """Move or resize."""

    async def cancel(self, record: Record) -> None:
        """Cancel."""


@dataclass(kw_only=True)
class Record:
    """A reservation as known to the actor that made it."""

    reservation_id: str
    guest: Guest
    starts: datetime
    party: int
    version: int
    state: str
    made_by: ReservationMaker
    here: bool = False

    def dice(self, about: str) -> Random:
        """A generator for this reservation, as a guest may have several."""
        return dice_of(self.guest.choice_seed, self.made_by.name, about)


@dataclass(kw_only=True)
class Tally:
    """Counts and waits (minutes) for the report; `stand`: counts of what it shows now."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    promised_waits: list[float] = field(default_factory=list)
    walk_in_waits: list[float] = field(default_factory=list)
    stand: dict[str, int] = field(default_factory=dict)


@dataclass(kw_only=True)
class Night:
    """One simulated evening. `swept`: the jobs ran at the beginning of this step."""

    house: WrittenHouse
    hours: Hours
    crowd: Crowd
    schedule: Schedule
    wire: Wire
    journal: Journal
    troubled: bool = True
    swept: bool = True
    tally: Tally = field(default_factory=Tally)
    records: dict[str, Record] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """Business time."""
        return self.schedule.now

    @property
    def tonight(self) -> bool:
        """Whether it is the service date already."""
        return self.now.astimezone(self.house.zone).date() >= self.hours.day

    def count(self, what: str, times: int = 1) -> None:
        """Count something for the report."""
        self.tally.counts[what] += times

    def trouble(self, dice: Random) -> Trouble:
        """Draw a network fault for a call: 13 % have one."""
        kind = dice.random()
        if not self.troubled or kind > 0.13:
            return SMOOTH
        return Trouble(hang_up=kind < 0.04, lose=0.04 <= kind < 0.08, double=kind >= 0.08)


def new_id(dice: Random) -> str:
    """A random UUID."""
    return str(UUID(int=dice.getrandbits(128), version=4))


def minutes(span: timedelta) -> float:
    """A span in minutes."""
    return span.total_seconds() / 60
