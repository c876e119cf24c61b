"""Playing a synthetic night with the bookings a policy took: what the door earned and owed."""

from typing import Literal

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from policies.forecast.forecast import Forecast
from policies.house.layout import Layout
from policies.lab.live import LiveDoor, Quoted, Quoting
from policies.lab.nights import LENGTH, Night
from policies.lookahead.base_rule import (
    ARRIVES,
    DUE,
    GONE,
    NOT_HERE,
    SIZE,
    USUAL_RULE,
    Course,
    Rule,
    add_due,
    play_out,
)
from policies.lookahead.board import a_board, lay
from policies.lookahead.forecast_arrays import beliefs_of
from policies.lookahead.quotes import QuoteScales
from policies.lookahead.room_arrays import DoorRoom, door_room
from policies.lookahead.seating_rollout import SCENARIOS
from policies.lookahead.state import USUAL, Expected, Stakes
from policies.numeric.compiled import Flags, Ints, Keys
from policies.numeric.draws import CANCEL, uniform

FAR = 1 << 30
"""The arrival of a party that never comes."""

STAYERS = 0.1

WALK_IN_IDS = 1 << 20
"""Where walk-ins' numbers begin in keys, past every booking's."""

Door = Literal["base", "lookahead"]


class Booked(Struct, frozen=True, eq=False):
    """The book when the doors open, in order of acceptance: [B] each.

    `number`: index into the night's requests. `start`: bucket promised, not always the wish.
    """

    number: Ints
    start: Ints


class Evening(Struct, frozen=True, eq=False):
    """What an evening brought. Money in units of SCIENCE.md (50 a cover).

    `late_parties` were seated over the tolerance and are owed a gesture. `guests_at` [B] and
    `walk_ins_at` [M]: the bucket each was seated in, negative when it was not. `quotes`: of the
    walk-ins that stay however long they wait; `scales`: what all quotes taught.
    """

    revenue: float
    walked_parties: int
    walked_covers: int
    walked: float
    gestures: float
    late_parties: int
    promised_seated: int
    walk_ins_seated: int
    walk_ins_left: int
    guests_at: Ints
    walk_ins_at: Ints
    quotes: tuple[Quoted, ...] = ()
    scales: QuoteScales | None = None

    @property
    def net(self) -> float:
        """Revenue without what walked parties and gestures cost."""
        return self.revenue - self.walked - self.gestures


class Comers(Struct, frozen=True, eq=False):
    """Everybody who comes, in order of arrival, promised first in a bucket.

    `crowd` [M, 7]. `booking` [M]: place in the book or -1; `walk_in` [M] likewise.
    """

    crowd: Ints
    booking: Ints
    walk_in: Ints


def play(
    night: Night,
    booked: Booked,
    layout: Layout,
    believed: Forecast,
    *,
    door: Door = "base",
    scales: QuoteScales | None = None,
    stakes: Stakes = USUAL,
) -> Evening:
    """Return the evening that follows when the doors open on this book.

    Bookings cancelled before are known; who will not show is not. With `scales` the look-ahead
    quotes every walk-in that cannot sit at once, and a tenth of the walk-ins, drawn by the
    night's seed, stay however long they wait, so that quotes are judged without selection.
    """
    room = door_room(layout)
    comers = who_comes(night, booked, room, stakes)
    if door == "base":
        seated = by_base_rule(room, comers, who_is_due(night, booked, room, USUAL_RULE))
        return told(night, booked, comers, seated, stakes)
    live = live_door(night, booked, room, comers, believed, scales, stakes)
    evening = told(night, booked, comers, live.seated, stakes)
    return replace(evening, quotes=tuple(live.quotes), scales=live.scales)


def alive(night: Night, booked: Booked) -> Flags:
    """Return which bookings are not cancelled when the doors open [B]."""
    return np.asarray(night.requests.cancels[booked.number] > 1.0)


def arrivals(night: Night, booked: Booked) -> Ints:
    """Return when each booking comes [B], FAR when it never does."""
    comes = alive(night, booked) & night.requests.shows[booked.number]
    arrives = np.maximum(0, booked.start + night.requests.late[booked.number])
    return np.where(comes, arrives, FAR)


def who_comes(night: Night, booked: Booked, room: DoorRoom, stakes: Stakes) -> Comers:
    """Return everybody who comes and could be seated at all."""
    at = arrivals(night, booked)
    guests = np.flatnonzero(at < FAR)
    walkers = np.flatnonzero(night.walk_ins.size <= len(room.kind_class))
    crowd = np.concatenate([_guests(night, booked, at, guests, stakes), _walkers(night, walkers)])
    unknown = np.full(len(crowd), -1, np.int64)
    booking, walk_in = unknown.copy(), unknown
    booking[: len(guests)] = guests
    walk_in[len(guests) :] = walkers
    order = np.argsort(crowd[:, ARRIVES], kind="stable")
    return Comers(crowd[order], booking[order], walk_in[order])


