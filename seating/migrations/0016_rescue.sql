-- Rescue: ways to say yes after all, opened for two minutes and taken at one tap.

-- A place kept for minutes is a booking site's or a host's. A host's may be `fixed` at its tables,
-- in the place of the held table `held_id` or of the party's own promise `reservation_id`.
alter table slot_hold alter column client_id drop not null;
alter table slot_hold
    add column staff_id text,
    add column fixed boolean not null default false,
    add column held_id uuid,
    add column reservation_id uuid,
    add constraint slot_hold_owner check (num_nonnulls(client_id, staff_id) = 1);

alter table intention drop constraint intention_kind_check;
alter table intention add constraint intention_kind_check
    check (kind in ('reservation', 'slot_hold', 'block', 'held', 'rescue'));

-- What was listed for a party that was told no, or is about to be.
create table rescue (
    venue_id text not null references venue,
    rescue_id uuid not null,
    period_id text not null,
    turnaway_id uuid,
    reservation_id uuid,
    party_size int not null check (party_size between 1 and 1000),
    needs jsonb not null default '{}',
    name text not null default '',
    phone text,
    staff_id text not null,
    listed_at timestamptz not null,
    primary key (venue_id, rescue_id),
    foreign key (venue_id, reservation_id) references reservation on delete cascade,
    constraint rescue_of check (num_nonnulls(turnaway_id, reservation_id) = 1)
);
create index rescue_period on rescue (venue_id, period_id);
create index rescue_turnaway on rescue (venue_id, turnaway_id) where turnaway_id is not null;

create table rescue_option (
    venue_id text not null,
    option_id uuid not null,
    rescue_id uuid not null,
    place smallint not null,
    kind text not null,
    state text not null check (state in ('listed', 'opened', 'taken', 'lapsed')),
    body jsonb not null,
    staff_id text,
    opened_at timestamptz,
    expires_at timestamptz,
    ended_at timestamptz,
    ended_why text,
    result_id uuid,
    primary key (venue_id, option_id),
    foreign key (venue_id, rescue_id) references rescue on delete cascade,
    check ((state = 'taken') = (result_id is not null)),
    check (state <> 'opened' or (staff_id is not null and expires_at is not null))
);
create index rescue_option_of on rescue_option (venue_id, rescue_id);
create index rescue_option_opened on rescue_option (expires_at) where state = 'opened';
