"""A night that is over, as it was seen: what the beliefs are learned from."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from policies.forecast.forecast import Positive, Share, elapsed_share

SMALL_PARTY = 4
"""A slot that refused a party of so many or fewer, and took none after, had sold out [A]."""


BY_PHONE = frozenset({"phone", "desk"})


class Booked(Struct, frozen=True, kw_only=True):
    """A reservation: for which slot, made how many days before its start, what became of it.

    `late`: minutes from its start to the party's arrival, None where none was noted.
    """

    slot: int
    days_before: float
    party_size: int
    channel: str
    state: str
    late: float | None = None


class Refused(Struct, frozen=True, kw_only=True):
    """A party that got no place, at the door (`channel` walk_in) or beforehand."""

    slot: int
    days_before: float
    party_size: int
    channel: str


class Seated(Struct, frozen=True, kw_only=True):
    """A sitting; `minutes` None where its end is not known."""

    slot: int
    party_size: int
    walked_in: bool
    minutes: float | None = None


class Left(Struct, frozen=True, kw_only=True):
    """A party that waited and was never seated."""

    slot: int
    party_size: int


class Evening(Struct, frozen=True, kw_only=True):
    """All rows of a period that is over."""

    booked: tuple[Booked, ...] = ()
    refused: tuple[Refused, ...] = ()
    seated: tuple[Seated, ...] = ()
    left_waiting: tuple[Left, ...] = ()


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


def remembered(evening: Evening) -> PastNight:
    """Return the night these rows tell of, each slot's end of sale inferred from its refusals."""
    booked = evening.booked
    asked = [each for each in evening.refused if each.channel != "walk_in"]
    doors = [each for each in evening.refused if each.channel == "walk_in"]
    ends = _ends_of_sale(booked, asked)
    after = [each for each in asked if each.days_before <= ends.get(each.slot, -1.0)]
    before = [each for each in asked if each.days_before > ends.get(each.slot, -1.0)]
    seated = [each for each in evening.seated if each.walked_in]
    walked_in: list[Seated | Refused | Left] = [*seated, *doors, *evening.left_waiting]
    kept = [each for each in booked if each.state != "cancelled"]
    return PastNight(
        requests=_counted([each.slot for each in booked] + [each.slot for each in before]),
        refused=_counted(each.slot for each in after),
        on_sale=_shares(ends),
        request_sizes=_counted(
            [each.party_size - 1 for each in booked] + [each.party_size - 1 for each in asked]
        ),
        walk_ins=_counted(each.slot for each in walked_in),
        walk_in_sizes=_counted(each.party_size - 1 for each in walked_in),
        booked=len(booked),
        cancelled=len(booked) - len(kept),
        kept_online=sum(each.channel not in BY_PHONE for each in kept),
        kept_phone=sum(each.channel in BY_PHONE for each in kept),
        no_shows=sum(each.state == "no_show" for each in kept),
        late=tuple(each.late for each in kept if each.late is not None),
        stays=_stays(evening.seated),
        covers=sum(each.party_size for each in evening.seated),
    )


def _ends_of_sale(booked: Sequence[Booked], asked: Sequence[Refused]) -> dict[int, float]:
    """Return the days before the start at which a slot sold out, for those that did.

    That was at the first refusal of a small party that no booking of the slot followed.
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


def _counted(numbers: Iterable[int]) -> tuple[int, ...]:
    counts = Counter(numbers)
    return tuple(counts[number] for number in range(max(counts, default=-1) + 1))


def _stays(seated: Sequence[Seated]) -> tuple[tuple[float, ...], ...]:
    by_size: dict[int, list[float]] = {}
    for each in seated:
        if each.minutes is not None:
            by_size.setdefault(each.party_size, []).append(each.minutes)
    sizes = range(1, max(by_size, default=0) + 1)
    return tuple(tuple(by_size.get(size, ())) for size in sizes)
