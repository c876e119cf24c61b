"""Cases of gestures, of what was asked of a manager, of complaints, tips and claims."""

from typing import Final

from seating.reports.evenings import EVENING
from seating.reports.shape import Report, averaged, bars, counted, shared, summed

# `again`: the guest came again within 60 days; known once these are over (`followed`).
GESTURES = f"""with {EVENING}
select g.gesture_id as id, 'gesture' as what, e.service_date, g.offered_at as at,
       coalesce(r.party_size, s.party_size, w.party_size, 0) as party_size, g.party_name as name,
       g.state, g.reason as note, g.cost::float8 as figure, g.item, g.kind, g.cause, g.offered_by,
       g.state in ('accepted', 'delivered') as taken, g.state = 'declined' as declined,
       g.state = 'delivered' as delivered,
       g.state = 'expired' and g.answered_at is not null as forgotten,
       case when g.state in ('offered', 'accepted', 'delivered') then g.cost end as cost,
       g.guest_asked, case when g.state = 'delivered' then g.units end as units,
       f.followed, f.followed and exists (
           select from reservation n
           where n.venue_id = $1 and n.guest_id = g.guest_id and n.starts > g.offered_at
             and n.starts <= g.offered_at + interval '60 days'
             and n.reservation_id is distinct from g.reservation_id
             and n.state in ('seated', 'finished')) as again
from gesture g join evening e using (period_id)
left join reservation r on r.venue_id = $1 and r.reservation_id = g.reservation_id
left join seating s on s.venue_id = $1 and s.seating_id = g.seating_id
left join wait_entry w on w.venue_id = $1 and w.wait_id = g.wait_id
cross join lateral (
    select g.guest_id is not null and g.state in ('accepted', 'delivered')
           and e.service_date + 60 <= e.now::date as followed) f
where g.venue_id = $1
"""

ASKED = f"""with {EVENING}
select a.approval_id as id, 'approval' as what, e.service_date, a.asked_at as at, 0 as party_size,
       a.party_name as name, a.state, coalesce(a.said, '') as note, a.cost::float8 as figure,
       a.asked_by, a.state = 'approved' as approved, a.state = 'refused' as refused,
       a.state = 'expired' as unanswered,
       case when a.state = 'approved' then a.cost end as cost,
       extract(epoch from a.answered_at - a.asked_at)::float8 / 60 as minutes
from approval a join evening e using (period_id) where a.venue_id = $1
"""

# A refund without a complaint on record is a case of its own, without minutes.
AMENDS = f"""with {EVENING}, paid as (
    select g.* from gesture g join evening using (period_id)
    where g.venue_id = $1 and g.kind = 'refund' and g.state = 'delivered')
select coalesce(c.complaint_id, g.gesture_id) as id, 'complaint' as what, e.service_date,
       coalesce(c.at, g.offered_at) as at, 0 as party_size,
       coalesce(c.party_name, g.party_name) as name,
       case when g.gesture_id is null then 'noted' else 'refunded' end as state,
       coalesce(c.about, nullif(g.dish, ''), g.reason, '') as note,
       coalesce(c.noted_by, g.offered_by) as staff_id, c.complaint_id is not null as complained,
       g.gesture_id is not null as refunded,
       c.complaint_id is not null and g.gesture_id is not null as answered, g.cost as cost,
       extract(epoch from g.delivered_at - c.at)::float8 / 60 as minutes,
       extract(epoch from g.delivered_at - c.at)::float8 / 60 as figure
from (select c.* from complaint c join evening using (period_id) where c.venue_id = $1) c
full join paid g on g.complaint_id = c.complaint_id
join evening e on e.period_id = coalesce(c.period_id, g.period_id)
"""

