"""Cases of parties that sat down: covers, the room, checks, who served, who came again."""

from typing import Final

from seating.book.sat import PARTIES_SAT
from seating.reports.evenings import (
    DATE,
    DATE_ORDER,
    EVENING,
    EVENING_ONCE,
    MINUTE,
    QUARTER,
    QUARTER_ORDER,
    SIZE,
    SIZE_ORDER,
    WEEKDAY,
)
from seating.reports.shape import COVERS, Column, Report, averaged, bars, counted, shared, summed

# `received` looks into a hashed list: planned as a join, by guesses, it may go through all pairs.
VISITS = f"""with {EVENING}
select v.party_id as id, v.what, v.channel, v.party_size, e.service_date, v.at,
       {MINUTE.format("v.at")}, v.name, v.state, v.guest_id, v.party_id in (
           select g.party_id from gesture g join evening using (period_id)
           where g.venue_id = $1 and g.party_id is not null
             and g.state in ('accepted', 'delivered') and not g.amends) as received,
       v.channel = 'walk_in' as walked_in, null::float8 as figure, '' as note
from {PARTIES_SAT} v join evening e using (period_id)
"""

# `minutes` as learning counts stays: not those that the close ended, nor mistaken taps.
SITTINGS = f"""with {EVENING}
select s.seating_id as id, 'seating' as what, e.service_date, s.seated_at as at, s.party_size,
       coalesce(nullif(s.name, ''), r.name, '') as name, s.state, '' as note,
       coalesce(a.staff_id, '') as staff_id, m.minutes as figure, m.minutes,
       case when s.reservation_id is null then 'walk_in' else 'booked' end as origin
from seating s join evening e using (period_id)
left join reservation r on r.venue_id = $1 and r.reservation_id = s.reservation_id
left join action a on a.venue_id = $1 and a.action_id = s.seating_id and a.kind = 'Seat'
cross join lateral (
    select case when s.cleared_at - s.seated_at >= interval '10 minutes'
                 and (e.closed_at is null or s.cleared_at < e.closed_at)
           then extract(epoch from s.cleared_at - s.seated_at)::float8 / 60 end as minutes) m
where s.venue_id = $1 and s.merged_into is null
"""

AT_TABLES = f"""with {EVENING}
select s.seating_id as id, 'seating' as what, e.service_date, t.from_at as at, s.party_size,
       coalesce(nullif(s.name, ''), r.name, '') as name, s.state, t.table_id as note, t.table_id,
       m.minutes as figure, m.minutes
from seating s join evening e using (period_id)
join seating_table t on t.venue_id = $1 and t.seating_id = s.seating_id
left join reservation r on r.venue_id = $1 and r.reservation_id = s.reservation_id
cross join lateral (
    select extract(epoch from least(coalesce(t.to_at, e.now), e.now) - t.from_at)::float8 / 60
           as minutes) m
where s.venue_id = $1
"""

# A sitting counts in every quarter of an hour that it saw begin.
PRESENT = f"""with {EVENING_ONCE}
select s.seating_id as id, 'seating' as what, e.service_date, q.at, s.party_size,
       coalesce(nullif(s.name, ''), '') as name, s.state, '' as note, null::float8 as figure,
       {MINUTE.format("q.at")}
from seating s join evening e using (period_id)
cross join lateral generate_series(
    date_bin(interval '15 minutes', s.seated_at - interval '1 microsecond', e.opens)
        + interval '15 minutes',
    least(coalesce(s.cleared_at, e.now), e.closes) - interval '1 microsecond',
    interval '15 minutes') as q (at)
where s.venue_id = $1 and s.merged_into is null
"""

CHECKS = f"""with {EVENING}
select c.id, c.what, c.service_date, c.at, c.party_size, c.name, c.state, '' as note,
       c.total::float8 as figure, c.total::float8 as total, c.tip::float8 as tip, c.channel,
       case when c.total > 0 then c.tip::float8 / c.total end as tip_share
from (
    select coalesce(s.reservation_id, s.seating_id, k.reservation_id) as id, 'check' as what,
           e.service_date, k.closed_at as at, coalesce(k.covers, s.party_size, 0) as party_size,
           coalesce(nullif(s.name, ''), r.name, '') as name, k.state, k.total, k.tip,
           coalesce(r.channel, case when s.wait_id is null then 'walk_in' else 'waitlist' end)
               as channel
    from till_check k join evening e using (period_id)
    left join seating s on s.venue_id = $1 and s.seating_id = k.seating_id
    left join reservation r on r.venue_id = $1
        and r.reservation_id = coalesce(s.reservation_id, k.reservation_id)
    where k.venue_id = $1 and k.state = 'closed') c
"""

