"""The house as dated versions: what is in force, and drafts that managers edit by patches.

A draft is a house of the right shape; what it says against itself is stored and listed with it.
`house_publishing` puts one in force. The people of a house are accounts (access.staff): a draft
holds none, an export holds the accounts.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from asyncpg import Record
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from policies.drafts.diff import Difference, differences
from policies.drafts.documents import (
    Contradiction,
    DocumentError,
    contradictions,
    document_of,
    house_in,
    patched_house,
)
from policies.drafts.rule_numbers import with_rules_numbered
from policies.floor.orders import Command, ReasonText
from policies.house.file import HouseError, house_checksum, house_json, house_toml, parse_house
from policies.house.house import House, HouseRules, Person
from policies.words.message import CalendarDate, message
from seating.access.staff import staff_of
from seating.book.actions import ActionKey, fingerprint, keep_answer, key_of, replayed_answer
from seating.book.asked import check_from_date
from seating.book.in_force import house_of
from seating.book.periods import LOCK_HOUSE
from seating.clock import Clock
from seating.db import Connection
from seating.errors import Invalid, NotFound, NotPossibleNow, Stale

State = Literal["draft", "published", "withdrawn"]
Edits = Annotated[int, Meta(ge=0, le=2_147_483_647)]
FileText = Annotated[str, Meta(min_length=1, max_length=1_000_000)]

COLUMNS = """
version, state, nullif(from_date, '0001-01-01') as from_date, base, edits, why, made_by,
loaded_at as made_at, published_by, published_at
"""

LIST = f"select {COLUMNS} from house where venue_id = $1 order by version desc"

READ = f"select {COLUMNS}, house::text from house where venue_id = $1 and version = $2"

READ_FOR_UPDATE = f"{READ} for update"

IN_FORCE_ON = f"""
select {COLUMNS}, house::text from house
where venue_id = $1 and state = 'published' and from_date <= $2
order by house.from_date desc, version desc limit 1
"""

LATER = f"""
select {COLUMNS} from house where venue_id = $1 and state = 'published' and from_date > $2
order by house.from_date, version
"""

INSERT_DRAFT = f"""
insert into house (venue_id, version, checksum, house, state, from_date, base, why, made_by,
                   loaded_at)
select $1, max(version) + 1, $2, $3::jsonb, 'draft', $4, $5, $6, $7, $8
from house where venue_id = $1
returning {COLUMNS}, house::text
"""

UPDATE_DRAFT = f"""
update house set checksum = $3, house = $4::jsonb, from_date = $5, edits = edits + 1
where venue_id = $1 and version = $2
returning {COLUMNS}, house::text
"""

WITHDRAW_DRAFT = f"""
update house set state = 'withdrawn', edits = edits + 1 where venue_id = $1 and version = $2
returning {COLUMNS}, house::text
"""

RULES_SHOWN = """
select house -> 'house_rules' as rules from house
where venue_id = $1 and state = 'published' and house -> 'house_rules' <> 'null'::jsonb
order by version
"""


class DraftHouse(Command, frozen=True, kw_only=True):
    """Draft a house from the one in force on `from_date` (default: today), or from a whole one.

    `house`: its document; `toml`: a house file; of both at most one. `patch` is applied to it.
    """

    reason: ReasonText
    from_date: date | None = None
    house: dict[str, Any] | None = None
    toml: FileText | None = None
    patch: dict[str, Any] | None = None


class PatchHouse(Command, frozen=True, kw_only=True):
    """Change a draft by a merge patch; `edits`: how often it had been changed when it was read."""

    edits: Edits
    patch: dict[str, Any] = field(default_factory=dict)
    from_date: date | None = None


class HouseEdition(Struct, frozen=True, kw_only=True):
    """A version of the house, without the house itself.

    `from_date`: the first service date it holds for; null for a version that held from the
    beginning, or a draft without a date. `base`: the version a draft was made from. `edits`: how
    often a draft was changed.
    """

    version: int
    state: State
    from_date: date | None
    base: int | None
    edits: int
    why: str
    made_by: str | None
    made_at: datetime
    published_by: str | None
    published_at: datetime | None


class HouseInForce(Struct, frozen=True, kw_only=True):
    """The house in force today, without its people, and the versions published for later."""

    version: int
    from_date: date | None
    house: House
    later: tuple[HouseEdition, ...]


class EditionWithHouse(HouseEdition, frozen=True, kw_only=True):
    """A version of the house; `house.staff` is empty, because people are accounts."""

    house: House


class HouseDraft(EditionWithHouse, frozen=True, kw_only=True):
    """A draft: what it says against itself, and how it differs from the house in force.

    `differences` are from the version in force on its date (without a date: today).
    """

    problems: tuple[Contradiction, ...]
    differences: tuple[Difference, ...]


async def read_house_in_force(conn: Connection, venue_id: str, clock: Clock) -> HouseInForce:
    """Return the house in force on today's service date. Raises NotFound."""
    today = await _today(conn, venue_id, clock)
    current = await _in_force_on(conn, venue_id, today)
    later = await conn.fetch(LATER, venue_id, today)
    return HouseInForce(
        version=current.version,
        from_date=current.from_date,
        house=current.house,
        later=tuple(_edition(row) for row in later),
    )


