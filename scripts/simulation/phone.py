"""Guests who phone: a host books for them, sometimes overruling a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from scripts.simulation.crowd import is_member, likes_of
from scripts.simulation.dice import dice_of
from scripts.simulation.night import Json, Night, Record
from scripts.simulation.sites import alternatives_of, nearest, reason_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    from scripts.simulation.crowd import Guest
    from scripts.simulation.journal import Exchange
    from scripts.simulation.tablets import Tablet

OVERRULED = 0.25
REGRETTED, MENDED = 0.4, 0.6
NEEDS: tuple[Json, ...] = ({"high_chairs": 1}, {"quiet": True}, {"step_free": True}, {})
STAYS: tuple[int | str, ...] = (60, 75, 120, 150, "usual")
GRANTED, HALF = 0.4, timedelta(minutes=30)
TABLES_TRIED, MOST_TOGETHER = 6, 8
FULL = frozenset(
    {
        "HELD_BACK",
        "NO_TABLE_FITS",
        "TURN_TOO_SHORT",
        "RISK_OVER_CEILING",
        "OVERBOOKING_CAP",
        "BID_PRICE",
    }
)


@dataclass(kw_only=True)
class Phone:
    """Phone bookings at the stand. `booked` is called with every reservation made."""

    night: Night
    tablets: Sequence[Tablet]
    manager: Tablet
    booked: Callable[[Record], None]

    @property
    def name(self) -> str:
        """Its actor name for reservations made here."""
        return "phone"

    async def serve(self, guest: Guest) -> None:
        """Look the guest up and book; when refused, grant a held table, move or overrule."""
        dice = dice_of(guest.choice_seed, "phone")
        tablet = dice.choice(self.tablets)
        await tablet.get(f"/host/guests?q={quote(guest.phone[-6:])}")
        answer = await self._book(tablet, guest, guest.starts, dice)
        if answer.acknowledged:
            return
        if answer.code in FULL and await self._grant(tablet, guest, dice):
            return
        again = nearest(guest, alternatives_of(answer)) if guest.flexible else None
        if again is not None:
            await self._book(tablet, guest, again, dice)
        elif self.night.tonight and dice.random() < OVERRULED:
            await self._book(tablet, guest, guest.starts, dice, overrule="A friend of the house")

    async def cancel(self, record: Record) -> None:
        """Cancel for a guest who calls."""
        dice = record.dice("phone cancel")
        path = f"/host/reservations/{record.reservation_id}/cancel"
        tablet = dice.choice(self.tablets)
        answer = await tablet.write("POST", path, {"reason": "The guest called"}, dice)
        if answer.acknowledged:
            self._note(record, answer)
            self.night.count("cancelled by phone")
            self.regrets(record)

    def regrets(self, record: Record) -> None:
        """Some who cancelled ring again half an hour later: they do come."""
        again = self.night.now + HALF
        if record.dice("regrets").random() < REGRETTED and again < record.starts:
            self.night.schedule.at(again, lambda: self._reinstate(record))

    async def change(self, record: Record) -> None:
        """Move a reservation by a slot for a guest who calls, or mend its needs and its stay."""
        if record.state != "booked" or record.here:
            return
        dice = record.dice("phone change")
        if dice.random() < MENDED:
            wish: Json = {"needs": dice.choice(NEEDS), "duration_minutes": dice.choice(STAYS)}
            answer = await self._patch(dice.choice(self.tablets), record, wish, dice)
            self.night.count("mended by phone", int(answer.acknowledged))
            return
        step = timedelta(minutes=self.night.house.booking("slot_minutes", 15))
        starts = record.starts + step * dice.choice((-1, 1))
        wish = {"starts": starts.isoformat()}
        answer = await self._patch(dice.choice(self.tablets), record, wish, dice)
        self.night.count("changed by phone", int(answer.acknowledged))

    async def _reinstate(self, record: Record) -> None:
        """Book again what was cancelled, if its place is still there."""
        if record.state != "cancelled":
            return
        dice = record.dice("reinstate")
        path = f"/host/reservations/{record.reservation_id}/reinstate"
        wish = {"version": record.version}
        answer = await dice.choice(self.tablets).write("POST", path, wish, dice)
        if answer.acknowledged:
            self._note(record, answer)
            self.night.count("reinstated")
        else:
            self.night.count(f"not reinstated: {reason_of(answer)}")

    async def _welcome_member(
        self, tablet: Tablet, record: Record, seen: Json, dice: Random
    ) -> None:
        """Mark a guest as a member, then give them a table kept for members."""
        kept = self.night.house.kept_for_members
        if kept is None or not is_member(record.guest, self.night.house):
            return
        path = f"/host/guests/{seen['guest_id']}"
        marked = await tablet.write("PATCH", path, {"tags": [kept["tags"][0]]}, dice)
        if marked.acknowledged:
            wish: Json = {"needs": {"area": kept["areas"][0]}}
            answer = await self._patch(tablet, record, wish, dice)
            self.night.count("members at a table kept for them", int(answer.acknowledged))

    async def _patch(self, tablet: Tablet, record: Record, wish: Json, dice: Random) -> Exchange:
        path = f"/host/reservations/{record.reservation_id}"
        answer = await tablet.write("PATCH", path, {"version": record.version} | wish, dice)
        if answer.acknowledged:
            self._note(record, answer)
        return answer

    async def answer_enquiries(self) -> None:
        """The manager approves or declines every enquiry that is open."""
        for record in [r for r in self.night.records.values() if r.state == "requested"]:
            dice = record.dice("approve")
            about: Json = {"reservation_id": record.reservation_id, "version": record.version}
            yes = await self.manager.order("approve", about, dice)
            for tables in () if yes.acknowledged else self._named(record, dice):
                yes = await self.manager.order("approve", about | {"tables": tables}, dice)
                if yes.acknowledged:
                    self.night.count("enquiries approved at named tables")
                    break
            if not yes.acknowledged and dice.random() < 0.1:
                why = about | {"reason": "They come every year"}
                yes = await self.manager.order("approve", why, dice)
            if not yes.acknowledged:
                no = await self.manager.order("decline", about, dice)
                self.night.count("enquiries declined", int(no.acknowledged))
                record.state = "declined"
                continue
            self.night.count("enquiries approved")
            (seen,) = [
                r
                for r in yes.answer["reservations"]
                if r["reservation_id"] == record.reservation_id
            ]
            record.state, record.version = seen["state"], seen["version"]
            self.booked(record)

    def _named(self, record: Record, dice: Random) -> list[list[str]]:
        """Some runs of tables of one area with enough seats for a group."""
        area = dice.choice([table.area for table in self.night.house.tables.values()])
        near = [table for table in self.night.house.tables.values() if table.area == area]
        found: list[list[str]] = []
        for first in dice.sample(range(len(near)), min(len(near), TABLES_TRIED)):
            run, seats = [], 0
            for table in near[first:]:
                if seats < record.party:
                    run.append(table.name)
                    seats += table.seats
            if seats >= record.party and len(run) <= MOST_TOGETHER:
                found.append(run)
        return found

    async def _grant(self, tablet: Tablet, guest: Guest, dice: Random) -> bool:
        """Grant the smallest suitable held table, with probability GRANTED."""
        if dice.random() >= GRANTED:
            return False
        seen = await tablet.get(f"/host/tonight?period={self.night.hours.period_id}")
        kept = [held for held in seen.answer.get("held", ()) if would_do(held, guest)]
        if not kept:
            return False
        smallest = min(kept, key=lambda held: (held["seats"], held["held_id"]))
        grant = {"held_id": smallest["held_id"], "reason": "A regular on the phone"}
        answer = await self._book(tablet, guest, guest.starts, dice, grant=grant)
        self.night.count("held tables granted by phone", int(answer.acknowledged))
        return answer.acknowledged

    async def _book(
        self,
        tablet: Tablet,
        guest: Guest,
        start: datetime,
        dice: Random,
        *,
        overrule: str | None = None,
        grant: Json | None = None,
    ) -> Exchange:
        body: Json = {
            "channel": "phone",
            "party_size": guest.party,
            "starts": start.isoformat(),
            "guest": {"name": guest.name, "phone": guest.phone},
        }
        body |= {"needs": guest.needs} if guest.needs else {}
        likes = likes_of(guest, self.night.house)
        body |= {"preferences": likes} if likes else {}
        rules = self.night.house.rules_version
        body |= {"accepted_house_rules": rules} if rules and dice.random() < 0.8 else {}
        body |= {"overrule": overrule} if overrule else {}
        body |= {"grant": grant} if grant else {}
        answer = await tablet.write("POST", "/host/reservations", body, dice)
        if answer.acknowledged:
            record = self._made(guest, answer)
            self.night.count("overruled by a host" if overrule else "booked by phone")
            await self._welcome_member(tablet, record, reservation_of(answer), dice)
        else:
            self.night.tally.refused[f"phone: {reason_of(answer)}"] += 1
        return answer

    def _made(self, guest: Guest, answer: Exchange) -> Record:
        seen = reservation_of(answer)
        record = Record(
            reservation_id=seen["reservation_id"],
            guest=guest,
            starts=datetime.fromisoformat(seen["starts"]),
            party=seen["party_size"],
            version=seen["version"],
            state=seen["state"],
            made_by=self,
        )
        self.night.records[record.reservation_id] = record
        self.booked(record)
        return record

    def _note(self, record: Record, answer: Exchange) -> None:
        seen = reservation_of(answer)
        record.starts = datetime.fromisoformat(seen["starts"])
        record.version, record.state = seen["version"], seen["state"]
        self.booked(record)


def would_do(held: Json, guest: Guest) -> bool:
    """Whether a held table suits a guest: large enough and held within 30 minutes of the start."""
    starts, ends = (datetime.fromisoformat(held[name]) for name in ("starts", "ends"))
    return bool(held["seats"] >= guest.party) and starts - HALF <= guest.starts < ends - HALF


def reservation_of(answer: Exchange) -> Json:
    """The reservation in an answer of the host stand."""
    seen: Json = answer.answer.get("reservation", answer.answer)
    return seen
