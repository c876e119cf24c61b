"""The tables a party may have by the house's access rules, remembered in the room."""

from collections.abc import Collection
from datetime import date

from policies.house.calendar import WEEK
from policies.house.channels import ONLINE, STAFF, UNPACED, Channel
from policies.house.house import AccessRule, House, Season, Table
from policies.house.room import EVERYWHERE, Admitted, Needs, Room, TableSet, places_mask

_REMEMBERED = 4096
"""Kinds of party whose tables a room remembers."""

Tags = tuple[str, ...]


def admitted_to(room: Room, channel: Channel | None, tags: Tags, period_id: str) -> Admitted:
    """Return the tables open to a party that comes through `channel` in the period.

    None: a channel that no rule names. `tags`: the guest's and the reservation's.
    """
    if not room.house.access:
        return EVERYWHERE
    key = (channel, tags, period_id)
    found = room.admissions.get(key)
    if found is None:
        if len(room.admissions) >= _REMEMBERED:
            room.admissions.clear()
        found = room.admissions[key] = _admitted(room, channel, tags, period_id)
    return found


def anywhere_but_shut(room: Room, period_id: str) -> Admitted:
    """Return every table but those for nobody in the period: for who was promised a place before.

    All of them where the house leaves no other.
    """
    key = ("anywhere", (), period_id)
    found = room.admissions.get(key)
    if found is None:
        rules = (rule_of(room.house, table, period_id) for table in room.tables)
        used = (place for place, rule in enumerate(rules) if rule is None or rule.to != "nobody")
        found = room.admissions[key] = Admitted(places_mask(tuple(used)), 0)
    return found


def with_own(admitted: Admitted, seat: TableSet) -> Admitted:
    """Return the same with a party's own tables among those it may have at once."""
    if admitted is EVERYWHERE:
        return admitted
    return Admitted(admitted.at_once | places_mask(seat), admitted.by_request)


def either(one: Admitted, other: Admitted) -> Admitted:
    """Return the tables open to one of two kinds of party."""
    if EVERYWHERE in (one, other):
        return EVERYWHERE
    at_once = one.at_once | other.at_once
    return Admitted(at_once, (one.by_request | other.by_request) & ~at_once)


def rule_against(
    room: Room, seat: TableSet, channel: Channel | None, tags: Tags, period_id: str
) -> AccessRule | None:
    """Return the rule that keeps one of these tables from the party, None if it may have them.

    What takes a request is not kept from a person of the house, who answers it.
    """
    if not room.house.access:
        return None
    for place in seat:
        rule = rule_of(room.house, room.tables[place], period_id)
        asked = rule is not None and rule.to == "request" and channel in STAFF
        if rule is not None and not asked and not _open_to(rule, channel, tags):
            return rule
    return None


def rule_of(house: House, table: Table, period_id: str) -> AccessRule | None:
    """Return the most special rule that says something of the table in the period."""
    day, name = date.fromisoformat(period_id[:10]), period_id[11:]
    about = (
        (_specialty(rule, table), -number, rule)
        for number, rule in enumerate(house.access)
        if table.id in rule.tables or table.area in rule.areas
        if _says_something(rule, day, name)
    )
    best = max(about, key=lambda each: each[:2], default=None)
    return best[2] if best else None


def areas_open_to(room: Room, party_size: int, needs: Needs, admitted: Admitted) -> tuple[str, ...]:
    """Return the areas with a table that seats the party and is open to it, in house order."""
    flat = room.ranked(party_size, needs, admitted).flat
    return in_house_order(room, {room.areas[seat[0]] for seat in flat})


def in_house_order(room: Room, areas: Collection[str]) -> tuple[str, ...]:
    """Return these areas in the order in which the house names them."""
    return tuple(area.id for area in room.house.areas if area.id in areas)


def _admitted(room: Room, channel: Channel | None, tags: Tags, period_id: str) -> Admitted:
    at_once, by_request = 0, 0
    for place, table in enumerate(room.tables):
        rule = rule_of(room.house, table, period_id)
        if rule is not None and rule.to == "request":
            by_request |= 1 << place
        elif rule is None or _open_to(rule, channel, tags):
            at_once |= 1 << place
    if at_once == (1 << len(room.tables)) - 1:
        return EVERYWHERE
    return Admitted(at_once, by_request)


def _open_to(rule: AccessRule, channel: Channel | None, tags: Tags) -> bool:
    match rule.to:
        case "all":
            return True
        case "walk_ins":
            return channel in UNPACED
        case "staff":
            return channel in STAFF
        case "channels":
            return channel in rule.channels
        case "members":
            named = {tag.casefold() for tag in rule.tags}
            return any(tag.strip().casefold() in named for tag in tags)
        case "request" | "nobody":
            return False


def _specialty(rule: AccessRule, table: Table) -> tuple[bool, bool, bool, bool]:
    return (
        table.id in rule.tables,
        rule.from_date is not None or rule.until_date is not None,
        rule.season is not None,
        bool(rule.days or rule.periods),
    )


def _says_something(rule: AccessRule, day: date, period: str) -> bool:
    return (
        (rule.from_date is None or rule.from_date <= day)
        and (rule.until_date is None or day <= rule.until_date)
        and (rule.season is None or _in_season(rule.season, day))
        and (not rule.days or WEEK[day.weekday()] in rule.days)
        and (not rule.periods or period in rule.periods)
    )


def _in_season(season: Season, day: date) -> bool:
    at = f"{day:%m-%d}"
    if season.from_day <= season.until_day:
        return season.from_day <= at <= season.until_day
    return at >= season.from_day or at <= season.until_day


def channel_of_change(asked_by: Channel, made_by: Channel | None) -> Channel:
    """Return the channel that a change is judged by.

    A guest's own link speaks for the site the booking came by, never for the house's staff.
    """
    return made_by if asked_by == "guest" and made_by in ONLINE else asked_by
