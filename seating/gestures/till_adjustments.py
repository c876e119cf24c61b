"""Till adjustments: amounts to take off a check for delivered gestures, or their reversal.

Written as an outbox row `pos.adjustment` in the transaction of the delivery; the only event of
gestures that leaves the house, and only to tills.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from policies.gestures.gesture import Gesture
from policies.gestures.till_adjustments import CheckLocation, adjustment
from seating.book.in_force import house_of
from seating.db import Connection

# The open check before a closed one; the table where the party sits, else where it sat last.
PLACE = """
with sat as (
    select seating_id, seated_at from seating
    where venue_id = $1 and period_id = $2 and $3::uuid in (reservation_id, wait_id, seating_id))
select (select c.check_id from till_check c
        where c.venue_id = $1 and c.state <> 'cancelled'
          and (c.reservation_id = $3 or c.seating_id in (select seating_id from sat))
        order by c.state = 'closed', c.sequence desc limit 1) as check_id,
       (select t.table_id from seating_table t join sat using (seating_id)
        where t.venue_id = $1
        order by t.to_at desc nulls first, sat.seated_at desc, t.place limit 1) as table_id
"""

INSERT_ADJUSTMENT = """
insert into outbox (venue_id, event, subject, version, at, data)
values ($1, 'pos.adjustment', $2, $3, $4, $5::jsonb)
"""

CHECK_TOTALS = """
select coalesce(sum(c.total) filter (where c.state = 'closed'), 0)::bigint as total,
       count(*) filter (where c.state = 'closed') as closed,
       count(*) filter (where c.state = 'open') as open
from till_check c
where c.venue_id = $1 and (c.reservation_id = $3 or c.seating_id in (
    select seating_id from seating
    where venue_id = $1 and period_id = $2 and $3::uuid in (reservation_id, wait_id, seating_id)))
"""


async def send_adjustment(
    conn: Connection,
    venue_id: str,
    before: Gesture | None,
    after: Gesture,
    order_id: UUID,
    *,
    now: datetime,
) -> Gesture:
    """Send the till the adjustment this step makes; returns the gesture with its adjustment id.

    `order_id`: the command's id, used as the adjustment's id, so that a repeat is recognised.
    """
    if after.price == 0 or "delivered" not in {after.state, before and before.state}:
        return after
    house = (await house_of(conn, venue_id)).house
    sent = adjustment(
        before,
        after,
        await _place(conn, venue_id, after),
        adjustment_id=order_id,
        currency=house.venue.currency,
        now=now,
    )
    if sent is None:
        return after
    data = msgspec.json.encode(sent).decode()
    about = str(after.gesture_id)
    await conn.execute(INSERT_ADJUSTMENT, venue_id, about, after.version, now, data)
    return replace(after, adjustment_id=order_id if sent.reverses is None else None)


async def closed_checks_total(conn: Connection, venue_id: str, gesture: Gesture) -> int | None:
    """Return the total of the party's closed checks; None while one is open or there is none."""
    row = await conn.fetchrow(CHECK_TOTALS, venue_id, gesture.period_id, gesture.party_id)
    if row is None or row["open"] or not row["closed"]:
        return None
    total: int = row["total"]
    return total


async def _place(conn: Connection, venue_id: str, gesture: Gesture) -> CheckLocation:
    row = await conn.fetchrow(PLACE, venue_id, gesture.period_id, gesture.party_id)
    return msgspec.convert(row, CheckLocation, from_attributes=True)
