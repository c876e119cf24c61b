"""Reads closed periods as training data: demand, seatings, waits, and the fate of bookings."""

from datetime import date

import msgspec
from msgspec import Struct

from policies.forecast.past_night import (
    PastBooking,
    PastNight,
    PastRefusal,
    PastSeating,
    PeriodRecords,
    WaitlistDropout,
    past_night_of,
)
from policies.forecast.show_up import BookingFeatures
from policies.house.calendar import Period
from seating.book.period_rows import PERIOD_COLUMNS, period_in
from seating.db import Connection

# `slot`: quarters of an hour since opening. A refused party that found a place after all is counted
# there: among the bookings, on the waitlist, at its table. No stay is taken from a seating that the
# close itself ended (nobody cleared it on the screen) nor from one under 10 minutes (a mistaken
# tap).
PAST_NIGHTS = f"""
select {PERIOD_COLUMNS},
    (select coalesce(jsonb_agg(jsonb_build_object(
        'slot', greatest(0, floor(extract(epoch from r.starts - p.opens) / 900)::int),
        'days_before', greatest(0.0, extract(epoch from r.starts - r.created_at) / 86400),
        'party_size', r.party_size, 'channel', r.channel, 'state', r.state,
        'late', extract(epoch from r.arrived_at - r.starts) / 60)), '[]')
     from reservation r
     where r.venue_id = p.venue_id and r.period_id = p.period_id
       and r.state not in ('requested', 'declined'))::text as booked,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'slot', greatest(0, floor(extract(epoch from t.asked_for - p.opens) / 900)::int),
        'days_before', greatest(0.0, extract(epoch from t.asked_for - t.at) / 86400),
        'party_size', t.party_size, 'channel', t.channel)), '[]')
     from turnaway t
     where t.venue_id = p.venue_id and t.service_date = p.service_date
       and (t.period_id = p.period_id
            or t.period_id is null and t.asked_for between p.opens and p.last_seating)
       and t.wait_id is null and t.recovered_by is null
       and t.code in ('PACING_FULL', 'NO_TABLE_FITS', 'TURN_TOO_SHORT', 'HELD_BACK',
                      'RISK_OVER_CEILING', 'OVERBOOKING_CAP', 'BID_PRICE', 'BLOCKED', 'PAUSED')
    )::text as refused,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'slot', greatest(0, floor(extract(epoch from
            coalesce(w.joined_at, s.seated_at) - p.opens) / 900)::int),
        'party_size', s.party_size, 'walked_in', s.reservation_id is null,
        'minutes', case when s.cleared_at < p.closed_at
            and s.cleared_at - s.seated_at >= interval '10 minutes'
            then extract(epoch from s.cleared_at - s.seated_at) / 60 end)), '[]')
     from seating s left join wait_entry w on w.venue_id = s.venue_id and w.wait_id = s.wait_id
     where s.venue_id = p.venue_id and s.period_id = p.period_id
       and s.merged_into is null)::text as seated,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'slot', greatest(0, floor(extract(epoch from w.joined_at - p.opens) / 900)::int),
        'party_size', w.party_size)), '[]')
     from wait_entry w
     where w.venue_id = p.venue_id and w.period_id = p.period_id
       and w.state in ('left', 'turned_away'))::text as left_waiting
from period p
where p.venue_id = $1 and p.closed_at is not null and p.service_date between $2 and $3
order by p.service_date desc, p.period_id
"""

BOOKINGS_RESOLVED = """
select r.state = 'no_show' as missed, p.service_date,
    (extract(epoch from r.starts - r.created_at) / 86400)::float8 as lead_days,
    r.party_size, r.channel, extract(isodow from p.service_date)::int - 1 as weekday,
    (extract(epoch from r.starts - p.opens) / 3600)::float8 as hour
from period p join reservation r using (venue_id, period_id)
where p.venue_id = $1 and p.closed_at is not null and p.service_date between $2 and $3
  and r.state in ('seated', 'finished', 'walked', 'no_show')
order by p.service_date, r.reservation_id
"""


class ClosedPeriod(Struct, frozen=True, kw_only=True):
    """A closed period and what was observed in it."""

    period: Period
    past: PastNight

    @property
    def date(self) -> date:
        """The service date."""
        return self.period.service_date


class ResolvedBookings(Struct, frozen=True, kw_only=True):
    """Bookings that were not cancelled [N], in order of date; `missed` [N]: it was a no-show."""

    dates: tuple[date, ...]
    bookings: tuple[BookingFeatures, ...]
    missed: tuple[bool, ...]


async def past_nights(
    conn: Connection, venue_id: str, since: date, until: date
) -> tuple[ClosedPeriod, ...]:
    """Return the closed periods of these service dates, both included, the latest first."""
    rows = await conn.fetch(PAST_NIGHTS, venue_id, since, until)
    return tuple(
        ClosedPeriod(
            period=period_in(row),
            past=past_night_of(
                PeriodRecords(
                    booked=msgspec.json.decode(row["booked"], type=tuple[PastBooking, ...]),
                    refused=msgspec.json.decode(row["refused"], type=tuple[PastRefusal, ...]),
                    seated=msgspec.json.decode(row["seated"], type=tuple[PastSeating, ...]),
                    left_waiting=msgspec.json.decode(
                        row["left_waiting"], type=tuple[WaitlistDropout, ...]
                    ),
                )
            ),
        )
        for row in rows
    )


async def resolved_bookings(
    conn: Connection, venue_id: str, since: date, until: date
) -> ResolvedBookings:
    """Return the bookings of these dates with the features known when they were made."""
    rows = await conn.fetch(BOOKINGS_RESOLVED, venue_id, since, until)
    return ResolvedBookings(
        dates=tuple(row["service_date"] for row in rows),
        bookings=tuple(msgspec.convert(dict(row), BookingFeatures) for row in rows),
        missed=tuple(row["missed"] for row in rows),
    )
