"""A guest asks not to be written to: by the link in a reminder, a tap, or STOP to a provider."""

from uuid import UUID

from msgspec import Struct

from policies.correspondence.sending import ContactWish
from policies.house.house import House
from seating.access.links import follow_link
from seating.book.in_force import house_of
from seating.db import Connection, Pool

WISH_OF_PARTY = """
select case when r.unwritten then 'nothing' else coalesce(g.written_to, 'anything') end
from reservation r left join guest g on g.venue_id = $1 and g.guest_id = r.guest_id
where r.venue_id = $1 and r.reservation_id = $2
"""

# Of the guest's record, so that it holds for every visit; of the booking where there is no record.
SILENCE_GUEST = """
with party as (
    update reservation set unwritten = true where venue_id = $1 and reservation_id = $2
    returning guest_id)
update guest g set written_to = 'nothing' from party
where g.venue_id = $1 and g.guest_id = party.guest_id
"""

NO_MORE_TEXTS = """
update guest set written_to = case written_to
    when 'anything' then 'no_texts' when 'no_emails' then 'nothing' else written_to end
where venue_id = $1 and guest_id = $2
"""


class Silence(Struct, frozen=True, kw_only=True):
    """The page of a link that ends messages: the house, the guest's wish now."""

    house: House
    wish: ContactWish


async def silence_of_link(conn: Connection, token: str) -> Silence:
    """Return what the page of a link tells; changes nothing. Raises NotFound."""
    link = await follow_link(conn, token, "silence")
    wish = await conn.fetchval(WISH_OF_PARTY, link.venue_id, link.subject_id)
    house = (await house_of(conn, link.venue_id)).house
    return Silence(house=house, wish=wish or "nothing")


async def ask_for_silence(conn: Connection, token: str) -> None:
    """Write to the guest of a link no more; idempotent. Raises NotFound."""
    link = await follow_link(conn, token, "silence")
    await conn.execute(SILENCE_GUEST, link.venue_id, link.subject_id)


async def no_more_texts(pool: Pool, venue_id: str, guest_id: UUID) -> None:
    """Send a guest no more text messages: so they told the provider."""
    await pool.execute(NO_MORE_TEXTS, venue_id, guest_id)
