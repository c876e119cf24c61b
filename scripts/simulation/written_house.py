"""A reader of house files of its own, so that the examination shares no code with policies."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from scripts.setup_venv import ROOT

HOUSES = ROOT / "seating" / "house" / "examples"
ALIASES = {"60": "sixty"}
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTER = timedelta(minutes=15)
Raw = Mapping[str, Any]


@cache
def pinned_zone(name: str) -> ZoneInfo:
    """The zone by the pinned data: the machine's own may be older than the laws."""
    with (files("tzdata") / "zoneinfo" / name).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


class NoSuchHouseError(Exception):
    """There is no shipped house and no file of that name."""


@dataclass(frozen=True)
class Table:
    """A table of the house file."""

    name: str
    area: str
    seats: int
    features: frozenset[str]


@dataclass(frozen=True)
class Limit:
    """A share of the pace: so many covers, and parties, of these channels in these areas."""

    covers: int | None
    parties: int | None
    channels: frozenset[str]
    areas: frozenset[str]


@dataclass(frozen=True)
class Hours:
    """A period of one date, in UTC; `pacing`: from when how many covers per 15 minutes.

    `limits`: those that hold the whole period.
    """

    name: str
    day: date
    opens: datetime
    last_seating: datetime
    closes: datetime
    pacing: tuple[tuple[datetime, int], ...]
    limits: tuple[Limit, ...] = ()

    @property
    def period_id(self) -> str:
        """The service's id of the period."""
        return f"{self.day.isoformat()}.{self.name}"

    def covers_allowed(self, starts: datetime) -> int:
        """The covers that may start in the 15 minutes that contain `starts`."""
        begins = max(quarter_of(starts), self.opens)
        return [covers for since, covers in self.pacing if since <= begins][-1]


@dataclass(frozen=True)
class WrittenHouse:
    """A house file, as far as the simulation and the examination need it."""

    text: str
    raw: Raw
    tables: Mapping[str, Table]
    joins: Mapping[frozenset[str], int]

    @property
    def venue(self) -> str:
        """The venue's id."""
        return str(self.raw["venue"]["id"])

    @property
    def zone(self) -> tzinfo:
        """The venue's zone."""
        return pinned_zone(self.raw["venue"]["zone"])

    @property
    def largest(self) -> int:
        """The most guests that one table or one join takes."""
        return max([*(table.seats for table in self.tables.values()), *self.joins.values()])

    @property
    def largest_online(self) -> int:
        """The most guests a booking site may book for."""
        return min(self.largest, self.booking("party_max_online", 8))

    @property
    def rules_version(self) -> int | None:
        """The version of the house rules, if there are any."""
        rules = self.raw.get("house_rules")
        return None if rules is None else int(rules["version"])

    @property
    def staff(self) -> Mapping[str, str]:
        """Staff: id to role."""
        return {person["id"]: person["role"] for person in self.raw.get("staff", ())}

    @property
    def grace(self) -> timedelta:
        """How long after its start a party may still come before it counts as a no-show."""
        return timedelta(minutes=self.booking("no_show_grace_minutes", 15))

    def booking(self, key: str, otherwise: int) -> int:
        """A number of the table `booking`."""
        return int(self.raw.get("booking", {}).get(key, otherwise))

    def turn(self, party: int, hours: Hours | None = None) -> timedelta:
        """The turn time of a party, where the table does not decide it.

        By the day and the period of `hours` where the file has one for them, else the general one.
        """
        turns = [turn for turn in self.raw["turn_times"] if not turn.get("areas")]
        general = [turn for turn in turns if not turn.get("days") and not turn.get("periods")]
        of_some = [turn for turn in turns if turn not in general]
        special = [turn for turn in of_some if hours and holds_on(turn, hours)]
        fitting = [turn["minutes"] for turn in (*special, *general) if party <= turn["party_max"]]
        return timedelta(minutes=fitting[0] if fitting else general[-1]["minutes"])

    @property
    def kept_for_members(self) -> Raw | None:
        """The first access rule that keeps an area for members, if there is one."""
        rules = self.raw.get("access", ())
        return next((r for r in rules if r["to"] == "members" and r.get("areas")), None)

    def access_of(self, table: str, hours: Hours) -> Raw | None:
        """The access rule that holds for a table in a period: the most special, then the first."""
        rules = [rule for rule in self.raw.get("access", ()) if self._is_about(rule, table, hours)]
        return min(rules, key=lambda rule: ranked(rule, table), default=None)

    def _is_about(self, rule: Raw, table: str, hours: Hours) -> bool:
        place = table in rule.get("tables", ()) or self.tables[table].area in rule.get("areas", ())
        first, last = rule.get("from_date", date.min), rule.get("until_date", date.max)
        dated = first <= hours.day <= last and in_season(rule.get("season"), hours.day)
        return place and dated and holds_on(rule, hours)

    def seats_at(self, tables: frozenset[str]) -> int | None:
        """The seats of a table or join; None when these tables are neither."""
        if len(tables) == 1:
            (name,) = tables
            return self.tables[name].seats if name in self.tables else None
        return self.joins.get(tables)

    def has_chairs(self, tables: Iterable[str], guests: int) -> bool:
        """Whether a table, a join or, for a group, tables side by side have a chair for each."""
        taken = frozenset(tables)
        seats = self.seats_at(taken)
        if seats is None:
            seats = sum(self.tables[name].seats for name in taken if name in self.tables)
        return seats >= guests

    def hours_of(self, day: date) -> tuple[Hours, ...]:
        """The periods of a date, in order of opening."""
        special = [each for each in self.raw.get("special_days", ()) if each["date"] == day]
        name = WEEK[day.weekday()]
        weekly = [each for each in self.raw["periods"] if name in each["days"]]
        closed = any(not each.get("areas") for each in self.closures_on(day))
        written = special[0].get("periods", ()) if special else () if closed else weekly
        return tuple(sorted((self._hours(day, each) for each in written), key=lambda h: h.opens))

    def closures_on(self, day: date) -> tuple[Raw, ...]:
        """The closures, of the house or of areas, that cover a date."""
        return tuple(
            each
            for each in self.raw.get("closures", ())
            if each["from_date"] <= day <= each["until_date"]
        )

    def evening_of(self, day: date) -> Hours | None:
        """The last period of a date; None when the house is closed."""
        return next(reversed(self.hours_of(day)), None)

    def next_evening(self, day: date) -> Hours:
        """The last period of the first date on or after `day` that has one."""
        for ahead in range(60):
            if found := self.evening_of(day + timedelta(days=ahead)):
                return found
        raise NoSuchHouseError("This house opens on none of the next sixty days.")

    def bought_out(self) -> tuple[tuple[datetime, datetime, frozenset[str]], ...]:
        """The private events: start, end, tables."""
        return tuple(
            (*self._span(each["date"], each["starts"], each["ends"]), self._in(each["areas"]))
            for each in self.raw.get("buy_outs", ())
        )

    def bought_out_on(self, hours: Hours) -> tuple[tuple[datetime, datetime, frozenset[str]], ...]:
        """The private events that overlap a period, and the areas closed on its date."""
        closed = [
            (hours.opens, hours.closes, self._in(each["areas"]))
            for each in self.closures_on(hours.day)
            if each.get("areas")
        ]
        events = [
            each for each in self.bought_out() if each[0] < hours.closes and hours.opens < each[1]
        ]
        return (*events, *closed)

    def _in(self, areas: list[str]) -> frozenset[str]:
        return frozenset(table.name for table in self.tables.values() if table.area in areas)

    def _hours(self, day: date, written: Raw) -> Hours:
        opens, last = self._span(day, written["opens"], written["last_seating"])
        _, closes = self._span(day, written["opens"], written["closes"])
        changes = [
            (self._span(day, written["opens"], change["start"])[1], int(change["covers"]))
            for change in written.get("pacing_changes", ())
        ]
        pacing = ((opens, int(written["pacing"])), *sorted(changes))
        limits = tuple(
            Limit(
                each.get("covers"),
                each.get("parties"),
                frozenset(each.get("channels", ())),
                frozenset(each.get("areas", ())),
            )
            for each in written.get("pacing_limits", ())
            if "start" not in each
        )
        return Hours(written["name"], day, opens, last, closes, pacing, limits)

    def _span(self, day: date, start: str, end: str) -> tuple[datetime, datetime]:
        first, last = time.fromisoformat(start), time.fromisoformat(end)
        end_day = day if last > first or start == end else day + timedelta(days=1)
        instants = [
            datetime.combine(each, clock, self.zone).astimezone(UTC)
            for each, clock in ((day, first), (end_day, last))
        ]
        return instants[0], instants[1]


