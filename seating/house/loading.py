"""Putting a house file in force: published from today, by the same path as over /manage.

Loading is idempotent: an unchanged file changes nothing, whatever was published since. A changed
one that would leave a promise without a place, or that knows nothing of what was published since,
is kept as a draft: the service starts on the house in force, and a person decides.
"""

from datetime import date, datetime

from asyncpg import Record
from msgspec import Struct
from msgspec.structs import replace

from policies.house.file import HouseError, house_checksum, house_json, read_house
from policies.house.house import House
from policies.words.message import message
from seating.access.audit import keep_record
from seating.access.house_staff import put_staff
from seating.book.in_force import HouseVersion, house_of
from seating.book.periods import LOCK_HOUSE
from seating.clock import Clock
from seating.db import Connection, Pool, run
from seating.errors import Invalid, NotPossibleNow, WouldStrand
from seating.house.carrying import point_to
from seating.house.house_publishing import check_rules_unchanged, put_in_force
from seating.house.stranded import StrandedList, lines_of, loss_of

ADD_VENUE = "insert into venue (venue_id, name, house_version) values ($1, $2, 1)"

ADD_FIRST = """
insert into house (venue_id, version, checksum, house, made_by)
values ($1, 1, $2, $3::jsonb, 'file')
"""

ADD_DRAFT = """
insert into house (venue_id, version, checksum, house, state, from_date, base, why, made_by)
select $1, max(version) + 1, $2, $3::jsonb, 'draft', null, $4, 'from the house file', 'file'
from house where venue_id = $1
returning version
"""

LOADED_BEFORE = """
select v.file_checksum,
       (select f.version from house f where f.venue_id = v.venue_id and f.state = 'draft'
           and f.checksum = any($2) and f.made_by = 'file' order by f.version desc limit 1) as draft
from venue v where v.venue_id = $1
"""

NOTE_FILE = "update venue set file_checksum = $2 where venue_id = $1"

VENUE_EXISTS = "select exists (select from venue where venue_id = $1)"


class Loaded(Struct, frozen=True, kw_only=True):
    """The house in force after loading a file.

    `draft`: the number under which the file waits for a decision; `lines` say what is to decide.
    """

    in_force: HouseVersion
    draft: int | None = None
    lines: tuple[str, ...] = ()

    @property
    def house(self) -> House:
        """The house in force."""
        return self.in_force.house

    @property
    def version(self) -> int:
        """The number of the version in force."""
        return self.in_force.version


async def load_house(pool: Pool, text: str, clock: Clock) -> Loaded:
    """Put a house file (TOML) in force from today, or keep it as a draft with what is to decide.

    Raises HouseError for a file with mistakes.
    """
    return await put_house(pool, read_house(text), clock)


async def put_house(pool: Pool, house: House, clock: Clock) -> Loaded:
    """Put a house in force as `load_house` does one that was read from a file."""
    try:
        return await run(pool, lambda conn: _load(conn, house, clock))
    except WouldStrand as stranding:
        refused = stranding
    return await run(pool, lambda conn: _keep_as_draft(conn, house, refused, clock))


async def _load(conn: Connection, house: House, clock: Clock) -> Loaded:
    venue_id, now = house.venue.id, await clock.now(conn)
    await conn.execute(LOCK_HOUSE, venue_id)
    if not await conn.fetchval(VENUE_EXISTS, venue_id):
        return await _open_venue(conn, house, now)
    in_force = (await house_of(conn, venue_id)).at(now)
    row = await _loaded_before(conn, house)
    same = row["file_checksum"] in _checksums(house)
    if same and row["draft"] is not None:
        return await _keep_as_draft(conn, house, None, clock)
    if same or _checksum(in_force.house) == _checksum(house):
        await conn.execute(NOTE_FILE, venue_id, _checksum(house))
        await put_staff(conn, venue_id, house.staff)
        return Loaded(in_force=in_force)
    await _check_rules_version(conn, house)
    if row["file_checksum"] not in _checksums(in_force.house) or _ahead(in_force, now):
        refused = NotPossibleNow(message("house-changed-since-file"))
        return await _keep_as_draft(conn, house, refused, clock)
    version = await _add_draft(conn, house, in_force.version)
    await put_in_force(conn, venue_id, version, in_force.service_date_at(now), (), by=None, now=now)
    await conn.execute(NOTE_FILE, venue_id, _checksum(house))
    await put_staff(conn, venue_id, house.staff)
    return Loaded(in_force=(await house_of(conn, venue_id)).at(now))


