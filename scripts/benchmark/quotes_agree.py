"""Whether one party at one instant is told one wait by all who tell it, on random pictures.

Each place makes its own answer as in the service; what is asked of the database there (the
forecast, the model, the entry) is given here.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from api.booking.waitlist import wait_seen
from api.google.waits import WaitLength, estimate_of, seconds
from policies.book.answers import Ask
from policies.book.picture import Picture, Promise, Seating, WaitEntry
from policies.booking.tables import Tables
from policies.door.options import walk_in_options
from policies.door.wait_band import WaitAsked, WaitBand
from policies.door.words import with_bands
from policies.floor.orders import Wait
from policies.forecast.forecast import Forecast
from policies.forecast.prior import prior_forecast
from policies.house.calendar import WEEK, Period, periods_on
from policies.house.house import Area, House, Join, ServicePeriod, Table, TurnTime, Venue
from policies.house.rules import Decisions, Rules
from policies.lookahead.advice import advise
from policies.lookahead.quotes import first_model
from policies.lookahead.waits import Belief, QuotedWait, quoted_wait
from policies.rescue.option import RescueParty
from policies.rescue.options import options_now
from seating.forecast.waits import told_at
from seating.waitlist.entries import StoredEntry, place_of
from seating.waitlist.joining import estimate_of as estimate_seen
from seating.waitlist.quotes import with_quote

SEATS = (2, 2, 2, 2, 4, 4, 4, 6)
SIZES, SIZE_WEIGHTS = (1, 2, 3, 4, 5, 6), (6, 50, 15, 18, 6, 5)
HOUSE = House(
    venue=Venue(id="quotes", name="Quotes", zone="UTC", currency="EUR"),
    areas=(Area(id="room", name="Room"),),
    tables=tuple(
        Table(id=str(number), area="room", seats_max=seats) for number, seats in enumerate(SEATS)
    ),
    joins=(Join(tables=("0", "1"), seats_max=4), Join(tables=("4", "5"), seats_max=8)),
    periods=(
        ServicePeriod(
            name="dinner",
            opens=time(17),
            last_seating=time(22, 30),
            closes=time(23, 55),
            days=frozenset(WEEK),
            pacing=1000,
        ),
    ),
    turn_times=(TurnTime(party_max=20, minutes=90),),
)
PERIOD: Period = periods_on(HOUSE, date(2026, 1, 2))[0]


class Asking(Struct, frozen=True):
    """A picture, and a party that stands at the door at an instant."""

    picture: Picture
    size: int
    now: datetime


Told = tuple[int, int]
"""Minutes: likely, at the latest."""


def count_agreeing(pictures: int) -> int:
    """Return in how many of so many pictures, by seeds from 1 on, every place tells the same."""
    return sum(
        len(set(waits_told(random_asking(seed)).values())) <= 1 for seed in pictures_of(pictures)
    )


def pictures_of(count: int) -> range:
    """Return the seeds of so many pictures."""
    return range(1, count + 1)


def random_asking(seed: int) -> Asking:
    """Return an evening of a nearly full room, some parties waiting, another at the door."""
    random = Random(seed)  # noqa: S311 - a generated evening
    now = PERIOD.opens + timedelta(minutes=random.randrange(20, 280), seconds=random.randrange(60))
    taken = [number for number in range(len(SEATS)) if random.random() < random.choice((0.7, 1.0))]
    decisions = Decisions(by_value=random.random() < 0.75)
    picture = Picture(
        period=PERIOD,
        rules=Rules(decisions=decisions),
        seatings=tuple(_seating(random, number, now) for number in taken),
        promises=tuple(_promises(random, now)),
        waiting=tuple(_waiting(random, now)),
    )
    return Asking(picture, random.choices(SIZES, SIZE_WEIGHTS)[0], now)


def waits_told(asking: Asking) -> dict[str, Told | None]:
    """Return what each place tells the party: at the door, by the list, and once it is on it.

    None where it tells of no wait; the door and a rescue are left out where they offer none.
    """
    picture, now, size = asking.picture, asking.now, asking.size
    forecast = prior_forecast(HOUSE, PERIOD)
    asked = WaitAsked(size)
    quoted = _quoted(picture, forecast, asked, now)
    entry = WaitEntry(
        wait_id=UUID(int=10**6), period_id=PERIOD.period_id, state="waiting", party_size=size,
        joined_at=now,
    )  # fmt: skip
    on_the_list = replace(picture, waiting=(*picture.waiting, entry))
    in_line = _quoted(on_the_list, forecast, WaitAsked(size, wait_id=entry.wait_id), now)
    place = place_of(_stored(entry), in_line, len(picture.waiting), now)
    seen = wait_seen(HOUSE, place, None)
    joins = estimate_seen((size, asked.needs), quoted, len(picture.waiting), now)
    order = with_quote(Wait(id=entry.wait_id, party_size=size), quoted)
    told: dict[str, Told | None] = {
        "list": _pair(joins.likely, joins.minutes),
        "order": _pair(quoted.band.likely if quoted else None, order.quoted_minutes),
        "page": _pair(place.wait_likely, place.wait_latest),
        "/v1": _pair(seen.wait_likely, seen.wait_latest),
        "partner": _range(estimate_of(joins, 0).wait_length, now),
        "partner, once on it": _range(estimate_of(place, 0).wait_length, now),
    }
    band = None if quoted is None else quoted.band
    return told | dict(_offered(asking, forecast, band))


def _offered(
    asking: Asking, forecast: Forecast, band: WaitBand | None
) -> Iterator[tuple[str, Told | None]]:
    """Yield what the waits among the options of the door and of a rescue are told as."""
    picture, now, size = asking.picture, asking.now, asking.size
    listed = walk_in_options(picture, HOUSE, size, WaitAsked(size).needs, now=now)
    if picture.rules.decisions.by_value:
        ask = Ask(party_size=size, starts=now, channel="walk_in")
        listed = advise(picture, HOUSE, forecast, band, listed, ask=ask).options
    else:
        listed = with_bands(listed, band, HOUSE)
    for option in listed:
        if option.kind == "wait":
            yield "door", _pair(option.wait_likely, option.wait_minutes)
    party = RescueParty(rescue_id=UUID(int=1), party_size=size)
    for rescue in options_now(Tables(picture, HOUSE, now), party, band):
        if rescue.kind == "wait":
            yield "rescue", _pair(rescue.wait_likely, rescue.wait_minutes)


def _quoted(
    picture: Picture, forecast: Forecast, asked: WaitAsked, now: datetime
) -> QuotedWait | None:
    belief = Belief(forecast, first_model()) if picture.rules.decisions.by_value else None
    return quoted_wait(picture, HOUSE, belief, asked, now=told_at(picture, now))


def _pair(likely: int | None, latest: int | None) -> Told | None:
    return None if likely is None or latest is None else (likely, latest)


def _range(length: WaitLength, now: datetime) -> Told | None:
    """Return a partner's time range as minutes from now."""
    between = length.estimated_seat_time_range
    if not between:
        return None
    base = int(seconds(now))
    first, last = int(between.start_seconds) - base, int(between.end_seconds) - base
    return first // 60, last // 60


