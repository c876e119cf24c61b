"""The door as the service keeps it: options, advice, the order of the list, the top one taken.

Every order goes through `policies.floor`, so plans settle after each as they do in the service.
Walk-ins who cannot sit at once are put on the waitlist with their quote. A host takes the first
option of the list that seats the party now and that the stand does not refuse; where the list
begins with a wait, the party waits, and is asked for again once anything happens that could
change that: anything but a walk-in who comes or sits down. Of walk-ins of one size the first to
come is asked for first, and the others wait behind it.
"""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.book.answers import Ask
from policies.book.consequences import ASKS
from policies.book.picture import Picture, Promise, WaitEntry
from policies.booking.tables import Tables
from policies.door.by_server import (
    ServerTurns,
    equals_for_promise,
    equals_for_walk_in,
    next_first,
    turns_of,
)
from policies.door.option import Option
from policies.door.options import seats_now, walk_in_options
from policies.door.owed import promised_options
from policies.door.wait_band import WaitAsked, WaitBand
from policies.floor.orders import Arrive, Clear, Leave, Levers, Seat, Wait, Walk
from policies.forecast.forecast import Forecast
from policies.house.room import Needs, room_of
from policies.lab.minutes.evening import ARRIVES, CLEARS, LEAVES, SHUTS, TICK
from policies.lab.minutes.floor import EveningFloor, SeatParty
from policies.lab.minutes.outcome import WaitRecord
from policies.lab.minutes.parties import NEVER_LEAVES_AT
from policies.lab.minutes.service_desk import ServiceBookings
from policies.lookahead.advice import AdvisedOptions, advise
from policies.lookahead.base_choice import by_base_rule
from policies.lookahead.quotes import QuoteModel, first_model
from policies.lookahead.waits import Belief, QuotedWait, quoted_wait
from policies.plan.calls import without_waiting
from policies.rescue.rehearsal import PartyAtDoor, least_harm_first, rehearsed


class _Quoted(Struct, frozen=True):
    at: int
    told: QuotedWait


ANY_BAND = WaitBand(5, 5)
"""What is told with a list of options changes nothing in their order."""


