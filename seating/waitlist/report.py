"""Report on the waitlist: quoted against actual waits, by channel."""

from datetime import date

import msgspec
from msgspec import Struct

from seating.db import Connection

# The wait runs until the party sat down.
QUOTED_AND_WAITED = """
select w.channel, count(*) as parties, sum(w.party_size) as covers,
       count(*) filter (where w.state = 'seated') as seated,
       count(*) filter (where w.state = 'left') as "left",
       count(*) filter (where w.state = 'gone') as gone,
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


class ChannelWaits(Struct, frozen=True, kw_only=True):
    """Parties that joined on one channel; mean quoted and actual wait of those seated, in minutes.

    `called`: were notified; `gone`: and did not answer. `quoted`: seated parties with a quote;
    `kept`: seated within it.
    """

    channel: str
    parties: int
    covers: int
    seated: int
    left: int
    gone: int
    turned_away: int
    called: int
    quoted: int
    kept: int
    quoted_minutes: float | None
    waited_minutes: float | None


class WaitsReport(Struct, frozen=True, kw_only=True):
    """The waitlist of some service dates; `kept_share`: of the quotes, None without any."""

    channels: tuple[ChannelWaits, ...]
    parties: int
    kept_share: float | None


async def waits_report(conn: Connection, venue_id: str, first: date, last: date) -> WaitsReport:
    """Return the report on the parties that joined on these service dates, both included."""
    rows = await conn.fetch(QUOTED_AND_WAITED, venue_id, first, last)
    channels = tuple(msgspec.convert(row, ChannelWaits, from_attributes=True) for row in rows)
    quoted = sum(each.quoted for each in channels)
    return WaitsReport(
        channels=channels,
        parties=sum(each.parties for each in channels),
        kept_share=sum(each.kept for each in channels) / quoted if quoted else None,
    )
