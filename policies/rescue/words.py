"""What a rescue option says to the guest and to the host, in the venue's language.

Staff say it after the ordinary answer, as an exception made in person; it blames nobody.
"""

from datetime import datetime, timedelta

from policies.house.calendar import zone_of
from policies.house.house import House
from policies.house.wording import about, clock, how_often, tables_named
from policies.rescue.option import RescueOption
from policies.words.catalogue import say
from policies.words.message import CalendarDate, Message, message


def sentence(option: RescueOption, house: House, *, now: datetime) -> str:
    """Return what staff say to the guest."""
    return say(_offer(option, house, now), house.venue.locale)


def because(option: RescueOption, house: House) -> str:
    """Return moves, risk and worth of the option, for the host alone."""
    worth, told = about(option.worth, house), list[Message]()
    if option.held_id:
        told.append(message("rescue-held"))
    if option.moves:
        told.append(message("rescue-moves", count=len(option.moves)))
    if option.risk and option.risk.told:
        often, minutes = how_often(option.risk.told.own_wait), option.risk.tolerance_minutes
        told.append(message("rescue-risk", often=often, minutes=minutes))
        if round(option.risk.others):
            told.append(message("rescue-others-wait", others=round(option.risk.others)))
    if worth.minor > 0:
        told.append(message("rescue-worth", worth=worth))
    return " ".join(say(each, house.venue.locale) for each in told)


def _offer(option: RescueOption, house: House, now: datetime) -> Message:
    starts = clock(house, option.starts or now)
    match option.kind:
        case "overbook" | "later":
            return message(f"rescue-say-{option.kind}", starts=starts)
        case "other_day":
            return _another_day(option.starts or now, house, now)
        case "wait":
            latest = option.wait_minutes or 0
            likely = option.wait_likely or latest
            return message("rescue-say-wait", likely=likely, latest=latest)
        case "partner":
            near = option.neighbour
            name, walk = (near.name, near.walk_minutes) if near else ("", 0)
            return message("rescue-say-partner", name=name, walk=walk)
        case _:
            return _table_now(option, house, now)


def _table_now(option: RescueOption, house: House, now: datetime) -> Message:
    where = tables_named(option.tables)
    if option.kind == "shorter":
        return message("rescue-say-shorter", where=where, ends=clock(house, option.ends or now))
    if option.kind == "area":
        areas = {area.id: area.name for area in house.areas}
        return message("rescue-say-area", where=where, area=areas.get(option.area or "", ""))
    return message(f"rescue-say-{option.kind}", where=where)


def _another_day(starts: datetime, house: House, now: datetime) -> Message:
    at, today = (each.astimezone(zone_of(house)).date() for each in (starts, now))
    time = clock(house, starts)
    if at == today + timedelta(days=1):
        return message("rescue-say-tomorrow", starts=time)
    date, weekday = CalendarDate(at), at.isoweekday()
    return message("rescue-say-other_day", weekday=weekday, date=date, starts=time)
