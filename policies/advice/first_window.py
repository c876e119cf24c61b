"""Whether a house that holds no tables had better hold some: by who came in vain to its door.

The window is the two hours of a period in which, on the most evenings, a party without a
reservation was turned away or gave up waiting, for the size of table it wanted. How many to hold
there is said by its price as for any window; where the house has no prices, one is advised if such
a party came in vain on surely more than half of the evenings.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from msgspec import Struct, to_builtins
from msgspec.structs import replace

from policies.advice.advice import Advice, Strength
from policies.advice.holding import WindowSeen, advise_window
from policies.house.calendar import zone_of
from policies.house.house import House
from policies.house.rules import HeldWindow, ReleaseRung, Rules
from policies.house.rules_checks import rules_problems
from policies.numeric.intervals import wilson_interval
from policies.words.message import Message, message

MINUTES, HALF_AN_HOUR, DAY = 120, 30, 1440
GIVES_BACK = (ReleaseRung(minutes_before=15, keep=0),)
"""A table nobody was given is sold again a quarter of an hour before the window."""

MORE_THAN_HALF = 0.5


class CameInVain(Struct, frozen=True, kw_only=True):
    """A party without a reservation that got no table: the instant it came, and its size."""

    service_date: date
    at: datetime
    party_size: int


class InVain(Struct, frozen=True, kw_only=True):
    """The past `evenings` of a period's name, and who came in vain on them."""

    period: str
    evenings: int
    parties: tuple[CameInVain, ...] = ()


class WantedWindow(Struct, frozen=True, kw_only=True):
    """A window of no tables yet; on how many evenings (`on`) such a party came in vain to it."""

    window: HeldWindow
    evenings: int
    on: int


def wanted_window(house: House, seen: InVain) -> WantedWindow | None:
    """Return the window wanted on the most evenings; of equals by the most parties, the latest.

    None where nobody came in vain whom one table would have seated.
    """
    zone, best, most = zone_of(house), None, (0, 0)
    clocks = [
        (each.service_date, _minute(each.at.astimezone(zone)), _seats(house, each.party_size))
        for each in seen.parties
    ]
    for start, seats in _candidates(clocks):
        days = [day for day, at, wants in clocks if wants == seats and _within(at, start)]
        window, wanted = _window(seen.period, start, seats), (len(set(days)), len(days))
        if wanted > most and not rules_problems(Rules(holds=(window,)), house):
            most = wanted
            best = WantedWindow(window=window, evenings=seen.evenings, on=len(set(days)))
    return best


def advise_first_window(seen: WindowSeen, wanted: WantedWindow, house: House) -> Advice:
    """Return the advice on a wanted window; `seen`: its price on coming dates, where it has one."""
    (found, *_) = advise_window(seen, house)
    hold = _held(found, seen, wanted)
    window = replace(wanted.window, count=hold or 0, ladder=GIVES_BACK)
    entry = {name: value for name, value in to_builtins(window).items() if value is not None}
    share = wilson_interval(wanted.on, wanted.evenings)
    return replace(
        found,
        key=f"holds:new:{window.period}",
        about="/holds",
        standing="unknown" if hold is None else "change" if hold else "keep",
        present={},
        advised={f"/holds/{window.name}": entry} if hold else {},
        sentence=found.sentence if hold is None else _said(window, hold),
        evidence=(_came(wanted), *found.evidence),
        strength=Strength(
            evenings=wanted.evenings,
            needed=seen.needed,
            cases=wanted.on,
            share=share.share,
            low=share.low,
            high=share.high,
        ),
        patch={"holds": {window.name: entry}} if hold else None,
    )


def _held(found: Advice, seen: WindowSeen, wanted: WantedWindow) -> int | None:
    """Return how many tables to hold, None where too little is known."""
    if found.standing == "change":
        held: int = found.advised[found.about]
        return held
    if found.standing == "keep":
        return 0
    if wanted.evenings < seen.needed:
        return None
    return int(wilson_interval(wanted.on, wanted.evenings).low > MORE_THAN_HALF)


def _candidates(clocks: Sequence[tuple[date, int, int | None]]) -> Iterator[tuple[int, int]]:
    """Yield windows around who came: the minute of the day they start, and their tables' seats."""
    places = {
        ((minute // HALF_AN_HOUR - back) * HALF_AN_HOUR % DAY, seats)
        for _, minute, seats in clocks
        if seats is not None
        for back in range(MINUTES // HALF_AN_HOUR)
    }
    yield from sorted(places, key=lambda place: (-place[0], place[1]))


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute


def _within(minute: int, start: int) -> bool:
    return (minute - start) % DAY < MINUTES


def _seats(house: House, party_size: int) -> int | None:
    """Return the seats of the smallest tables that take the party; None: it takes a join."""
    fits = (table.seats_max for table in house.tables if table.seats_max >= party_size)
    return min(fits, default=None)


def _window(period: str, start: int, seats: int) -> HeldWindow:
    return HeldWindow(
        name=period,
        period=period,
        starts=time(start // 60, start % 60),
        minutes=MINUTES,
        count=0,
        seats=seats,
    )


def _times(window: HeldWindow) -> dict[str, str]:
    ends = (_minute_of(window.starts) + window.minutes) % DAY
    return {"starts": f"{window.starts:%H:%M}", "ends": f"{ends // 60:02}:{ends % 60:02}"}


def _minute_of(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _said(window: HeldWindow, hold: int) -> Message:
    key = "advice-hold-first" if hold else "advice-hold-first-none"
    return message(key, hold=hold, seats=window.seats, period=window.period, **_times(window))


def _came(wanted: WantedWindow) -> Message:
    window = wanted.window
    return message(
        "advice-hold-in-vain",
        evenings=wanted.evenings,
        on=wanted.on,
        seats=window.seats,
        **_times(window),
    )