async def list_houses(conn: Connection, venue_id: str) -> tuple[HouseEdition, ...]:
    """Return every version of the house, drafts included, the latest first."""
    return tuple(_edition(row) for row in await conn.fetch(LIST, venue_id))


async def read_house_version(conn: Connection, venue_id: str, version: int) -> EditionWithHouse:
    """Return a version of the house. Raises NotFound."""
    return _with_house(await conn.fetchrow(READ, venue_id, version), version)


async def exported_house(conn: Connection, venue_id: str, clock: Clock) -> str:
    """Return the house in force today as TOML, its staff from the accounts. Raises NotFound."""
    house = (await read_house_in_force(conn, venue_id, clock)).house
    return house_toml(replace(house, staff=await _people(conn, venue_id)))


async def read_draft(conn: Connection, venue_id: str, version: int, clock: Clock) -> HouseDraft:
    """Return a draft, with its problems and differences. Raises NotFound."""
    found = await read_house_version(conn, venue_id, version)
    return await _draft(conn, venue_id, found, clock)


async def draft_house(
    conn: Connection, venue_id: str, command: DraftHouse, by: str, clock: Clock
) -> HouseDraft:
    """Store a draft. Raises DocumentError with everything wrong, Invalid, IdReused, NotFound."""
    await conn.execute(LOCK_HOUSE, venue_id)
    earlier = await replayed_answer(conn, venue_id, key_of(command), HouseDraft)
    if earlier is not None:
        return earlier
    today = await _today(conn, venue_id, clock)
    if command.from_date is not None:
        check_from_date(command.from_date, today)
    base = await _in_force_on(conn, venue_id, command.from_date or today)
    written = await _written(conn, venue_id, command)
    house = base.house if written is None else written
    house = await _completed(conn, venue_id, house, command.patch)
    now = await clock.now(conn)
    row = await conn.fetchrow(
        INSERT_DRAFT,
        venue_id,
        house_checksum(house),
        house_json(house).decode(),
        command.from_date,
        base.version,
        command.reason,
        by,
        now,
    )
    made = await _draft(conn, venue_id, _with_house(row), clock)
    return await keep_answer(conn, venue_id, key_of(command), made, by=by, at=now)


async def patch_draft(
    conn: Connection, venue_id: str, version: int, command: PatchHouse, by: str, clock: Clock
) -> HouseDraft:
    """Change a draft.

    Raises NotFound, Stale (with the draft as it is now) if somebody changed it meanwhile,
    NotPossibleNow for one that is published or withdrawn, DocumentError, Invalid, IdReused.
    """
    found = await _locked(conn, venue_id, version)
    key = key_of(command, version)
    earlier = await replayed_answer(conn, venue_id, key, HouseDraft)
    if earlier is not None:
        return earlier
    _require_draft(found)
    if found.edits != command.edits:
        raise Stale(
            message("draft-changed-since"),
            pointer="/edits",
            now=await _draft(conn, venue_id, found, clock),
        )
    if command.from_date is not None:
        check_from_date(command.from_date, await _today(conn, venue_id, clock))
    house = await _completed(conn, venue_id, found.house, command.patch)
    row = await conn.fetchrow(
        UPDATE_DRAFT,
        venue_id,
        version,
        house_checksum(house),
        house_json(house).decode(),
        command.from_date or found.from_date,
    )
    changed = await _draft(conn, venue_id, _with_house(row), clock)
    now = await clock.now(conn)
    return await keep_answer(conn, venue_id, key, changed, by=by, at=now)


