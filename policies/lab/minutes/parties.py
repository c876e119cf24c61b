"""Everybody who may come to an evening in the minute world: bookings not cancelled, and walk-ins.

One row a party, bookings first, so that hosts may name a party by its row.
"""

import numpy as np
from msgspec import Struct

from policies.house.grid import GRID_MINUTES
from policies.lab.minutes.nights import NightInMinutes
from policies.lab.minutes.outcome import NEVER_HERE, WALKS_AFTER
from policies.lab.play import AcceptedRequests, not_cancelled
from policies.numeric.compiled import Flags, Floats, Ints, Keys

EARLIEST = 10
"""Minutes before its start from which a promised party may be seated."""

FIRST_WALK_IN_KEY = 1 << 20
"""Keys of walk-ins are numbered from here, above all bookings'."""

NEVER_LEAVES_AT = 1 << 30


class PartiesInMinutes(Struct, frozen=True, eq=False):
    """P parties: B' bookings not cancelled, then M walk-ins; all times in minutes.

    `booking`, `walk_in` [P]: index among the bookings or the walk-ins, -1 for the other. `start`:
    promised start, of a walk-in its arrival. `arrives`: NEVER_HERE for a no-show. `leaves`: last
    minute in which it takes a table. `from_minute`: first in which it may. `no_show`: believed
    probability. `key`: of its draws.
    """

    booking: Ints
    walk_in: Ints
    size: Ints
    start: Ints
    arrives: Ints
    due: Ints
    leaves: Ints
    from_minute: Ints
    stay: Ints
    no_show: Floats
    key: Keys

    @property
    def promised(self) -> Flags:
        """Which parties have a promise [P]."""
        return np.asarray(self.booking >= 0)


def parties_of(
    night: NightInMinutes,
    booked: AcceptedRequests,
    no_shows: tuple[float, float],
    *,
    some_never_leave: bool,
) -> PartiesInMinutes:
    """Return the evening's parties; `no_shows`: believed shares online and by phone.

    `some_never_leave`: the tenth of the walk-ins marked so waits whatever happens.
    """
    requests, walk_ins = night.night.requests, night.walk_ins
    live = np.flatnonzero(not_cancelled(night.night, booked))
    number, start = booked.number[live], booked.start[live] * GRID_MINUTES
    comes = requests.shows[number]
    arrives = np.where(comes, np.maximum(0, start + night.late[number]), NEVER_HERE)
    due = np.maximum(start, arrives)
    walkers = np.arange(len(walk_ins.size))
    patient = walk_ins.never_leaves & some_never_leave
    leaves = np.where(patient, NEVER_LEAVES_AT, walk_ins.arrives + walk_ins.patience)
    seed = np.uint64(night.night.seed) << np.uint64(32)
    ids = np.concatenate([live, FIRST_WALK_IN_KEY + walkers]).astype(np.uint64)
    nobody = np.full(len(live) + len(walkers), -1, np.int64)
    booking, walk_in = nobody.copy(), nobody
    booking[: len(live)], walk_in[len(live) :] = live, walkers
    online, phone = no_shows
    return PartiesInMinutes(
        booking=booking,
        walk_in=walk_in,
        size=np.concatenate([requests.size[number], walk_ins.size]),
        start=np.concatenate([start, walk_ins.arrives]),
        arrives=np.concatenate([arrives, walk_ins.arrives]),
        due=np.concatenate([due, walk_ins.arrives]),
        leaves=np.concatenate([due + WALKS_AFTER, leaves]),
        from_minute=np.concatenate([np.maximum(start - EARLIEST, 0), walk_ins.arrives]),
        stay=np.concatenate([night.stay[number], walk_ins.stay]),
        no_show=np.concatenate(
            [np.where(requests.phone[number], phone, online), np.zeros(len(walkers))]
        ),
        key=seed + ids,
    )
