"""One night played with one version of the rules, on either grid; and who sat where when."""

from typing import Literal

import numpy as np
from msgspec import Struct

from policies.forecast.forecast import Forecast
from policies.gestures.visit import rungs_reached
from policies.house.calendar import Period
from policies.house.house import House
from policies.house.layout import Layout, layout_of
from policies.house.room import room_of
from policies.house.rules import Decisions, Rules
from policies.lab.minutes.base_host import BaseHost, BaseHostRule
from policies.lab.minutes.evening import EveningHost, play_evening
from policies.lab.minutes.floor import EveningFloor, SeatParty
from policies.lab.minutes.granting_host import GrantingHost
from policies.lab.minutes.nights import NightInMinutes
from policies.lab.minutes.outcome import WALKS_AFTER, MinuteOutcome, WaitRecord
from policies.lab.minutes.service_desk import ServiceBookings, book_by_service

Grid = Literal["quick", "minutes"]
"""How the door is played: by best fit, or as the stand advises. Requests are the engine's on both.
"""


class TrialSetting(Struct, frozen=True, eq=False, kw_only=True):
    """What a night is played in. `believed`: the forecast; `worth`: what guests count for.

    `period`: None where the house serves a single one, as the benchmark's does.
    """

    house: House
    layout: Layout
    believed: Forecast
    worth: Decisions
    period: Period | None = None


class TrialNight(Struct, frozen=True, kw_only=True):
    """What came of a night; covers are guests, the rest are parties.

    `asked`: requests, of them `refused`; `beyond`: accepted beyond the room. `walked`: had a
    promise and got no table in half an hour. `waited`: promised parties over ten minutes, walked
    ones too. `given`: minor units of what the wait ladder owes them, None without a ladder.
    `net`: minor units, by the values of `TrialSetting.worth`.
    """

    covers: int
    asked: int
    refused: int
    beyond: int
    walked: int
    waited: int
    walk_ins: int
    walk_ins_seated: int
    given: int | None
    net: int


class PlayedParty(Struct, frozen=True, kw_only=True):
    """A party of a night: minutes after the opening; `seated` -1 and no tables: it got none."""

    promised: bool
    size: int
    start: int
    arrives: int
    seated: int
    until: int
    tables: tuple[str, ...]


class PlayedNight(Struct, frozen=True):
    """A night's figures and its parties, by arrival."""

    night: TrialNight
    parties: tuple[PlayedParty, ...]


class Layouts:
    """The layouts of houses by version, and by the number of a change of it; each made once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Layout] = {}

    def of(self, house: House, version: int, change: int = 0) -> Layout:
        """Return the layout of a house of this version; `change` 0: as it is."""
        key = (version, change)
        if key not in self._known:
            self._known[key] = layout_of(house)
        return self._known[key]


class OpenedEvening(Struct, frozen=True, eq=False):
    """An evening whose doors have been opened: what came of it, and the host with its orders."""

    outcome: MinuteOutcome
    host: "SeatsKept"


def play_trial(
    setting: TrialSetting, night: NightInMinutes, rules: Rules, grid: Grid
) -> PlayedNight:
    """Play the night with these rules."""
    booked = book_by_service(night, setting.house, setting.believed, rules, setting.period)
    opened = open_doors(setting, night, rules, grid, booked)
    figures = night_figures(setting, opened.outcome, rules, night)
    return PlayedNight(figures, _parties(setting, opened.host))


def open_doors(
    setting: TrialSetting,
    night: NightInMinutes,
    rules: Rules,
    grid: Grid,
    booked: ServiceBookings,
) -> OpenedEvening:
    """Play the evening with what is booked when the doors open."""
    host = SeatsKept(_host(setting, booked, rules, grid))
    outcome = play_evening(night, booked.bookings, setting.layout, setting.believed, host)
    return OpenedEvening(outcome, host)


class SeatsKept:
    """A host whose orders are kept: which party sat at which tables (places in the room)."""

    def __init__(self, host: EveningHost) -> None:
        self.host = host
        self.tables: dict[int, tuple[int, ...]] = {}

    def begin(self, floor: EveningFloor) -> None:
        """See EveningHost."""
        self.floor = floor
        self.host.begin(floor)

    def happened(self, kind: int, party: int) -> None:
        """See EveningHost."""
        self.host.happened(kind, party)

    def orders(self) -> list[SeatParty]:
        """See EveningHost."""
        found = self.host.orders()
        self.tables.update((each.party, each.tables) for each in found)
        return found

    def minute_over(self) -> None:
        """See EveningHost."""
        self.host.minute_over()

    def waits(self) -> tuple[WaitRecord, ...]:
        """See EveningHost."""
        return self.host.waits()


def _host(setting: TrialSetting, booked: ServiceBookings, rules: Rules, grid: Grid) -> EveningHost:
    if grid == "minutes":
        return GrantingHost(booked)
    grace = rules.no_show_grace_minutes or setting.house.booking.no_show_grace_minutes
    return BaseHost(setting.layout, BaseHostRule(grace=grace))


def night_figures(
    setting: TrialSetting, evening: MinuteOutcome, rules: Rules, night: NightInMinutes
) -> TrialNight:
    """Return what came of an evening."""
    late = evening.waited & ~evening.walked
    seated = evening.seated >= 0
    doors = evening.walk_in_seated >= 0
    covers = int(evening.size[seated].sum() + evening.walk_in_size[doors].sum())
    worth = setting.worth
    lost = worth.walked_cost * int(evening.size[evening.walked].sum())
    gestures = worth.late_cost * int(evening.size[late].sum())
    return TrialNight(
        covers=covers,
        asked=len(night.night.requests.size),
        refused=evening.refused,
        beyond=int(evening.beyond.sum()),
        walked=int(evening.walked.sum()),
        waited=int(evening.waited.sum()),
        walk_ins=len(evening.walk_in_size),
        walk_ins_seated=int(doors.sum()),
        given=_given(evening, rules),
        net=worth.cover_value * covers - lost - gestures,
    )


def _given(evening: MinuteOutcome, rules: Rules) -> int | None:
    """Return what the wait ladder owes the promised parties that came, None without one."""
    if not rules.wait_ladder:
        return None
    costs = {item.key: item.cost for item in rules.gestures}
    due = np.maximum(evening.start, evening.arrived)
    waits = np.where(evening.walked, WALKS_AFTER, evening.seated - due)[evening.arrived >= 0]
    return sum(
        costs.get(rung.gesture, 0) for wait in waits for rung in rungs_reached(rules, float(wait))
    )


def _parties(setting: TrialSetting, host: SeatsKept) -> tuple[PlayedParty, ...]:
    floor = host.floor
    names = {place: name for name, place in room_of(setting.house).index.items()}
    came = np.flatnonzero(floor.parties.arrives >= 0)
    order = came[np.argsort(floor.parties.arrives[came], kind="stable")]
    return tuple(
        _party(floor, names, host.tables.get(party, ()), party) for party in order.tolist()
    )


def _party(
    floor: EveningFloor, names: dict[int, str], tables: tuple[int, ...], party: int
) -> PlayedParty:
    parties, seated = floor.parties, int(floor.seated[party])
    left = min(int(parties.leaves[party]), floor.now)
    return PlayedParty(
        promised=bool(parties.booking[party] >= 0),
        size=int(parties.size[party]),
        start=int(parties.start[party]),
        arrives=int(parties.arrives[party]),
        seated=seated,
        until=seated + int(parties.stay[party]) if seated >= 0 else left,
        tables=tuple(names[place] for place in tables),
    )
