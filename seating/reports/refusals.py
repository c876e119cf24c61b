"""Cases of parties that were told no, of what was tried for them, and of those that waited."""

from typing import Final

from seating.reports.evenings import ASKED_DATE, EVENING
from seating.reports.shape import COVERS, Report, averaged, bars, counted, shared, summed
from seating.turnaways.report import EXPECTED

# A refusal may be of no service: of a day without one, or before the opening.
NOES: Final = f"""(
select t.turnaway_id as id, 'turnaway' as what, t.service_date, t.at, t.party_size, t.name,
       t.code, t.kind, t.channel, t.code as note, t.quoted_minutes::float8 as figure,
       t.recovered_at is not null as recovered, t.kind = 'denial' as denied,
       t.kind = 'regret' as regretted, {EXPECTED} as expected,
       t.recovered_at is null and not {EXPECTED}
           and t.recovered_how is distinct from 'partner' as lost,
       t.recovered_how is not distinct from 'partner' as sent_on, t.repeats, t.wait_id,
       case when t.recovered_at is not null then coalesce(t.recovered_how, 'booked')
            when {EXPECTED} then 'expected'
            when t.recovered_how = 'partner' then 'partner' else t.kind end as state
from turnaway t left join period p on p.venue_id = $1 and p.period_id = t.period_id
where t.venue_id = $1 and {ASKED_DATE.format("t")} and ($4::text is null or p.name = $4))"""

TURNAWAYS = f"with {EVENING} select * from {NOES} n"

SEARCHES = f"""with {EVENING}
select v.counter_id as id, 'search' as what, v.service_date, v.hour as at, v.party_size,
       '' as name, 'searched' as state, v.code as note, v.searches::float8 as figure, v.searches,
       v.code, v.channel
from search_in_vain v join evening e using (period_id) where v.venue_id = $1
"""

RESCUES = f"""with {EVENING}
select o.option_id as id, 'rescue' as what, e.service_date,
       coalesce(o.ended_at, o.opened_at, c.listed_at) as at, c.party_size, c.name, o.state,
       coalesce(o.body -> 'neighbour' ->> 'name', o.ended_why, '') as note, o.kind,
       coalesce(o.body -> 'neighbour' ->> 'name', '') as partner,
       null::float8 as figure, o.opened_at is not null or o.state = 'taken' as opened,
       o.state = 'taken' as taken, o.state = 'lapsed' as lapsed
from rescue c join evening e using (period_id)
join rescue_option o on o.venue_id = $1 and o.rescue_id = c.rescue_id
where c.venue_id = $1
"""

CALLS = f"""with {EVENING}
select l.alert_id as id, 'call' as what, e.service_date, l.raised_at as at,
       coalesce(t.party_size, r.party_size, 0) as party_size, coalesce(t.name, r.name, '') as name,
       case when l.taken_at is null then 'unanswered' else 'taken' end as state, l.line as note,
       l.to_staff as staff_id, l.taken_at is not null as taken,
       extract(epoch from l.taken_at - l.raised_at)::float8 / 60 as figure,
       extract(epoch from l.taken_at - l.raised_at)::float8 / 60 as minutes,
       t.recovered_at is not null as recovered
from alert l join evening e using (period_id)
left join turnaway t on t.venue_id = $1 and t.turnaway_id = l.turnaway_id
left join reservation r on r.venue_id = $1 and r.reservation_id = l.reservation_id
where l.venue_id = $1
"""

ANSWERS = f"""with {EVENING}
select g.action_id as id, 'turnaway' as what, n.service_date, g.at, n.party_size, n.name, n.state,
       g.code as note, null::float8 as figure, g.code || ' ' || g.answer as answer,
       n.recovered, n.expected, n.sent_on, not (n.recovered or n.expected or n.sent_on) as lost
from answer_given g join {NOES} n on n.id = g.turnaway_id where g.venue_id = $1
"""

