"""A date of a house from the day it may be booked to its close, by the service's own functions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from policies.forecast.forecast import elapsed_share
from policies.lab.minutes.service_desk import ServiceDesk
from policies.lab.trial.playing import night_figures, open_doors

if TYPE_CHECKING:
    from datetime import datetime

    from policies.house.calendar import Period
    from policies.house.rules import Rules
    from policies.lab.minutes.nights import NightInMinutes
    from policies.lab.trial.playing import Grid, OpenedEvening, TrialNight, TrialSetting

_DAY = timedelta(days=1)


class LivedEvening(Struct, frozen=True, eq=False):
    """An evening that is over: the desk with its answers, and what came of it."""

    desk: ServiceDesk
    opened: OpenedEvening
    figures: TrialNight


class OpenDate:
    """A date that can be booked, under the rules and the house it opened with."""

    def __init__(self, setting: TrialSetting, night: NightInMinutes, rules: Rules) -> None:
        assert setting.period is not None  # noqa: S101 - of a real house
        self.setting, self.night, self.rules = setting, night, rules
        self.period: Period = setting.period
        self.desk = ServiceDesk(
            night, setting.house, setting.believed, rules, period=setting.period
        )
        self.answered = 0

    def ask_until(self, now: datetime) -> None:
        """Answer every request made by now, and cancel who does so."""
        asked, desk = self.night.night.requests.asked, self.desk
        while self.answered < len(asked) and desk.book.asked(asked[self.answered]) <= now:
            desk.answer(self.answered)
            self.answered += 1
        desk.cancel_until(elapsed_share((self.period.opens - now) / _DAY))

    def live(self, grid: Grid) -> LivedEvening:
        """Answer the rest, open the doors and play to the end."""
        for number in range(self.answered, len(self.night.night.requests.asked)):
            self.desk.answer(number)
        self.answered = len(self.night.night.requests.asked)
        booked = self.desk.opened()
        opened = open_doors(self.setting, self.night, self.rules, grid, booked)
        figures = night_figures(self.setting, opened.outcome, self.rules, self.night)
        return LivedEvening(self.desk, opened, figures)
