"""Cases of reservations: what became of them, who was shown the rules, who is a regular."""

from typing import Final

from seating.reports.evenings import (
    DATE,
    DATE_ORDER,
    EVENING,
    MINUTE,
    QUARTER,
    QUARTER_ORDER,
)
from seating.reports.shape import COVERS, Report, averaged, bars, counted, shared, summed

LATE_AFTER: Final = 10
"""Minutes from which a promised party's wait is counted, as SCREENS.md tells it."""

# `waited`: from the start, or the arrival if later, until a party sat.
RESERVATIONS = f"""(
select r.reservation_id as id, 'reservation' as what, e.service_date, r.starts as at,
       {MINUTE.format("r.starts")}, r.party_size, r.name, r.state, r.channel, r.guest_id, r.tags,
       coalesce(r.client_id, '') as client_id, coalesce(r.referral_code, '') as referral_code,
       r.special_request as note, r.special_request <> '' as asked_for,
       extract(epoch from r.starts - r.created_at)::float8 / 86400 as lead_days, r.period_id,
       extract(epoch from r.starts - e.opens)::float8 / 3600 as hours,
       r.state in ('seated', 'finished') as came, r.state in ('arrived') as here,
       r.state = 'no_show' as missed, r.state = 'cancelled' as cancelled,
       r.state = 'walked' as walked, r.state in ('requested', 'booked') as awaited,
       r.state in ('seated', 'finished', 'walked', 'no_show') as resolved,
       r.state in ('seated', 'finished', 'walked') as turned_up,
       case when r.state in ('seated', 'finished') then r.party_size else 0 end as came_covers,
       r.kind, r.risk, r.overruled, r.wished_start is not null as moved,
       greatest(0, extract(epoch from s.seated_at - greatest(r.starts, r.arrived_at)))::float8 / 60
           as waited
from reservation r join evening e using (period_id)
left join (
    select t.reservation_id, min(t.seated_at) as seated_at
    from seating t join evening using (period_id)
    where t.venue_id = $1 and t.reservation_id is not null
    group by t.reservation_id) s on s.reservation_id = r.reservation_id
where r.venue_id = $1 and r.state <> 'declined')"""

BOOKINGS = f"""with {EVENING}
select b.*, b.waited as figure, b.state = 'walked' or b.waited > {LATE_AFTER} as waited_long
from {RESERVATIONS} b
"""

SHOWN = f"""with {EVENING}
select b.*, null::float8 as figure, a.rules_version is not null as shown,
       a.read_by is not null as read_out, coalesce(a.rules_version::text, '') as rules_version
from {RESERVATIONS} b
left join lateral (
    select max(a.rules_version) as rules_version, max(a.read_by) as read_by
    from acknowledgement a where a.venue_id = $1 and a.reservation_id = b.id) a on true
where b.state not in ('cancelled', 'requested')
"""

# A guest merged into another has the other's tags.
REGULARS = f"""with {EVENING}
select b.*, b.waited as figure, b.waited > {LATE_AFTER} as waited_long, t.tag,
       exists (select from gesture g where g.venue_id = $1 and g.party_id = b.id
               and g.state in ('accepted', 'delivered') and not g.amends) as received
from {RESERVATIONS} b
left join guest g on g.venue_id = $1 and g.guest_id = b.guest_id
left join guest m on m.venue_id = $1 and m.guest_id = g.merged_into
cross join lateral (select distinct tag from unnest(
    b.tags || coalesce(g.tags, '{{}}') || coalesce(m.tags, '{{}}')) as tag) t
where b.state <> 'cancelled'
"""

# Only visits whose 60 days are over tell whether the guest came again.
CAME_AGAIN = f"""with {EVENING}
select b.*, null::float8 as figure, b.service_date + 60 <= b.now::date as followed,
       b.again and b.service_date + 60 <= b.now::date as again_in_time,
       case when b.encore then 'encore' when b.received then 'one' else 'none' end as pattern
from (
    select r.reservation_id as id, 'reservation' as what, e.service_date, r.starts as at, e.now,
           r.party_size, r.name, r.state, '' as note, g.encore, g.received,
           exists (select from reservation n
                   where n.venue_id = $1 and n.guest_id = r.guest_id and n.starts > r.starts
                     and n.starts <= r.starts + interval '60 days'
                     and n.reservation_id <> r.reservation_id
                     and n.state in ('seated', 'finished')) as again
    from reservation r join evening e using (period_id)
    left join lateral (
        select coalesce(bool_or(g.encore), false) as encore, count(*) > 0 as received
        from gesture g where g.venue_id = $1 and g.party_id = r.reservation_id
          and g.state in ('accepted', 'delivered') and not g.amends) g on true
    where r.venue_id = $1 and r.guest_id is not null and r.state in ('seated', 'finished')) b
"""

