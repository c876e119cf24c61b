"""Booking sites: clients of /v1 that search, hold, confirm, change, cancel and retry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from scripts.simulation.crowd import likes_of
from scripts.simulation.dice import dice_of
from scripts.simulation.night import Json, Night, Record, new_id
from scripts.simulation.wire import Call

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from random import Random

    from scripts.simulation.crowd import Guest
    from scripts.simulation.journal import Exchange

HALF_AN_HOUR = timedelta(minutes=30)
GUEST_THINKS = timedelta(minutes=2)
HOLD_FORGOTTEN = timedelta(minutes=12)


@dataclass(kw_only=True)
class Site:
    """One booking site. `booked` is called with every reservation made or moved.

    `calls_house` is called when the site may no longer cancel and the guest phones instead,
    `regrets` with every reservation cancelled.
    """

    night: Night
    number: int
    token: str
    booked: Callable[[Record], None]
    calls_house: Callable[[Record], Awaitable[None]]
    regrets: Callable[[Record], None]

    @property
    def name(self) -> str:
        """Its actor name in the journal."""
        return f"site {self.number + 1}"

    @property
    def venue(self) -> str:
        """The path prefix of its calls."""
        return f"/v1/venues/{self.night.house.venue}"

    async def serve(self, guest: Guest) -> None:
        """Try to get the guest a table, in the manner drawn for this guest."""
        dice = dice_of(guest.choice_seed, self.number)
        if guest.party > self.night.house.largest_online:
            await self._enquire(guest, dice)
            return
        start: datetime | None = guest.starts
        if guest.looks_first:
            start = await self._look(guest, dice)
        if start is None:
            self.night.tally.refused["found no slot"] += 1
        elif guest.manner == "direct":
            await self._book(guest, start, dice)
        else:
            await self._hold(guest, start, dice)

    async def change(self, record: Record) -> None:
        """Move or resize a reservation; one in five is first sent with a wrong ETag."""
        if record.state != "booked" or record.here:
            return
        dice = record.dice("change")
        wish = self._wish(record, dice)
        if dice.random() < 0.2:
            await self._patch(record, wish, dice, version=record.version + 7)
        answer = await self._patch(record, wish, dice, version=record.version)
        if answer.acknowledged:
            self._note(record, answer.answer)
            self.night.count("changed")
        else:
            self.night.count("changes refused", int(answer.status != 412))
            await self._look_again(record, dice)

    async def cancel(self, record: Record) -> None:
        """Cancel; when it is too late for that, the guest may phone the house."""
        if record.state not in {"booked", "requested"} or record.here:
            return
        dice = record.dice("cancel")
        path = f"/reservations/{record.reservation_id}/cancel"
        answer = await self._write("POST", path, {"reason": "Plans changed"}, dice)
        if answer.acknowledged:
            record.state, record.version = "cancelled", answer.answer["version"]
            self.night.count("cancelled")
            self.regrets(record)
        elif answer.code == "OUTSIDE_CANCELLATION_WINDOW" and dice.random() < 0.7:
            await self.calls_house(record)

    async def _look(self, guest: Guest, dice: Random) -> datetime | None:
        asked = {"date": self.night.hours.day, "party_size": guest.party} | query_of(guest.needs)
        call = self._call("GET", f"/availability?{urlencode(asked)}")
        answer = await self.night.wire.send(call, dice.randrange(2))
        self.night.count("searches")
        if not answer.acknowledged:
            return None
        starts = [datetime.fromisoformat(item["start"]) for item in answer.answer["items"]]
        return nearest(guest, starts)

    async def _book(self, guest: Guest, start: datetime, dice: Random) -> None:
        body = self._order(guest) | {"start": start.isoformat(), "party_size": guest.party}
        wished = needs_of(guest) | self._preferences(guest)
        answer = await self._write("POST", "/reservations", body | wished, dice)
        if answer.acknowledged:
            self._made(guest, answer.answer)
            return
        self.night.tally.refused[f"site: {reason_of(answer)}"] += 1
        others = alternatives_of(answer)
        again = nearest(replace(guest, flexible=True), others) if guest.flexible else None
        if again is not None and again != start:
            await self._book(replace(guest, flexible=False), again, dice)

    async def _hold(self, guest: Guest, start: datetime, dice: Random) -> None:
        body = {"start": start.isoformat(), "party_size": guest.party} | needs_of(guest)
        body |= self._preferences(guest)
        answer = await self._write("POST", "/slot-holds", body, dice)
        if not answer.acknowledged:
            self.night.tally.refused[f"site: {reason_of(answer)}"] += 1
            return
        self.night.count("held")
        held = answer.answer["id"]
        if guest.manner == "give_back":
            self.night.schedule.after(GUEST_THINKS, lambda: self._give_back(held, dice))
            return
        wait = GUEST_THINKS if guest.manner == "hold" else HOLD_FORGOTTEN
        self.night.schedule.after(wait, lambda: self._confirm(guest, held, dice))

    async def _give_back(self, held: str, dice: Random) -> None:
        for _ in range(dice.choice((1, 1, 2))):
            call = self._call("DELETE", f"/slot-holds/{held}")
            await self.night.wire.send(call, dice.randrange(2))
        self.night.count("holds given back")

    async def _confirm(self, guest: Guest, held: str, dice: Random) -> None:
        body = self._order(guest) | {"slot_hold_id": held}
        answer = await self._write("POST", "/reservations", body, dice)
        if answer.acknowledged:
            self.night.count("holds confirmed")
            self._made(guest, answer.answer)
        elif answer.code == "HOLD_EXPIRED":
            self.night.count("holds expired")
        else:
            self.night.tally.refused[f"site: {reason_of(answer)}"] += 1

    async def _enquire(self, guest: Guest, dice: Random) -> None:
        body = self._order(guest) | {"start": guest.starts.isoformat(), "party_size": guest.party}
        answer = await self._write("POST", "/enquiries", body | needs_of(guest), dice)
        if answer.acknowledged:
            self.night.count("enquiries")
            self._made(guest, answer.answer)
        else:
            self.night.tally.refused[f"enquiry: {reason_of(answer)}"] += 1

    async def _patch(self, record: Record, wish: Json, dice: Random, *, version: int) -> Exchange:
        path = f"/reservations/{record.reservation_id}"
        call = self._call("PATCH", path, wish, match=f'"v{version}"', key=new_id(dice))
        return await self.night.wire.send(call, dice.randrange(2), self.night.trouble(dice))

    async def _look_again(self, record: Record, dice: Random) -> None:
        """Read the reservation after a refused change."""
        call = self._call("GET", f"/reservations/{record.reservation_id}")
        answer = await self.night.wire.send(call, dice.randrange(2))
        if answer.acknowledged:
            self._note(record, answer.answer)

    async def _write(self, method: str, path: str, body: Json, dice: Random) -> Exchange:
        call = self._call(method, path, body, key=new_id(dice), idempotent=True)
        return await self.night.wire.send(call, dice.randrange(2), self.night.trouble(dice))

    def _call(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        key: str | None = None,
        match: str | None = None,
        idempotent: bool = False,
    ) -> Call:
        headers = {"Authorization": f"Bearer {self.token}"}
        headers |= {"Idempotency-Key": f'"{key}"'} if idempotent else {}
        headers |= {"If-Match": match} if match else {}
        return Call(
            actor=self.name,
            method=method,
            path=f"{self.venue}{path}",
            body=body,
            key=key,
            headers=headers,
        )

    def _order(self, guest: Guest) -> Json:
        order: Json = {"guest": {"name": guest.name, "phone": guest.phone}}
        rules = self.night.house.rules_version
        return order if rules is None else order | {"accepted_house_rules": rules}

    def _preferences(self, guest: Guest) -> Json:
        likes = likes_of(guest, self.night.house)
        return {"preferences": likes} if likes else {}

    def _made(self, guest: Guest, seen: Json) -> None:
        record = Record(
            reservation_id=seen["id"],
            guest=guest,
            starts=datetime.fromisoformat(seen["start"]),
            party=seen["party_size"],
            version=seen["version"],
            state=seen["status"],
            made_by=self,
        )
        self.night.records[record.reservation_id] = record
        self.night.count("booked by a site" if record.state == "booked" else "asked a person")
        self.booked(record)

    def _note(self, record: Record, seen: Json) -> None:
        record.starts = datetime.fromisoformat(seen["start"])
        record.party = seen["party_size"]
        record.version = seen["version"]
        record.state = seen["status"]
        self.booked(record)

    def _wish(self, record: Record, dice: Random) -> Json:
        if dice.random() < 0.6:
            step = timedelta(minutes=self.night.house.booking("slot_minutes", 15))
            moved = record.starts + step * dice.choice((-2, -1, 1, 2))
            return {"start": moved.isoformat()}
        return {"party_size": max(1, record.party + dice.choice((-1, 1, 2)))}


def nearest(guest: Guest, starts: list[datetime]) -> datetime | None:
    """The start a guest takes: the wished one or, if flexible, the nearest within 30 minutes."""
    within = HALF_AN_HOUR if guest.flexible else timedelta(0)
    near = [start for start in starts if abs(start - guest.starts) <= within]
    return min(near, key=lambda start: abs(start - guest.starts), default=None)


def alternatives_of(answer: Exchange) -> list[datetime]:
    """The alternatives in a refusal."""
    offered: Any = answer.answer.get("alternatives", ()) if answer.answer else ()
    return [datetime.fromisoformat(start) for start in offered]


def reason_of(answer: Exchange) -> str:
    """The reason of a refusal: the `reason` beside SLOT_UNAVAILABLE, else the code."""
    said = answer.answer.get("reason") if isinstance(answer.answer, dict) else None
    return str(said or "") or answer.code or str(answer.status)


def needs_of(guest: Guest) -> Json:
    """A guest's needs as members of a request body."""
    area = {"area": guest.needs["area"]} if "area" in guest.needs else {}
    others = {name: value for name, value in guest.needs.items() if name != "area"}
    return area | ({"needs": others} if others else {})


def query_of(needs: dict[str, bool | int | str]) -> dict[str, object]:
    """A guest's needs as query parameters."""
    flags = [name for name in ("step_free", "quiet") if name in needs]
    asked: dict[str, object] = {k: v for k, v in needs.items() if k in {"area", "high_chairs"}}
    return asked | ({"needs": ",".join(flags)} if flags else {})
