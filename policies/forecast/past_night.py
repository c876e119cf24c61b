"""Observations of a closed period, aggregated into what forecasts are learned from."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from policies.forecast.forecast import Positive, Share, elapsed_share
from policies.house.channels import BY_PHONE

SMALL_PARTY = 4
"""A slot that refused a party of at most this size and took none later had sold out [A]."""


class PastBooking(Struct, frozen=True, kw_only=True):
    """A reservation: slot, lead time in days, size, channel, final state.

    `late`: minutes from its start to the arrival, None where none was recorded.
    """

    slot: int
    days_before: float
    party_size: int
    channel: str
    state: str
    late: float | None = None


class PastRefusal(Struct, frozen=True, kw_only=True):
    """A turned-away party, at the door (`channel` walk_in) or beforehand."""

    slot: int
    days_before: float
    party_size: int
    channel: str


class PastSeating(Struct, frozen=True, kw_only=True):
    """A seating; `minutes`: its stay, None where the end is unknown."""

    slot: int
    party_size: int
    walked_in: bool
    minutes: float | None = None


class WaitlistDropout(Struct, frozen=True, kw_only=True):
    """A party on the waitlist that was never seated."""

    slot: int
    party_size: int


class PeriodRecords(Struct, frozen=True, kw_only=True):
    """The records of a closed period."""

    booked: tuple[PastBooking, ...] = ()
    refused: tuple[PastRefusal, ...] = ()
    seated: tuple[PastSeating, ...] = ()
    left_waiting: tuple[WaitlistDropout, ...] = ()


class PastNight(Struct, frozen=True, kw_only=True):
    """Observed figures of one past period: counts by slot of `SLOT_MINUTES`, by size from 1.

    `requests`: parties that asked while their slot was on sale; `refused`: those refused after it
    sold out; `on_sale`: share of the booking window's requests expected until the slot sold out, 1
    if it never did and for slots beyond the tuple. `walk_ins`: seated or not. `booked`: all
    reservations, `cancelled` of them; not cancelled were `kept_online` + `kept_phone`, of which
    `no_shows` did not come. `late`: minutes from start to arrival, negative if early. `stays`:
    minutes of each seating by party size, without the table reset. `covers`: guests seated.
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
        """Bookings that were not cancelled."""
        return self.kept_online + self.kept_phone

    @property
    def came(self) -> int:
        """Booked parties that came."""
        return self.kept - self.no_shows


def past_night_of(evening: PeriodRecords) -> PastNight:
    """Return the figures of these records; when a slot sold out is inferred from its refusals."""
    booked = evening.booked
    asked = [each for each in evening.refused if each.channel != "walk_in"]
    doors = [each for each in evening.refused if each.channel == "walk_in"]
    ends = _ends_of_sale(booked, asked)
    after = [each for each in asked if each.days_before <= ends.get(each.slot, -1.0)]
    before = [each for each in asked if each.days_before > ends.get(each.slot, -1.0)]
    seated = [each for each in evening.seated if each.walked_in]
    walked_in: list[PastSeating | PastRefusal | WaitlistDropout] = [
        *seated,
        *doors,
        *evening.left_waiting,
    ]
    kept = [each for each in booked if each.state != "cancelled"]
    return PastNight(
        requests=_histogram([each.slot for each in booked] + [each.slot for each in before]),
        refused=_histogram(each.slot for each in after),
        on_sale=_shares(ends),
        request_sizes=_histogram(
            [each.party_size - 1 for each in booked] + [each.party_size - 1 for each in asked]
        ),
        walk_ins=_histogram(each.slot for each in walked_in),
        walk_in_sizes=_histogram(each.party_size - 1 for each in walked_in),
        booked=len(booked),
        cancelled=len(booked) - len(kept),
        kept_online=sum(each.channel not in BY_PHONE for each in kept),
        kept_phone=sum(each.channel in BY_PHONE for each in kept),
        no_shows=sum(each.state == "no_show" for each in kept),
        late=tuple(each.late for each in kept if each.late is not None),
        stays=_stays(evening.seated),
        covers=sum(each.party_size for each in evening.seated),
    )


def _ends_of_sale(booked: Sequence[PastBooking], asked: Sequence[PastRefusal]) -> dict[int, float]:
    """Return for each sold-out slot the days before the start at which it sold out.

    That is the first refusal of a small party after which the slot took no booking.
    """
    last: dict[int, float] = {}
    for each in booked:
        last[each.slot] = min(last.get(each.slot, each.days_before), each.days_before)
    ends: dict[int, float] = {}
    for no in asked:
        if no.party_size <= SMALL_PARTY and no.days_before <= last.get(no.slot, no.days_before):
            ends[no.slot] = max(ends.get(no.slot, 0.0), no.days_before)
    return ends


def _shares(ends: dict[int, float]) -> tuple[float, ...]:
    slots = range(max(ends, default=-1) + 1)
    return tuple(elapsed_share(ends[slot]) if slot in ends else 1.0 for slot in slots)


def _histogram(numbers: Iterable[int]) -> tuple[int, ...]:
    counts = Counter(numbers)
    return tuple(counts[number] for number in range(max(counts, default=-1) + 1))


def _stays(seated: Sequence[PastSeating]) -> tuple[tuple[float, ...], ...]:
    by_size: dict[int, list[float]] = {}
    for each in seated:
        if each.minutes is not None:
            by_size.setdefault(each.party_size, []).append(each.minutes)
    sizes = range(1, max(by_size, default=0) + 1)
    return tuple(tuple(by_size.get(size, ())) for size in sizes)
