"""Schedules what follows a reservation: changes, cancellation, arrival of its guests."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.simulation.door import Door
    from scripts.simulation.night import Night, Record


@dataclass(kw_only=True)
class Diary:
    """Receives every reservation made or moved."""

    night: Night
    door: Door
    known: set[int] = field(default_factory=set)

    def booked(self, record: Record) -> None:
        """Schedule the arrival and, the first time, the change and cancellation of a guest."""
        self.door.expect(record)
        guest, at = record.guest, self.night.schedule.at
        if guest.number in self.known or record.state != "booked":
            return
        self.known.add(guest.number)
        if guest.changes_at:
            at(guest.changes_at, partial(record.made_by.change, record))
        if guest.cancels_at:
            at(guest.cancels_at, partial(record.made_by.cancel, record))
