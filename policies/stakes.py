"""What is at stake at the door: money a cover, and how much more a broken promise weighs."""

from typing import NamedTuple


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