LEAD: Final = """case when lead_days < 0.25 then 'hours' when lead_days < 1 then 'day'
    when lead_days < 3 then 'days' when lead_days < 8 then 'week' else 'longer' end"""
FATE: Final = (
    counted("booked"),
    COVERS,
    counted("came", "came"),
    counted("missed", "missed"),
    shared("missed_share", "missed", "resolved"),
    counted("cancelled", "cancelled"),
    shared("cancelled_share", "cancelled"),
)

REPORTS: Final = (
    Report(
        key="bookings", group="house", cases=BOOKINGS, by="channel", labels="channel",
        columns=FATE, picture=bars("missed_share", "cancelled_share", kind="shares"),
    ),
    Report(
        key="bookings-lead", group="house", cases=BOOKINGS, by=LEAD, order="lead_days",
        labels="lead", columns=FATE,
        picture=bars("missed_share", "cancelled_share", kind="shares"),
    ),
    Report(
        key="bookings-day", group="house", cases=BOOKINGS, by=DATE, order=DATE_ORDER,
        labels="date", columns=FATE, picture=bars("missed", "cancelled", kind="line"),
    ),
    Report(
        key="sites", group="guests", cases=BOOKINGS, by="client_id", labels="client",
        only="client_id <> ''",
        columns=FATE, picture=bars("covers"),
    ),
    Report(
        key="promised-waits", group="promises", cases=BOOKINGS, by=QUARTER, order=QUARTER_ORDER,
        labels="time",
        figure="minutes", observation="R2",
        columns=(
            counted("turned_up", "turned_up"),
            averaged("waited_median", "waited", how="median"),
            averaged("waited_most", "waited", how="most"),
            counted("waited_long", "waited_long"),
            shared("waited_share", "waited_long", "turned_up"),
            counted("walked", "walked"),
        ),
        picture=bars("waited_share", kind="shares"),
    ),
    Report(
        key="rules-shown", group="guests", cases=SHOWN, by="channel", labels="channel",
        observation="R13",
        columns=(
            counted("booked"), counted("shown", "shown"), shared("shown_share", "shown"),
            counted("read_out", "read_out"),
        ),
        picture=bars("shown_share", kind="shares"),
    ),
    Report(
        key="regulars", group="guests", cases=REGULARS, by="tag", observation="R14",
        figure="minutes",
        columns=(
            counted("booked"), counted("came", "came"), counted("received", "received"),
            shared("given_share", "received", "came"), counted("waited_long", "waited_long"),
            shared("waited_share", "waited_long", "came"),
        ),
        picture=bars("came"),
    ),
    Report(
        key="wishes", group="guests", observation="R17", by="channel", labels="channel",
        cases=BOOKINGS,
        columns=(
            counted("booked"), counted("asked_for", "asked_for"),
            shared("asked_share", "asked_for"), counted("moved", "moved"),
        ),
        picture=bars("asked_share", kind="shares"),
    ),
    Report(
        key="referrals-in", group="guests", observation="R18", by="referral_code", cases=BOOKINGS,
        only="referral_code <> ''",
        columns=(
            counted("booked"), COVERS, counted("came", "came"),
            summed("came_covers", "came_covers"), counted("missed", "missed"),
            shared("missed_share", "missed", "resolved"),
        ),
        picture=bars("came_covers"),
    ),
    Report(
        key="came-again", group="giving", observation="R7", cases=CAME_AGAIN, by="pattern",
        labels="pattern",
        columns=(
            counted("visits"), counted("followed", "followed"),
            counted("again", "again_in_time"), shared("again_share", "again_in_time", "followed"),
        ),
        picture=bars("again_share", kind="shares"),
    ),
)  # fmt: skip