async def _open_venue(conn: Connection, house: House, now: datetime) -> Loaded:
    """Open a venue with its first house, which holds on every date."""
    venue_id, raw = house.venue.id, house_json(house).decode()
    await conn.execute(ADD_FIRST, venue_id, house_checksum(house), raw)
    await conn.execute(ADD_VENUE, venue_id, house.venue.name)
    await conn.execute(NOTE_FILE, venue_id, _checksum(house))
    in_force = await house_of(conn, venue_id)
    await point_to(conn, in_force, now)
    await put_staff(conn, venue_id, house.staff)
    owners = [each.id for each in house.staff if each.role == "owner"]
    await keep_record(conn, venue_id, "OpenHouse", {"owners": owners}, by=None)
    return Loaded(in_force=in_force)


async def _keep_as_draft(
    conn: Connection, house: House, refused: WouldStrand | NotPossibleNow | None, clock: Clock
) -> Loaded:
    """Keep the file as a draft, once, and say what is to decide."""
    venue_id, now = house.venue.id, await clock.now(conn)
    await conn.execute(LOCK_HOUSE, venue_id)
    in_force = (await house_of(conn, venue_id)).at(now)
    draft = (await _loaded_before(conn, house))["draft"]
    if draft is None:
        draft = await _add_draft(conn, house, in_force.version)
    await conn.execute(NOTE_FILE, venue_id, _checksum(house))
    listed = refused.now.stranded if refused and isinstance(refused.now, StrandedList) else ()
    why = refused.detail.rstrip(".") if refused else "it waits for a decision"
    why = loss_of(len(listed)) if listed else why
    lines = (
        f"the house file is not in force: {why}.",
        *lines_of(listed),
        f"It is kept as draft {draft}; version {in_force.version} holds.",
        f"A manager sees it at POST /manage/house/drafts/{draft}/preview, decides at .../publish.",
    )
    return Loaded(in_force=in_force, draft=draft, lines=lines)


async def _loaded_before(conn: Connection, house: House) -> Record:
    row = await conn.fetchrow(LOADED_BEFORE, house.venue.id, list(_checksums(house)))
    assert row is not None  # noqa: S101 - the venue exists
    return row


def _checksum(house: House) -> str:
    """Return the checksum of a house without its people: those are accounts."""
    return house_checksum(replace(house, staff=()))


def _checksums(house: House) -> tuple[str, str]:
    """Return the checksum without people and, as older programs kept it, with them."""
    return _checksum(house), house_checksum(house)


async def _add_draft(conn: Connection, house: House, base: int) -> int:
    house = replace(house, staff=())
    raw, checksum = house_json(house).decode(), house_checksum(house)
    version: int = await conn.fetchval(ADD_DRAFT, house.venue.id, checksum, raw, base)
    return version


def _ahead(in_force: HouseVersion, now: datetime) -> bool:
    """Tell whether another version will hold from a later date on."""
    today: date = in_force.service_date_at(now)
    return any(each.from_date > today for each in in_force.dated)


async def _check_rules_version(conn: Connection, house: House) -> None:
    """Raise HouseError if the version was used for other rules: guests acknowledged those."""
    try:
        await check_rules_unchanged(conn, house)
    except Invalid as problem:
        said = message("at-place", place="house_rules.version", said=problem.said)
        raise HouseError((said,)) from None
