"""Counts of gestures given before, which the etiquette rules limit.

They are exact only for a caller that holds the venue's purse (`purses.lock_venue_purse`).
"""

from datetime import datetime

import msgspec

from policies.gestures.etiquette import GivingHistory
from policies.gestures.visit import Visit
from seating.db import Connection

GIVEN_BEFORE = """
with given as (
    select party_id, state, encore from gesture
    where venue_id = $1 and period_id = $2 and not amends
      and (state in ('accepted', 'delivered') or (state = 'offered' and expires_at > $6)))
select (select count(distinct party_id) from given where party_id <> $3) as others,
       (select count(*) from reservation where venue_id = $1 and period_id = $2
          and state in ('booked', 'arrived', 'seated', 'finished'))
       + (select count(*) from wait_entry where venue_id = $1 and period_id = $2
            and state in ('waiting', 'notified', 'seated'))
       + (select count(*) from seating where venue_id = $1 and period_id = $2
            and reservation_id is null and wait_id is null) as parties,
       exists (select from given where party_id = $3) as mine,
       exists (select from given where party_id = $3 and state <> 'offered' and not encore)
           as begun,
       exists (select from given where party_id = $3 and encore) as encored,
       (select max(again_from) from gesture
        where venue_id = $1 and coalesce(guest_id, party_id) = $4 and item = $5
          and again_from > $6 and not encore and not amends
          and (state in ('accepted', 'delivered') or (state = 'offered' and expires_at > $6)))
           as again_from
"""

AGAIN_BY_ITEM = """
select item, max(again_from) as again_from from gesture
where venue_id = $1 and coalesce(guest_id, party_id) = $2 and again_from > $3
  and not encore and not amends
  and (state in ('accepted', 'delivered') or (state = 'offered' and expires_at > $3))
group by item
"""


async def given_before(
    conn: Connection,
    venue_id: str,
    period_id: str,
    visit: Visit,
    item: str | None,
    *,
    now: datetime,
) -> GivingHistory:
    """Return the counts that limit giving the item (None: any item) to this party.

    A caller that offers by them holds the venue's purse.
    """
    whom = visit.guest_id or visit.party_id
    row = await conn.fetchrow(GIVEN_BEFORE, venue_id, period_id, visit.party_id, whom, item, now)
    return msgspec.convert(row, GivingHistory, from_attributes=True)


async def again_by_item(
    conn: Connection, venue_id: str, visit: Visit, *, now: datetime
) -> dict[str, datetime]:
    """Return the items this guest received lately, and from when on each may be given again."""
    rows = await conn.fetch(AGAIN_BY_ITEM, venue_id, visit.guest_id or visit.party_id, now)
    return {row["item"]: row["again_from"] for row in rows}
