"""The kernels of the scenario ledger: putting a party in, trying one, counting who waits."""

from typing import NamedTuple

import numpy as np

from policies.numeric.compiled import Floats, Ints, Keys, Small, compiled, inlined
from policies.risk.cascade import Capacity, overflow
from policies.risk.party_draws import buckets, cancelled, comes, late_minutes, stay_minutes

WAIT_BUCKETS = 3
"""A shortage in three buckets running lasts longer than the wait tolerance of 10 minutes."""

WALK_BUCKETS = 6
"""A shortage of half an hour: somebody who was promised a table has to be sent away."""


class Board(NamedTuple):
    """One group's S scenarios over B buckets, with K classes and J kinds of join.

    `capacity`: what there is to sit at, a row a bucket.
    `occupied` [S, B, K]: parties at tables by the class they need. `over` [S, B]: how many find no
    table.
    """

    capacity: Capacity
    occupied: Small
    over: Small


class Beliefs(NamedTuple):
    """`stays` [sizes, 3] and `lateness` [7] as policies/risk/party_draws.py lays them out."""

    stays: Floats
    lateness: Floats


class Guest(NamedTuple):
    """A party in numbers: see policies.risk.ledger.Party. -1 and 0.0 stand for None."""

    key: np.uint64
    rank: int
    size: int
    start: int
    no_show: float
    arrived: bool
    sat_for: float
    until: int
    not_before: int


class Guests(NamedTuple):
    """N parties in numbers, each to be put where its cancel draw lies in [low, high).

    `keys` [N]. `whole` [N, 6]: rank, size, start, arrived, until, not_before of `Guest`; `shares`
    [N, 4]: no_show, sat_for, low, high.
    """

    keys: Keys
    whole: Ints
    shares: Floats


@compiled
def put(boards: tuple[Board, ...], guests: Guests, beliefs: Beliefs, sign: int) -> None:
    """Add (`sign` 1) or take away (-1) the parties, and count anew who finds no table.

    The boards share what is occupied; each has its own capacity.
    """
    occupied = boards[0].occupied
    _, length, classes = occupied.shape
    work = np.empty((2, classes), np.int64)
    for scenario in range(len(occupied)):
        first, end = length, 0
        for row in range(len(guests.keys)):
            low, high = guests.shares[row, 2], guests.shares[row, 3]
            if cancelled(guests.keys[row], scenario, low, high):
                comes, leaves = stretch(_guest(guests, row), scenario, beliefs, length)
                for bucket in range(comes, leaves):
                    occupied[scenario, bucket, guests.whole[row, 0]] += sign
                first, end = min(first, comes), max(end, leaves)
        for board in boards:
            for bucket in range(first, end):
                board.over[scenario, bucket] = short(board, scenario, bucket, -1, work)


@inlined
def _guest(guests: Guests, row: int) -> Guest:
    rank, size, start, arrived, until, not_before = guests.whole[row]
    no_show, sat_for = guests.shares[row, 0], guests.shares[row, 1]
    return Guest(
        guests.keys[row], rank, size, start, no_show, arrived != 0, sat_for, until, not_before
    )


@compiled
def tried(
    board: Board, guest: Guest, beliefs: Beliefs, cancel: float, stay: int
) -> tuple[float, float, float, float]:
    """Return what the party would do: walked, late, risk with it and without it (see Toll).

    `cancel`: its chance of being cancelled; `stay`: the buckets after its start that count for
    the risk. The board is left as it was.
    """
    length = board.capacity.tables.shape[0]
    work = np.empty((2, board.capacity.tables.shape[1]), np.int64)
    trial = np.empty((1, length), np.int16)
    walked = late = risk = before = 0
    start, until = min(guest.start, length), min(guest.start + stay, length)
    for scenario in range(len(board.over)):
        waits = shortage(board.over, scenario, WAIT_BUCKETS, start, until)
        before += waits
        lacking = _would(board, guest, beliefs, scenario, cancel, trial, work)
        walked += lacking >= WALK_BUCKETS
        late += lacking >= WAIT_BUCKETS
        if lacking > 0 and not waits:
            waits = shortage(trial, 0, WAIT_BUCKETS, start, until)
        risk += waits
    every = float(len(board.over))
    return walked / every, late / every, risk / every, before / every


@compiled
def _would(
    board: Board,
    guest: Guest,
    beliefs: Beliefs,
    scenario: int,
    cancel: float,
    trial: Small,
    work: Ints,
) -> int:
    """Return the most buckets running in which more parties lack a table because it comes too.

    More guests in the book never make that fewer: a bucket in which it leaves nobody more without
    a table has room to spare, and has had it before they came. `trial` [1, B] is filled with the
    overflow if the party came, where anything changes.
    """
    if not cancelled(guest.key, scenario, cancel, 1.0):
        return 0
    first, end = stretch(guest, scenario, beliefs, board.capacity.tables.shape[0])
    most = running = 0
    for bucket in range(first, end):
        left = short(board, scenario, bucket, guest.rank, work)
        if left == board.over[scenario, bucket]:
            running = 0
            continue
        if most == 0:
            trial[0] = board.over[scenario]
        trial[0, bucket] = left
        running += 1
        most = max(most, running)
    return most


@inlined
def stretch(guest: Guest, scenario: int, beliefs: Beliefs, length: int) -> tuple[int, int]:
    """Return the buckets [first, end) in which the party needs a table; empty if it stays away."""
    if guest.until >= 0:
        return min(max(guest.start, 0), length), min(guest.until, length)
    if not comes(guest.key, scenario, guest.no_show):
        return 0, 0
    first = guest.start
    if not guest.arrived:
        late = late_minutes(guest.key, scenario, beliefs.lateness)
        first = max(first + buckets(late), guest.not_before)
    first = min(max(first, 0), length)
    mean, deviation = beliefs.stays[guest.size, 0], beliefs.stays[guest.size, 1]
    stay = stay_minutes(guest.key, scenario, mean, deviation, guest.sat_for)
    left = stay - guest.sat_for + beliefs.stays[guest.size, 2]
    return first, min(first + max(1, buckets(left)), length)


@inlined
def short(board: Board, scenario: int, bucket: int, extra: int, work: Ints) -> int:
    """Return how many find no table in this bucket with one more of class `extra` (-1: nobody).

    The cascade of policies/risk/cascade.py, but for the common case in which no joins are needed.
    """
    spare = 0
    for rank in range(work.shape[1] - 1, -1, -1):
        spare += board.capacity.tables[bucket, rank] - board.occupied[scenario, bucket, rank]
        if rank == extra:
            spare -= 1
        if spare < 0:
            return _joined(board, scenario, bucket, extra, work)
    return 0


@inlined
def _joined(board: Board, scenario: int, bucket: int, extra: int, work: Ints) -> int:
    for rank in range(work.shape[1]):
        work[0, rank] = board.occupied[scenario, bucket, rank] + (rank == extra)
    return overflow(board.capacity, bucket, work)


@inlined
def shortage(over: Small, row: int, width: int, start: int, end: int) -> bool:
    """Tell whether somebody lacks a table for `width` buckets running, begun in [start, end)."""
    running = 0
    for bucket in range(start, min(end + width - 1, over.shape[1])):
        running = running + 1 if over[row, bucket] > 0 else 0
        if running == width:
            return True
    return False