def _guests(night: Night, booked: Booked, at: Ints, which: Ints, stakes: Stakes) -> Ints:
    number = booked.number[which]
    size = night.requests.size[number]
    due = np.maximum(at[which], booked.start[which])
    stay = night.requests.stay[number]
    ones = np.ones(len(which), np.int64)
    leaves = due + stakes.walk_limit
    return np.stack([at[which], size - 1, size, due, leaves, stay, ones], axis=1)


def _walkers(night: Night, which: Ints) -> Ints:
    guests = night.walk_ins
    arrives, size = guests.arrives[which], guests.size[which]
    leaves = arrives + guests.patience[which]
    promised = np.zeros(len(which), np.int64)
    columns = [arrives, size - 1, size, arrives, leaves, guests.stay[which], promised]
    return np.stack(columns, axis=1)


def who_is_due(night: Night, booked: Booked, room: DoorRoom, rule: Rule) -> Ints:
    """Return the promised parties the base rule keeps tables for [LENGTH, K]."""
    due = np.zeros((LENGTH, len(room.tables)), np.int64)
    at = arrivals(night, booked)
    sizes = night.requests.size[booked.number]
    for place in np.flatnonzero(alive(night, booked)).tolist():
        size = int(room.kind_class[sizes[place] - 1])
        add_due(due, 0, int(booked.start[place]), int(at[place]), size, rule)
    return due


def by_base_rule(room: DoorRoom, comers: Comers, due: Ints) -> Ints:
    """Return the bucket each of the comers is seated in under the base rule."""
    parties = len(comers.crowd)
    board = a_board(room, LENGTH, parties)
    lay(room, board, np.zeros(len(room.table_class), np.int64))
    seated = np.full(parties, NOT_HERE, np.int64)
    course = Course(comers.crowd, due, seated, np.full(parties, -1, np.int64))
    play_out(room, board, course, 0, -1)
    return seated


def live_door(
    night: Night,
    booked: Booked,
    room: DoorRoom,
    comers: Comers,
    believed: Forecast,
    scales: QuoteScales | None,
    stakes: Stakes,
) -> LiveDoor:
    """Return the door of the look-ahead when the last guest has come and gone."""
    seed = np.uint64(night.seed) << np.uint64(32)
    ids = np.where(comers.booking >= 0, comers.booking, WALK_IN_IDS + comers.walk_in)
    keys = seed + ids.astype(np.uint64)
    door = LiveDoor(
        room,
        beliefs_of(believed, room, seed, SCENARIOS),
        stakes,
        comers.crowd,
        keys,
        who_is_expected(night, booked, believed, seed),
        arrivals(night, booked)[alive(night, booked)],
        None if scales is None else Quoting(scales, drawn_to_stay(keys, comers.walk_in)),
    )
    for now in range(LENGTH):
        door.step(now)
    return door


def drawn_to_stay(keys: Keys, walk_in: Ints) -> Flags:
    """Return which parties [M] belong to the tenth of the walk-ins that never loses patience."""
    drawn = np.array([uniform(key, 0, CANCEL) < STAYERS for key in keys], bool)
    return np.asarray(drawn & (walk_in >= 0))


def who_is_expected(night: Night, booked: Booked, believed: Forecast, seed: np.uint64) -> Expected:
    """Return the live bookings as the door expects them."""
    live = np.flatnonzero(alive(night, booked))
    number = booked.number[live]
    size = night.requests.size[number]
    no_show = np.where(
        night.requests.phone[number], believed.no_show_phone, believed.no_show_online
    )
    return Expected(seed + live.astype(np.uint64), size, size - 1, booked.start[live], no_show)


def told(night: Night, booked: Booked, comers: Comers, seated: Ints, stakes: Stakes) -> Evening:
    """Return the evening these seatings make."""
    promised, here = comers.booking >= 0, seated >= 0
    size = comers.crowd[:, SIZE]
    late = promised & here & (seated - comers.crowd[:, DUE] > stakes.tolerance)
    walked = promised & (seated == GONE)
    guests_at = np.full(len(booked.number), NOT_HERE, np.int64)
    walk_ins_at = np.full(len(night.walk_ins.size), NOT_HERE, np.int64)
    guests_at[comers.booking[promised]] = seated[promised]
    walk_ins_at[comers.walk_in[~promised]] = seated[~promised]
    walked_covers = int(size[walked].sum())
    return Evening(
        revenue=stakes.cover * float(size[here].sum()),
        walked_parties=int(walked.sum()),
        walked_covers=walked_covers,
        walked=stakes.walked * walked_covers,
        gestures=stakes.gesture * float(size[late].sum()),
        late_parties=int(late.sum()),
        promised_seated=int((promised & here).sum()),
        walk_ins_seated=int((~promised & here).sum()),
        walk_ins_left=int((walk_ins_at < 0).sum()),
        guests_at=guests_at,
        walk_ins_at=walk_ins_at,
    )