class ServiceHost:
    """A host who does what the stand advises, on a book of the service."""

    def __init__(
        self, booked: ServiceBookings, *, shut_area: str = "", model: QuoteModel | None = None
    ) -> None:
        self.book, self.number = booked.book, booked.bookings.accepted.number
        self.shut_area, self.model = shut_area, model or first_model()
        self.quotes: dict[int, _Quoted] = {}
        self.asking: list[int] = []
        self.seatings: dict[int, UUID] = {}
        self.advanced = -1
        self.tables: Tables | None = None
        self.changes = 0
        self.told_to_wait: dict[int, int] = {}

    def begin(self, floor: EveningFloor) -> None:
        """See EveningHost."""
        self.floor = floor
        self.room = room_of(self.book.house)

    def happened(self, kind: int, party: int) -> None:
        """See EveningHost."""
        now = self._now()
        self.changes += kind != ARRIVES or bool(self.floor.parties.booking[party] >= 0)
        if kind == CLEARS:
            self._clear(party, now)
        elif kind == ARRIVES:
            self._arrive(party, now)
        elif kind == LEAVES:
            self._leave(party, now)
        elif kind == SHUTS:
            order = Levers(
                id=self.book.order_id(), areas_shut=(self.shut_area,), anyway=tuple(ASKS)
            )
            self.book.order(order, now)
        elif kind == TICK:
            self.book.sweep(now)

    def orders(self) -> list[SeatParty]:
        """See EveningHost."""
        now, orders = self._now(), []
        free = self.floor.free
        behind: set[int] = set()
        for party in list(self.floor.queue):
            size = int(self.floor.parties.size[party])
            promised = bool(self.floor.parties.booking[party] >= 0)
            if (not promised and size in behind) or not self.floor.may_sit(party):
                continue
            if self.told_to_wait.get(party) == self.changes or not self.floor.fits(size, free):
                continue
            tables = self._seat(party, now)
            if tables is not None:
                orders.append(SeatParty(party, tables))
                free[list(tables)] = False
                self.changes += promised
                behind.clear()
                continue
            self.told_to_wait[party] = self.changes
            if not promised:
                behind.add(size)
        return orders

    def minute_over(self) -> None:
        """See EveningHost: who asked and has no table is put on the waitlist."""
        now = self._now()
        for party in self.asking:
            if party in self.floor.queue:
                self._put_down(party, now)
        self.asking.clear()

    def waits(self) -> tuple[WaitRecord, ...]:
        """See EveningHost."""
        floor, records = self.floor, []
        for party, quoted in self.quotes.items():
            sat = bool(floor.seated[party] >= 0)
            until = int(floor.seated[party] if sat else min(floor.parties.leaves[party], floor.now))
            records.append(
                WaitRecord(
                    walk_in=int(floor.parties.walk_in[party]),
                    features={},
                    likely=quoted.told.band.likely,
                    latest=quoted.told.band.latest,
                    waited=until - quoted.at,
                    sat=sat,
                    never_leaves=bool(floor.parties.leaves[party] >= NEVER_LEAVES_AT),
                    simulated=quoted.told.simulated,
                )
            )
        return tuple(records)

    def _now(self) -> datetime:
        """Return the instant of this minute, what is due by it applied."""
        now = self.book.minute(self.floor.now)
        if self.advanced != self.floor.now:
            self.advanced = self.floor.now
            self.book.advance(now)
        return now

    def _promise_of(self, party: int) -> Promise:
        number = int(self.number[self.floor.parties.booking[party]])
        return self.book.promise(self.book.new_id(1, number))

    def _entry_of(self, party: int) -> WaitEntry | None:
        wait_id = self._wait_id(party)
        return next((each for each in self.book.picture.waiting if each.wait_id == wait_id), None)

    def _wait_id(self, party: int) -> UUID:
        return self.book.new_id(2, int(self.floor.parties.walk_in[party]))

    def _clear(self, party: int, now: datetime) -> None:
        seating_id = self.seatings.pop(party)
        version = next(
            each.version for each in self.book.picture.seatings if each.seating_id == seating_id
        )
        order = Clear(
            id=self.book.order_id(), seating_id=seating_id, version=version, anyway=tuple(ASKS)
        )
        self.book.order(order, now)

    def _arrive(self, party: int, now: datetime) -> None:
        if self.floor.parties.booking[party] < 0:
            self.asking.append(party)
            return
        promise = self._promise_of(party)
        order = Arrive(
            id=self.book.order_id(),
            reservation_id=promise.reservation_id,
            version=promise.version,
            arrived=promise.party_size,
            anyway=tuple(ASKS),
        )
        self.book.order(order, now)

    def _leave(self, party: int, now: datetime) -> None:
        if self.floor.parties.booking[party] >= 0:
            promise = self._promise_of(party)
            walk = Walk(
                id=self.book.order_id(),
                reservation_id=promise.reservation_id,
                version=promise.version,
                anyway=tuple(ASKS),
            )
            self.book.order(walk, now)
            return
        entry = self._entry_of(party)
        if entry is not None:
            leave = Leave(id=self.book.order_id(), wait_id=entry.wait_id, version=entry.version)
            self.book.order(leave, now)

    def _put_down(self, party: int, now: datetime) -> None:
        size, book = int(self.floor.parties.size[party]), self.book
        belief = Belief(self._forecast(), self.model) if book.rules.decisions.by_value else None
        quoted = quoted_wait(book.picture, book.house, belief, WaitAsked(size), now=now)
        minutes = None if quoted is None else quoted.band.latest
        if quoted is not None:
            self.quotes[party] = _Quoted(self.floor.now, quoted)
        book.order(Wait(id=self._wait_id(party), party_size=size, quoted_minutes=minutes), now)

    def _forecast(self) -> Forecast:
        prices = self.book.picture.prices
        return self.book.forecast if prices is None else prices.forecast

    def _seat(self, party: int, now: datetime) -> tuple[int, ...] | None:
        """Seat the party as the stand's list says; return the places of its tables, if it sits."""
        for option in self._list(party, now):
            if option.kind == "wait":
                return None
            if option.held_id is not None or option.kind == "split":
                continue
            tables = self._take(party, option, now)
            if tables is not None:
                return tables
        return None

    def _list(self, party: int, now: datetime) -> tuple[Option, ...]:
        """Return the options as the stand lists them."""
        if self.floor.parties.booking[party] >= 0:
            return self._list_for_promise(self._promise_of(party), now)
        return self._list_for_walk_in(party, now)

    def _list_for_promise(self, promise: Promise, now: datetime) -> tuple[Option, ...]:
        picture, house = self.book.picture, self.book.house
        listed = promised_options(picture, house, promise, now=now)
        turns, equals = turns_of(picture, now), tuple[Option, ...]()
        if turns is not None:
            equals = equals_for_promise(picture, house, turns, listed, promise, now=now)
        ask = _ask(promise.party_size, promise.needs, now)
        here = _as_arrived(picture, promise, now)
        if not self.book.rules.decisions.by_value:
            party = PartyAtDoor(party_size=promise.party_size, promise=promise)
            return self._by_base_rule(here, listed, ask, party, equals)
        listed = (*listed, *equals)
        return self._advised(here, listed, ask, promise.reservation_id, turns).options

    def _list_for_walk_in(self, party: int, now: datetime) -> tuple[Option, ...]:
        """Return the list of a walk-in; what is not seated at now is looked for only if it tells.

        Held tables and waits behind the options of now change nothing a host does, and without an
        option of now the party waits; only where a wait may be worth more than all of these must
        the plan's own be known.
        """
        entry, size = self._entry_of(party), int(self.floor.parties.size[party])
        picture, house = self.book.picture, self.book.house
        others = picture if entry is None else without_waiting(picture, entry.wait_id)
        by_value = self.book.rules.decisions.by_value
        listed = seats_now(self._tables(now), size, Needs())
        if not listed:
            return ()
        turns, equals = turns_of(picture, now), tuple[Option, ...]()
        if turns is not None:
            equals = equals_for_walk_in(others, house, turns, listed, (size, Needs()), now=now)
        if by_value:
            found = self._advised(others, (*listed, *equals), _ask(size, Needs(), now), turns=turns)
            if found.advice is not None:
                return found.options
        if not by_value:
            party_here = PartyAtDoor(party_size=size, entry=entry)
            ask = _ask(size, Needs(), now)
            return self._by_base_rule(picture, listed, ask, party_here, equals)
        listed = walk_in_options(others, house, size, Needs(), now=now)
        return self._advised(others, listed, _ask(size, Needs(), now)).options

    def _by_base_rule(
        self,
        here: Picture,
        listed: tuple[Option, ...],
        ask: Ask,
        party: PartyAtDoor,
        equals: tuple[Option, ...] = (),
    ) -> tuple[Option, ...]:
        """Return the list of a house that does not decide by value; none where it says to wait."""
        waits = party.entry.wait_id if party.entry else None
        if party.promise is not None:
            waits = party.promise.reservation_id
        house, picture = self.book.house, self.book.picture
        chosen = by_base_rule(here, house, listed, ask=ask, waits=waits)
        if chosen.kept_for is not None:
            return ()
        turns, options = turns_of(picture, ask.starts), chosen.options
        if turns is not None:
            options = next_first(options, equals, turns)
        told = rehearsed(options, picture, house, party, now=ask.starts)
        return least_harm_first(told)

    def _advised(
        self,
        others: Picture,
        listed: tuple[Option, ...],
        ask: Ask,
        promise: UUID | None = None,
        turns: ServerTurns | None = None,
    ) -> AdvisedOptions:
        house, forecast = self.book.house, self._forecast()
        return advise(
            others, house, forecast, ANY_BAND, listed, ask=ask, promise=promise, turns=turns
        )

    def _tables(self, now: datetime) -> Tables:
        """Return the plan of everybody, made once a version and minute: who waits is not in it."""
        known = self.tables
        if known is None or known.picture is not self.book.picture or known.now != now:
            known = self.tables = Tables(self.book.picture, self.book.house, now)
        return known

    def _take(self, party: int, option: Option, now: datetime) -> tuple[int, ...] | None:
        """Carry out the option's order; None where the stand refuses it."""
        size = int(self.floor.parties.size[party])
        promised = self.floor.parties.booking[party] >= 0
        promise = self._promise_of(party) if promised else None
        entry = None if promised else self._entry_of(party)
        known = promise or entry
        order = Seat(
            id=self.book.order_id(),
            tables=option.tables,
            reservation_id=promise.reservation_id if promise else None,
            wait_id=entry.wait_id if entry else None,
            version=known.version if known else None,
            party_size=None if known else size,
            until=None if option.full_turn else option.turn_ends,
            anyway=tuple(ASKS),
        )
        if not self.book.seat(order, now):
            return None
        self.seatings[party] = order.id
        return tuple(self.room.index[name] for name in option.tables)


def _ask(party_size: int, needs: Needs, now: datetime) -> Ask:
    return Ask(party_size=party_size, starts=now, channel="walk_in", needs=needs)


def _as_arrived(picture: Picture, promise: Promise, now: datetime) -> Picture:
    here = replace(promise, state="arrived", arrived_at=promise.arrived_at or now)
    return replace(
        picture,
        promises=tuple(here if each == promise else each for each in picture.promises),
    )
