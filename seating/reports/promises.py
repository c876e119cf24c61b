"""Cases of held tables and of promises beyond the room: what was told, what happened."""

from typing import Final

from policies.house.rules import Decisions
from seating.reports.evenings import DATE, DATE_ORDER, EVENING
from seating.reports.shape import COVERS, Report, averaged, bars, counted, shared, summed

# As seating/floor/held_worth.py says what one earned. Regretted: nobody had it, and a party that
# it would have seated was told no for its window.
HELD = f"""with {EVENING}
select h.*, h.granted and h.came as used, h.earned::float8 as figure,
       not h.granted and h.state <> 'held' and exists (
           select from turnaway t
           where t.venue_id = $1 and t.service_date = h.service_date and t.kind = 'denial'
             and t.party_size <= h.seats and t.recovered_by is null
             and t.asked_for >= h.starts - interval '30 minutes' and t.asked_for < h.ends)
           as regretted
from (
    select h.held_id as id, 'held' as what, e.service_date, h.starts as at, h.starts, h.ends,
           h.seats, coalesce(s.party_size, h.seats) as party_size,
           coalesce(nullif(r.name, ''), s.name, '') as name, h.state,
           coalesce(h.reason, '') as note, h.window_name, h.state = 'granted' as granted,
           h.state = 'released' and h.ended_by is null as released_in_time,
           h.state = 'released' and h.ended_by is not null as released_by_hand,
           h.state = 'cancelled' as gave_way, s.seating_id is not null as came,
           case when h.state = 'granted' and s.seating_id is not null then s.party_size
                * coalesce(e.rules_override #>> '{{decisions,cover_value}}',
                           b.body #>> '{{decisions,cover_value}}',
                           '{Decisions().cover_value}')::int end as earned,
           case when h.state = 'released' and least(h.ended_at, h.release_at) < h.starts
                then greatest(h.first_displaced - h.last_displaced, 0)
                when h.state in ('granted', 'released') then h.first_displaced end as displaced
    from held_table h join evening e using (period_id)
    left join rules b on b.venue_id = $1 and b.version = e.rules_version
    left join reservation r on r.venue_id = $1 and h.ended_for ->> 'kind' = 'reservation'
        and r.reservation_id = (h.ended_for ->> 'id')::uuid
    left join lateral (
        select t.seating_id, t.name, t.party_size from seating t
        where t.venue_id = $1 and t.period_id = h.period_id and t.merged_into is null
          and (t.seating_id = (h.ended_for ->> 'id')::uuid
               or t.reservation_id = r.reservation_id)
        order by t.seated_at limit 1) s on h.state = 'granted'
    where h.venue_id = $1) h
"""

# `told`: the risk of this party's own wait; of promises made before it was told, of anybody's.
OVERBOOKED = f"""with {EVENING}
select o.*, case when o.came then o.told end as told_came, o.waited as figure,
       o.came and o.told is not null as judged, o.waited_long and o.told is not null as waited_told
from (select w.*, w.state = 'walked' or w.waited > w.tolerance as waited_long from (
    select r.reservation_id as id, 'reservation' as what, e.service_date, r.starts as at,
           r.party_size, r.name, r.state, coalesce(r.overruled_why, '') as note,
           r.overruled_why is not null as overruled,
           r.state in ('seated', 'finished', 'walked') as came, r.state = 'walked' as walked,
           r.state in ('no_show', 'cancelled') as stayed_away,
           coalesce((r.risk #>> '{{told,own_wait}}')::float8, (r.risk ->> 'probability')::float8)
               as told,
           coalesce((r.risk ->> 'tolerance_minutes')::float8, 10) as tolerance,
           greatest(0, extract(epoch from s.seated_at - greatest(r.starts, r.arrived_at)))::float8
               / 60 as waited
    from reservation r join evening e using (period_id)
    left join (
        select t.reservation_id, min(t.seated_at) as seated_at
        from seating t join evening using (period_id)
        where t.venue_id = $1 and t.reservation_id is not null
        group by t.reservation_id) s on s.reservation_id = r.reservation_id
    where r.venue_id = $1 and (r.risk is not null or r.overruled_why is not null)) w) o
"""

BAND: Final = """case when told is null then 'overruled' when told < 0.02 then 'under-2'
    when told < 0.05 then 'under-5' when told < 0.1 then 'under-10' else 'over-10' end"""
BEYOND: Final = (
    counted("beyond"),
    COVERS,
    counted("came", "came"),
    summed("told_waits", "told_came", "number"),
    counted("waited_told", "waited_told"),
    counted("waited_long", "waited_long"),
    counted("walked", "walked"),
)

REPORTS: Final = (
    Report(
        key="held", group="promises", observation="R1", cases=HELD, by="window_name",
        figure="money",
        columns=(
            counted("held"), counted("used", "used"), shared("used_share", "used"),
            counted("released_in_time", "released_in_time"),
            counted("released_by_hand", "released_by_hand"), counted("gave_way", "gave_way"),
            counted("held_regretted", "regretted"), summed("earned", "earned", "money"),
            summed("displaced", "displaced", "money"),
        ),
        picture=bars("used", "released_in_time", "released_by_hand", "gave_way", kind="stack"),
    ),
    Report(
        key="overbooking", group="promises", observation="R2", cases=OVERBOOKED, by=DATE,
        order=DATE_ORDER, labels="date", figure="minutes", columns=BEYOND,
        picture=bars("told_waits", "waited_told", kind="line"),
    ),
    Report(
        key="told-risk", group="promises", observation="R2", cases=OVERBOOKED, by=BAND,
        order="coalesce(told, 2)", labels="band", figure="minutes",
        columns=(
            *BEYOND, averaged("told_mean", "told_came", "share"),
            shared("waited_share", "waited_told", "judged"),
        ),
        picture=bars("told_mean", "waited_share", kind="shares"),
    ),
)  # fmt: skip
