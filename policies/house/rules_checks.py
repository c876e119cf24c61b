"""Reading rules (JSON) into `Rules`, checked against the house; all problems at once."""

from collections.abc import Callable, Iterator, Mapping
from datetime import time
from itertools import pairwise
from typing import get_args

import msgspec

from policies.house.calendar import largest_party
from policies.house.file import key_path, with_full_times
from policies.house.grid import DAY_MINUTES
from policies.house.hours_checks import grid_problems
from policies.house.house import House, ServicePeriod
from policies.house.rules import (
    AMOUNT_KINDS,
    ORDINARY_ANSWER,
    CatalogueItem,
    HeldWindow,
    NoCode,
    RescueKind,
    Rules,
)
from policies.house.shape import Path, Problem, comma_list, repeated, shape_problems, unknown

RESCUE_KINDS = get_args(RescueKind)


class RulesError(ValueError):
    """Invalid rules. `problems`: path in the JSON and sentence, for each problem found."""

    def __init__(self, problems: tuple[tuple[Path, str], ...]) -> None:
        super().__init__("\n".join(sentence for _, sentence in problems))
        self.problems = problems


def read_rules(raw: object, house: House) -> Rules:
    """Return the rules that parsed JSON describes for this house; raises RulesError.

    Local times may be written "18:30"; a key left out has its default.
    """
    raw = with_full_times(raw)
    _raise_problems(raw, shape_problems(raw, Rules))
    rules = msgspec.convert(raw, Rules)
    _raise_problems(raw, rules_problems(rules, house))
    return rules


def rules_problems(rules: Rules, house: House) -> tuple[Problem, ...]:
    """Return every contradiction between rules and house: path and what was expected."""
    return tuple(problem for check in _CHECKS for problem in check(rules, house))


def rules_json(rules: Rules) -> bytes:
    """Return the rules as JSON, every default written out so that new defaults do not apply."""
    return msgspec.json.encode(rules, order="deterministic")


def patched_override(
    override: Mapping[str, object], patch: Mapping[str, object]
) -> dict[str, object]:
    """Return a period's override with the patch's sections set; null removes a section."""
    return {key: value for key, value in {**override, **patch}.items() if value is not None}


def _raise_problems(raw: object, problems: tuple[Problem, ...]) -> None:
    if problems:
        named = ((path, f"{key_path(raw, path)}: {problem}") for path, problem in problems)
        raise RulesError(tuple(named))


def _windows(rules: Rules, house: House) -> Iterator[Problem]:
    yield from repeated("holds", "name", [window.name for window in rules.holds])
    areas = {area.id for area in house.areas}
    for number, window in enumerate(rules.holds):
        path: Path = ("holds", number)
        yield from grid_problems((*path, "starts"), window.starts)
        yield from _hours(path, window, house)
        if window.area is not None and window.area not in areas:
            yield (*path, "area"), unknown("an area", window.area, areas)
        elif window.seats > (largest := _largest(house, window.area)):
            yield (*path, "seats"), f"expected at most {largest} guests, got {window.seats}"
        yield from _ladder(path, window)


def _hours(path: Path, window: HeldWindow, house: House) -> Iterator[Problem]:
    known = [period for period in _every_period(house) if period.name == window.period]
    if not known:
        names = {period.name for period in _every_period(house)}
        yield (*path, "period"), unknown("a period", window.period, names)
        return
    served = {day for period in known for day in period.days}
    if window.days and not window.days <= served:
        unserved = comma_list(window.days - served)
        yield (*path, "days"), f'expected days on which "{window.period}" is served, got {unserved}'
    weekly = [period for period in known if period.days & (window.days or served)]
    for period in weekly or known:
        if not _fits_period(window, period):
            hours = f"{period.opens:%H:%M} to {period.closes:%H:%M}"
            got = f"{window.starts:%H:%M} for {window.minutes} minutes"
            on = f" on {comma_list(period.days)}" if period.days else ""
            yield (*path, "starts"), f"expected a window within {hours}{on}, got {got}"


def _fits_period(window: HeldWindow, period: ServicePeriod) -> bool:
    length = _minutes_after(period.opens, period.closes) or DAY_MINUTES
    return _minutes_after(period.opens, window.starts) + window.minutes <= length


def _minutes_after(start: time, clock: time) -> int:
    return (clock.hour * 60 + clock.minute - start.hour * 60 - start.minute) % DAY_MINUTES


def _ladder(path: Path, window: HeldWindow) -> Iterator[Problem]:
    for number, rung in enumerate(window.ladder):
        if rung.keep > window.count:
            expected = f"expected at most the {window.count} held, got {rung.keep}"
            yield (*path, "ladder", number, "keep"), expected
    rungs = enumerate(pairwise(window.ladder), start=1)
    for number, (one, other) in rungs:
        if other.minutes_before >= one.minutes_before:
            expected = f"expected less than {one.minutes_before}, got {other.minutes_before}"
            yield (*path, "ladder", number, "minutes_before"), expected
        if other.keep > one.keep:
            expected = f"expected at most {one.keep}, got {other.keep}"
            yield (*path, "ladder", number, "keep"), expected


def _overbooking(rules: Rules, house: House) -> Iterator[Problem]:
    areas = {area.id for area in house.areas}
    for area in sorted(rules.overbooking.areas_excluded - areas):
        yield ("overbooking", "areas_excluded"), unknown("areas", area, areas)
    parties, covers = rules.overbooking.cap_parties, rules.overbooking.cap_covers
    if covers < parties:
        expected = f"expected at least a guest for each of {parties} parties, got {covers}"
        yield ("overbooking", "cap_covers"), expected


