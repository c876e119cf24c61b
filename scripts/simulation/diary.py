"""What follows from a reservation: its guests change their mind, and in the end they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.simulation.door import Door
    from scripts.simulation.night import Night, Record


@dataclass(kw_only=True)
class Diary:
    """Told of every reservation made or moved."""

    night: Night
    door: Door
    known: set[int] = field(default_factory=set)

    def booked(self, record: Record) -> None:
        """Expect the guests of a reservation, and what they change their mind about."""
        self.door.expect(record)
        guest, at = record.guest, self.night.schedule.at
        if guest.number in self.known or record.state != "booked":
            return
        self.known.add(guest.number)
        if guest.changes_at:
            at(guest.changes_at, partial(record.made_by.change, record))
        if guest.cancels_at:
            at(guest.cancels_at, partial(record.made_by.cancel, record))
