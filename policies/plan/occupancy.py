"""From a picture to a working plan: facts as busy masks, movable parties as items."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from policies.admission.admission import admitted_to, anywhere_but_shut
from policies.book.pace import areas_to_avoid
from policies.book.picture import (
    HeldTable,
    Picture,
    Promise,
    SlotHold,
    expected_at,
    held_in_force,
    holds_in_force,
    is_kept_in_place,
    is_planned_here,
    resets_in_force,
    seating_end,
)
from policies.house.calendar import buy_out_times, closures_on, occupancy_window
from policies.house.channels import Channel
from policies.house.grid import bucket, bucket_end, bucket_mask
from policies.house.house import House
from policies.house.room import (
    EVERYWHERE,
    Admitted,
    Needs,
    Preferences,
    RankedTableSets,
    Room,
    places_mask,
    ranked_table_sets,
    room_of,
)
from policies.plan.plan import Item, Plan

_MARGIN = timedelta(hours=12)

PlannedParty = Promise | SlotHold | HeldTable
"""What a plan gives tables to."""

Busy = tuple[int, datetime, datetime]
"""A table's place, and the interval in which it is occupied or out of use."""

Closed = Literal["blocked", "shut", "private"]
"""Why a table is out of use: a block, its area (shut tonight or closed), a private event."""


class Window(Struct, frozen=True):
    """The buckets a plan covers; its bucket 0 is `base` on the absolute grid."""

    base: int
    length: int

    def at(self, instant: datetime) -> int:
        """Return the bucket of `instant` relative to the base, clipped to the window."""
        return min(max(bucket(instant) - self.base, 0), self.length)

    def end(self, instant: datetime) -> int:
        """Return the first bucket at or after `instant`, relative and clipped likewise."""
        return min(max(bucket_end(instant) - self.base, 0), self.length)

    def mask(self, starts: datetime, ends: datetime) -> int:
        """Return the mask of the buckets that [starts, ends) touches."""
        return bucket_mask(self.at(starts), self.end(ends))


class Occupancy(Struct, frozen=True):
    """A plan with its facts set and no item placed yet, and the window it covers."""

    window: Window
    plan: Plan


def occupancy(
    picture: Picture,
    house: House,
    *,
    now: datetime,
    closures: bool = True,
    held: bool = True,
    enquiries: bool = False,
) -> Occupancy:
    """Build the plan of a picture: facts as busy masks, movable parties as items, none placed.

    Items are physical promises booked or arrived, physical slot holds in force at `now`, and
    held tables; those of a period under another version of the house are facts. A slot hold opened
    for a held table or a promise stands in its place. Without `closures`, blocks, shut areas and
    private events are left out; without `held`, held tables. With `enquiries` those that the house
    protects have a place too, as nobody in particular (they are not in `moves`).
    """
    room = room_of(house)
    holds = [hold for hold in holds_in_force(picture, now) if hold.kind == "physical"]
    opened = {hold.held_id or hold.reservation_id for hold in holds}
    parties: list[PlannedParty] = [*_promises(picture), *holds]
    parties += held_in_force(picture, now) if held else ()
    parties = [each for each in parties if party_id(each) not in opened]
    window = _window(picture, parties)
    facts = [0] * len(room.tables)
    for place, starts, ends in _busy(picture, room, now=now, closures=closures):
        facts[place] |= window.mask(starts, ends)
    for place, starts, ends in _not_ready(picture, room, parties, now):
        facts[place] |= window.mask(starts, ends)
    for place, starts, ends in _planned_elsewhere(picture, room, parties):
        facts[place] |= window.mask(starts, ends)
    parties = [each for each in parties if is_planned_here(picture, each)]
    items = [_item(window, room, each) for each in parties]
    for number, areas in areas_to_avoid(picture, house, parties, now=now).items():
        items[number] = there_last(room, items[number], areas)
    if enquiries:
        asking = protected_enquiries(picture, house, now=now)
        items += [_kept_for(window, room, each) for each in asking]
    return Occupancy(window, Plan(room, tuple(items), facts))


