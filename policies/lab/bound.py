"""The clairvoyant bound: no policy can earn more on a night, whatever it accepts and seats.

A linear programme that knows who cancels, who shows, when guests come, how long they stay and who
walks in. It chooses for each party that is there a start and a kind of place. It is a strict upper
bound on the net of every policy of the laboratory, because whatever such a policy does is one of
its solutions, at no less revenue:

- A reservation sits between its arrival, max(0, promised start + lateness), and `WALK_LIMIT` after
  the later of arrival and promise (then it counts as walked); a flexible guest may have been
  promised any start within `MOVE` of the wish. A walk-in sits before its patience ends.
- A table taken by a party is one of its class for the whole stay; a join takes all its tables. A
  floor that tells tables apart, plans, or cannot be repacked meets these constraints too.
- Parties may be split among places and starts (the relaxation), nothing is paid for walked parties
  or gestures, and refusing is free: each only raises the optimum.

The figure returned is not the solver's objective but the Lagrangian value at the solver's prices,
which is an upper bound at any prices (weak duality), so no tolerance of the solver can lower it.
"""

import highspy
import numpy as np
from msgspec import Struct

from policies.house.layout import WHOLE_ROOM, Layout
from policies.lab.nights import NEVER, Night
from policies.numeric.compiled import Floats, Ints

MOVE = 6
"""Buckets by which a flexible guest's start may be moved: half an hour."""

WALK_LIMIT = 6
"""Buckets a promised party may wait before it counts as walked."""

COVER = 50.0
"""What a guest who was seated brings."""


class Parties(Struct, frozen=True, eq=False):
    """Who could be served; all [P], times in buckets: starts from `first` to `last`."""

    first: Ints
    last: Ints
    stay: Ints
    size: Ints


class Place(Struct, frozen=True):
    """A kind of place for classes `lowest` to `highest`; `needs`: (pool, tables of it) each."""

    lowest: int
    highest: int
    needs: tuple[tuple[int, int], ...]


class Columns(Struct, frozen=True, eq=False):
    """Ways to serve through one kind of place, all [C]: whose, from when, until when."""

    place: Place
    party: Ints
    start: Ints
    end: Ints


class Programme(Struct, frozen=True, eq=False):
    """The parties' values [P], the pools' capacities [Q], the buckets, and the columns."""

    value: Floats
    capacity: Ints
    length: int
    columns: tuple[Columns, ...]


def clairvoyant(night: Night, layout: Layout, *, moves: bool = True) -> float:
    """Return an upper bound on the revenue, and so on the net, of any policy on this night.

    Without `moves` flexible guests sit at the time they asked for or up to `WALK_LIMIT` later: a
    bound only on policies that never promise another time. Raises ValueError for a room with joins
    of tables of different classes.
    """
    return bound(servable(night, moves=moves), layout)


def servable(night: Night, *, moves: bool) -> Parties:
    """Return the parties that are there on the night, with every start a policy may give them."""
    asks, walks = night.requests, night.walk_ins
    there = asks.shows & (asks.cancels >= NEVER)
    shift = np.where(asks.flexible & moves, MOVE, 0)
    earliest, latest = np.maximum(asks.wish - shift, 0), asks.wish + shift
    first = np.maximum(earliest + asks.late, 0)
    last = np.maximum(latest, latest + asks.late) + WALK_LIMIT
    return Parties(
        first=np.concatenate([first[there], walks.arrives]),
        last=np.concatenate([last[there], walks.arrives + walks.patience]),
        stay=np.concatenate([asks.stay[there], walks.stay]),
        size=np.concatenate([asks.size[there], walks.size]),
    )


def bound(parties: Parties, layout: Layout) -> float:
    """Return the value of the relaxation, rounded up by duality, for these parties."""
    if not len(parties.size):
        return 0.0
    programme = programme_of(parties, layout)
    return lagrangian(programme, _prices(programme))


def programme_of(parties: Parties, layout: Layout) -> Programme:
    """Return the linear programme of these parties in this room."""
    classes = layout.groups[WHOLE_ROOM]
    _refuse_mixed_joins(layout)
    lot = parties.last - parties.first + 1
    party = np.repeat(np.arange(len(lot)), lot)
    start = parties.first[party] + np.arange(len(party)) - np.repeat(np.cumsum(lot) - lot, lot)
    rank = np.searchsorted(layout.seats, parties.size)
    blocks = []
    for place in _places(layout):
        fits = (rank[party] >= place.lowest) & (rank[party] <= place.highest)
        who, when = party[fits], start[fits]
        blocks.append(Columns(place, who, when, when + parties.stay[who]))
    return Programme(
        value=COVER * parties.size.astype(np.float64),
        capacity=np.concatenate([classes.tables, classes.join_count]),
        length=int((parties.last + parties.stay).max()) + 1,
        columns=tuple(blocks),
    )