# As seating/gestures/report.py counts tips: by party, amends left out.
TIPPED = f"""with {EVENING}
select t.*, case when t.encore then 'encore' when t.encore is null then 'none' else 'one' end
           as pattern, t.tip_share as figure
from (
    select p.party_id as id, 'check' as what, p.service_date, p.at, p.party_size, p.name,
           'closed' as state, '' as note, p.tip / p.total as tip_share, g.encore
    from (
        select coalesce(s.reservation_id, s.wait_id, s.seating_id, k.reservation_id) as party_id,
               e.service_date, max(k.closed_at) as at, max(coalesce(s.party_size, k.covers, 0))
                   as party_size,
               max(coalesce(nullif(s.name, ''), r.name, '')) as name,
               sum(k.total)::float8 as total, sum(k.tip)::float8 as tip
        from till_check k join evening e using (period_id)
        left join seating s on s.venue_id = $1 and s.seating_id = k.seating_id
        left join reservation r on r.venue_id = $1
            and r.reservation_id = coalesce(s.reservation_id, k.reservation_id)
        where k.venue_id = $1 and k.state = 'closed'
        group by 1, 2 having sum(k.total) > 0) p
    left join lateral (
        select bool_or(g.encore) as encore from gesture g
        where g.venue_id = $1 and g.party_id = p.party_id and g.state = 'delivered'
          and not g.amends) g on true
    where p.party_id is not null) t
"""

CLAIMS = f"""with {EVENING}
select g.gesture_id as id, 'gesture' as what, e.service_date, g.offered_at as at, 0 as party_size,
       g.party_name as name, g.state, g.reason as note, g.cost::float8 as figure, g.offered_by,
       g.cost, coalesce(g.guest_id::text, '') as guest
from gesture g join evening e using (period_id)
where g.venue_id = $1 and g.kind = 'claim' and g.state = 'delivered'
"""

GIVEN: Final = (
    counted("offered"),
    counted("taken", "taken"),
    counted("declined", "declined"),
    counted("delivered", "delivered"),
    counted("forgotten", "forgotten"),
    summed("cost", "cost", "money"),
    counted("again", "again"),
    shared("again_share", "again", "followed"),
)
PAID: Final = (
    counted("claims"),
    summed("cost", "cost", "money"),
    averaged("cost_mean", "cost", "money"),
)

REPORTS: Final = (
    Report(
        key="gestures", group="giving", observation="R4", cases=GESTURES, by="item",
        labels="item", figure="money", columns=GIVEN, picture=bars("delivered"),
    ),
    Report(
        key="gestures-person", group="giving", observation="R5", cases=GESTURES, by="offered_by",
        labels="person", figure="money", columns=GIVEN, picture=bars("cost"),
    ),
    Report(
        key="gestures-cause", group="giving", observation="R4", cases=GESTURES, by="cause",
        labels="cause", figure="money", columns=GIVEN, picture=bars("delivered"),
    ),
    Report(
        key="approvals", group="giving", observation="R5", cases=ASKED, by="asked_by",
        labels="person", figure="money",
        columns=(
            counted("asked"), counted("approved", "approved"), counted("refused", "refused"),
            counted("unanswered", "unanswered"), shared("approved_share", "approved"),
            averaged("answer_median", "minutes", how="median"), summed("cost", "cost", "money"),
        ),
        picture=bars("approved", "refused", "unanswered", kind="stack"),
    ),
    Report(
        key="complaints", group="giving", observation="R10", cases=AMENDS, by="staff_id",
        labels="person", figure="minutes",
        columns=(
            counted("complained", "complained"), counted("refunded", "refunded"),
            shared("refunded_share", "answered", "complained"),
            averaged("refund_median", "minutes", how="median"),
            averaged("refund_most", "minutes", how="most"), summed("cost", "cost", "money"),
        ),
        picture=bars("refund_median", "refund_most"),
    ),
    Report(
        key="tips", group="giving", observation="R11", cases=TIPPED, by="pattern",
        labels="pattern", figure="share",
        columns=(counted("tipped"), averaged("tip_share", "tip_share", "share")),
        picture=bars("tip_share", kind="shares"),
    ),
    Report(
        key="spend-linked", group="giving", observation="R16", cases=GESTURES, by="item",
        labels="item", only="kind = 'spend_linked'", figure="money",
        columns=(
            counted("offered"), counted("delivered", "delivered"), summed("units", "units"),
            summed("cost", "cost", "money"),
        ),
        picture=bars("units"),
    ),
    Report(
        key="claims-guest", group="giving", observation="R12", cases=CLAIMS, by="guest",
        labels="named", figure="money", columns=PAID, picture=bars("claims"),
    ),
    Report(
        key="claims-person", group="giving", observation="R12", cases=CLAIMS, by="offered_by",
        labels="person", figure="money", columns=PAID, picture=bars("claims"),
    ),
)  # fmt: skip
