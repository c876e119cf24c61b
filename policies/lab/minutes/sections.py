"""A host who notes where every party sits, and what came to each section by that.

So that evenings with sections and without are measured alike, the notes are read against the same
sections whether the stand knew of them or not.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from statistics import pstdev

from msgspec import Struct

from policies.book.rotation import CLOSE_TOGETHER
from policies.door.option import Option
from policies.floor.orders import Section, Sections
from policies.house.house import House
from policies.lab.minutes.service_host import ServiceHost

PRESSED = 3
"""Parties at one station within ten minutes that its server cannot look after."""

WINDOW = CLOSE_TOGETHER.total_seconds() / 60.0


class SeatedNote(Struct, frozen=True):
    """A party that sat down: the minute from the opening, its tables and guests."""

    minute: int
    tables: tuple[str, ...]
    covers: int


class SectionFigures(Struct, frozen=True, kw_only=True):
    """What came to the sections of an evening.

    `spread`: guests between the section that had most and the one that had fewest; `deviation`:
    standard deviation of guests by section. `thirds`: parties that were at least the third at their
    station within ten minutes, `seconds`: at least the second; `parties`: all. `pressed_windows`:
    of the ten minutes that begin with a seating at a station, those with three parties or more.
    """

    spread: int
    deviation: float
    seconds: int
    thirds: int
    parties: int
    pressed_windows: int


class NotingHost(ServiceHost):
    """A host of the service who notes whom it seats where."""

    notes: list[SeatedNote]

    def with_sections(self, sections: Mapping[str, Sequence[str]] | None) -> None:
        """Set the sections before the doors open; None: the stand knows of none."""
        self.notes = []
        if sections is None:
            return
        wanted = tuple(Section(server=each, tables=tuple(sections[each])) for each in sections)
        order = Sections(id=self.book.order_id(), sections=wanted)
        self.book.order(order, self.book.opens)

    def _take(self, party: int, option: Option, now: datetime) -> tuple[int, ...] | None:
        tables = super()._take(party, option, now)
        if tables is not None:
            size = int(self.floor.parties.size[party])
            self.notes.append(SeatedNote(self.floor.now, option.tables, size))
        return tables


def dealt_sections(house: House, servers: int) -> dict[str, tuple[str, ...]]:
    """Return sections of alike size: tables of each number of seats dealt out in turn."""
    dealt = defaultdict[str, list[str]](list)
    tables = sorted(house.tables, key=lambda each: each.seats_max)
    for number, table in enumerate(tables):
        dealt[f"server-{number % servers}"].append(table.id)
    return {server: tuple(names) for server, names in dealt.items()}


def section_figures(
    notes: Iterable[SeatedNote], sections: Mapping[str, Sequence[str]]
) -> SectionFigures:
    """Return the figures of an evening; a join counts for the section of its first table."""
    whose = {table: server for server, tables in sections.items() for table in tables}
    covers = dict.fromkeys(sections, 0)
    minutes = defaultdict[str, list[int]](list)
    for note in notes:
        server = whose[note.tables[0]]
        covers[server] += note.covers
        minutes[server].append(note.minute)
    before = [count for each in minutes.values() for count in _within(sorted(each))]
    return SectionFigures(
        spread=max(covers.values()) - min(covers.values()),
        deviation=pstdev(covers.values()),
        seconds=sum(count >= PRESSED - 1 for count in before),
        thirds=sum(count >= PRESSED for count in before),
        parties=len(before),
        pressed_windows=sum(
            count >= PRESSED for each in minutes.values() for count in _ahead(sorted(each))
        ),
    )


def _within(minutes: Sequence[int]) -> list[int]:
    """Return for each seating how many its station had in the ten minutes up to it, itself too."""
    return [
        sum(each > minute - WINDOW for each in minutes[: number + 1])
        for number, minute in enumerate(minutes)
    ]


def _ahead(minutes: Sequence[int]) -> list[int]:
    """Return for each seating how many its station has in the ten minutes from it on."""
    return [
        sum(each < minute + WINDOW for each in minutes[number:])
        for number, minute in enumerate(minutes)
    ]
