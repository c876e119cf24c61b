"""The services a report is asked about, as the first part of each statement of cases.

Every such statement takes the same parameters: $1 venue, $2 the first service date, $3 the date
after the last, $4 the name of a period or null, $5 a weekday (1 is Monday) or null, $6 and $7 from
which date the venue's clocks are how many minutes ahead of UTC, $8 now. The shift of a date is that
of its noon: in a service that crosses a change of clocks, times after it are told by the old one.
"""

from typing import Final

ASKED_DATE: Final = """
    {0}.service_date >= $2 and {0}.service_date < $3
    and ($5::int is null or extract(isodow from {0}.service_date) = $5)"""

_EVENING: Final = f"""
    select p.period_id, p.service_date, p.name as period, p.opens, p.closes, p.closed_at,
           p.rules_version, p.rules_override, $8::timestamptz as now, (
               select z.minutes from unnest($6::date[], $7::int[]) as z (since, minutes)
               where z.since <= p.service_date order by z.since desc limit 1) as shift
    from period p
    where p.venue_id = $1 and ($4::text is null or p.name = $4) and {ASKED_DATE.format("p")}"""

EVENING: Final = f"evening as ({_EVENING})"
EVENING_ONCE: Final = f"evening as materialized ({_EVENING})"
"""The same, worked out once a service: for cases that are many times as many as parties."""

MINUTE: Final = "((floor(extract(epoch from {0}) / 60)::bigint + e.shift) % 1440)::int as minute"
"""The minute of the venue's day of an instant."""

QUARTER: Final = "minute / 15"
"""A key that is said as a time (seating/reports/labels.py)."""
QUARTER_ORDER: Final = "minute + case when minute < 300 then 1440 else 0 end"
"""After midnight is after the evening, until five."""

WEEKDAY: Final = "extract(isodow from service_date)::int"
DATE: Final = "service_date"
DATE_ORDER: Final = "service_date - date '2000-01-01'"
SIZE: Final = """case when party_size <= 2 then party_size::text when party_size <= 4 then '3–4'
    when party_size <= 6 then '5–6' when party_size <= 8 then '7–8' else '9+' end"""
SIZE_ORDER: Final = "party_size"
