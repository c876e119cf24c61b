"""The SQL of `write`: a JSON document ($3) of everything a command changes, in one round trip.

`updated_at` of a site's reservations rises in the order of commits, so that who polls for what
changed since the latest it has seen misses nothing: `stamped` locks the site's row until the commit
and is later than its last stamp, also where another command began later and wrote earlier.
"""

from seating.book.announcing import ACTING, EventOf, announced, notified

CASE_EVENT = EventOf("case.", "step", ("opened", "solved"))
# The events of the document bear their names (`write` makes them); here they learn who did it.
OF_DOCUMENT = f"""jsonb_strip_nulls(
            jsonb_build_object('venue', $1::text, 'staff_id', {ACTING}) || (value - 'data'))"""

WRITE = f"""
with doc as (select $3::jsonb as d),
touched as (
    update period p set
        version = p.version + 1,
        physical_parties = x.physical_parties, physical_covers = x.physical_covers,
        overbooked_parties = x.overbooked_parties, overbooked_covers = x.overbooked_covers,
        overbooking_cap_parties = x.overbooking_cap_parties,
        overbooking_cap_covers = x.overbooking_cap_covers
    from doc, jsonb_to_recordset(d -> 'touched') as x (
        period_id text, physical_parties int, physical_covers int,
        overbooked_parties int, overbooked_covers int,
        overbooking_cap_parties int, overbooking_cap_covers int)
    where p.venue_id = $1 and p.period_id = x.period_id),
main as (
    update period p set
        version = p.version + 1,
        closed_at = x.closed_at, holds_made = x.holds_made,
        physical_parties = x.physical_parties, physical_covers = x.physical_covers,
        overbooked_parties = x.overbooked_parties, overbooked_covers = x.overbooked_covers,
        overbooking_cap_parties = x.overbooking_cap_parties,
        overbooking_cap_covers = x.overbooking_cap_covers
    from doc, jsonb_to_record(d -> 'period') as x (
        closed_at timestamptz, holds_made boolean,
        physical_parties int, physical_covers int, overbooked_parties int, overbooked_covers int,
        overbooking_cap_parties int, overbooking_cap_covers int)
    where p.venue_id = $1 and p.period_id = $2
    returning p.version),
freed as (
    delete from intention where venue_id = $1 and subject_id in (
        select value::uuid from doc, jsonb_array_elements_text(d -> 'subjects'))
    returning subject_id),
planned as (
    insert into intention (venue_id, subject_id, table_id, kind, place, starts, ends)
    select $1, x.subject_id, x.table_id, x.kind, x.place, x.starts, x.ends
    from doc, jsonb_to_recordset(d -> 'intentions') as x (
        subject_id uuid, table_id text, kind text, place smallint,
        starts timestamptz, ends timestamptz)
    where (select count(*) from freed) >= 0),
changed as (
    select client_id from doc, jsonb_to_recordset(d -> 'created') as x (client_id text)
    union
    select r.client_id
    from doc, jsonb_to_recordset(d -> 'promises') as x (reservation_id uuid, version int)
    join reservation r on r.venue_id = $1 and r.reservation_id = x.reservation_id
    where r.version <> x.version),
stamped as (
    insert into change_stamp as s (venue_id, client_id, at)
    select $1, client_id, $4 from changed where client_id is not null order by client_id
    on conflict (venue_id, client_id) do update
        set at = greatest(excluded.at, s.at + interval '1 microsecond')
    returning client_id, at),
slot_holds as (
    insert into slot_hold (venue_id, slot_hold_id, period_id, client_id, staff_id, state,
                           party_size, starts, ends, needs, expires_at, kind, risk, fixed, held_id,
                           reservation_id, wait_id, preferences, created_at)
    select $1, x.slot_hold_id, x.period_id, x.client_id, x.staff_id, x.state,
           x.party_size, x.starts, x.ends, x.needs, x.expires_at, x.kind,
           case when jsonb_typeof(x.risk) = 'object' then x.risk end, x.fixed, x.held_id,
           x.reservation_id, x.wait_id,
           case when jsonb_typeof(x.preferences) = 'object' then x.preferences end, $4
    from doc, jsonb_to_recordset(d -> 'slot_holds') as x (
        slot_hold_id uuid, period_id text, client_id text, staff_id text, state text,
        party_size int, starts timestamptz, ends timestamptz, needs jsonb,
        expires_at timestamptz, kind text, risk jsonb, fixed boolean, held_id uuid,
        reservation_id uuid, wait_id uuid, preferences jsonb)
    on conflict (venue_id, slot_hold_id) do update
        set state = excluded.state, expires_at = excluded.expires_at),
guests as (
    insert into guest as g (venue_id, guest_id, name, phone, email, locale, created_at)
    select $1, x.guest_id, x.name, x.phone, x.email, x.locale, $4
    from doc, jsonb_to_recordset(d -> 'guests') as x (
        guest_id uuid, name text, phone text, email text, locale text)
    on conflict (venue_id, guest_id) do update
        set email = coalesce(excluded.email, g.email),
            locale = coalesce(excluded.locale, g.locale)),
booked as (
    insert into reservation (venue_id, reservation_id, period_id, code, state, party_size, arrived,
        arrived_at, starts, ends, needs, kind, fixed, overruled, overruled_why, exposed,
        duplicate_allowed, late_at, channel, client_id, staff_id, guest_id, name, special_request,
        notes, partner_reference, guarantee, slot_hold_id, risk, explained, wished_start,
        duration_minutes, local_start, preferences, email, locale, created_at, updated_at)
    select $1, x.reservation_id, x.period_id, x.code, x.state, x.party_size, x.arrived,
        x.arrived_at, x.starts, x.ends, x.needs, x.kind, x.fixed, x.overruled, x.overruled_why,
        x.exposed, x.duplicate_allowed, x.late_at, x.channel, x.client_id, x.staff_id, x.guest_id,
        x.name, x.special_request, x.notes, x.partner_reference, x.guarantee, x.slot_hold_id,
        case when jsonb_typeof(x.risk) = 'object' then x.risk end,
        case when jsonb_typeof(x.explained) = 'object' then x.explained end, x.wished_start,
        x.duration_minutes, (d -> 'local_starts' ->> x.reservation_id::text)::timestamp,
        case when jsonb_typeof(x.preferences) = 'object' then x.preferences end,
        x.email, x.locale, $4,
        coalesce((select at from stamped where client_id = x.client_id), $4)
    from doc, jsonb_to_recordset(d -> 'created') as x (
        reservation_id uuid, period_id text, code text, state text, party_size int, arrived int,
        arrived_at timestamptz, starts timestamptz, ends timestamptz, needs jsonb, kind text,
        fixed boolean, overruled boolean, overruled_why text, exposed boolean,
        duplicate_allowed boolean, late_at timestamptz, channel text, client_id text,
        staff_id text, guest_id uuid, name text, special_request text, notes text,
        partner_reference text,
        guarantee jsonb, slot_hold_id uuid, risk jsonb, explained jsonb,
        wished_start timestamptz, duration_minutes int, preferences jsonb, email text,
        locale text)),
acknowledged as (
    insert into acknowledgement (venue_id, reservation_id, rules_version, channel, read_by, at,
                                 rule_keys)
    select $1, x.reservation_id, x.rules_version, x.channel, x.read_by, $4, x.rule_keys
    from doc, jsonb_to_recordset(d -> 'acknowledged') as x (
        reservation_id uuid, rules_version int, channel text, read_by text, rule_keys text[])
    on conflict do nothing),
promised as (
    update reservation r set
        period_id = x.period_id, state = x.state, party_size = x.party_size, arrived = x.arrived,
        arrived_at = x.arrived_at, starts = x.starts, ends = x.ends, needs = x.needs,
        kind = x.kind, fixed = x.fixed, exposed = x.exposed, late_at = x.late_at,
        lost_tables = x.lost_tables, duration_minutes = x.duration_minutes,
        late_until = x.late_until, reconfirmed_at = x.reconfirmed_at, waits_at = x."where",
        called_at = x.called_at, called_by = x.called_by, coming_at = x.coming_at,
        pinned_by = x.pinned_by, last_tables = x.last_tables,
        late_told = case when jsonb_typeof(x.late_told) = 'object' then x.late_told end,
        preferences = case when jsonb_typeof(x.preferences) = 'object' then x.preferences end,
        duplicate_allowed = x.duplicate_allowed,
        risk = case when jsonb_typeof(x.risk) = 'object' then x.risk end,
        overruled = x.overruled, overruled_why = coalesce(y.overruled_why, r.overruled_why),
        special_request = coalesce(y.special_request, r.special_request),
        notes = coalesce(y.notes, r.notes),
        cancelled_why = case when x.state = 'cancelled'
            then coalesce(y.cancelled_why, r.cancelled_why) end,
        cancelled_by_house =
            x.state = 'cancelled' and coalesce(y.cancelled_by_house, r.cancelled_by_house),
        name = coalesce(y.name, r.name), guest_id = coalesce(y.guest_id, r.guest_id),
        tags = coalesce(y.tags, r.tags),
        explained = coalesce(y.explained, r.explained),
        local_start = case when x.starts = r.starts then r.local_start
            else (d -> 'local_starts' ->> x.reservation_id::text)::timestamp end,
        version = x.version,
        public_version =
            r.public_version + (d -> 'seen_outside' ? x.reservation_id::text)::int,
        updated_at = case
            when d -> 'seen_outside' ? x.reservation_id::text
            then coalesce((select at from stamped where client_id = r.client_id), $4)
            else r.updated_at end
    from doc cross join jsonb_to_recordset(d -> 'promises') as x (
        reservation_id uuid, period_id text, state text, party_size int, arrived int,
        arrived_at timestamptz, starts timestamptz, ends timestamptz, needs jsonb, kind text,
        fixed boolean, exposed boolean, late_at timestamptz, duplicate_allowed boolean,
        overruled boolean, risk jsonb, version int, lost_tables text[], duration_minutes int,
        preferences jsonb, late_until timestamptz, reconfirmed_at timestamptz, "where" text,
        called_at timestamptz, called_by text, coming_at timestamptz, pinned_by text,
        last_tables text[], late_told jsonb)
    left join lateral jsonb_to_record(d -> 'details' -> x.reservation_id::text) as y (
        overruled_why text, special_request text, notes text, cancelled_why text,
        cancelled_by_house boolean, explained jsonb, name text, guest_id uuid,
        tags text[]) on true
    where r.venue_id = $1 and r.reservation_id = x.reservation_id
    returning r.reservation_id::text as id, r.public_version),
exposed as (
    insert into exposure (venue_id, reservation_id, period_id, opened_at)
    select $1, x.reservation_id, x.period_id, $4
    from doc, jsonb_to_recordset(d -> 'promises') as x (
        reservation_id uuid, period_id text, exposed boolean)
    where x.exposed
    on conflict (venue_id, reservation_id) where closed_at is null do nothing
    returning exposure_id, period_id),
covered as (
    update exposure e set closed_at = $4, how = x.how
    from doc, jsonb_to_recordset(d -> 'settled') as x (
        reservation_id uuid, kinds text[], how text)
    where e.venue_id = $1 and e.reservation_id = x.reservation_id and e.closed_at is null
      and e.kind = any(x.kinds)
    returning e.exposure_id, e.period_id),
wait_entries as (
    insert into wait_entry (venue_id, wait_id, period_id, state, party_size, name, phone, needs,
                            quoted_minutes, joined_at, notified_at, ended_at, waits_at, coming_at,
                            version)
    select $1, x.wait_id, x.period_id, x.state, x.party_size, x.name, x.phone, x.needs,
           x.quoted_minutes, x.joined_at, x.notified_at, x.ended_at, x."where", x.coming_at,
           x.version
    from doc, jsonb_to_recordset(d -> 'waiting') as x (
        wait_id uuid, period_id text, state text, party_size int, name text, phone text,
        needs jsonb, quoted_minutes int, joined_at timestamptz, notified_at timestamptz,
        ended_at timestamptz, "where" text, coming_at timestamptz, version int)
    on conflict (venue_id, wait_id) do update
        set state = excluded.state, notified_at = excluded.notified_at,
            ended_at = excluded.ended_at, quoted_minutes = excluded.quoted_minutes,
            waits_at = excluded.waits_at, coming_at = excluded.coming_at,
            version = excluded.version
    returning wait_id),
seated as (
    insert into seating (venue_id, seating_id, period_id, state, party_size, name, reservation_id,
                         wait_id, seated_at, counted_at, expected_end, cleared_at, merged_into,
                         server, version)
    select $1, x.seating_id, x.period_id, x.state, x.party_size, x.name, x.reservation_id,
           x.wait_id, x.seated_at, x.counted_at, x.expected_end, x.cleared_at, x.merged_into,
           x.server, x.version
    from doc, jsonb_to_recordset(d -> 'seatings') as x (
        seating_id uuid, period_id text, state text, party_size int, name text,
        reservation_id uuid, wait_id uuid, seated_at timestamptz, counted_at timestamptz,
        expected_end timestamptz, cleared_at timestamptz, merged_into uuid, server text,
        version int)
    on conflict (venue_id, seating_id) do update
        set state = excluded.state, party_size = excluded.party_size,
            expected_end = excluded.expected_end, cleared_at = excluded.cleared_at,
            merged_into = excluded.merged_into, name = excluded.name, server = excluded.server,
            version = excluded.version
    returning seating_id),
left_table as (
    update seating_table t set to_at = $4
    where t.venue_id = $1 and t.to_at is null
      and t.seating_id in (select value::uuid from doc, jsonb_array_elements_text(d -> 'resat'))
      and not exists (
          select from doc, jsonb_to_recordset(d -> 'stays') as x (seating_id uuid, table_id text)
          where x.seating_id = t.seating_id and x.table_id = t.table_id)
    returning t.stay_id),
took_table as (
    insert into seating_table (venue_id, table_id, seating_id, place, from_at)
    select $1, x.table_id, x.seating_id, x.place, $4
    from doc, jsonb_to_recordset(d -> 'stays') as x (
        seating_id uuid, table_id text, place smallint)
    where (select count(*) from left_table) >= 0
      and not exists (
          select from seating_table t where t.venue_id = $1 and t.seating_id = x.seating_id
            and t.table_id = x.table_id and t.to_at is null)),
blocked as (
    insert into block (venue_id, block_id, table_id, starts, ends, reason, lifted_at, version)
    select $1, x.block_id, x.table_id, x.starts, x.ends, x.reason, x.lifted_at, x.version
    from doc, jsonb_to_recordset(d -> 'blocks') as x (
        block_id uuid, table_id text, starts timestamptz, ends timestamptz, reason text,
        lifted_at timestamptz, version int)
    on conflict (venue_id, block_id) do update
        set ends = excluded.ends, lifted_at = excluded.lifted_at, version = excluded.version),
held_tables as (
    insert into held_table (venue_id, held_id, period_id, window_name, state, seats, needs, starts,
                            ends, release_at, rung, made_at, ended_at, ended_by, reason, version,
                            first_starts, ended_for, ended_why)
    select $1, x.held_id, x.period_id, x.window, x.state, x.seats, x.needs, x.starts, x.ends,
           x.release_at, x.rung, $4, x.ended_at, x.ended_by, x.reason, x.version, x.first_starts,
           case when jsonb_typeof(x.ended_for) = 'object' then x.ended_for end,
           case when jsonb_typeof(x.ended_why) = 'object' then x.ended_why end
    from doc, jsonb_to_recordset(d -> 'held') as x (
        held_id uuid, period_id text, "window" text, state text, seats int, needs jsonb,
        starts timestamptz, ends timestamptz, release_at timestamptz, rung int,
        ended_at timestamptz, ended_by text, reason text, version int, first_starts timestamptz,
        ended_for jsonb, ended_why jsonb)
    on conflict (venue_id, held_id) do update
        set state = excluded.state, ended_at = excluded.ended_at, ended_by = excluded.ended_by,
            reason = excluded.reason, version = excluded.version, starts = excluded.starts,
            ends = excluded.ends, release_at = excluded.release_at, rung = excluded.rung,
            first_starts = excluded.first_starts, ended_for = excluded.ended_for,
            ended_why = excluded.ended_why),
announced as (
    insert into outbox (venue_id, event, subject, version, at, data)
    select $1, x.event, x.id, x.version, $4,
           x.data || case when p.id is null then '{{}}'
               else jsonb_build_object('version', p.public_version) end
    from doc cross join jsonb_to_recordset(d -> 'events') as x (
        event text, id text, version bigint, data jsonb)
    left join promised p using (id)),
noticed as (
    insert into guest_notice (venue_id, notice_id, subject_kind, subject_id, kind, mark, by_house,
                              made_at, due_at)
    select $1, x.notice_id, x.subject_kind, x.subject_id, x.kind, x.mark, x.by_house, $4, x.due_at
    from doc, jsonb_to_recordset(d -> 'notices') as x (
        notice_id uuid, subject_kind text, subject_id uuid, kind text, mark text,
        by_house boolean, due_at timestamptz)
    on conflict do nothing)
select (select version from main),
       (select jsonb_object_agg(client_id, at) from stamped)::text as stamps,
       (select count({notified(OF_DOCUMENT)})
        from doc, jsonb_array_elements(d -> 'events')),
       (select count({
    announced(CASE_EVENT, subject="exposure_id", version="version", period="period_id")
})
        from (select 'opened' as step, 1 as version, exposure_id, period_id from exposed
              union all select 'solved', 2, exposure_id, period_id from covered) cases)
"""