PARTIES: Final = (counted("parties"), COVERS)
ABOUT_PARTIES: Final = (
    *PARTIES,
    averaged("per_party", "party_size", "number"),
    counted("walk_ins", "walked_in"),
)
MONEY: Final = (
    counted("checks"),
    COVERS,
    summed("takings", "total", "money"),
    averaged("per_check", "total", "money"),
    Column(key="per_guest", how="ratio", kind="money", measure="total", per="party_size"),
    averaged("tip_share", "tip_share", "share"),
)

REPORTS: Final = (
    Report(
        key="covers-channel", group="house", cases=VISITS, by="channel", labels="channel",
        columns=(*PARTIES, averaged("per_party", "party_size", "number")),
        picture=bars("covers"),
    ),
    Report(
        key="covers-time", group="house", cases=VISITS, by=QUARTER, order=QUARTER_ORDER,
        labels="time",
        columns=(*ABOUT_PARTIES, Column(key="nightly_covers", how="nightly", kind="number",
                                        measure="party_size")),
        picture=bars("nightly_covers"),
    ),
    Report(
        key="covers-day", group="house", cases=VISITS, by=DATE, order=DATE_ORDER, labels="date",
        columns=ABOUT_PARTIES, picture=bars("covers", kind="line"),
    ),
    Report(
        key="covers-weekday", group="house", cases=VISITS, by=WEEKDAY, order=WEEKDAY,
        labels="weekday", columns=ABOUT_PARTIES, picture=bars("covers"),
    ),
    Report(
        key="stays", group="house", cases=SITTINGS, by=SIZE, order=SIZE_ORDER, figure="minutes",
        columns=(
            counted("sittings"),
            averaged("stay", "minutes", how="median"),
            averaged("stay_most", "minutes", how="most"),
            averaged("stay_mean", "minutes"),
        ),
        picture=bars("stay", "stay_most"),
    ),
    Report(
        key="occupancy", group="house", cases=PRESENT, by=QUARTER, order=QUARTER_ORDER,
        labels="time",
        columns=(
            Column(key="present", how="nightly", kind="number", measure="party_size", anew=True),
            Column(key="sittings", anew=True),
        ),
        picture=bars("present"),
    ),
    Report(
        key="tables", group="house", cases=AT_TABLES, by="table_id", labels="table",
        figure="minutes",
        columns=(
            counted("sittings"),
            COVERS,
            Column(key="nightly_turns", how="nightly", kind="number", measure="1"),
            Column(key="nightly_minutes", how="nightly", kind="minutes", measure="minutes"),
            averaged("stay", "minutes", how="median"),
        ),
        picture=bars("nightly_turns"),
    ),
    Report(
        key="checks", group="house", cases=CHECKS, by=WEEKDAY, order=WEEKDAY, labels="weekday",
        figure="money", columns=MONEY, picture=bars("per_guest"),
    ),
    Report(
        key="checks-channel", group="house", cases=CHECKS, by="channel", labels="channel",
        figure="money", columns=MONEY, picture=bars("per_guest"),
    ),
    Report(
        key="servers", group="house", cases=SITTINGS, by="staff_id", labels="person",
        figure="minutes",
        columns=(counted("sittings"), COVERS, averaged("stay", "minutes", how="median")),
        picture=bars("covers"),
    ),
    Report(
        key="received", group="giving", cases=VISITS, by="channel", labels="channel",
        observation="R6",
        columns=(
            counted("parties"), counted("received", "received"), shared("given_share", "received"),
        ),
        picture=bars("given_share", kind="shares"),
    ),
    Report(
        key="received-size", group="giving", cases=VISITS, by=SIZE, order=SIZE_ORDER,
        observation="R6",
        columns=(
            counted("parties"), counted("received", "received"), shared("given_share", "received"),
        ),
        picture=bars("given_share", kind="shares"),
    ),
)  # fmt: skip
