"""The clairvoyant bound on a night's revenue, and so on the net of every policy of the lab.

A linear programme (LP) that knows who cancels, who shows, when guests come, how long they stay and
who walks in. For each party that comes it chooses a start and a kind of place. It is an upper
bound because whatever a policy of the lab does is one of its solutions, at no less revenue:

- A reservation sits between its arrival, max(0, promised start + lateness), and `WALK_LIMIT` after
  the later of arrival and promise (then it counts as walked); a flexible guest may have been
  promised any start within `FLEXIBLE_SHIFT` of the wish. A walk-in sits before its patience ends.
- A table taken by a party is one of its class for the whole stay; a join takes all its tables. A
  floor that tells tables apart, plans, or cannot be repacked meets these constraints too.
- Parties may be split among places and starts (LP relaxation), walked parties and gestures cost
  nothing, and refusing is free: each only raises the optimum.

The result is not the solver's objective but the Lagrangian value at the solver's dual prices: an
upper bound at any prices (weak duality), whatever the solver's tolerance.
"""

import highspy
import numpy as np
from msgspec import Struct

from policies.house.layout import WHOLE_ROOM, Layout
from policies.lab.nights import NEVER_CANCELLED, SyntheticNight
from policies.lab.solver import quiet_solver
from policies.numeric.compiled import Floats, Ints

FLEXIBLE_SHIFT = 6
"""Buckets by which a flexible guest's start may be moved: half an hour."""

WALK_LIMIT = 6
"""Buckets a promised party may wait before it counts as walked."""

COVER_VALUE = 50.0
"""Revenue of a seated cover."""


class ServableParties(Struct, frozen=True, eq=False):
    """Parties that come, [P] each, times in buckets; `first`, `last`: range of possible starts."""

    first: Ints
    last: Ints
    stay: Ints
    size: Ints


class PoolUse(Struct, frozen=True):
    """A way to seat classes `lowest` to `highest`; `needs`: (pool, units taken of it) each.

    Pools are the classes of tables, then the kinds of join.
    """

    lowest: int
    highest: int
    needs: tuple[tuple[int, int], ...]


class ServingColumns(Struct, frozen=True, eq=False):
    """LP columns of one PoolUse, [C] each: party, start and end bucket."""

    place: PoolUse
    party: Ints
    start: Ints
    end: Ints


class LinearProgramme(Struct, frozen=True, eq=False):
    """`value` of parties [P], `capacity` of pools [Q], number of buckets, columns."""

    value: Floats
    capacity: Ints
    length: int
    columns: tuple[ServingColumns, ...]


def clairvoyant(night: SyntheticNight, layout: Layout, *, moves: bool = True) -> float:
    """Return an upper bound on the revenue, and so on the net, of any policy on this night.

    Without `moves` flexible guests are promised the start they asked for: a bound only on policies
    that never offer another. Raises ValueError for joins of tables of different classes.
    """
    return upper_bound(servable_parties(night, moves=moves), layout)


def servable_parties(night: SyntheticNight, *, moves: bool) -> ServableParties:
    """Return the parties that come, with the range of starts a policy may give them."""
    asks, walks = night.requests, night.walk_ins
    there = asks.shows & (asks.cancels >= NEVER_CANCELLED)
    shift = np.where(asks.flexible & moves, FLEXIBLE_SHIFT, 0)
    earliest, latest = np.maximum(asks.wish - shift, 0), asks.wish + shift
    first = np.maximum(earliest + asks.late, 0)
    last = np.maximum(latest, latest + asks.late) + WALK_LIMIT
    return ServableParties(
        first=np.concatenate([first[there], walks.arrives]),
        last=np.concatenate([last[there], walks.arrives + walks.patience]),
        stay=np.concatenate([asks.stay[there], walks.stay]),
        size=np.concatenate([asks.size[there], walks.size]),
    )


def upper_bound(parties: ServableParties, layout: Layout) -> float:
    """Return the Lagrangian bound for these parties."""
    if not len(parties.size):
        return 0.0
    programme = programme_of(parties, layout)
    return lagrangian(programme, _prices(programme))


