"""A party in the house, from arrival to leaving."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from scripts.simulation.crowd import mean_stay
from scripts.simulation.dice import dice_of

if TYPE_CHECKING:
    from datetime import datetime
    from random import Random

    from scripts.simulation.crowd import WalkIn
    from scripts.simulation.night import Json, Record

OVER_TEN, OVER_THIRTY = 10.0, 30.0


@dataclass(kw_only=True)
class Party:
    """Guests who have arrived, with or without a reservation.

    `patience`: how long they wait for a table. `seating_id` and `version` once they sit.
    """

    size: int
    since: datetime
    patience: timedelta
    stay_factor: float
    dice: Random
    name: str
    record: Record | None = None
    wait_id: str | None = None
    wait_version: int = 1
    seating_id: str | None = None
    version: int = 1
    tables: tuple[str, ...] = ()
    expected_end: datetime | None = None
    leaves_at: datetime | None = None
    gone: bool = False
    needs: Json = field(default_factory=dict)

    @property
    def stay(self) -> timedelta:
        """The actual stay."""
        return timedelta(minutes=max(25.0, mean_stay(self.size) * self.stay_factor))

    @property
    def sits(self) -> bool:
        """Whether they are at a table."""
        return self.seating_id is not None and not self.gone


def reserved_party(record: Record, now: datetime) -> Party:
    """The party of a reservation as it arrives; its size may differ from the booking."""
    guest = record.guest
    dice = record.dice("door")
    return Party(
        size=max(1, record.party + guest.comes_as - guest.party),
        since=max(now, record.starts),
        patience=timedelta(minutes=35 + 20 * dice.random()),
        stay_factor=guest.stay_factor,
        dice=dice,
        name=guest.name,
        record=record,
        needs=dict(guest.needs),
    )


def walk_in_party(walk_in: WalkIn, now: datetime) -> Party:
    """A party without a reservation."""
    return Party(
        size=walk_in.party,
        since=now,
        patience=walk_in.patience,
        stay_factor=walk_in.stay_factor,
        dice=dice_of(walk_in.choice_seed),
        name=f"Walk-in {walk_in.number}",
    )
