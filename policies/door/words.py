"""What an option at the door says to the host, in the venue's language."""

from datetime import datetime

from policies.house.house import House
from policies.house.wording import clock, tables_named
from policies.words.catalogue import say
from policies.words.message import Message, message


def free_now(tables: tuple[str, ...], guests: int, house: House, until: datetime | None) -> str:
    """Return what is said of tables that are free now; `until`: None where for the whole turn."""
    count = len(tables)
    if until is None:
        return _said(message("door-free", count=count, tables=tables, guests=guests), house)
    ends = clock(house, until)
    return _said(
        message("door-free-until", count=count, tables=tables, guests=guests, until=ends), house
    )


def held_back(tables: tuple[str, ...], house: House) -> str:
    """Return how a held table is offered."""
    return _said(message("door-held", where=tables_named(tables)), house)


def near_each_other(tables: tuple[str, ...], guests: int, house: House) -> str:
    """Return what is said of several tables for one party."""
    return _said(message("door-split", tables=tables, guests=guests), house)


def wait_for(tables: tuple[str, ...], minutes: int, house: House) -> str:
    """Return what is said of a wait that the plan knows."""
    return _said(message("door-wait", minutes=minutes, where=tables_named(tables)), house)


def wait_estimated(minutes: int, house: House) -> str:
    """Return what is said of a wait that is an estimate."""
    return _said(message("door-wait-estimated", minutes=minutes), house)


def _said(told: Message, house: House) -> str:
    return say(told, house.venue.locale)
