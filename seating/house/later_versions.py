"""Versions published for later dates take a change along that is published for an earlier one."""

from datetime import datetime

from policies.drafts.documents import DocumentError, contradictions, document_of, patched_house
from policies.drafts.keys import Document
from policies.drafts.patch import applicable, patch_between
from policies.house.file import house_checksum, house_json
from policies.house.house import House
from policies.words.message import CalendarDate, message
from seating.book.in_force import DatedHouse, HouseVersion, house_of_version
from seating.db import Connection
from seating.errors import NotPossibleNow

ADD_CARRIED = """
insert into house (venue_id, version, checksum, house, state, from_date, base, why, made_by,
                   published_by, published_at)
values ($1, $2, $3, $4::jsonb, 'published', $5, $6, $7, $8, $8, $9)
"""

LAST_NUMBER = "select max(version) from house where venue_id = $1"


async def with_later(
    conn: Connection, in_force: HouseVersion, new: DatedHouse
) -> tuple[HouseVersion, tuple[DatedHouse, ...]]:
    """Return the line with the new version, and the later ones that take its change along.

    Raises NotPossibleNow with the later version that cannot take it.
    """
    venue_id, line = in_force.house.venue.id, in_force.published(new)
    number: int = max(await conn.fetchval(LAST_NUMBER, venue_id), new.version)
    before = await house_of_version(conn, venue_id, in_force.on(new.from_date).version)
    old = document_of(before)
    patch = patch_between(old, document_of(new.house))
    taken = list[DatedHouse]()
    for each in sorted(in_force.dated, key=lambda found: found.from_date):
        if each.from_date > new.from_date:
            number += 1
            house = await house_of_version(conn, venue_id, each.version)
            taken.append(DatedHouse(each.from_date, number, _taking(house, old, patch, each)))
            line = line.published(taken[-1])
    return line, tuple(taken)


def _taking(house: House, old: Document, patch: Document, later: DatedHouse) -> House:
    """Return a later house with the change in it. Raises NotPossibleNow.

    Of what the later house no longer has, there is nothing to change or to remove.
    """
    try:
        changed = patched_house(house, applicable(patch, old, document_of(house)))
    except DocumentError as error:
        problem = error.problems[0][1]
    else:
        wrong = contradictions(changed)
        if not wrong:
            return changed
        problem = wrong[0].said
    raise NotPossibleNow(
        message(
            "later-version-cannot-take",
            version=str(later.version),
            day=CalendarDate(later.from_date, "year"),
            problem=problem,
        )
    )


async def add_carried(
    conn: Connection, each: DatedHouse, change: int, by: str | None, now: datetime
) -> None:
    """Publish a later version with the change in it."""
    raw, why = house_json(each.house).decode(), f"takes along the change of version {change}"
    checksum, venue_id = house_checksum(each.house), each.house.venue.id
    await conn.execute(
        ADD_CARRIED, venue_id, each.version, checksum, raw, each.from_date, change, why, by, now
    )