WAITS = f"""with {EVENING}
select w.wait_id as id, 'wait' as what, e.service_date, w.joined_at as at, w.party_size, w.name,
       w.state, '' as note, w.channel, w.state = 'seated' as sat,
       w.state in ('left', 'gone') as gave_up, w.state = 'turned_away' as turned_away,
       m.minutes as figure, case when w.state = 'seated' then m.minutes end as minutes,
       w.quoted_minutes, w.quoted_minutes is not null and w.state = 'seated' as quoted,
       w.state = 'seated' and m.minutes <= w.quoted_minutes as kept,
       case when w.state = 'seated' and m.minutes > w.quoted_minutes
            then m.minutes - w.quoted_minutes end as over
from wait_entry w join evening e using (period_id)
cross join lateral (
    select extract(epoch from w.ended_at - w.joined_at)::float8 / 60 as minutes) m
where w.venue_id = $1
"""

QUOTED: Final = """case when quoted_minutes <= 15 then '0–15' when quoted_minutes <= 30 then '16–30'
    when quoted_minutes <= 45 then '31–45' when quoted_minutes <= 60 then '46–60'
    else '61+' end"""

TURNED: Final = (
    counted("parties"),
    COVERS,
    counted("denied", "denied"),
    counted("regretted", "regretted"),
    counted("recovered", "recovered"),
    shared("recovered_share", "recovered"),
    counted("expected", "expected"),
    counted("lost", "lost"),
)
WAITED: Final = (
    counted("parties"),
    COVERS,
    counted("sat", "sat"),
    counted("gave_up", "gave_up"),
    counted("turned_away", "turned_away"),
    averaged("waited_median", "minutes", how="median"),
)

REPORTS: Final = (
    Report(
        key="turnaways", group="refusals", observation="R8", cases=TURNAWAYS, by="code",
        labels="code", columns=TURNED, figure="minutes",
        picture=bars("recovered", "expected", "lost", kind="stack"),
    ),
    Report(
        key="turnaways-channel", group="refusals", observation="R8", cases=TURNAWAYS,
        by="channel", labels="channel", columns=TURNED, figure="minutes",
        picture=bars("recovered_share", kind="shares"),
    ),
    Report(
        key="searches", group="refusals", observation="R8", cases=SEARCHES, by="code",
        labels="code", figure="number",
        columns=(summed("searches", "searches"), counted("counted")), picture=bars("searches"),
    ),
    Report(
        key="rescues", group="refusals", observation="R3", cases=RESCUES, by="kind",
        labels="rescue",
        columns=(
            counted("listed"), counted("opened", "opened"), counted("taken", "taken"),
            shared("taken_share", "taken"), summed("taken_covers", "party_size", where="taken"),
            counted("lapsed", "lapsed"),
        ),
        picture=bars("taken"),
    ),
    Report(
        key="calls", group="refusals", observation="R3", cases=CALLS, by="staff_id",
        labels="person", figure="minutes",
        columns=(
            counted("called"), counted("taken", "taken"), shared("taken_share", "taken"),
            averaged("answer_median", "minutes", how="median"), counted("recovered", "recovered"),
        ),
        picture=bars("called", "taken"),
    ),
    Report(
        key="playbook", group="refusals", observation="R9", cases=ANSWERS, by="answer",
        labels="answer",
        columns=(
            counted("answered"), counted("recovered", "recovered"),
            shared("recovered_share", "recovered"), counted("expected", "expected"),
            counted("sent_on", "sent_on"), counted("lost", "lost"),
        ),
        picture=bars("recovered", "expected", "sent_on", "lost", kind="stack"),
    ),
    Report(
        key="partners-out", group="guests", observation="R15", cases=RESCUES, by="partner",
        only="kind = 'partner'",
        columns=(
            counted("listed"), counted("taken", "taken"), shared("taken_share", "taken"),
            summed("taken_covers", "party_size", where="taken"),
        ),
        picture=bars("taken"),
    ),
    Report(
        key="waitlist", group="promises", observation="R3", cases=WAITS, by="channel",
        labels="channel", figure="minutes", columns=WAITED,
        picture=bars("sat", "gave_up", "turned_away", kind="stack"),
    ),
    Report(
        key="quotes", group="promises", observation="R3", cases=WAITS, by=QUOTED,
        order="quoted_minutes", only="quoted_minutes is not null", figure="minutes",
        columns=(
            counted("parties"), counted("quoted", "quoted"), counted("kept", "kept"),
            shared("kept_share", "kept", "quoted"),
            averaged("waited_median", "minutes", how="median"),
            averaged("over_mean", "over"),
        ),
        picture=bars("kept_share", kind="shares"),
    ),
)  # fmt: skip