DELETE_SEATINGS = """
with stays as (
    delete from seating_table where venue_id = $1 and seating_id = any($2::uuid[]) returning 1)
delete from seating where venue_id = $1 and seating_id = any($2::uuid[])
  and (select count(*) from stays) >= 0
"""

WRITE_LEVERS = """
insert into lever (venue_id, lever_id, action_id, kind, engaged, from_date, until_date, periods,
                   area, "at", covers, until, pulled_at, lifted_at, version)
select $1, x.lever_id, x.action_id, x.kind, x.engaged, x.from_date, x.until_date, x.periods,
       x.area, x."at", x.covers, x.until, x.pulled_at, x.lifted_at, x.version
from rows from (jsonb_to_recordset($2::jsonb) as (
    lever_id uuid, action_id uuid, kind text, engaged boolean, from_date date, until_date date,
    periods text[], area text, "at" timestamptz, covers int, until timestamptz,
    pulled_at timestamptz, lifted_at timestamptz, version int)) with ordinality as x
order by x.ordinality
on conflict (venue_id, lever_id) do update
    set lifted_at = excluded.lifted_at, version = excluded.version
"""

WRITE_RESETS = """
insert into table_reset (venue_id, reset_id, table_id, seating_id, since, ready_at, ended_at,
                         version)
select $1, x.reset_id, x.table_id, x.seating_id, x.since, x.ready_at, x.ended_at, x.version
from jsonb_to_recordset($2::jsonb) as x (
    reset_id uuid, table_id text, seating_id uuid, since timestamptz, ready_at timestamptz,
    ended_at timestamptz, version int)
on conflict (venue_id, reset_id) do update
    set ended_at = excluded.ended_at, version = excluded.version
"""

WRITE_SECTIONS = """
insert into section_table (venue_id, period_id, table_id, server, version)
select $1, $2, x.table_id, x.server, x.version
from jsonb_to_recordset($3::jsonb) as x (table_id text, server text, version int)
on conflict (venue_id, period_id, table_id) do update
    set server = excluded.server, version = excluded.version
"""

DELETE_WAITING = "delete from wait_entry where venue_id = $1 and wait_id = any($2::uuid[])"

# A refused party is recovered once it has come to the place found for it, and only while it is.
RECOVERIES = """
update turnaway t set recovered_at = case when x.came then $4::timestamptz end
from unnest($2::uuid[], $3::boolean[]) as x (reservation_id, came)
where t.venue_id = $1 and t.recovered_by = x.reservation_id
  and (t.recovered_at is not null) <> x.came
"""