async def withdraw_draft(
    conn: Connection, venue_id: str, version: int, action_id: UUID, by: str, clock: Clock
) -> EditionWithHouse:
    """Withdraw a draft. Raises NotFound, NotPossibleNow for a published version, IdReused."""
    found = await _locked(conn, venue_id, version)
    key = ActionKey(action_id, "WithdrawDraft", fingerprint(version))
    earlier = await replayed_answer(conn, venue_id, key, EditionWithHouse)
    if earlier is not None:
        return earlier
    _require_draft(found)
    gone = _with_house(await conn.fetchrow(WITHDRAW_DRAFT, venue_id, version))
    return await keep_answer(conn, venue_id, key, gone, by=by, at=await clock.now(conn))


async def _today(conn: Connection, venue_id: str, clock: Clock) -> date:
    return (await house_of(conn, venue_id)).service_date_at(await clock.now(conn))


async def _in_force_on(conn: Connection, venue_id: str, day: date) -> EditionWithHouse:
    row = await conn.fetchrow(IN_FORCE_ON, venue_id, day)
    if row is None:
        raise NotFound(message("no-house-on-day", day=CalendarDate(day, "year")))
    return _with_house(row)


async def _locked(conn: Connection, venue_id: str, version: int) -> EditionWithHouse:
    return _with_house(await conn.fetchrow(READ_FOR_UPDATE, venue_id, version), version)


def _require_draft(found: EditionWithHouse) -> None:
    if found.state != "draft":
        raise NotPossibleNow(
            message("version-not-draft", version=str(found.version), state=found.state)
        )


async def _written(conn: Connection, venue_id: str, command: DraftHouse) -> House | None:
    """Return the whole house the command brings, if any; its people have to be the accounts."""
    if command.house is not None and command.toml is not None:
        raise Invalid(message("house-or-toml"), pointer="/toml")
    if command.house is not None:
        root, house = "/house", house_in(command.house)
    elif command.toml is not None:
        root, house = "/toml", _in_file(command.toml)
    else:
        return None
    _check_id(venue_id, house, root)
    await _check_people(conn, venue_id, house, root)
    return house


def _check_id(venue_id: str, house: House, root: str) -> None:
    if house.venue.id != venue_id:
        said = message("house-keeps-id", venue=venue_id)
        raise DocumentError(((f"{root}/venue/id", said),))


def _in_file(text: str) -> House:
    try:
        return msgspec.convert(parse_house(text), House)
    except HouseError as error:
        raise DocumentError(tuple(("/toml", problem) for problem in error.problems)) from None


async def _check_people(conn: Connection, venue_id: str, house: House, root: str) -> None:
    """Raise DocumentError for people who are not the accounts: nobody comes or goes by a draft."""
    accounts = {(each.id, each.role) for each in await _people(conn, venue_id)}
    given = {(each.id, each.role) for each in house.staff}
    differing = sorted({staff_id for staff_id, _ in accounts ^ given}) if given else []
    if differing:
        said = message("people-differ", people=tuple(differing))
        raise DocumentError(((f"{root}/staff", said),))


async def _people(conn: Connection, venue_id: str) -> tuple[Person, ...]:
    accounts = await staff_of(conn, venue_id)
    return tuple(Person(id=each.staff_id, name=each.name, role=each.role) for each in accounts)


async def _completed(
    conn: Connection, venue_id: str, house: House, patch: dict[str, Any] | None
) -> House:
    """Return the house to be stored: patched, without people, its house rules numbered."""
    house = replace(house, staff=())
    if patch:
        house = patched_house(house, patch)
        _check_id(venue_id, house, "/patch")
    if house.staff:
        said = message("people-are-accounts")
        raise DocumentError((("/patch/staff", said),))
    rows = await conn.fetch(RULES_SHOWN, venue_id)
    shown = [msgspec.json.decode(row["rules"], type=HouseRules) for row in rows]
    return with_rules_numbered(house, shown)


async def _draft(
    conn: Connection, venue_id: str, found: EditionWithHouse, clock: Clock
) -> HouseDraft:
    day = found.from_date or await _today(conn, venue_id, clock)
    base = (await _in_force_on(conn, venue_id, day)).house
    return HouseDraft(
        **msgspec.structs.asdict(found),
        problems=contradictions(found.house),
        differences=differences(
            document_of(base), document_of(found.house), found.house.venue.currency
        ),
    )


def _edition(row: Record) -> HouseEdition:
    return msgspec.convert(row, HouseEdition, from_attributes=True)


def _with_house(row: Record | None, version: int = 0) -> EditionWithHouse:
    if row is None:
        raise NotFound(message("no-such-house-version", version=str(version)))
    house = replace(msgspec.json.decode(row["house"], type=House), staff=())
    return EditionWithHouse(**msgspec.structs.asdict(_edition(row)), house=house)