def _seating(random: Random, number: int, now: datetime) -> Seating:
    sat = now - timedelta(minutes=random.randrange(1, 85))
    return Seating(
        seating_id=UUID(int=100 + number),
        period_id=PERIOD.period_id,
        state="seated",
        counted_at=sat,
        tables=(str(number),),
        party_size=random.randint(1, SEATS[number]),
        seated_at=sat,
        expected_end=sat + timedelta(minutes=90),
    )


def _promises(random: Random, now: datetime) -> Iterator[Promise]:
    for number in range(random.randrange(7)):
        starts = now.replace(second=0) + timedelta(minutes=5 * random.randrange(1, 30))
        yield Promise(
            reservation_id=UUID(int=200 + number),
            period_id=PERIOD.period_id,
            state="booked",
            party_size=random.choices(SIZES, SIZE_WEIGHTS)[0],
            starts=starts,
            ends=starts + timedelta(minutes=90),
            tables=(),
        )


def _waiting(random: Random, now: datetime) -> Iterator[WaitEntry]:
    for number in range(random.randrange(6)):
        yield WaitEntry(
            wait_id=UUID(int=300 + number),
            period_id=PERIOD.period_id,
            state="waiting",
            party_size=random.choices(SIZES, SIZE_WEIGHTS)[0],
            joined_at=now - timedelta(minutes=random.randrange(1, 40)),
        )


def _stored(entry: WaitEntry) -> StoredEntry:
    return StoredEntry(
        wait_id=entry.wait_id, period_id=entry.period_id, state=entry.state,
        party_size=entry.party_size, name="", channel="waitlist", client_id=None, locale=None,
        partner_reference=None, quoted_minutes=None, quoted_likely=None,
        joined_at=entry.joined_at, notified_at=None, coming_at=None, ended_at=None, version=1,
    )  # fmt: skip
