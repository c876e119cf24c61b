-- The manager's rules as versions, what may be given away without asking, and what was given.

-- A published body is never edited; a period keeps the version it opened with.
create table rules (
    venue_id text not null references venue,
    version int not null check (version > 0),
    state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
    body jsonb not null,
    from_date date,
    why text not null,
    made_by text,
    made_at timestamptz not null,
    published_by text,
    published_at timestamptz,
    primary key (venue_id, version),
    check (state <> 'published' or (from_date is not null and published_at is not null))
);
create index rules_published on rules (venue_id, from_date) where state = 'published';

alter table period
    add column rules_version int,
    add column rules_override jsonb not null default '{}',
    add foreign key (venue_id, rules_version) references rules;

-- One for the venue's night and one for each person's shift: owner 'venue' or 'person:<staff_id>'.
create table purse (
    venue_id text not null,
    period_id text not null,
    owner text not null,
    granted bigint not null,
    spent bigint not null default 0,
    primary key (venue_id, period_id, owner),
    foreign key (venue_id, period_id) references period,
    constraint purse_not_overdrawn check (spent between 0 and granted)
);

create table gesture (
    venue_id text not null,
    gesture_id uuid not null,
    period_id text not null,
    state text not null check (state in (
        'suggested', 'offered', 'accepted', 'declined', 'delivered', 'voided', 'expired')),
    item text not null,
    cost bigint not null check (cost >= 0),
    due text not null,
    carrier text not null,
    reservation_id uuid,
    seating_id uuid,
    wait_id uuid,
    party_name text not null,
    line text not null check (length(line) between 1 and 300),
    reason text not null check (length(reason) between 1 and 300),
    offered_by text not null,
    offered_at timestamptz not null,
    expires_at timestamptz not null,
    answered_at timestamptz,
    delivered_at timestamptz,
    delivered_by text,
    ended_at timestamptz,
    ended_by text,
    ended_why text,
    version int not null default 1,
    primary key (venue_id, gesture_id),
    foreign key (venue_id, period_id) references period,
    foreign key (venue_id, reservation_id) references reservation on delete cascade,
    foreign key (venue_id, seating_id) references seating on delete cascade,
    foreign key (venue_id, wait_id) references wait_entry on delete cascade,
    constraint gesture_party check (num_nonnulls(reservation_id, seating_id, wait_id) = 1)
);
create index gesture_period on gesture (venue_id, period_id);
create index gesture_offered on gesture (expires_at) where state = 'offered';
