"""Cases of bookings not cancelled: the chance of a no-show believed of each, and what came."""

from typing import Final

from policies.house.channels import STAFF
from seating.reports.bookings import RESERVATIONS
from seating.reports.evenings import EVENING
from seating.reports.shape import COVERS, Report, averaged, bars, counted, shared, summed

# As policies/forecast/miss_odds.py: tests/seating/reports/test_no_show_risk.py holds one against
# the other.
_SCORE = """(odds ->> 'level')::float8
    + (odds ->> 'lead')::float8 * ln(1 + greatest(lead_days, 0))
    + case when lead_days < 1 then (odds ->> 'soon')::float8 else 0 end
    + (odds -> 'sizes' ->> (least(party_size, jsonb_array_length(odds -> 'sizes')) - 1))::float8
    + hours * ((odds ->> 'hour')::float8 + hours * (odds ->> 'hour_squared')::float8)
    + coalesce((odds -> 'channels' ->> channel)::float8, 0)"""
_OF_STAFF = ", ".join(f"'{each}'" for each in sorted(STAFF))
_BY_CHANNEL = f"""(believed ->> case when channel in ({_OF_STAFF})
    then 'no_show_phone' else 'no_show_online' end)::float8"""

# What the last lesson before each evening believed: no case was among what it was learned from.
NO_SHOWS = f"""with {EVENING}, belief_before as materialized (
    select e.period_id, b.forecast from evening e
    cross join lateral (
        select b.forecast from belief b
        where b.venue_id = $1 and b.period_name = e.period
          and b.weekday = extract(isodow from e.service_date)
          and b.service_date < e.service_date
        order by b.service_date desc limit 1) b)
select c.*, c.told as figure, c.told is not null as judged,
       c.missed and c.told is not null as missed_told,
       case when c.told is not null
            then ntile(10) over (partition by c.told is null order by c.told, c.id) end as tenth
from (select d.*, case when d.odds is null then {_BY_CHANNEL}
                       else 1 / (1 + exp(-({_SCORE}))) end as told
      from (select b.*, f.forecast as believed, nullif(f.forecast -> 'missed', 'null') as odds
            from {RESERVATIONS} b left join belief_before f using (period_id)
            where b.resolved) d) c
"""

REPORTS: Final = (
    Report(
        key="no-show-risk", group="promises", observation="R2", cases=NO_SHOWS,
        by="coalesce(tenth::text, 'unknown')", order="coalesce(tenth, 11)", labels="tenth",
        figure="share",
        columns=(
            counted("booked"), COVERS, summed("expected_misses", "told", "number"),
            counted("missed_told", "missed_told"), counted("missed", "missed"),
            averaged("believed_mean", "told", "share"),
            shared("missed_share", "missed_told", "judged"),
        ),
        picture=bars("believed_mean", "missed_share", kind="shares"),
    ),
)  # fmt: skip