def protected_enquiries(picture: Picture, house: House, *, now: datetime) -> tuple[Promise, ...]:
    """Return the requests for which the house keeps a place out of sale online at `now`."""
    if house.enquiries.protect == "none":
        return ()
    return tuple(
        promise
        for promise in picture.promises
        if promise.state == "requested"
        and is_planned_here(picture, promise)
        and protected_until(
            house, promise.needs, starts=promise.starts, made_at=promise.made_at, now=now
        )
    )


def keeping_out(built: Occupancy, areas: frozenset[str]) -> Occupancy:
    """Return the plan with every party kept from these areas, except from where it is."""
    room = built.plan.room
    items = tuple(_kept_out(room, each, areas) for each in built.plan.items)
    return Occupancy(built.window, Plan(room, items, list(built.plan.facts)))


def _kept_out(room: Room, item: Item, areas: frozenset[str]) -> Item:
    own = {room.tables[place].area for place in item.table_set}
    closed = room.places_in(areas - own)
    if not own or not item.domain & closed:
        return item
    return replace(item, choices=room.without(item.choices, closed), domain=item.domain & ~closed)


def there_last(room: Room, item: Item, areas: frozenset[str]) -> Item:
    """Return the item with the tables in these areas after all others: their pace is used up."""
    closed = room.places_in(areas) if areas else 0
    return replace(item, choices=room.without(item.choices, closed, last=True))


def protected_until(
    house: House, needs: Needs, *, starts: datetime, made_at: datetime | None, now: datetime
) -> datetime | None:
    """Return until when a request that was not answered keeps a place, at most until it starts.

    None if it keeps none at `now`.
    """
    protect = house.enquiries.protect
    if protect == "none" or (protect == "area" and needs.area is None):
        return None
    until = made_at + timedelta(hours=house.enquiries.hours) if made_at else starts
    until = min(until, starts)
    return until if now < until else None


def choices_of(room: Room, party: PlannedParty) -> RankedTableSets:
    """Return the table sets open to a party that has been promised a place.

    Where the access rules of today would leave it none at once, those of all others too, but what
    is for nobody, and in other areas last: it was promised a place before them.
    """
    preferences = None if isinstance(party, HeldTable) else party.preferences
    if not room.house.access:
        return room.ranked(guests_of(party), party.needs, EVERYWHERE, preferences)
    admitted = _open_to(room, party)
    choices = room.ranked(guests_of(party), party.needs, admitted, preferences)
    if admitted is not anywhere_but_shut(room, party.period_id):
        return choices
    own = {room.tables[place].area for place in room.table_set(party.tables) or ()}
    others = room.places_in(frozenset(room.areas) - own) if own else 0
    return room.without(choices, others, last=True)


def part_of(room: Room, party: PlannedParty) -> int:
    """Return the mask of the part of the room that the party is confined to, -1 for none."""
    return room.part(guests_of(party), party.needs, _open_to(room, party))


def _open_to(room: Room, party: PlannedParty) -> Admitted:
    tags = party.tags if isinstance(party, Promise) else ()
    admitted = admitted_to(room, _channel(party), tags, party.period_id)
    size, needs = guests_of(party), party.needs
    if admitted is EVERYWHERE:
        return admitted
    if room.asks_first(size, needs, admitted):
        own = places_mask(room.table_set(party.tables) or ())
        given_on_request = not own or bool(own & admitted.by_request)
        found = admitted if given_on_request else anywhere_but_shut(room, party.period_id)
    elif room.ranked(size, needs, admitted).flat:
        return admitted
    else:
        found = anywhere_but_shut(room, party.period_id)
    return found if room.ranked(size, needs, found).flat else EVERYWHERE


