"""Promises that have lost their place by a change of the house, as people read them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from policies.drafts.book import DayOf
from policies.drafts.proposals import Proposal, proposal_for
from policies.drafts.stranding import NewBook, Stranded, waiting_for_a_person
from policies.house.calendar import zone_of
from policies.words.catalogue import say
from policies.words.message import Param
from seating.book.in_force import house_of
from seating.clock import Clock
from seating.db import Connection
from seating.house.carrying import book_under, days_of

DETAILS = """
select r.reservation_id, r.code, g.phone
from reservation r left join guest g on g.venue_id = r.venue_id and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = any($2::uuid[])
"""


class StrandedPromise(Struct, frozen=True, kw_only=True):
    """A promise (or a seated party, without a code) that the house has no place for, and why.

    `starts`: with the offset of the house's clocks. `why`: in English; `message`, `params`: the
    same in any language, empty in what was stored before. `proposal`: what the engine would accept
    now.
    """

    reservation_id: UUID
    period_id: str
    name: str
    party_size: int
    starts: datetime
    why: str
    message: str = ""
    params: dict[str, Param] = {}
    code: str | None = None
    phone: str | None = None
    proposal: Proposal = Proposal()


class StrandedList(Struct, frozen=True):
    """Promises without a place, by start."""

    stranded: tuple[StrandedPromise, ...]


async def stranded_promises(conn: Connection, venue_id: str, clock: Clock) -> StrandedList:
    """Return every promise ahead that the house in force has no place for. Raises NotFound."""
    in_force, now = await house_of(conn, venue_id), await clock.now(conn)
    today = in_force.service_date_at(now)
    book = await book_under(conn, in_force, in_force, today, now)
    lost = tuple(waiting_for_a_person(book.pictures.values(), days_of(in_force)))
    return StrandedList(await with_details(conn, venue_id, lost, book, days_of(in_force), now))


async def with_details(
    conn: Connection,
    venue_id: str,
    lost: Sequence[Stranded],
    book: NewBook,
    day_of: DayOf,
    now: datetime,
) -> tuple[StrandedPromise, ...]:
    """Return the promises with code, phone and what the engine proposes for each."""
    rows = await conn.fetch(DETAILS, venue_id, [each.subject for each in lost])
    details = {row["reservation_id"]: (row["code"], row["phone"]) for row in rows}
    found = list[StrandedPromise]()
    for each in lost:
        code, phone = details.get(each.subject, (None, None))
        zone = zone_of(day_of(each.period.service_date).house)
        proposal = proposal_for(each, book.pictures, day_of, now=now)
        found.append(
            StrandedPromise(
                reservation_id=each.subject,
                period_id=each.period.period_id,
                name=each.name,
                party_size=each.party_size,
                starts=each.starts.astimezone(zone),
                why=say(each.why),
                message=each.why.key,
                params=each.why.params,
                code=code,
                phone=phone,
                proposal=Proposal(
                    kind=proposal.kind,
                    tables=proposal.tables,
                    starts=tuple(start.astimezone(zone) for start in proposal.starts),
                ),
            )
        )
    return tuple(found)


def loss_of(count: int) -> str:
    """Return in words how many lose their place."""
    one = "one reservation would lose its place"
    return one if count == 1 else f"{count} reservations would lose their places"


def lines_of(stranded: Iterable[StrandedPromise]) -> list[str]:
    """Return a line for each, with local time, code and phone, for who starts the service."""
    return [
        f"{each.name or 'a guest'}, {each.party_size} guests, {each.starts:%d %B %H:%M}"
        f"{f', {each.phone}' if each.phone else ''}{f', {each.code}' if each.code else ''}:"
        f" {each.why}"
        for each in stranded
    ]
