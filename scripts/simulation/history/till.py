"""The till of a season: a check for each party, opened when it sits and closed before it leaves.

Spends and tips are assumptions, except that a gesture adds 3 % to the tip and a second one more
(R11, see DESIGN.md).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from scripts.simulation.wire import Call

if TYPE_CHECKING:
    from scripts.simulation.gestures import GestureOffers
    from scripts.simulation.night import Json, Night
    from scripts.simulation.parties import Party

ORDERS = timedelta(minutes=8)
PAYS = 0.93
COVER, SPREAD, LEAST = 3400, 900, 1200
"""What a guest spends, in minor currency units: mean, standard deviation and the least."""
TIP, TIP_SPREAD, NO_TIP = 0.08, 0.025, 0.12
TIP_UP = (1.0, 1.03, 1.14)
"""By how many gestures the party received."""


@dataclass(kw_only=True)
class Till:
    """A till of the house, which speaks by a client's token."""

    night: Night
    token: str
    gestures: GestureOffers
    numbers: Counter[str] = field(default_factory=Counter)

    def follow(self, party: Party) -> None:
        """Open a check soon, and close it towards the end of the stay."""
        schedule = self.night.schedule
        schedule.after(ORDERS, partial(self._open, party))
        schedule.after(party.stay * PAYS, partial(self._close, party))

    async def _open(self, party: Party) -> None:
        if party.sits:
            await self._tell(party, {"type": "check.opened", "total": 0, "tip": 0, "sequence": 1})

    async def _close(self, party: Party) -> None:
        if not party.sits:
            return
        spent = max(LEAST, party.dice.gauss(COVER, SPREAD)) * party.size
        share = max(0.0, party.dice.gauss(TIP, TIP_SPREAD)) * TIP_UP[min(2, self._given(party))]
        tip = 0.0 if party.dice.random() < NO_TIP else spent * share
        money = {"total": 10 * round(spent / 10), "tip": 50 * round(tip / 50)}
        await self._tell(party, {"type": "check.closed", "sequence": 2, "paid": True, **money})

    def _given(self, party: Party) -> int:
        """How many gestures the party said yes to."""
        ours = {party.seating_id, party.record.reservation_id if party.record else None} - {None}
        return sum(
            given.get("state") in {"accepted", "delivered"}
            and bool({given.get("seating_id"), given.get("reservation_id")} & ours)
            for given in self.gestures.given.values()
        )

    async def _tell(self, party: Party, what: Json) -> None:
        check = f"{self.night.hours.day:%y%m%d}-{party.seating_id}"[:20]
        body = what | {
            "event_id": f"{check}-{what['sequence']}",
            "check": check,
            "table": party.tables[0],
            "covers": party.size,
            "occurred_at": self.night.now.isoformat(),
        }
        venue = self.night.house.venue
        call = Call(
            actor="till",
            method="POST",
            path=f"/v1/venues/{venue}/pos/events",
            body=body,
            key=body["event_id"],
            headers={"Authorization": f"Bearer {self.token}"},
        )
        heard = await self.night.wire.send(call, 0)
        self.night.count("checks told" if heard.acknowledged else f"checks refused: {heard.code}")