def _channel(party: PlannedParty) -> Channel | None:
    match party:
        case Promise():
            return party.channel
        case SlotHold():
            return "partner" if party.client_id else "waitlist" if party.wait_id else "desk"
        case HeldTable():
            return "walk_in"


def _kept_for(window: Window, room: Room, enquiry: Promise) -> Item:
    """Return the place kept for an enquiry; a group above every join takes its area whole."""
    choices, area, least = choices_of(room, enquiry), enquiry.needs.area, enquiry.party_size
    if not choices.flat and area is not None:
        choices, least = room.whole_area(area), 1
    start, end = window.at(enquiry.starts), window.end(enquiry.ends)
    return Item(
        key=None,
        order=enquiry.reservation_id.int,
        party=enquiry.party_size,
        start=start,
        end=end,
        span=bucket_mask(start, end),
        choices=choices,
        least=least,
        domain=choices.domain,
        is_hold=True,
        rank=3,
    )


def party_item(  # noqa: PLR0913 - each is a word of the question
    window: Window,
    room: Room,
    *,
    party_size: int,
    needs: Needs,
    starts: datetime,
    ends: datetime,
    tables: tuple[str, ...] = (),
    closed: int = 0,
    admitted: Admitted = EVERYWHERE,
    preferences: Preferences | None = None,
) -> Item:
    """Return an item for a party not in the picture; with `tables` only those will do.

    `closed`: mask of the tables that are not for it. `admitted`: the tables open to it.
    """
    choices = room.without(room.ranked(party_size, needs, admitted, preferences), closed)
    seat = room.table_set(tables) if tables else None
    if seat:
        choices = ranked_table_sets(((seat,),))
    start, end = window.at(starts), window.end(ends)
    return Item(
        key=None,
        party=party_size,
        start=start,
        end=end,
        span=bucket_mask(start, end),
        choices=choices,
        least=1 if seat else party_size,
        domain=choices.domain,
    )


def _promises(picture: Picture) -> Iterator[Promise]:
    for promise in picture.promises:
        if promise.kind == "physical" and promise.state in {"booked", "arrived"}:
            yield promise


def _window(picture: Picture, parties: list[PlannedParty]) -> Window:
    first = min([picture.period.opens - _MARGIN, *(party.starts for party in parties)])
    last = max([picture.period.closes + _MARGIN, *(party.ends for party in parties)])
    return Window(bucket(first), bucket_end(last) - bucket(first))


def _item(window: Window, room: Room, party: PlannedParty) -> Item:
    size = guests_of(party)
    choices = choices_of(room, party)
    seat = room.table_set(party.tables) or ()
    start, end = window.at(planned_from(party)), window.end(party.ends)
    usual = not seat or seat in choices.every
    promise = party if isinstance(party, Promise) else None
    meant = party if isinstance(party, SlotHold) else promise
    key = party_id(party)
    return Item(
        key=key,
        order=key.int,
        party=size,
        start=start,
        end=end,
        span=bucket_mask(start, end),
        choices=choices,
        least=size if usual else 1,
        domain=choices.domain if usual else choices.domain | places_mask(seat),
        table_set=seat,
        table_ids=party.tables,
        fixed=is_kept_in_place(promise) if promise else meant is not None and meant.fixed,
        exposed=promise is not None and promise.exposed,
        is_hold=promise is None,
        rank=_rank(party),
    )


def party_id(party: PlannedParty) -> UUID:
    """Return the id of a promise, a slot hold or a held table."""
    match party:
        case Promise():
            return party.reservation_id
        case SlotHold():
            return party.slot_hold_id
        case HeldTable():
            return party.held_id


def planned_from(party: PlannedParty) -> datetime:
    """Return from when its table is planned for a party: of a late one, when it told it comes."""
    return expected_at(party) if isinstance(party, Promise) else party.starts


def guests_of(party: PlannedParty) -> int:
    """Return the guests to be seated; for a held table its seats."""
    return party.seats if isinstance(party, HeldTable) else party.party_size


