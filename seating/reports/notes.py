"""What else was unlike every evening on a report's dates: the levers that were pulled."""

from typing import Any, Final

from policies.words.catalogue import say
from policies.words.message import message
from seating.db import Connection
from seating.reports.shape import Group

LEVERS_PULLED: Final = """
select l.kind, count(distinct p.service_date)::int as days
from period p join lever l on l.venue_id = $1
    and p.service_date between l.from_date and l.until_date
    and (l.periods = '{}' or p.name = any (l.periods))
where p.venue_id = $1 and l.engaged and p.opens <= $6
  and p.service_date >= $2 and p.service_date < $3 and ($4::text is null or p.name = $4)
  and ($5::int is null or extract(isodow from p.service_date) = $5)
group by l.kind order by days desc, l.kind
"""
MOVED_BY_LEVERS: Final[frozenset[Group]] = frozenset({"house", "refusals", "promises"})
"""Groups of reports whose figures a lever moves."""


async def notes_on(
    conn: Connection, group: Group, given: tuple[Any, ...], language: str
) -> tuple[str, ...]:
    """Return sentences on the dates of a report; `given`: $1 to $6 of the statement."""
    if group not in MOVED_BY_LEVERS:
        return ()
    pulled = await conn.fetch(LEVERS_PULLED, *given)
    if not pulled:
        return ()
    parts = tuple(message(f"report-lever-{row['kind']}", days=row["days"]) for row in pulled)
    return (say(message("report-levers", parts=parts), language),)
