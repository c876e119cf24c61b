"""Semantic checks of a house file (references, ranges, duplicates); all problems at once."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations, pairwise
from urllib.parse import urlsplit

from msgspec import to_builtins

from policies.house.hours_checks import (
    grid_problems,
    hours_problems,
    period_names,
    year_problems,
)
from policies.house.house import AccessRule, House, Season, ServicePeriod, TurnTime
from policies.house.phones import PhoneError, country_of, is_country, read_phone
from policies.house.shape import (
    Path,
    Problem,
    comma_list,
    repeated,
    unknown,
    unseen_problems,
)
from policies.house.zones import UnknownZone, zone_named
from policies.words.message import CalendarDate, Message, message

JOIN_EXTRA_SEATS = 2
"""Guests a join may seat beyond the sum of its tables (the places between them)."""


def house_problems(house: House) -> tuple[Problem, ...]:
    """Return every contradiction in a house: its path, and a message with what was expected."""
    return tuple(problem for check in _CHECKS for problem in check(house))


def _letters(house: House) -> Iterator[Problem]:
    yield from unseen_problems(to_builtins(house))


def _zone(house: House) -> Iterator[Problem]:
    try:
        zone_named(house.venue.zone)
    except UnknownZone:
        yield ("venue", "zone"), message("no-zone-named", zone=house.venue.zone)


def _phone(house: House) -> Iterator[Problem]:
    given = house.venue.phone
    if given is None:
        return
    try:
        read_phone(given)
    except PhoneError as problem:
        yield ("venue", "phone"), _mended(house, problem)


def _reached(house: House) -> Iterator[Problem]:
    """Check the addresses by which guests reach the house; maps show them unread."""
    venue = house.venue
    if venue.email is not None and not _is_email(venue.email):
        yield ("venue", "email"), message("no-email-address", got=venue.email)
    if venue.web is not None and not _is_web(venue.web):
        yield ("venue", "web"), message("no-web-address", got=venue.web)
    place = venue.postal_address
    if place is not None and not is_country(place.country):
        said = message("no-such-country", got=place.country)
        yield ("venue", "postal_address", "country"), said


def _is_email(text: str) -> bool:
    before, _, domain = text.rpartition("@")
    whole = before and "@" not in before and all(domain.split(".")) and "." in domain
    return bool(whole) and text.isprintable() and " " not in text


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host and all(host.split(".")) and port != 0
    return named and parts.scheme in {"http", "https"} and text.isprintable() and " " not in text


def _mended(house: House, problem: PhoneError) -> Message:
    """Return what is wrong, with how the number would read in the country of the time zone."""
    try:
        whole = read_phone(house.venue.phone or "", country_of(house.venue))
    except PhoneError:
        return problem.said
    return message("phone-without-country", whole=whole, got=house.venue.phone or "")


def _duplicates(house: House) -> Iterator[Problem]:
    yield from repeated("areas", "id", [area.id for area in house.areas])
    yield from repeated("tables", "id", [table.id for table in house.tables])
    yield from repeated("walls", "id", [wall.id for wall in house.walls])
    yield from repeated("joins", "tables", [frozenset(join.tables) for join in house.joins])
    yield from repeated("special_days", "date", [special.date for special in house.special_days])
    yield from repeated("staff", "id", [person.id for person in house.staff])
    for number, special in enumerate(house.special_days):
        names = [period.name for period in special.periods]
        yield from repeated("periods", "name", names, ("special_days", number))


def _tables(house: House) -> Iterator[Problem]:
    areas = {area.id for area in house.areas}
    for number, table in enumerate(house.tables):
        if table.area not in areas:
            yield ("tables", number, "area"), unknown("area", table.area, areas)
        if table.seats_min > table.seats_max:
            said = message("table-least-above-most", most=table.seats_max, got=table.seats_min)
            yield ("tables", number, "seats_min"), said


def _joins(house: House) -> Iterator[Problem]:
    tables = {table.id: table for table in house.tables}
    for number, join in enumerate(house.joins):
        path = ("joins", number)
        strangers = [table for table in join.tables if table not in tables]
        for stranger in strangers:
            yield (*path, "tables"), unknown("table", stranger, tables)
        if len(set(join.tables)) < len(join.tables):
            yield (*path, "tables"), message("table-joined-twice")
        elif not strangers:
            parts = [tables[table] for table in join.tables]
            yield from _joined_areas(path, {part.area for part in parts})
            yield from _joined_seats(path, join.seats_max, [part.seats_max for part in parts])


def _joined_areas(path: Path, areas: set[str]) -> Iterator[Problem]:
    if len(areas) > 1:
        yield (*path, "tables"), message("join-across-areas", areas=comma_list(areas))


def _joined_seats(path: Path, seats: int, parts: list[int]) -> Iterator[Problem]:
    lowest, highest = max(parts) + 1, sum(parts) + JOIN_EXTRA_SEATS
    if not lowest <= seats <= highest:
        said = message("join-seats", low=lowest, high=highest, got=seats)
        yield (*path, "seats_max"), said


def _turn_times(house: House) -> Iterator[Problem]:
    written = list(enumerate(house.turn_times))
    for_all = [(number, each) for number, each in written if not any(_conditions(each))]
    if not for_all:
        yield ("turn_times",), message("turn-times-none-for-all")
    for (_, one), (number, other) in pairwise(for_all):
        if other.party_max <= one.party_max:
            said = message("turn-times-out-of-order", before=one.party_max, got=other.party_max)
            yield ("turn_times", number, "party_max"), said
    for (before, one), (number, other) in combinations(written, 2):
        if any(_conditions(one)) and _compete(one, other):
            said = message("turn-times-compete", place=str(before + 1), guests=one.party_max)
            yield ("turn_times", number, "party_max"), said
    yield from _turn_time_names(house)


def _conditions(turn: TurnTime) -> tuple[frozenset[str], ...]:
    return turn.areas, frozenset(turn.days), turn.periods


def _compete(one: TurnTime, other: TurnTime) -> bool:
    """Tell whether neither of two turn times for the same parties is more special."""
    pairs = list(zip(_conditions(one), _conditions(other), strict=True))
    alike = one.party_max == other.party_max and all(bool(a) == bool(b) for a, b in pairs)
    return alike and all(a & b for a, b in pairs if a)


def _turn_time_names(house: House) -> Iterator[Problem]:
    areas, names = {area.id for area in house.areas}, period_names(house)
    for number, turn in enumerate(house.turn_times):
        for area in sorted(turn.areas - areas):
            yield ("turn_times", number, "areas"), unknown("area", area, areas)
        for name in sorted(turn.periods - names):
            yield ("turn_times", number, "periods"), unknown("period", name, names)


def _pacing_limits(house: House) -> Iterator[Problem]:
    areas = {area.id for area in house.areas}
    for path, period in _all_periods(house):
        for number, limit in enumerate(period.pacing_limits):
            for area in sorted(limit.areas - areas):
                said = unknown("area", area, areas)
                yield (*path, "pacing_limits", number, "areas"), said


def _all_periods(house: House) -> Iterator[tuple[Path, ServicePeriod]]:
    for number, period in enumerate(house.periods):
        yield ("periods", number), period
    for day, special in enumerate(house.special_days):
        for number, period in enumerate(special.periods):
            yield ("special_days", day, "periods", number), period


def _closures(house: House) -> Iterator[Problem]:
    areas = {area.id for area in house.areas}
    names = [(closure.from_date, closure.name) for closure in house.closures]
    yield from repeated("closures", "name", names)
    for number, closure in enumerate(house.closures):
        path: Path = ("closures", number)
        yield from year_problems((*path, "from_date"), closure.from_date)
        yield from year_problems((*path, "until_date"), closure.until_date)
        if closure.until_date < closure.from_date:
            said = message("closure-ends-early", begins=f"{closure.from_date}")
            yield (*path, "until_date"), said
        for area in closure.areas:
            if area not in areas:
                yield (*path, "areas"), unknown("area", area, areas)
        if areas and areas <= set(closure.areas):
            yield (*path, "areas"), message("closure-of-every-area")


def _buy_outs(house: House) -> Iterator[Problem]:
    areas = {area.id for area in house.areas}
    for number, buy_out in enumerate(house.buy_outs):
        yield from year_problems(("buy_outs", number, "date"), buy_out.date)
        yield from grid_problems(("buy_outs", number, "starts"), buy_out.starts)
        yield from grid_problems(("buy_outs", number, "ends"), buy_out.ends)
        for area in buy_out.areas:
            if area not in areas:
                yield ("buy_outs", number, "areas"), unknown("area", area, areas)


def _house_rules(house: House) -> Iterator[Problem]:
    rules = house.house_rules.rules if house.house_rules else ()
    yield from repeated("rules", "key", [rule.key for rule in rules], ("house_rules",))
    for number, rule in enumerate(rules):
        if house.venue.locale not in rule.text:
            said = message("text-lacks-language", language=house.venue.locale)
            yield ("house_rules", "rules", number, "text"), said


def _access(house: House) -> Iterator[Problem]:
    yield from repeated("access", "name", [rule.name for rule in house.access])
    for number, rule in enumerate(house.access):
        path: Path = ("access", number)
        yield from _access_places(path, rule, house)
        yield from _access_takers(path, rule)
        yield from _access_dates(path, rule)
        yield from _access_periods(path, rule, house)
    for (_, one), (number, other) in combinations(enumerate(house.access), 2):
        if shared := _undecided(one, other):
            said = message("access-contradicts", rule=one.name, places=comma_list(shared))
            yield ("access", number), said


def _access_places(path: Path, rule: AccessRule, house: House) -> Iterator[Problem]:
    areas, tables = {area.id for area in house.areas}, {table.id for table in house.tables}
    if not (rule.areas or rule.tables):
        yield (*path, "areas"), message("access-names-no-place")
    for area in rule.areas:
        if area not in areas:
            yield (*path, "areas"), unknown("area", area, areas)
    for table in rule.tables:
        if table not in tables:
            yield (*path, "tables"), unknown("table", table, tables)


def _access_takers(path: Path, rule: AccessRule) -> Iterator[Problem]:
    for name, to in (("channels", "channels"), ("tags", "members")):
        given = getattr(rule, name)
        if rule.to == to and not given:
            yield (*path, name), message("access-names-nobody", to=to)
        elif given and rule.to != to:
            yield (*path, name), message("access-names-too-many", to=to, got=comma_list(given))


def _access_dates(path: Path, rule: AccessRule) -> Iterator[Problem]:
    for name in ("from_date", "until_date"):
        day = getattr(rule, name)
        if day is not None:
            yield from year_problems((*path, name), day)
    if rule.from_date and rule.until_date and rule.until_date < rule.from_date:
        said = message(
            "access-ends-early",
            from_date=CalendarDate(rule.from_date, "year"),
            until=CalendarDate(rule.until_date, "year"),
        )
        yield (*path, "until_date"), said
    for name in ("from_day", "until_day"):
        text = getattr(rule.season, name) if rule.season else "01-01"
        try:
            date.fromisoformat(f"2028-{text}")  # a leap year
        except ValueError:
            yield (*path, "season", name), message("access-no-such-day", got=text)


def _access_periods(path: Path, rule: AccessRule, house: House) -> Iterator[Problem]:
    names = period_names(house)
    for name in rule.periods:
        if name not in names:
            yield (*path, "periods"), unknown("period", name, names)


def _undecided(one: AccessRule, other: AccessRule) -> set[str]:
    """Return the places of which two rules say different things under the same conditions."""
    if _terms(one) != _terms(other) or _takers(one) == _takers(other):
        return set()
    return set(one.areas) & set(other.areas) | set(one.tables) & set(other.tables)


def _terms(rule: AccessRule) -> tuple[date | None, date | None, Season | None, object, object]:
    return rule.from_date, rule.until_date, rule.season, rule.days, frozenset(rule.periods)


def _takers(rule: AccessRule) -> tuple[str, frozenset[str], frozenset[str]]:
    return rule.to, frozenset(rule.channels), frozenset(rule.tags)


def _staff(house: House) -> Iterator[Problem]:
    if house.staff and not any(person.role == "owner" for person in house.staff):
        yield ("staff",), message("house-needs-owner-role")


_CHECKS: tuple[Callable[[House], Iterator[Problem]], ...] = (
    _letters,
    _zone,
    _phone,
    _reached,
    _duplicates,
    _tables,
    _joins,
    _turn_times,
    hours_problems,
    _pacing_limits,
    _closures,
    _buy_outs,
    _house_rules,
    _staff,
    _access,
)
