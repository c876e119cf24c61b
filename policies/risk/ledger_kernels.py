"""Kernels of the scenario ledger: add a party, try a party, count shortages."""

from typing import NamedTuple

import numpy as np

from policies.numeric.compiled import Floats, Ints, Keys, SmallInts, compiled, inlined
from policies.risk.cascade import Capacity, cascade_overflow
from policies.risk.party_draws import (
    buckets,
    cancel_draw_in,
    draw_late_minutes,
    draw_show,
    draw_stay_minutes,
)

WALK_BUCKETS = 6
"""A shortage of half an hour: a promised party is walked (sent away)."""


class ScenarioBoard(NamedTuple):
    """One group's S scenarios over B buckets, with K classes and J kinds of join.

    `capacity`: a row a bucket. `occupied` [S, B, K]: parties at tables by the class they need.
    `over` [S, B]: the overflow, parties without a table.
    """

    capacity: Capacity
    occupied: SmallInts
    over: SmallInts


class DrawParameters(NamedTuple):
    """`stays` [sizes, 3] and `lateness` [7] as policies/risk/party_draws.py lays them out."""

    stays: Floats
    lateness: Floats


class PartyRecord(NamedTuple):
    """A `LedgerParty` for the kernels; -1 and 0.0 stand for None."""

    key: np.uint64
    rank: int
    size: int
    start: int
    no_show: float
    arrived: bool
    sat_for: float
    until: int
    not_before: int


class PartyRecords(NamedTuple):
    """N parties as arrays, each added or removed where its cancel draw lies in [low, high).

    `keys` [N]. `whole` [N, 6]: rank, size, start, arrived, until, not_before of `PartyRecord`;
    `shares` [N, 4]: no_show, sat_for, low, high.
    """

    keys: Keys
    whole: Ints
    shares: Floats


@compiled
def apply_parties(
    board: ScenarioBoard, parties: PartyRecords, parameters: DrawParameters, sign: int
) -> None:
    """Add (`sign` 1) or remove (-1) the parties, and count the overflow anew."""
    occupied = board.occupied
    _, length, classes = occupied.shape
    work = np.empty((2, classes), np.int64)
    for scenario in range(len(occupied)):
        first, end = length, 0
        for row in range(len(parties.keys)):
            low, high = parties.shares[row, 2], parties.shares[row, 3]
            if cancel_draw_in(parties.keys[row], scenario, low, high):
                comes, leaves = occupied_span(_record(parties, row), scenario, parameters, length)
                for bucket in range(comes, leaves):
                    occupied[scenario, bucket, parties.whole[row, 0]] += sign
                first, end = min(first, comes), max(end, leaves)
        for bucket in range(first, end):
            board.over[scenario, bucket] = overflow_with(board, scenario, bucket, -1, work)


@inlined
def _record(parties: PartyRecords, row: int) -> PartyRecord:
    rank, size, start, arrived, until, not_before = parties.whole[row]
    no_show, sat_for = parties.shares[row, 0], parties.shares[row, 1]
    return PartyRecord(
        parties.keys[row], rank, size, start, no_show, arrived != 0, sat_for, until, not_before
    )


@compiled
def try_party(
    board: ScenarioBoard,
    party: PartyRecord,
    parameters: DrawParameters,
    cancel: float,
    stay: int,
    wait: int,
) -> tuple[float, float, float, float]:
    """Return the party's effect: walked, late, risk with it and without it (see `MarginalRisk`).

    `cancel`: its probability of being cancelled; `stay`: the buckets after its start that count
    for the risk; `wait`: the buckets running without a table that are too long a wait. The board
    is left as it was.
    """
    length = board.capacity.tables.shape[0]
    work = np.empty((2, board.capacity.tables.shape[1]), np.int64)
    trial = np.empty((1, length), np.int16)
    walked = late = risk = before = 0
    start, until = min(party.start, length), min(party.start + stay, length)
    for scenario in range(len(board.over)):
        waits = has_shortage(board.over, scenario, wait, start, until)
        before += waits
        shortage = _added_shortage(board, party, parameters, scenario, cancel, trial, work)
        walked += shortage >= WALK_BUCKETS
        late += shortage >= wait
        if shortage > 0 and not waits:
            waits = has_shortage(trial, 0, wait, start, until)
        risk += waits
    every = float(len(board.over))
    return walked / every, late / every, risk / every, before / every