def lagrangian(programme: Programme, prices: Floats) -> float:
    """Return the Lagrangian value at `prices` [Q, buckets] >= 0: an upper bound at any of them.

    Each party takes its best way at these prices or none; what the pools could sell is added.
    """
    spent = np.zeros((len(prices), programme.length + 1))
    np.cumsum(prices, axis=1, out=spent[:, 1:])
    best = np.zeros(len(programme.value))
    for block in programme.columns:
        margin = programme.value[block.party]
        for pool, tables in block.place.needs:
            margin = margin - tables * (spent[pool, block.end] - spent[pool, block.start])
        np.maximum.at(best, block.party, margin)
    return float(best.sum() + (programme.capacity[:, None] * prices).sum())


def _refuse_mixed_joins(layout: Layout) -> None:
    for seat, _ in layout.room.joins:
        if len({int(layout.table_class[place]) for place in seat}) > 1:
            raise ValueError("the bound knows joins of tables of one class only")


def _places(layout: Layout) -> list[Place]:
    """Single tables for every class that fits; joins where no single member table would do."""
    classes = layout.groups[WHOLE_ROOM]
    count = len(classes.tables)
    places = [Place(0, rank, ((rank, 1),)) for rank in range(count) if classes.tables[rank]]
    for kind, member in enumerate(classes.join_member):
        needs = ((int(member), int(classes.join_uses[kind])), (count + kind, 1))
        places.append(Place(int(member) + 1, int(classes.join_reach[kind]), needs))
    return places


def _prices(programme: Programme) -> Floats:
    """Solve; return the price of a table of each pool in each bucket, [Q, buckets]."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS's interface
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("threads", 1)
    solver.passModel(_model(programme))
    solver.run()
    duals = np.array(solver.getSolution().row_dual)[len(programme.value) :]
    level = duals.reshape(len(programme.capacity), programme.length)
    after = np.concatenate([level[:, 1:], np.zeros((len(level), 1))], axis=1)
    prices: Floats = np.maximum(level - after, 0.0)
    return prices


def _model(programme: Programme) -> highspy.HighsLp:
    """A row a party (served at most once), a row a pool and bucket: what changes in it.

    Tables in use are columns of their own, bounded by the capacity, so that a stay costs two
    entries instead of one a bucket.
    """
    parties, pools = len(programme.value), len(programme.capacity)
    blocks = [_entries(programme, block) for block in programme.columns]
    blocks.append(_in_use(programme))
    rows = parties + pools * programme.length
    worth = [programme.value[block.party] for block in programme.columns]
    cost = np.concatenate([*worth, np.zeros(pools * programme.length)])
    ways = sum(map(len, worth))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), rows
    model.sense_ = highspy.ObjSense.kMaximize
    model.col_cost_, model.col_lower_ = cost, np.zeros(len(cost))
    in_use = np.repeat(programme.capacity, programme.length).astype(np.float64)
    model.col_upper_ = np.concatenate([np.full(ways, highspy.kHighsInf), in_use])
    even = np.zeros(rows - parties)
    model.row_lower_ = np.concatenate([np.full(parties, -highspy.kHighsInf), even])
    model.row_upper_ = np.concatenate([np.ones(parties), even])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kColwise
    widths = np.concatenate([np.full(len(index), index.shape[1]) for index, _ in blocks])
    matrix.start_ = np.concatenate([[0], np.cumsum(widths)]).astype(np.int32)
    matrix.index_ = np.concatenate([index.ravel() for index, _ in blocks]).astype(np.int32)
    matrix.value_ = np.concatenate([entry.ravel() for _, entry in blocks])
    return model


def _entries(programme: Programme, block: Columns) -> tuple[Ints, Floats]:
    """Return rows and coefficients [C, 1 + 2 a need] of ways to serve."""
    index, entry = [block.party], [1.0]
    for pool, tables in block.place.needs:
        first = len(programme.value) + pool * programme.length
        index += [first + block.start, first + block.end]
        entry += [float(tables), -float(tables)]
    return np.stack(index, axis=1), np.tile(entry, (len(block.party), 1))


def _in_use(programme: Programme) -> tuple[Ints, Floats]:
    """Return rows and coefficients [Q x buckets, 2]: in use now, and still in the next bucket."""
    parties, cells = len(programme.value), len(programme.capacity) * programme.length
    here = parties + np.arange(cells)
    last = (np.arange(cells) + 1) % programme.length == 0
    following = np.where(last, 0, here + 1)
    entry = np.where(last[:, None], [-1.0, 0.0], [-1.0, 1.0])
    return np.stack([here, following], axis=1), entry
