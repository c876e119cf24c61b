-- What the till tells of checks; and what an event carries for those who are told of it.

-- One a check; the till's events arrive in any order and more than once (`sequence` decides).
create table till_check (
    venue_id text not null references venue,
    check_id text not null,
    state text not null check (state in ('open', 'closed', 'cancelled')),
    period_id text,
    table_id text,
    reservation_id uuid,
    seating_id uuid,
    covers int check (covers > 0),
    total bigint not null default 0 check (total >= 0),
    tip bigint not null default 0 check (tip >= 0),
    opened_at timestamptz,
    closed_at timestamptz,
    sequence bigint not null,
    primary key (venue_id, check_id),
    foreign key (venue_id, period_id) references period,
    foreign key (venue_id, seating_id) references seating,
    check ((state = 'closed') = (closed_at is not null))
);
create index till_check_period on till_check (venue_id, period_id);
create index till_check_seating on till_check (venue_id, seating_id) where seating_id is not null;

alter table outbox add column data jsonb;

-- Who was told no by whom, as far as they are known, and how they got a place after all.
alter table turnaway
    add column staff_id text,
    add column name text not null default '',
    add column phone text,
    add column recovered_how text;