def programme_of(parties: ServableParties, layout: Layout) -> LinearProgramme:
    """Return the LP of these parties in this room; raises ValueError for mixed joins."""
    classes = layout.groups[WHOLE_ROOM]
    _check_joins(layout)
    lot = parties.last - parties.first + 1
    party = np.repeat(np.arange(len(lot)), lot)
    start = parties.first[party] + np.arange(len(party)) - np.repeat(np.cumsum(lot) - lot, lot)
    rank = np.searchsorted(layout.seats, parties.size)
    blocks = []
    for place in _pool_uses(layout):
        fits = (rank[party] >= place.lowest) & (rank[party] <= place.highest)
        who, when = party[fits], start[fits]
        blocks.append(ServingColumns(place, who, when, when + parties.stay[who]))
    return LinearProgramme(
        value=COVER_VALUE * parties.size.astype(np.float64),
        capacity=np.concatenate([classes.tables, classes.join_count]),
        length=int((parties.last + parties.stay).max()) + 1,
        columns=tuple(blocks),
    )


def lagrangian(programme: LinearProgramme, prices: Floats) -> float:
    """Return the Lagrangian value at `prices` [Q, buckets] >= 0, an upper bound at any prices.

    Sum over parties of the best column's value less its prices (at least 0), plus the value of
    all capacity at these prices.
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


def _check_joins(layout: Layout) -> None:
    for seat, _ in layout.room.joins:
        if len({int(layout.table_class[place]) for place in seat}) > 1:
            raise ValueError("the bound knows joins of tables of one class only")


def _pool_uses(layout: Layout) -> list[PoolUse]:
    """Return single tables of each class, and joins for parties larger than a member table."""
    classes = layout.groups[WHOLE_ROOM]
    count = len(classes.tables)
    places = [PoolUse(0, rank, ((rank, 1),)) for rank in range(count) if classes.tables[rank]]
    for kind, member in enumerate(classes.join_member):
        needs = ((int(member), int(classes.join_uses[kind])), (count + kind, 1))
        places.append(PoolUse(int(member) + 1, int(classes.join_reach[kind]), needs))
    return places


def _prices(programme: LinearProgramme) -> Floats:
    """Solve the LP; return the dual price of each pool in each bucket, [Q, buckets]."""
    solver = quiet_solver()
    solver.setOptionValue("solver", "ipm")
    solver.passModel(_model(programme))
    solver.run()
    duals = np.array(solver.getSolution().row_dual)[len(programme.value) :]
    level = duals.reshape(len(programme.capacity), programme.length)
    after = np.concatenate([level[:, 1:], np.zeros((len(level), 1))], axis=1)
    prices: Floats = np.maximum(level - after, 0.0)
    return prices


def _model(programme: LinearProgramme) -> highspy.HighsLp:
    """Return the LP: a row a party (served at most once), a balance row a pool and bucket.

    Units in use are columns of their own, bounded by the capacity, so that a stay takes two
    matrix entries a pool instead of one a bucket.
    """
    parties, pools = len(programme.value), len(programme.capacity)
    blocks = [_serving_entries(programme, block) for block in programme.columns]
    blocks.append(_in_use_entries(programme))
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


def _serving_entries(programme: LinearProgramme, block: ServingColumns) -> tuple[Ints, Floats]:
    """Return row indices and coefficients [C, 1 + 2 x needs] of the serving columns."""
    index, entry = [block.party], [1.0]
    for pool, tables in block.place.needs:
        first = len(programme.value) + pool * programme.length
        index += [first + block.start, first + block.end]
        entry += [float(tables), -float(tables)]
    return np.stack(index, axis=1), np.tile(entry, (len(block.party), 1))


def _in_use_entries(programme: LinearProgramme) -> tuple[Ints, Floats]:
    """Return row indices and coefficients [Q x buckets, 2] of the columns of units in use."""
    parties, cells = len(programme.value), len(programme.capacity) * programme.length
    here = parties + np.arange(cells)
    last = (np.arange(cells) + 1) % programme.length == 0
    following = np.where(last, 0, here + 1)
    entry = np.where(last[:, None], [-1.0, 0.0], [-1.0, 1.0])
    return np.stack([here, following], axis=1), entry
