-- What matters for who gets in and who may do what, kept a year: one row an event, never changed.
-- venue_id '' stands for the installation, where an event is of no venue (a wrong client secret, a
-- restore). `staff_id`: who did it; null for a client, a stranger, or whoever has the machine.
-- `facts` name people and tablets by id and hold no secret; `at` is wall time.
create table security_event (
    venue_id text not null,
    event_id uuid not null default uuidv7(),
    at timestamptz not null,
    kind text not null,
    staff_id text,
    device_id uuid,
    session_id uuid,
    client_id text,
    address inet,
    facts jsonb not null default '{}',
    reason text,
    primary key (venue_id, event_id)
);
create index security_event_at on security_event (venue_id, at, event_id);
create index security_event_kind on security_event (venue_id, kind, at);

-- Append-only: the role of the service is granted select and insert and nothing else.
revoke update, delete, truncate on security_event from public;

-- The only way to delete, whoever calls it: what is older than a year, whatever is asked for.
create function purge_security_events(venue text, before timestamptz) returns bigint
    language sql security definer set search_path = pg_catalog, pg_temp
begin atomic
    with gone as (
        delete from public.security_event e
        where e.venue_id = venue and e.at < least(before, now() - interval '1 year')
        returning 1
    ) select count(*) from gone;
end;

-- Until now these stood among the actions of the book.
insert into security_event (venue_id, at, kind, staff_id, facts, reason)
select venue_id, at, kind, staff_id, answer, reason from action
where kind in ('LetOwnerIn', 'RevokeDevice', 'AddPerson', 'ChangePin', 'ChangeName', 'ChangeRole',
               'RemovePerson')
order by at;
delete from action
where kind in ('LetOwnerIn', 'RevokeDevice', 'AddPerson', 'ChangePin', 'ChangeName', 'ChangeRole',
               'RemovePerson');
