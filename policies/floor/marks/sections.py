"""Handler of sections: who serves which tables of the service, and the parties that sit there."""

from collections.abc import Iterator

from msgspec.structs import replace

from policies.book.changes import Changes
from policies.book.picture import Seating
from policies.book.rotation import server_of
from policies.book.sections import SectionTable
from policies.floor.lever_spans import LEVER_UNDO_SECONDS
from policies.floor.orders import Sections
from policies.floor.reservations import check_names
from policies.floor.stand import Outcome, Stand


def sections(stand: Stand, command: Sections) -> Outcome:
    """Give tables to servers; parties that sit there go over with them, to nobody they do not.

    Tables not named stay as they are, so that two who set sections at once undo nothing of each
    other's.
    """
    wanted = {table: each.server for each in command.sections for table in each.tables}
    check_names(stand, tuple(wanted))
    known = {each.table_id: each for each in stand.picture.sections}
    changed = tuple(
        SectionTable(table_id=table, server=server, version=_version(known.get(table)) + 1)
        for table, server in wanted.items()
        if _server(known.get(table)) != server
    )
    seatings = tuple(_handed_over(stand.picture.seatings, changed))
    changes = Changes(sections=changed, seatings=seatings)
    return Outcome(changes=changes, subject=command.id, undo_seconds=LEVER_UNDO_SECONDS)


def put_back(
    now: tuple[SectionTable, ...],
    before: tuple[SectionTable, ...],
    after: tuple[SectionTable, ...],
) -> Iterator[SectionTable]:
    """Yield the tables an action gave away as they were, one version on.

    Those given to somebody else since stay: whose they are now was said later.
    """
    was = {each.table_id: each.server for each in before}
    current = {each.table_id: each for each in now}
    for given in after:
        known = current.get(given.table_id)
        if known == given:
            server = was.get(given.table_id)
            yield replace(given, server=server, version=given.version + 1)


def with_servers(stand: Stand, *seatings: Seating) -> tuple[Seating, ...]:
    """Return seatings that have changed tables with who serves those; in no section as before."""
    return tuple(
        replace(each, server=server_of(stand.picture, each.tables) or each.server)
        for each in seatings
    )


def _handed_over(
    seatings: tuple[Seating, ...], changed: tuple[SectionTable, ...]
) -> Iterator[Seating]:
    given = {each.table_id: each.server for each in changed if each.server is not None}
    for seating in seatings:
        server = given.get(seating.tables[0])
        if server not in {None, seating.server}:
            yield replace(seating, server=server, version=seating.version + 1)


def _version(known: SectionTable | None) -> int:
    return 0 if known is None else known.version


def _server(known: SectionTable | None) -> str | None:
    return None if known is None else known.server
