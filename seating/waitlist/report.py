"""Waits quoted against waits that came: what the waitlist was told, and what it got."""

from datetime import date

import msgspec
from msgspec import Struct

from seating.db import Connection

# The wait is until the party sat down. Who was still on the list at the close was forgotten there.
QUOTED_AND_WAITED = """
select w.channel, count(*) as parties, sum(w.party_size) as covers,
       count(*) filter (where w.state = 'seated') as seated,
       count(*) filter (where w.state = 'left') as "left",
       count(*) filter (where w.state = 'turned_away') as turned_away,
       count(w.notified_at) as called,
       avg(w.quoted_minutes) filter (where w.state = 'seated')::float as quoted_minutes,
       avg(waited.minutes) filter (where w.state = 'seated' and w.quoted_minutes is not null)::float
           as waited_minutes,
       count(*) filter (where w.state = 'seated' and w.quoted_minutes is not null) as quoted,
       count(*) filter (where w.state = 'seated' and waited.minutes <= w.quoted_minutes) as kept
from wait_entry w join period p using (venue_id, period_id)
cross join lateral (
    select extract(epoch from w.ended_at - w.joined_at) / 60 as minutes) waited
where w.venue_id = $1 and p.service_date between $2 and $3
group by w.channel order by w.channel
"""


class Waits(Struct, frozen=True, kw_only=True):
    """The parties that joined on one channel, and of those seated the wait quoted and had.

    `quoted`: seated parties that had been told a wait; `kept` of them sat down within it.
    """

    channel: str
    parties: int
    covers: int
    seated: int
    left: int
    turned_away: int
    called: int
    quoted: int
    kept: int
    quoted_minutes: float | None
    waited_minutes: float | None


class WaitsReport(Struct, frozen=True, kw_only=True):
    """The waitlist of some service dates; `kept_share` of the quotes held, None without any."""

    channels: tuple[Waits, ...]
    parties: int
    kept_share: float | None


async def waits_report(conn: Connection, venue_id: str, first: date, last: date) -> WaitsReport:
    """Return what the parties that joined the list on these dates were told and got."""
    rows = await conn.fetch(QUOTED_AND_WAITED, venue_id, first, last)
    channels = tuple(msgspec.convert(row, Waits, from_attributes=True) for row in rows)
    quoted = sum(each.quoted for each in channels)
    return WaitsReport(
        channels=channels,
        parties=sum(each.parties for each in channels),
        kept_share=sum(each.kept for each in channels) / quoted if quoted else None,
    )
