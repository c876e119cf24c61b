"""What the door knows at one moment: who sits, who waits, who is expected.

Tuples of arrays, so that kernels take them. Times are buckets of 5 minutes from the opening; keys
are what a party's draws are made from (policies/numeric/draws.py), so that it has the same luck in every
action, decision and process. Kinds are policies/lookahead/room_arrays.py's.
"""

from typing import NamedTuple

from msgspec import Struct

from policies.numeric.compiled import Flags, Floats, Ints, Keys


class Stakes(NamedTuple):
    """Money in units of SCIENCE.md, times in buckets of 5 minutes; a tuple, so kernels take it.

    Told to the books: a seated party brings `cover` a cover; a promised party that waited longer
    than `tolerance` costs `gesture` a cover; one not seated within `walk_limit` costs `walked`.
    Weighed by the look-ahead only: a walked party `walk_weight` times, and a promised party that
    waits when the look-ahead ends is worth `hope` a cover.
    """

    cover: float = 50.0
    gesture: float = 10.0
    walked: float = 100.0
    tolerance: int = 2
    walk_limit: int = 6
    walk_weight: float = 5.0
    hope: float = 30.0


USUAL = Stakes()


FREE, BLOCKED = -1, -2
"""Instead of a sitting: nobody sits there, or the table is out of use until the end."""


class Sittings(NamedTuple):
    """Parties at tables, [n] each; `since`: the bucket they sat down in."""

    key: Keys
    size: Ints
    since: Ints


class Expected(NamedTuple):
    """Promised parties that have not come, [E] each; `no_show`: as believed before the start."""

    key: Keys
    size: Ints
    kind: Ints
    start: Ints
    no_show: Floats


class Queue(NamedTuple):
    """Parties waiting in the order they are decided in, [Q] each: promised first, by arrival.

    `since`: when they came. `start`: the promised bucket (a walk-in's arrival).
    """

    key: Keys
    size: Ints
    kind: Ints
    since: Ints
    promised: Flags
    start: Ints


class DoorState(Struct, frozen=True, eq=False):
    """The door at bucket `now`; `occupied` [T]: number of the sitting, FREE or BLOCKED."""

    now: int
    occupied: Ints
    sittings: Sittings
    expected: Expected
    queue: Queue