@compiled
def _added_shortage(
    board: ScenarioBoard,
    party: PartyRecord,
    parameters: DrawParameters,
    scenario: int,
    cancel: float,
    trial: SmallInts,
    work: Ints,
) -> int:
    """Return the longest run of buckets in which the party raises the overflow.

    More parties in the book never shorten it: a bucket in which it adds no overflow has a table
    to spare, and had it before they came. `trial` [1, B] is filled with the overflow if the
    party came, where anything changes.
    """
    if not cancel_draw_in(party.key, scenario, cancel, 1.0):
        return 0
    first, end = occupied_span(party, scenario, parameters, board.capacity.tables.shape[0])
    most = running = 0
    for bucket in range(first, end):
        left = overflow_with(board, scenario, bucket, party.rank, work)
        if left == board.over[scenario, bucket]:
            running = 0
            continue
        if most == 0:
            trial[0] = board.over[scenario]
        trial[0, bucket] = left
        running += 1
        most = max(most, running)
    return most


@compiled
def least_spare(board: ScenarioBoard, rank: int, start: int, end: int) -> tuple[float, float]:
    """Return the least mean number of tables left over in buckets [start, end), joins apart.

    Of class `rank` and larger ones, and of all classes.
    """
    length, classes = board.capacity.tables.shape
    first, last = min(max(start, 0), length - 1), min(max(end, start + 1), length)
    taken = np.zeros((last - first, 2), np.int64)
    for scenario in range(len(board.occupied)):
        for bucket in range(first, last):
            for size in range(classes):
                here = board.occupied[scenario, bucket, size]
                taken[bucket - first, 1] += here
                if size >= rank:
                    taken[bucket - first, 0] += here
    fitting = every = np.inf
    scenarios = float(len(board.occupied))
    for bucket in range(first, last):
        tables = board.capacity.tables[bucket]
        left = tables[rank:].sum() - taken[bucket - first, 0] / scenarios
        fitting = min(fitting, left)
        every = min(every, tables.sum() - taken[bucket - first, 1] / scenarios)
    return fitting, every


@inlined
def occupied_span(
    party: PartyRecord, scenario: int, parameters: DrawParameters, length: int
) -> tuple[int, int]:
    """Return the buckets [first, end) in which the party needs a table; empty for a no-show."""
    if party.until >= 0:
        return min(max(party.start, 0), length), min(party.until, length)
    if not draw_show(party.key, scenario, party.no_show):
        return 0, 0
    first = party.start
    if not party.arrived:
        late = draw_late_minutes(party.key, scenario, parameters.lateness)
        first = max(first + buckets(late), party.not_before)
    first = min(max(first, 0), length)
    mean, deviation = parameters.stays[party.size, 0], parameters.stays[party.size, 1]
    stay = draw_stay_minutes(party.key, scenario, mean, deviation, party.sat_for)
    left = stay - party.sat_for + parameters.stays[party.size, 2]
    return first, min(first + max(1, buckets(left)), length)


@inlined
def overflow_with(board: ScenarioBoard, scenario: int, bucket: int, extra: int, work: Ints) -> int:
    """Return the overflow of this bucket with one more party of class `extra` (-1: none).

    The same as the cascade, but faster in the common case in which no joins are needed.
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
def _joined(board: ScenarioBoard, scenario: int, bucket: int, extra: int, work: Ints) -> int:
    for rank in range(work.shape[1]):
        work[0, rank] = board.occupied[scenario, bucket, rank] + (rank == extra)
    return cascade_overflow(board.capacity, bucket, work)


@inlined
def has_shortage(over: SmallInts, row: int, width: int, start: int, end: int) -> bool:
    """Tell whether somebody lacks a table for `width` buckets running, begun in [start, end)."""
    running = 0
    for bucket in range(start, min(end + width - 1, over.shape[1])):
        running = running + 1 if over[row, bucket] > 0 else 0
        if running == width:
            return True
    return False
