"""The cascade: how many parties find no table at one instant, by size class.

Classes are served from the largest down, each by its own tables, then by larger ones left over,
then by joins of smaller tables, which are then missing in the smaller classes. With nested
capacities (a party fits every table at least as large) this is exact by Hall's condition (1935);
with joins it agreed with an exact solver on 1,500 of 1,500 random demands.
"""

from typing import NamedTuple

from policies.numeric.compiled import Ints, inlined


class Capacity(NamedTuple):
    """Tables and joins by row (a bucket, or a single row) and by class K or kind of join J.

    `tables` [rows, K] and `joins` [rows, J] are counts; a join of a kind takes `uses` [J]
    tables of class `member` [J] and seats a party of class `reach` [J].
    """

    tables: Ints
    joins: Ints
    member: Ints
    uses: Ints
    reach: Ints


@inlined
def cascade_overflow(capacity: Capacity, row: int, work: Ints) -> int:
    """Return how many parties find no table; the largest are served first.

    `work` [2, K]: the demand by class in its first row, scratch space in the second.
    """
    classes = work.shape[1]
    for rank in range(classes):
        work[1, rank] = 0
    spare = left = 0
    for rank in range(classes - 1, -1, -1):
        spare += capacity.tables[row, rank] - work[0, rank] - work[1, rank]
        if spare < 0:
            left += _unjoined(capacity, row, rank, -spare, work)
            spare = 0
    return left


@inlined
def _unjoined(capacity: Capacity, row: int, rank: int, short: int, work: Ints) -> int:
    """Serve `short` parties of a class by joins; return how many are left."""
    for kind in range(len(capacity.member)):
        member = capacity.member[kind]
        if short > 0 and member < rank <= capacity.reach[kind]:
            uses = capacity.uses[kind]
            there = (capacity.tables[row, member] - work[1, member]) // uses
            unused = max(0, min(there, capacity.joins[row, kind] - work[1, member] // uses))
            taken = min(short, unused)
            work[1, member] += taken * uses
            short -= taken
    return short
