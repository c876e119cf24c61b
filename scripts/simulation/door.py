"""Hosts at the door: arrivals, seating, waitlist, turnaways."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from scripts.simulation.night import Json, Night, Record, minutes
from scripts.simulation.parties import Party, reserved_party, walk_in_party
from scripts.simulation.views import options_of, reservation_in, taken_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from scripts.simulation.crowd import WalkIn
    from scripts.simulation.floor import Floor
    from scripts.simulation.journal import Exchange
    from scripts.simulation.rescuer import Rescuer
    from scripts.simulation.tablets import Tablet

TRY_AGAIN = timedelta(minutes=5)
TOLERATED = timedelta(minutes=10)
REST_COMES = timedelta(minutes=8)
MAY_COME = frozenset({"booked", "requested", "no_show"})
"""States in which a party is not here yet; after the grace it is late, but owed a place still."""

STALE = ("STALE", "NOT_FOUND")
TRIES = 3
GRANTED = 0.5
SAYS_NO_AT_ONCE = 0.5
"""Probability that a host refuses at once a walk-in without a table for a whole turn."""

REASONS = ("Their first time here", "It is their wedding day", "They came in the rain")


@dataclass(kw_only=True)
class Door:
    """Hosts at the door with their tablets; seated parties are passed to `floor`."""

    night: Night
    tablets: Sequence[Tablet]
    floor: Floor
    waiting: list[Party] = field(default_factory=list)
    owed: list[Party] = field(default_factory=list)
    rescuer: Rescuer | None = None
    one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        """Subscribe to cleared tables, to seat waiting promised parties first."""
        self.floor.turned = self._a_table_turned

    def expect(self, record: Record) -> None:
        """Schedule the arrival of a reservation's guests, unless they are no-shows."""
        if record.state not in MAY_COME or not record.guest.comes:
            return
        comes = record.starts + timedelta(minutes=record.guest.late)
        self.night.schedule.at(comes, lambda: self._comes(record))

    def takes_over(self, party: Party) -> None:
        """Look after a promised party whose arrival somebody else noted, unless they seat it."""
        self.owed.append(party)
        self.night.schedule.after(TRY_AGAIN, lambda: self._serve(party))

    async def walk_in(self, walk_in: WalkIn) -> None:
        """Serve a walk-in: a table now, the waitlist, or a refusal."""
        party = walk_in_party(walk_in, self.night.now)
        tablet = self._tablet(party.dice)
        self.night.count("walk-ins")
        offers = await self._offers(tablet, party)
        now = options_without_promise(offers)
        whole = [offer for offer in now if offer["full_turn"]]
        if not whole and party.dice.random() < SAYS_NO_AT_ONCE:
            await self._turn_away(tablet, party, None)
            return
        if not whole and await self._grant(tablet, party, offers):
            return
        if now and await self._seat(tablet, party, now):
            return
        quoted = next((offer["wait_minutes"] for offer in offers if offer["kind"] == "wait"), None)
        if now or (quoted is not None and timedelta(minutes=quoted * 0.8) <= party.patience):
            await self._put_on_the_list(tablet, party, quoted or 10)
        else:
            await self._turn_away(tablet, party, quoted)

    async def _comes(self, record: Record) -> None:
        expected = record.starts + timedelta(minutes=record.guest.late)
        if record.here or record.state not in MAY_COME:
            return
        if expected > self.night.now + TRY_AGAIN:
            return
        record.here = True
        if record.state == "requested":
            self.night.count("enquiries never answered")
            return
        party = reserved_party(record, self.night.now)
        if record.guest.late > 10:
            self.night.count("late parties")
        tablet = self._tablet(party.dice)
        there = max(1, party.size - 2) if record.guest.in_parts else party.size
        if not await self._arrive(tablet, party, there):
            return
        if there < party.size:
            self.night.count("partial parties")
            self.night.schedule.after(REST_COMES, lambda: self._rest_comes(party))
        else:
            await self._all_here(tablet, party)
        self.owed.append(party)
        await self._serve(party)

    async def _rest_comes(self, party: Party) -> None:
        """Note the rest of a party, some of whom may sit at their table already."""
        tablet = self._tablet(party.dice)
        if not party.gone and await self._arrive(tablet, party, party.size):
            await self._all_here(tablet, party)

    async def _all_here(self, tablet: Tablet, party: Party) -> None:
        record = party.record
        if record and not party.sits and party.size != record.party:
            wish = {"party_size": party.size}
            answer = await self._about(tablet, "resize", party, wish)
            self.night.count("resized at the door", int(answer.acknowledged))

    async def _a_table_turned(self) -> None:
        """Try to seat the waiting promised parties, in order of arrival."""
        for party in sorted(self.owed, key=lambda each: each.since):
            async with self.one_by_one:
                await self._try(party)

    async def _arrive(self, tablet: Tablet, party: Party, there: int) -> bool:
        answer = await self._about(tablet, "arrive", party, {"arrived": there})
        if answer.acknowledged:
            self.night.count("arrivals noted")
            return True
        self.night.count("arrivals refused")
        return False

    async def _serve(self, party: Party) -> None:
        """Seat a promised party, or try again every 5 minutes until it walks."""
        async with self.one_by_one:
            await self._try(party)
        if party not in self.owed:
            return
        kept_waiting = self.night.now - party.since
        if kept_waiting > TOLERATED and await self._looked_after(party):
            return
        if kept_waiting >= party.patience:
            await self._walks(self._tablet(party.dice), party)
        else:
            self.night.schedule.after(TRY_AGAIN, lambda: self._serve(party))

    async def _try(self, party: Party) -> None:
        """Seat a promised party at its planned table or at an option offered now."""
        if party not in self.owed:
            return
        tablet = self._tablet(party.dice)
        offers = await self._offers(tablet, party)
        weighed = any(offer.get("advised") for offer in offers)
        if not weighed and await self._seat_as_planned(tablet, party):
            return
        giving = options_without_promise(offers)
        if self.night.now - party.since > TOLERATED:
            giving += [offer for offer in offers if offer["unmet_needs"]]
        await self._seat(tablet, party, giving)

    async def _looked_after(self, party: Party) -> bool:
        """Start a rescue for a promised party that waits too long; returns whether it sits."""
        if self.rescuer is None:
            return False
        async with self.one_by_one:
            return await self.rescuer.look_after(party, self._tablet(party.dice))

    async def _seat_as_planned(self, tablet: Tablet, party: Party) -> bool:
        seen = await tablet.look()
        found = reservation_in(seen, party.record.reservation_id) if party.record else None
        planned = tuple(found["tables"]) if found else ()
        if not planned or set(planned) & taken_tables(seen):
            return False
        if not self.night.house.has_chairs(planned, party.size):
            return False
        return await self._seat_at(tablet, party, planned)

    async def _seat(self, tablet: Tablet, party: Party, offers: Sequence[Json]) -> bool:
        """Seat a party at the best option; fetch options again when refused."""
        for _ in range(TRIES):
            fit = self._with_a_chair_for_each(party, offers)
            if not fit:
                break
            agreed = {} if fit[0]["full_turn"] else {"until": fit[0]["turn_ends"]}
            if await self._seat_at(tablet, party, tuple(fit[0]["tables"]), agreed):
                self.night.count("joins used", int(len(fit[0]["tables"]) > 1))
                return True
            offers = options_without_promise(await self._offers(tablet, party))
        return False

    def _with_a_chair_for_each(self, party: Party, offers: Sequence[Json]) -> list[Json]:
        """The options for all who came; the service knows of more guests only once it was told."""
        house = self.night.house
        return [offer for offer in offers if house.has_chairs(offer["tables"], party.size)]

    async def _grant(self, tablet: Tablet, party: Party, offers: Sequence[Json]) -> bool:
        """Grant a held table to a party with probability GRANTED."""
        kept = [
            offer for offer in self._with_a_chair_for_each(party, offers) if offer.get("held_id")
        ]
        if not kept or party.dice.random() >= GRANTED:
            self.night.count("held tables not granted at the door", len(kept))
            return False
        why: Json = {"held_id": kept[0]["held_id"], "reason": party.dice.choice(REASONS)}
        done = await self._seat_at(tablet, party, tuple(kept[0]["tables"]), why)
        self.night.count("held tables granted at the door", int(done))
        return done

    async def _seat_at(
        self, tablet: Tablet, party: Party, tables: tuple[str, ...], why: Json | None = None
    ) -> bool:
        wish: Json = {"tables": list(tables), "party_size": party.size, "name": party.name}
        wish |= why or {}
        if party.record:
            answer = await self._about(tablet, "seat", party, wish)
        elif party.wait_id:
            about = {"wait_id": party.wait_id, "version": party.wait_version}
            answer = await tablet.order("seat", wish | about, party.dice)
        else:
            answer = await tablet.order("seat", wish, party.dice)
        if not answer.acknowledged:
            self.night.count(f"seating refused: {answer.code}")
            return False
        self.seated(party, answer)
        return True

    def seated(self, party: Party, answer: Exchange) -> None:
        """Count a party's wait and pass it to the floor."""
        waited = minutes(self.night.now - party.since)
        if party in self.owed:
            self.owed.remove(party)
        if party.record:
            self.night.tally.promised_waits.append(max(0.0, waited))
            self.night.count("reservations seated")
        else:
            self.night.tally.walk_in_waits.append(waited)
            self.night.count(
                "walk-ins seated from the list" if party.wait_id else "walk-ins seated at once"
            )
        self.floor.sits(party, answer)

    async def _walks(self, tablet: Tablet, party: Party) -> None:
        party.gone = True
        self.owed.remove(party)
        answer = await self._about(tablet, "walk", party, {})
        self.night.count("promised parties walked", int(answer.acknowledged))

    async def _about(self, tablet: Tablet, verb: str, party: Party, wish: Json) -> Exchange:
        """Send a command about a reservation; again with its new version when it was stale."""
        record = party.record
        assert record is not None  # noqa: S101 - for the type checker
        for _ in range(TRIES):
            body = {"reservation_id": record.reservation_id, "version": record.version} | wish
            answer = await tablet.order(verb, body, party.dice)
            if answer.acknowledged:
                self.remember(record, answer.answer)
                return answer
            if answer.code not in STALE:
                break
            found = reservation_in(await tablet.look_again(), record.reservation_id)
            if found is None or found["version"] == record.version:
                break
            self.night.count("stale taps")
            record.version, record.state = found["version"], found["state"]
        return answer

    def remember(self, record: Record, answer: Json) -> None:
        """Take over versions of all reservations in an answer, and state and size of this one."""
        for seen in answer["reservations"]:
            if known := self.night.records.get(seen["reservation_id"]):
                known.version = max(known.version, seen["version"])
        own = [r for r in answer["reservations"] if r["reservation_id"] == record.reservation_id]
        for seen in own:
            record.state, record.party = seen["state"], seen["party_size"]

    async def _put_on_the_list(self, tablet: Tablet, party: Party, quoted: int) -> None:
        body = {"party_size": party.size, "name": party.name, "quoted_minutes": quoted}
        answer = await tablet.order("wait", body, party.dice)
        if not answer.acknowledged:
            self.night.count(f"waitlist refused: {answer.code}")
            return
        self.night.count("put on the waitlist")
        self.on_the_list(party, answer.answer["waiting"][0])

    def on_the_list(self, party: Party, entry: Json) -> None:
        """Let a party wait for a table until its patience ends."""
        party.wait_id, party.wait_version = entry["wait_id"], entry["version"]
        self.waiting.append(party)
        self.night.schedule.after(TRY_AGAIN, lambda: self._still_waits(party))

    async def _still_waits(self, party: Party) -> None:
        if party not in self.waiting:
            return
        tablet = self._tablet(party.dice)
        offers = options_without_promise(await self._offers(tablet, party))
        if offers and party.dice.random() < 0.3:
            await self._notify(tablet, party)
        if await self._seat(tablet, party, offers):
            self.waiting.remove(party)
        elif self.night.now - party.since >= party.patience:
            await self._leaves(tablet, party)
        else:
            self.night.schedule.after(TRY_AGAIN, lambda: self._still_waits(party))

    async def _notify(self, tablet: Tablet, party: Party) -> None:
        body = {"wait_id": party.wait_id, "version": party.wait_version}
        answer = await tablet.order("notify", body, party.dice)
        if answer.acknowledged:
            party.wait_version = answer.answer["waiting"][0]["version"]

    async def _leaves(self, tablet: Tablet, party: Party) -> None:
        """Leave the waitlist: by the party, or (one in five) turned away by the host."""
        body = {"wait_id": party.wait_id, "version": party.wait_version}
        away = party.dice.random() < 0.2
        answer = await tablet.order("leave", body | {"turned_away": away}, party.dice)
        if answer.acknowledged:
            self.waiting.remove(party)
            self.night.count("turned away from the list" if away else "left the waitlist")

    async def _turn_away(self, tablet: Tablet, party: Party, quoted: int | None) -> None:
        kind = "denial" if quoted is None else "regret"
        body: Json = {
            "party_size": party.size,
            "asked_for": self.night.now.isoformat(),
            "code": "NO_TABLE_FITS",
            "kind": kind,
        }
        body |= {} if quoted is None else {"quoted_minutes": quoted}
        answer = await tablet.write("POST", "/host/turnaways", body, party.dice)
        self.night.count(f"walk-ins: {kind}", int(answer.acknowledged))
        if answer.acknowledged and self.rescuer:
            helped = await self.rescuer.catch(party, tablet, answer.answer["turnaway_id"])
            self.night.count("walk-ins caught after a no", int(helped))

    async def _offers(self, tablet: Tablet, party: Party) -> Sequence[Json]:
        asked: Json = {"party_size": party.size} | query(party.needs)
        if party.record:
            asked = {"reservation_id": party.record.reservation_id}
        answer = await tablet.get(f"/host/door?{urlencode(asked)}")
        if not answer.acknowledged:  # the party sits already, or the house closed meanwhile
            self.night.count(f"the door answered {answer.code or answer.status}")
            return ()
        return options_of(answer.answer)

    def _tablet(self, dice: Random) -> Tablet:
        return dice.choice(self.tablets)


def seatable_now(offers: Sequence[Json]) -> list[Json]:
    """The options that seat a party now, without a held table and with all needs met."""
    return [
        offer
        for offer in offers
        if offer["kind"] != "wait" and not offer.get("held_id") and not offer["unmet_needs"]
    ]


def options_without_promise(offers: Sequence[Json]) -> list[Json]:
    """The options for a party without a promise: none while the advice is to wait."""
    told_to_wait = any(offer["kind"] == "wait" and offer.get("advised") for offer in offers)
    return [] if told_to_wait else seatable_now(offers)


def query(needs: Json) -> Json:
    """Needs as query parameters."""
    return {name: str(value).lower() for name, value in needs.items()}
