"""Playing one night of a row in the minute world."""

from functools import cache

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.forecast.prior import prior_forecast
from policies.forecast.stays import with_caution
from policies.house.calendar import periods_on
from policies.house.file import read_house
from policies.house.house import House
from policies.house.layout import Layout, layout_of
from policies.house.rules import Decisions
from policies.lab.minutes.base_host import BaseHost, BaseHostRule
from policies.lab.minutes.evening import EveningHost, MinuteBookings, play_evening, untold
from policies.lab.minutes.houses import doubled, eighteen_tables, open_late, with_garden
from policies.lab.minutes.lookahead_host import LookaheadHost
from policies.lab.minutes.nights import STRESSES, NightInMinutes, Stress, draw_night_in_minutes
from policies.lab.minutes.service_book import SERVICE_DATE
from policies.lab.minutes.service_desk import book_by_service
from policies.lab.minutes.service_host import ServiceHost
from policies.lab.nights import LOADS, NIGHT_BUCKETS, true_forecast
from policies.lab.ours import ServicePolicy, book_by_value
from policies.lab.rivals import FlatRule, book_flat
from scripts.benchmark.minutes.night import MinuteNight, minute_night
from scripts.benchmark.minutes.row import MinuteRow, Rule, ServiceRules
from scripts.benchmark.pieces import HOUSE

OTHER_HOUSES = {
    "shut-area": with_garden,
    "eighteen-tables": eighteen_tables,
    "hundred-and-twenty-tables": doubled,
}
"""The stresses whose house is another; guests come in proportion to its tables."""


class _Setting(Struct, frozen=True, eq=False):
    """What a night is played in; `believed`: what policies believe, whatever the stress does."""

    house: House
    layout: Layout
    believed: Forecast
    stress: Stress


def play_minute_night(row: MinuteRow, rule: Rule, load: int, seed: int) -> MinuteNight:
    """Play the night of this seed; return what is kept of it."""
    setting = setting_of(row.stress, load)
    night = draw_night_in_minutes(setting.believed, seed, setting.stress)
    bookings, host = _decided(row, rule, setting, night)
    evening = play_evening(night, bookings, setting.layout, setting.believed, host)
    return minute_night(seed, evening)


@cache
def setting_of(stress: str, load: int) -> _Setting:
    """Return the house of a stress, and the guests it expects at a load (index into LOADS)."""
    plain = open_late(read_house(HOUSE.read_text(encoding="utf-8")))
    house = OTHER_HOUSES[stress](plain) if stress in OTHER_HOUSES else plain
    share = len(house.tables) / len(plain.tables)
    requests, walk_ins = LOADS[load]
    return _Setting(
        house,
        layout_of(house),
        true_forecast(requests * share, walk_ins * share),
        STRESSES.get(stress, STRESSES["plain"]),
    )


def _decided(
    row: MinuteRow, rule: Rule, setting: _Setting, night: NightInMinutes
) -> tuple[MinuteBookings, EveningHost]:
    """Answer the night's requests; return the bookings and who stands at the door."""
    layout, believed = setting.layout, setting.believed
    if isinstance(rule, ServiceRules):
        beliefs = _unknown_house(setting.house) if rule.unknown else believed
        booked = book_by_service(night, setting.house, beliefs, rule.rules)
        return booked.bookings, ServiceHost(booked, shut_area=night.shut_area)
    if isinstance(rule, FlatRule):
        accepted = book_flat(night.night, layout, believed, rule)
        bookings = untold(accepted, refused=_asked(night) - len(accepted.number))
    else:
        bookings = _by_value(night, layout, cautious(believed), rule)
    if row.door == "lookahead":
        return bookings, LookaheadHost(layout, cautious(believed))
    return bookings, BaseHost(layout, _door_rule(row, rule))


def _door_rule(row: MinuteRow, rule: FlatRule | ServicePolicy) -> BaseHostRule:
    large_first = row.door == "large-first"
    if isinstance(rule, FlatRule):
        return BaseHostRule(ahead=rule.hold_ahead, large_first=large_first)
    return BaseHostRule(large_first=large_first)


def _by_value(
    night: NightInMinutes, layout: Layout, believed: Forecast, rule: ServicePolicy
) -> MinuteBookings:
    found = book_by_value(night.night, layout, believed, rule, NIGHT_BUCKETS)
    risks = {each.number: each for each in found.told}
    told = [risks.get(number) for number in found.booked.number.tolist()]
    nothing = np.nan
    return MinuteBookings(
        accepted=found.booked,
        beyond=np.zeros(len(told), bool),
        own_wait_told=np.array([each.told.own_wait if each else nothing for each in told]),
        any_wait_told=np.array([each.told.any_wait if each else nothing for each in told]),
        walked_told=np.array([each.told.walked if each else nothing for each in told]),
        walked_expected=np.array([each.walked if each else 0.0 for each in told]),
        refused=found.refused,
        expected_walked=found.expected_walked,
    )


def cautious(believed: Forecast) -> Forecast:
    """Return the beliefs with stays longer by what a house's rules say when nobody changes them."""
    return with_caution(believed, Decisions().stay_caution)


def _unknown_house(house: House) -> Forecast:
    (period,) = periods_on(house, SERVICE_DATE, house_version=1)
    return prior_forecast(house, period)


def _asked(night: NightInMinutes) -> int:
    return len(night.night.requests.size)
