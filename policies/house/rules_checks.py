"""Reading rules (JSON) into `Rules`, checked against the house; all problems at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import time
from itertools import pairwise
from typing import get_args

import msgspec
from msgspec import Struct

from policies.house.calendar import largest_party
from policies.house.file import of_entry, with_full_times
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
from policies.house.shape import (
    TOO_DEEP,
    Path,
    Problem,
    comma_list,
    days_named,
    repeated,
    shape_problems,
    too_deep,
    unknown,
    unseen_problems,
)
from policies.words.catalogue import say
from policies.words.message import Message, Money, Param, message

RESCUE_KINDS = get_args(RescueKind)


class RulesError(ValueError):
    """Invalid rules. `problems`: path in the JSON and message, for each problem found.

    `member`: of the request's body, where the JSON stood.
    """

    def __init__(self, problems: tuple[Problem, ...], member: str = "rules") -> None:
        super().__init__("\n".join(say(said) for _, said in problems))
        self.problems = problems
        self.member = member


class RuleWarning(Struct, frozen=True, kw_only=True):
    """What is allowed but odd: where (a JSON pointer to the version's `/rules`), and why.

    `detail`: in English; `message`, `params`: the same in any language, empty in what was stored
    before there were any.
    """

    pointer: str
    detail: str
    message: str = ""
    params: dict[str, Param] = {}


def read_rules(raw: object, house: House) -> Rules:
    """Return the rules that parsed JSON describes for this house; raises RulesError.

    Local times may be written "18:30"; a key left out has its default.
    """
    if too_deep(raw):
        raise RulesError((((), TOO_DEEP),))
    raw = with_full_times(raw)
    _raise_problems(raw, shape_problems(raw, Rules))
    rules = msgspec.convert(raw, Rules)
    _raise_problems(raw, (*unseen_problems(raw), *rules_problems(rules, house)))
    return rules


def rule_warnings(rules: Rules, house: House) -> tuple[RuleWarning, ...]:
    """Return what is allowed but odd: it does nothing, or can never happen as it seems meant."""
    return tuple(
        RuleWarning(
            pointer="/".join(("/rules", *map(str, path))),
            detail=say(said),
            message=said.key,
            params=said.params,
        )
        for check in _ODDITIES
        for path, said in check(rules, house)
    )


def rules_problems(rules: Rules, house: House) -> tuple[Problem, ...]:
    """Return every contradiction between rules and house: path and what was expected."""
    return tuple(problem for check in _CHECKS for problem in check(rules, house))


def named_problems(rules: Rules, house: House) -> tuple[Problem, ...]:
    """Return the same, each beginning with the entry it is about, as RulesError tells it."""
    raw, found = msgspec.json.decode(rules_json(rules)), rules_problems(rules, house)
    return tuple((path, of_entry(raw, path, said)) for path, said in found)


def rules_json(rules: Rules) -> bytes:
    """Return the rules as JSON, every default written out so that new defaults do not apply."""
    return msgspec.json.encode(rules, order="deterministic")


def patched_override(
    override: Mapping[str, object], patch: Mapping[str, object]
) -> dict[str, object]:
    """Return a period's override with a patch merged in (RFC 7396): null ends a key's override.

    A list is replaced whole; sections without any key left are gone.
    """
    merged = merge_patch(override, patch)
    return {key: value for key, value in merged.items() if value != {}}


def merge_patch(document: Mapping[str, object], patch: Mapping[str, object]) -> dict[str, object]:
    """Return a JSON document with a merge patch applied (RFC 7396); neither is changed."""
    merged = dict(document)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, dict):
            inside = merged.get(key)
            merged[key] = merge_patch(inside if isinstance(inside, dict) else {}, value)
        else:
            merged[key] = value
    return merged


def overridden(rules: Mapping[str, object], override: Mapping[str, object]) -> dict[str, object]:
    """Return the rules of a version as an override leaves them; as seating.book.in_force does it.

    What the override says of a section replaces those keys of it, and leaves the others alone.
    """
    whole = dict(rules)
    for key, value in override.items():
        section = rules.get(key)
        both = isinstance(value, dict) and isinstance(section, dict)
        whole[key] = {**section, **value} if both else value  # type: ignore[dict-item]
    return whole


def override_of(rules: Rules, keys: Mapping[str, object]) -> dict[str, object]:
    """Return what rules say for the keys of an override, as it is stored (times in full)."""
    spelled: dict[str, object] = msgspec.json.decode(rules_json(rules))
    stored: dict[str, object] = {}
    for key, said in keys.items():
        value = spelled[key]
        if isinstance(said, dict) and isinstance(value, dict):
            value = {name: each for name, each in value.items() if name in said}
        stored[key] = value
    return stored


def _raise_problems(raw: object, problems: tuple[Problem, ...]) -> None:
    if problems:
        raise RulesError(tuple((path, of_entry(raw, path, said)) for path, said in problems))


def _windows(rules: Rules, house: House) -> Iterator[Problem]:
    yield from repeated("holds", "name", [window.name for window in rules.holds])
    areas = {area.id for area in house.areas}
    for number, window in enumerate(rules.holds):
        path: Path = ("holds", number)
        yield from grid_problems((*path, "starts"), window.starts)
        yield from _hours(path, window, house)
        if window.area is not None and window.area not in areas:
            yield (*path, "area"), unknown("area", window.area, areas)
        elif window.seats > (largest := _largest(house, window.area)):
            yield (*path, "seats"), message("window-too-large", most=largest, got=window.seats)
        yield from _ladder(path, window)


def _hours(path: Path, window: HeldWindow, house: House) -> Iterator[Problem]:
    known = [period for period in _every_period(house) if period.name == window.period]
    if not known:
        names = {period.name for period in _every_period(house)}
        yield (*path, "period"), unknown("period", window.period, names)
        return
    served = {day for period in known for day in period.days}
    if window.days and not window.days <= served:
        unserved = days_named(window.days - served)
        yield (*path, "days"), message("window-on-other-days", period=window.period, days=unserved)
    weekly = [period for period in known if period.days & (window.days or served)]
    for period in weekly or known:
        if not _fits_period(window, period):
            hours = {"opens": f"{period.opens:%H:%M}", "closes": f"{period.closes:%H:%M}"}
            starts = f"{window.starts:%H:%M}"
            said = message("window-outside-hours", **hours, starts=starts, minutes=window.minutes)
            yield (*path, "starts"), said


def _fits_period(window: HeldWindow, period: ServicePeriod) -> bool:
    length = _minutes_after(period.opens, period.closes) or DAY_MINUTES
    return _minutes_after(period.opens, window.starts) + window.minutes <= length


def _minutes_after(start: time, clock: time) -> int:
    return (clock.hour * 60 + clock.minute - start.hour * 60 - start.minute) % DAY_MINUTES


def _ladder(path: Path, window: HeldWindow) -> Iterator[Problem]:
    for number, rung in enumerate(window.ladder):
        if rung.keep > window.count:
            said = message("ladder-keeps-more-than-held", held=window.count, got=rung.keep)
            yield (*path, "ladder", number, "keep"), said
    for number, (one, other) in enumerate(pairwise(window.ladder), start=1):
        if (got := other.minutes_before) >= one.minutes_before:
            said = message("ladder-goes-back-in-time", before=one.minutes_before, got=got)
            yield (*path, "ladder", number, "minutes_before"), said
        if other.keep > one.keep:
            said = message("ladder-keeps-more-later", before=one.keep, got=other.keep)
            yield (*path, "ladder", number, "keep"), said


def _overbooking(rules: Rules, house: House) -> Iterator[Problem]:
    areas = {area.id for area in house.areas}
    for area in sorted(rules.overbooking.areas_excluded - areas):
        yield ("overbooking", "areas_excluded"), unknown("area", area, areas)
    parties, covers = rules.overbooking.cap_parties, rules.overbooking.cap_covers
    if covers < parties:
        said = message("fewer-guests-than-parties", parties=parties, got=covers)
        yield ("overbooking", "cap_covers"), said


def _decisions(rules: Rules, house: House) -> Iterator[Problem]:
    decisions = rules.decisions
    if decisions.walked_cost < decisions.late_cost:
        late, walked = _money(house, decisions.late_cost), _money(house, decisions.walked_cost)
        said = message("walked-costs-less-than-late", late=late, got=walked)
        yield ("decisions", "walked_cost"), said


def _gestures(rules: Rules, house: House) -> Iterator[Problem]:
    yield from repeated("gestures", "key", [item.key for item in rules.gestures])
    most = rules.purses.manager_gift
    for number, item in enumerate(rules.gestures):
        for key, money in (("cost", item.cost * item.units_max), ("cap", item.cap or 0)):
            if money > most:
                gift = {"most": _money(house, most), "got": _money(house, money)}
                yield ("gestures", number, key), message("gesture-above-manager-gift", **gift)
        yield from _kind(("gestures", number), item)
        yield from _text_problems(("gestures", number, "name"), item.name, house)


def _kind(path: Path, item: CatalogueItem) -> Iterator[Problem]:
    if item.kind in AMOUNT_KINDS and item.cost:
        yield (*path, "cost"), message("gesture-cost-not-needed")
    if item.kind == "claim" and item.cap is None:
        yield (*path, "cap"), message("claim-needs-cap")
    if (item.kind == "spend_linked") != (item.per_amount is not None):
        needs = "needs" if item.kind == "spend_linked" else "needs-no"
        yield (*path, "per_amount"), message(f"gesture-{needs}-per-amount")
    if item.kind != "spend_linked" and item.units_max > 1:
        yield (*path, "units_max"), message("gesture-of-one-unit")


def _wait_ladder(rules: Rules, house: House) -> Iterator[Problem]:  # noqa: ARG001 - one shape
    keys = {item.key for item in rules.gestures}
    yield from repeated("wait_ladder", "minutes", [rung.minutes for rung in rules.wait_ladder])
    for number, rung in enumerate(rules.wait_ladder):
        if rung.gesture not in keys:
            path = ("wait_ladder", number, "gesture")
            yield path, unknown("gesture", rung.gesture, keys)


def _purses(rules: Rules, house: House) -> Iterator[Problem]:
    purses = rules.purses
    for manager, host in (("manager_gift", "host_gift"), ("manager_shift", "person_shift")):
        most, least = getattr(purses, manager), getattr(purses, host)
        if most < least:
            amounts = {"host": _money(house, least), "got": _money(house, most)}
            yield ("purses", manager), message("manager-gives-less-than-host", **amounts)


def _listing(rules: Rules, house: House) -> Iterator[Problem]:
    stated, ours = rules.listing_house_rules, house.house_rules
    if stated is not None and ours is None:
        yield ("listing_house_rules",), message("no-house-rules")
    elif stated is not None and ours is not None and ours.version != stated:
        said = message("listing-states-other-rules", version=str(ours.version), got=str(stated))
        yield ("listing_house_rules",), said


def _playbook(rules: Rules, house: House) -> Iterator[Problem]:
    yield from repeated("playbook", "code", [play.code for play in rules.playbook])
    for number, play in enumerate(rules.playbook):
        path: Path = ("playbook", number)
        if play.code not in get_args(NoCode):
            yield (*path, "code"), _unknown("cause", play.code, get_args(NoCode))
        yield from _text_problems((*path, "ordinary"), play.ordinary, house)
        keys = [each.key for each in play.beyond]
        for place, each in enumerate(play.beyond):
            there: Path = (*path, "beyond", place)
            if each.key == ORDINARY_ANSWER or each.key in keys[:place]:
                yield (*there, "key"), message("playbook-key-taken", got=each.key)
            if each.way and each.way not in RESCUE_KINDS:
                yield (*there, "way"), _unknown("way", each.way, RESCUE_KINDS)
            yield from _text_problems((*there, "text"), each.text, house)


def _unknown(what: str, got: str, known: Iterable[str]) -> Message:
    return message(f"playbook-unknown-{what}", got=got, known=comma_list(known))


def _text_problems(path: Path, text: Mapping[str, str], house: House) -> Iterator[Problem]:
    if house.venue.locale not in text:
        yield path, message("text-lacks-language", language=house.venue.locale)


def _money(house: House, minor: int) -> Money:
    return Money(minor, house.venue.currency)


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


def _odd_gestures(rules: Rules, house: House) -> Iterator[Problem]:
    purses = rules.purses
    alone = min(purses.person_shift, purses.venue_night)
    for number, item in enumerate(rules.gestures):
        if item.cap is not None and item.cap > alone:
            purse = "night" if alone == purses.venue_night else "shift"
            amounts = {"purse": _money(house, alone), "cap": _money(house, item.cap)}
            yield ("gestures", number, "cap"), message("cap-above-purse", whose=purse, **amounts)
    costs = {item.key: item.cost for item in rules.gestures if item.cap is None}
    for number, rung in enumerate(rules.wait_ladder):
        if costs.get(rung.gesture, 0) > purses.host_gift:
            cost, most = _money(house, costs[rung.gesture]), _money(house, purses.host_gift)
            said = message("host-always-asks", cost=cost, most=most)
            yield ("wait_ladder", number, "gesture"), said


def _odd_purses(rules: Rules, house: House) -> Iterator[Problem]:
    for gift, shift in (("host_gift", "person_shift"), ("manager_gift", "manager_shift")):
        for purse in (shift, "venue_night"):
            least, most = getattr(rules.purses, gift), getattr(rules.purses, purse)
            if least > most:
                amounts = {"gift": _money(house, least), "purse": _money(house, most)}
                yield ("purses", gift), message("gift-above-purse", **amounts)


def _odd_windows(rules: Rules, house: House) -> Iterator[Problem]:
    for number, window in enumerate(rules.holds):
        tables = [each for each in house.tables if window.area in {None, each.area}]
        ids = {each.id for each in tables}
        joins = [each for each in house.joins if ids.issuperset(each.tables)]
        seats = [each.seats_max for each in tables] + [each.seats_max for each in joins]
        fitting = sum(most >= window.seats for most in seats)
        if window.count > fitting:
            room = {"fitting": fitting, "seats": window.seats, "got": window.count}
            yield ("holds", number, "count"), message("window-above-room", **room)
        kept = window.count
        for place, rung in enumerate(window.ladder):
            if rung.keep == kept:
                yield (
                    ("holds", number, "ladder", place),
                    message("ladder-releases-nothing", kept=kept),
                )
            kept = rung.keep


def _odd_overbooking(rules: Rules, house: House) -> Iterator[Problem]:  # noqa: ARG001 - one shape
    limits = rules.overbooking
    for key in ("cap_parties", "cap_covers", "ceiling"):
        if limits.enabled and not getattr(limits, key):
            yield ("overbooking", key), message("overbooking-at-zero")


_ODDITIES = (_odd_gestures, _odd_purses, _odd_windows, _odd_overbooking)

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
