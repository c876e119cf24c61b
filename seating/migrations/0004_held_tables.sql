-- Held tables, and promises beyond the room with the risk told when they were made.

create table held_table (
    venue_id text not null,
    held_id uuid not null,
    period_id text not null,
    window_name text not null,
    state text not null check (state in ('held', 'granted', 'released', 'cancelled')),
    seats int not null check (seats between 1 and 100),
    needs jsonb not null default '{}',
    starts timestamptz not null,
    ends timestamptz not null,
    release_at timestamptz not null,
    rung int not null,
    made_at timestamptz not null,
    ended_at timestamptz,
    ended_by text,
    reason text,
    version int not null default 1,
    primary key (venue_id, held_id),
    foreign key (venue_id, period_id) references period,
    check (starts < ends),
    check ((state = 'held') = (ended_at is null))
);
create index held_table_period on held_table (venue_id, period_id);
create index held_table_due on held_table (release_at) where state = 'held';

alter table intention drop constraint intention_kind_check;
alter table intention add constraint intention_kind_check
    check (kind in ('reservation', 'slot_hold', 'block', 'held'));

alter table reservation add column risk jsonb;

alter table slot_hold
    add column kind text not null default 'physical' check (kind in ('physical', 'overbooked')),
    add column risk jsonb;

alter table period add column holds_made boolean not null default false;

-- A period is announced too, and its id is not a number.
alter table outbox rename column subject_id to subject;
alter table outbox alter column subject type text;
