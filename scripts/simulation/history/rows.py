"""Rows as lines of COPY whose dates are relative to the last service date of the history.

A day is counted from that date and a time from the day's local noon, so that a shift over the
change of clocks keeps what the clock on the wall said. A day here begins at six in the morning:
what happens at one belongs to the evening before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

DAY_BEGINS: Final = timedelta(hours=6)
NOON: Final = time(12)
WRITTEN: Final = {" +00": "p", "TZ": "z", "T+00:00": "u"}
"""How an instant is written: PostgreSQL's text, and the two of JSON; `l` is with local time."""

DATED: Final = re.compile(
    r"(?P<day>20\d\d-\d\d-\d\d)"
    r"(?:(?P<sep>[T ])(?P<clock>\d\d:\d\d:\d\d)(?P<part>\.\d+)?(?P<zone>Z|[+-]\d\d(?::\d\d)?))?"
    r"(?!\d)"
)
RELATIVE: Final = re.compile(r"@(-?\d+)(?:,(-?\d+)(\.\d+)?([pzul]))?@")


class OddInstantError(Exception):
    """A row has an instant written in a way that is not known here."""


@dataclass(frozen=True)
class Dates:
    """Turns dates into relative ones and back, by the last service date and the house's zone."""

    last: date
    zone: tzinfo

    def relative(self, text: str) -> str:
        """The text with every date and instant relative. Raises OddInstantError."""
        return DATED.sub(self._relative, text)

    def absolute(self, text: str) -> str:
        """The text with every relative date and instant as it is when `last` is the last date."""
        return RELATIVE.sub(self._absolute, text)

    def _relative(self, found: re.Match[str]) -> str:
        if found["clock"] is None:
            return f"@{(date.fromisoformat(found['day']) - self.last).days}@"
        instant = datetime.fromisoformat(f"{found['day']}T{found['clock']}{zone_of(found)}")
        day = (instant.astimezone(self.zone) - DAY_BEGINS).date()
        seconds = round((instant - self._noon(day)).total_seconds())
        part = found["part"] or ""
        return f"@{(day - self.last).days},{seconds}{part}{self._written(found, instant)}@"

    def _written(self, found: re.Match[str], instant: datetime) -> str:
        way = WRITTEN.get(f"{found['sep']}{found['zone']}")
        if way is None and instant.utcoffset() == instant.astimezone(self.zone).utcoffset():
            way = "l"
        if way is None:
            raise OddInstantError(f"{found[0]} is neither in UTC nor in the house's own time")
        return way

    def _absolute(self, found: re.Match[str]) -> str:
        days, seconds, part, way = found.groups()
        day = self.last + timedelta(days=int(days))
        if seconds is None:
            return day.isoformat()
        instant = self._noon(day) + timedelta(seconds=int(seconds))
        part = part or ""
        if way == "l":
            here = instant.astimezone(self.zone)
            return f"{here:%Y-%m-%dT%H:%M:%S}{part}{here.isoformat()[-6:]}"
        middle, end = {"p": (" ", "+00"), "z": ("T", "Z"), "u": ("T", "+00:00")}[way]
        return f"{instant:%Y-%m-%d}{middle}{instant:%H:%M:%S}{part}{end}"

    def _noon(self, day: date) -> datetime:
        return self._noons(day)

    @cached_property
    def _noons(self) -> Callable[[date], datetime]:
        known: dict[date, datetime] = {}

        def noon(day: date) -> datetime:
            if day not in known:
                known[day] = datetime.combine(day, NOON, self.zone).astimezone(UTC)
            return known[day]

        return noon


def zone_of(found: re.Match[str]) -> str:
    """The offset of an instant as `fromisoformat` reads it."""
    zone: str = found["zone"]
    return f"{zone}:00" if len(zone) == len("+00") else zone
