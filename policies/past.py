"""A night that is over, as it was seen: what the beliefs are learned from."""

from msgspec import Struct

from policies.forecast import Positive, Share


class PastNight(Struct, frozen=True, kw_only=True):
    """What one past period brought. Counts by slot are of `SLOT_MINUTES`, by size from 1.

    `requests`: parties that asked while their slot was on sale; `refused`: who asked afterwards
    and was turned away; `on_sale`: the share of the window's requests expected by the time a slot
    sold out, 1 where it never did (so are slots beyond the tuple). `walk_ins` came to the door,
    seated or not. `booked` reservations of which `cancelled` were; of the others `kept_online` and
    `kept_phone` could have come and `no_shows` did not. `late`: minutes from the promised time to
    each arrival, early ones negative. `stays` [size]: minutes each sitting lasted, the reset not
    included. `covers` were seated.
    """

    requests: tuple[int, ...] = ()
    refused: tuple[int, ...] = ()
    on_sale: tuple[Share, ...] = ()
    request_sizes: tuple[int, ...] = ()
    walk_ins: tuple[int, ...] = ()
    walk_in_sizes: tuple[int, ...] = ()
    booked: int = 0
    cancelled: int = 0
    kept_online: int = 0
    kept_phone: int = 0
    no_shows: int = 0
    late: tuple[float, ...] = ()
    stays: tuple[tuple[Positive, ...], ...] = ()
    covers: int = 0

    @property
    def kept(self) -> int:
        """Bookings nobody cancelled."""
        return self.kept_online + self.kept_phone

    @property
    def came(self) -> int:
        """Booked parties that came."""
        return self.kept - self.no_shows
