"""What an option at the door says to the host, in the venue's language."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from policies.door.option import Option
from policies.door.wait_band import WaitBand
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


def wait_of(band: WaitBand, house: House) -> str:
    """Return what is said of a wait: likely, and at the latest."""
    return _said(message("door-wait-band", likely=band.likely, latest=band.latest), house)


def with_band(option: Option, band: WaitBand, house: House) -> Option:
    """Return a wait with the band that is told of it; another option as it is."""
    if option.kind != "wait":
        return option
    return replace(
        option,
        wait_minutes=band.latest,
        wait_likely=band.likely,
        sentence=wait_of(band, house),
    )


def with_bands(
    options: Sequence[Option], band: WaitBand | None, house: House
) -> tuple[Option, ...]:
    """Return the options, waits with their band; without waits where none can be foreseen.

    The plan of one party alone may find it a table although those who wait before it take it.
    """
    if band is None:
        return tuple(each for each in options if each.kind != "wait")
    return tuple(with_band(each, band, house) for each in options)


def _said(told: Message, house: House) -> str:
    return say(told, house.venue.locale)