def _decisions(rules: Rules, house: House) -> Iterator[Problem]:  # noqa: ARG001 - one shape
    decisions = rules.decisions
    if decisions.walked_cost < decisions.late_cost:
        expected = (
            f"expected at least late_cost ({decisions.late_cost}), got {decisions.walked_cost}"
        )
        yield ("decisions", "walked_cost"), expected


def _gestures(rules: Rules, house: House) -> Iterator[Problem]:
    yield from repeated("gestures", "key", [item.key for item in rules.gestures])
    most = rules.purses.manager_gift
    for number, item in enumerate(rules.gestures):
        for key, money in (("cost", item.cost * item.units_max), ("cap", item.cap or 0)):
            if money > most:
                expected = f"expected at most a manager's gift ({most}), got {money}"
                yield ("gestures", number, key), expected
        yield from _kind(("gestures", number), item)
        if house.venue.locale not in item.name:
            spoken = f'expected a name in the house\'s language "{house.venue.locale}"'
            yield ("gestures", number, "name"), f"{spoken}, got {comma_list(item.name)}"


def _kind(path: Path, item: CatalogueItem) -> Iterator[Problem]:
    if item.kind in AMOUNT_KINDS and item.cost:
        expected = f"expected 0, because the amount of a {item.kind} is told when it is given"
        yield (*path, "cost"), f"{expected}, got {item.cost}"
    if item.kind == "claim" and item.cap is None:
        yield (*path, "cap"), "expected the most that is paid without asking anybody"
    if (item.kind == "spend_linked") != (item.per_amount is not None):
        expected = "expected an amount" if item.kind == "spend_linked" else "expected none"
        yield (*path, "per_amount"), f"{expected} for a gesture of kind {item.kind}"
    if item.kind != "spend_linked" and item.units_max > 1:
        yield (*path, "units_max"), f"expected 1 for a gesture of kind {item.kind}"


def _wait_ladder(rules: Rules, house: House) -> Iterator[Problem]:  # noqa: ARG001 - one shape
    keys = {item.key for item in rules.gestures}
    yield from repeated("wait_ladder", "minutes", [rung.minutes for rung in rules.wait_ladder])
    for number, rung in enumerate(rules.wait_ladder):
        if rung.gesture not in keys:
            path = ("wait_ladder", number, "gesture")
            yield path, unknown("a gesture of the catalogue", rung.gesture, keys)


def _purses(rules: Rules, house: House) -> Iterator[Problem]:  # noqa: ARG001 - one shape
    purses = rules.purses
    for manager, host in (("manager_gift", "host_gift"), ("manager_shift", "person_shift")):
        most, least = getattr(purses, manager), getattr(purses, host)
        if most < least:
            yield ("purses", manager), f"expected at least {host} ({least}), got {most}"


def _listing(rules: Rules, house: House) -> Iterator[Problem]:
    stated, ours = rules.listing_house_rules, house.house_rules
    if stated is not None and (ours is None or ours.version != stated):
        known = f"the house rules in force (version {ours.version})" if ours else "no house rules"
        yield ("listing_house_rules",), f"expected {known}, got {stated}"


def _playbook(rules: Rules, house: House) -> Iterator[Problem]:
    yield from repeated("playbook", "code", [play.code for play in rules.playbook])
    for number, play in enumerate(rules.playbook):
        path: Path = ("playbook", number)
        if play.code not in get_args(NoCode):
            yield (
                (*path, "code"),
                f'expected a cause ({comma_list(get_args(NoCode))}), got "{play.code}"',
            )
        yield from _text_problems((*path, "ordinary"), play.ordinary, house)
        keys = [each.key for each in play.beyond]
        for place, each in enumerate(play.beyond):
            there: Path = (*path, "beyond", place)
            if each.key == ORDINARY_ANSWER or each.key in keys[:place]:
                yield (*there, "key"), f'expected a key of its own, got "{each.key}"'
            if each.way and each.way not in RESCUE_KINDS:
                yield (
                    (*there, "way"),
                    f'expected a kind of rescue ({comma_list(RESCUE_KINDS)}), got "{each.way}"',
                )
            yield from _text_problems((*there, "text"), each.text, house)


def _text_problems(path: Path, text: Mapping[str, str], house: House) -> Iterator[Problem]:
    if house.venue.locale not in text:
        spoken = f'expected words in the house\'s language "{house.venue.locale}"'
        yield path, f"{spoken}, got {comma_list(text)}"


def _every_period(house: House) -> Iterator[ServicePeriod]:
    yield from house.periods
    for special in house.special_days:
        yield from special.periods


def _largest(house: House, area: str | None) -> int:
    if area is None:
        return largest_party(house)
    tables = {table.id for table in house.tables if table.area == area}
    alone = [table.seats_max for table in house.tables if table.id in tables]
    joined = [join.seats_max for join in house.joins if tables.issuperset(join.tables)]
    return max(alone + joined, default=0)


_CHECKS: tuple[Callable[[Rules, House], Iterator[Problem]], ...] = (
    _windows,
    _overbooking,
    _decisions,
    _gestures,
    _wait_ladder,
    _purses,
    _playbook,
    _listing,
)