def _rank(party: PlannedParty) -> int:
    """Return the priority when places are lost: arrived, booked, slot hold, held table."""
    match party:
        case Promise():
            return 0 if party.state == "arrived" else 1
        case SlotHold():
            return 2
        case HeldTable():
            return 3


def _busy(picture: Picture, room: Room, *, now: datetime, closures: bool) -> Iterator[Busy]:
    for seating in picture.seatings:
        if seating.cleared_at is None and seating.state != "cleared":
            end = seating_end(seating, now)
            yield from (
                (place, seating.seated_at, end) for place in _places_of(room, seating.tables)
            )
    if closures:
        yield from closed_tables(picture, room, now=now)


def _planned_elsewhere(
    picture: Picture, room: Room, parties: Sequence[PlannedParty]
) -> Iterator[Busy]:
    """Yield what is planned in a period under another version of the house, where it is known."""
    for party in parties:
        if party.period_id in picture.elsewhere:
            yield from (
                (place, party.starts, party.ends) for place in _places_of(room, party.tables)
            )


def _not_ready(
    picture: Picture, room: Room, parties: Sequence[PlannedParty], now: datetime
) -> Iterator[Busy]:
    """Yield the tables that are made ready, as long as nobody is planned there.

    An intention: it keeps a table from others, and displaces nobody.
    """
    for reset in resets_in_force(picture, now):
        planned = (each.starts for each in parties if reset.table_id in each.tables)
        until = min((reset.ready_at, *(starts for starts in planned)))
        if now < until:
            yield from ((place, now, until) for place in _places_of(room, (reset.table_id,)))


def closed_tables(picture: Picture, room: Room, *, now: datetime) -> Iterator[Busy]:
    """Yield the tables out of use: blocked, in an area shut tonight or closed, or bought out."""
    yield from _blocked(picture, room)
    yield from _shut(picture, room, now)
    yield from _closed_areas(picture, room)
    yield from _bought_out(room)


def closed_by(picture: Picture, room: Room, *, now: datetime) -> Iterator[tuple[Closed, Busy]]:
    """Yield the tables out of use with what takes them out of it, as `closed_tables` does."""
    yield from (("blocked", each) for each in _blocked(picture, room))
    yield from (("shut", each) for each in _shut(picture, room, now))
    yield from (("shut", each) for each in _closed_areas(picture, room))
    yield from (("private", each) for each in _bought_out(room))


def _places_of(room: Room, names: tuple[str, ...]) -> list[int]:
    return [room.index[name] for name in names if name in room.index]


def _blocked(picture: Picture, room: Room) -> Iterator[Busy]:
    for block in picture.blocks:
        if block.lifted_at is None:
            for place in _places_of(room, (block.table_id,)):
                yield place, block.starts, block.ends


def _shut(picture: Picture, room: Room, now: datetime) -> Iterator[Busy]:
    period = picture.period
    if not period.areas_shut:
        return
    back = {each.area: each.at for each in period.areas_back}
    # Guests of the service before it are not driven off the terrace by what is shut this evening.
    begins = max(now, period.opens)
    for place, table in enumerate(room.tables):
        ends = back.get(table.area, period.closes)
        if table.area in period.areas_shut and begins < ends:
            yield place, begins, ends


def _closed_areas(picture: Picture, room: Room) -> Iterator[Busy]:
    period = picture.period
    for closure in closures_on(room.house, period.service_date):
        for place, table in enumerate(room.tables):
            if table.area in closure.areas:
                yield place, *occupancy_window(period, room.house)


def _bought_out(room: Room) -> Iterator[Busy]:
    for buy_out in room.house.buy_outs:
        starts, ends = buy_out_times(room.house, buy_out)
        for place, table in enumerate(room.tables):
            if table.area in buy_out.areas:
                yield place, starts, ends