def read_house(name: str) -> WrittenHouse:
    """Read a shipped house by its name (60 is short for sixty), or a TOML file."""
    shipped = HOUSES / f"{ALIASES.get(name, name)}.toml"
    file = shipped if shipped.exists() else ROOT.__class__(name)
    try:
        return parse_house(file.read_text(encoding="utf-8"))
    except OSError as error:
        known = ", ".join(sorted(path.stem for path in HOUSES.glob("*.toml")))
        raise NoSuchHouseError(
            f"There is no house {name}: name a file, or one of {known}."
        ) from error


def parse_house(text: str) -> WrittenHouse:
    """Read a house's text."""
    raw = tomllib.loads(text)
    tables = {
        each["id"]: Table(
            each["id"], each["area"], each["seats_max"], frozenset(each.get("features", ()))
        )
        for each in raw["tables"]
    }
    joins = {frozenset(each["tables"]): int(each["seats_max"]) for each in raw.get("joins", ())}
    return WrittenHouse(text, raw, tables, joins)


def holds_on(rule: Raw, hours: Hours) -> bool:
    """Whether a rule with weekdays and periods, empty for all, holds in a period."""
    on_day = WEEK[hours.day.weekday()] in (rule.get("days") or WEEK)
    return on_day and hours.name in (rule.get("periods") or (hours.name,))


def in_season(season: Raw | None, day: date) -> bool:
    """Whether a day lies in a season of every year, which may span New Year."""
    if season is None:
        return True
    first, last, at = season["from_day"], season["until_day"], f"{day:%m-%d}"
    inside: bool = first <= at <= last if first <= last else at >= first or at <= last
    return inside


def ranked(rule: Raw, table: str) -> tuple[bool, bool, bool, bool]:
    """How special an access rule is for a table, the most special first."""
    return (
        table not in rule.get("tables", ()),
        "from_date" not in rule and "until_date" not in rule,
        "season" not in rule,
        not (rule.get("days") or rule.get("periods")),
    )


def quarter_of(instant: datetime) -> datetime:
    """`instant` rounded down to 15 minutes."""
    seconds = int(instant.timestamp())
    return datetime.fromtimestamp(seconds - seconds % 900, UTC)


def overlapping(spans: list[tuple[datetime, datetime]]) -> bool:
    """Whether any two of the half-open spans overlap."""
    return any(one[1] > other[0] for one, other in pairwise(sorted(spans)))
