-- The book, the floor and the door. What each invariant rests on: seating/invariants.py.
create extension if not exists btree_gist;

-- Tables of the whole installation (reference tables when spread by venue).

create table clock (
    one boolean primary key default true check (one),
    anchor timestamptz not null,
    set_at timestamptz not null default clock_timestamp(),
    rate double precision not null check (rate >= 0)
);

create table job_run (
    job text primary key,
    ok_at timestamptz,
    failed_at timestamptz,
    failure text
);

create table client (
    client_id text primary key,
    name text not null,
    secret_hash bytea not null,
    created_at timestamptz not null default now(),
    disabled_at timestamptz
);

create table access_token (
    token_hash bytea primary key,
    client_id text not null references client on delete cascade,
    scopes text[] not null,
    expires_at timestamptz not null
);
create index access_token_expiry on access_token (expires_at);

-- The house.

create table venue (
    venue_id text primary key,
    name text not null,
    house_version int not null,
    created_at timestamptz not null default now()
);

create table house (
    venue_id text not null,
    version int not null check (version > 0),
    checksum text not null,
    house jsonb not null,
    loaded_at timestamptz not null default now(),
    primary key (venue_id, version)
);
alter table venue add foreign key (venue_id, house_version)
    references house (venue_id, version) deferrable initially deferred;

create table dining_table (
    venue_id text not null references venue,
    table_id text not null,
    retired_at timestamptz,
    primary key (venue_id, table_id)
);

create table client_venue (
    venue_id text not null references venue,
    client_id text not null references client on delete cascade,
    scopes text[] not null,
    primary key (venue_id, client_id)
);
create index client_venue_client on client_venue (client_id);

-- A service date's dinner: the one row that whatever changes its promises locks first.

create table period (
    venue_id text not null references venue,
    period_id text not null,
    service_date date not null,
    name text not null,
    opens timestamptz not null,
    last_seating timestamptz not null,
    closes timestamptz not null,
    house_version int not null,
    version bigint not null default 0,
    online_paused boolean not null default false,
    seating_stopped boolean not null default false,
    last_orders_at timestamptz,
    closes_early_at timestamptz,
    areas_shut jsonb not null default '[]',
    closed_at timestamptz,
    physical_parties int not null default 0 check (physical_parties >= 0),
    physical_covers int not null default 0 check (physical_covers >= physical_parties),
    overbooked_parties int not null default 0 check (overbooked_parties >= 0),
    overbooked_covers int not null default 0 check (overbooked_covers >= overbooked_parties),
    overbooking_cap_parties int not null default 0,
    overbooking_cap_covers int not null default 0,
    primary key (venue_id, period_id),
    unique (venue_id, service_date, name),
    foreign key (venue_id, house_version) references house (venue_id, version),
    check (opens <= last_seating and last_seating < closes),
    constraint period_overbooking_cap check (
        overbooked_parties <= overbooking_cap_parties
        and overbooked_covers <= overbooking_cap_covers
    )
);
create index period_open on period (venue_id, closes) where closed_at is null;

create table guest (
    venue_id text not null references venue,
    guest_id uuid not null,
    name text not null check (length(name) between 1 and 200),
    phone text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    email text,
    locale text,
    notes text not null default '',
    allergies text not null default '',
    created_at timestamptz not null,
    primary key (venue_id, guest_id),
    constraint guest_phone unique (venue_id, phone)
);
create index guest_name on guest (venue_id, lower(name) text_pattern_ops);

create table reservation (
    venue_id text not null,
    reservation_id uuid not null,
    period_id text not null,
    code text not null,
    state text not null check (state in (
        'requested', 'booked', 'arrived', 'seated', 'finished',
        'cancelled', 'declined', 'no_show', 'walked')),
    party_size int not null check (party_size between 1 and 1000),
    arrived int not null default 0 check (arrived >= 0),
    arrived_at timestamptz,
    starts timestamptz not null,
    ends timestamptz not null,
    needs jsonb not null default '{}',
    kind text not null check (kind in ('physical', 'overbooked')),
    fixed boolean not null default false,
    overruled boolean not null default false,
    overruled_why text,
    exposed boolean not null default false,
    duplicate_allowed boolean not null default false,
    late_at timestamptz,
    channel text not null,
    client_id text references client,
    staff_id text,
    guest_id uuid,
    name text not null,
    notes text not null default '' check (length(notes) <= 1000),
    partner_reference text,
    guarantee jsonb,
    slot_hold_id uuid,
    cancelled_why text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version int not null default 1,
    primary key (venue_id, reservation_id),
    foreign key (venue_id, period_id) references period,
    foreign key (venue_id, guest_id) references guest,
    constraint reservation_code unique (venue_id, code),
    constraint reservation_of_hold unique (venue_id, slot_hold_id),
    check (starts < ends),
    check (not overruled or (kind = 'overbooked' and overruled_why is not null)),
    constraint reservation_duplicate exclude using gist (
        venue_id with =, guest_id with =, tstzrange(starts, ends) with &&
    ) where (state in ('booked', 'arrived', 'seated') and not duplicate_allowed)
);
create index reservation_live on reservation (venue_id, period_id, state);
create index reservation_updated on reservation (venue_id, client_id, updated_at, reservation_id);
create index reservation_partner_reference on reservation (venue_id, client_id, partner_reference)
    where partner_reference is not null;
create index reservation_guest on reservation (venue_id, guest_id, starts);

create table acknowledgement (
    venue_id text not null,
    reservation_id uuid not null,
    rules_version int not null,
    channel text not null,
    read_by text,
    at timestamptz not null,
    primary key (venue_id, reservation_id, rules_version),
    foreign key (venue_id, reservation_id) references reservation on delete cascade
);

create table exposure (
    venue_id text not null,
    exposure_id uuid not null default gen_random_uuid(),
    reservation_id uuid not null,
    period_id text not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    how text,
    primary key (venue_id, exposure_id),
    foreign key (venue_id, reservation_id) references reservation on delete cascade
);
create unique index exposure_open on exposure (venue_id, reservation_id) where closed_at is null;

create table slot_hold (
    venue_id text not null,
    slot_hold_id uuid not null,
    period_id text not null,
    client_id text not null references client,
    state text not null check (state in ('held', 'confirmed', 'expired', 'given_back')),
    party_size int not null check (party_size between 1 and 1000),
    starts timestamptz not null,
    ends timestamptz not null,
    needs jsonb not null default '{}',
    expires_at timestamptz not null,
    created_at timestamptz not null,
    primary key (venue_id, slot_hold_id),
    foreign key (venue_id, period_id) references period,
    check (starts < ends)
);
create index slot_hold_held on slot_hold (venue_id, period_id, expires_at) where state = 'held';
create index slot_hold_client on slot_hold (venue_id, client_id) where state = 'held';
alter table reservation add foreign key (venue_id, slot_hold_id) references slot_hold;

create table wait_entry (
    venue_id text not null,
    wait_id uuid not null,
    period_id text not null,
    state text not null check (state in ('waiting', 'notified', 'seated', 'left', 'turned_away')),
    party_size int not null check (party_size between 1 and 1000),
    name text not null default '',
    phone text not null default '',
    needs jsonb not null default '{}',
    quoted_minutes int check (quoted_minutes >= 0),
    joined_at timestamptz not null,
    notified_at timestamptz,
    ended_at timestamptz,
    version int not null default 1,
    primary key (venue_id, wait_id),
    foreign key (venue_id, period_id) references period
);
create index wait_entry_waiting on wait_entry (venue_id, period_id)
    where state in ('waiting', 'notified');

create table seating (
    venue_id text not null,
    seating_id uuid not null,
    period_id text not null,
    state text not null check (state in ('seated', 'check_down', 'dessert', 'cleared')),
    party_size int not null check (party_size between 1 and 1000),
    name text not null default '',
    reservation_id uuid,
    wait_id uuid,
    seated_at timestamptz not null,
    expected_end timestamptz not null,
    counted_at timestamptz not null,
    cleared_at timestamptz,
    version int not null default 1,
    primary key (venue_id, seating_id),
    foreign key (venue_id, period_id) references period,
    foreign key (venue_id, reservation_id) references reservation,
    foreign key (venue_id, wait_id) references wait_entry,
    check ((state = 'cleared') = (cleared_at is not null))
);
create index seating_uncleared on seating (venue_id) where cleared_at is null;
create index seating_period on seating (venue_id, period_id);

-- Facts exclude facts.
create table seating_table (
    venue_id text not null,
    table_id text not null,
    seating_id uuid not null,
    place smallint not null,
    from_at timestamptz not null,
    to_at timestamptz,
    stay_id uuid not null default gen_random_uuid(),
    primary key (venue_id, stay_id),
    foreign key (venue_id, table_id) references dining_table,
    foreign key (venue_id, seating_id) references seating
);
create unique index seating_table_occupied on seating_table (venue_id, table_id)
    where to_at is null;
create index seating_table_seating on seating_table (venue_id, seating_id);

create table block (
    venue_id text not null,
    block_id uuid not null,
    table_id text not null,
    starts timestamptz not null,
    ends timestamptz not null,
    reason text not null,
    lifted_at timestamptz,
    version int not null default 1,
    primary key (venue_id, block_id),
    foreign key (venue_id, table_id) references dining_table,
    check (starts < ends)
);
create index block_in_force on block (venue_id, ends) where lifted_at is null;

-- Intentions exclude intentions on a table in time.
create table intention (
    venue_id text not null,
    subject_id uuid not null,
    table_id text not null,
    kind text not null check (kind in ('reservation', 'slot_hold', 'block')),
    place smallint not null,
    starts timestamptz not null,
    ends timestamptz not null,
    primary key (venue_id, subject_id, table_id),
    foreign key (venue_id, table_id) references dining_table,
    constraint intention_overlap exclude using gist (
        venue_id with =, table_id with =, tstzrange(starts, ends) with &&
    )
);

create table turnaway (
    venue_id text not null,
    turnaway_id uuid not null,
    service_date date not null,
    period_id text,
    at timestamptz not null,
    channel text not null,
    code text not null,
    detail text not null,
    kind text not null check (kind in ('denial', 'regret')),
    party_size int not null,
    asked_for timestamptz not null,
    quoted_minutes int,
    guest_id uuid,
    client_id text,
    wait_id uuid,
    repeats int not null default 0,
    recovered_at timestamptz,
    recovered_by uuid,
    primary key (venue_id, turnaway_id)
);
create unique index turnaway_guest_night on turnaway (venue_id, service_date, guest_id)
    where guest_id is not null;
create index turnaway_night on turnaway (venue_id, service_date, code);

-- Who did what, when and why; the same row answers a replay and can be undone.
create table action (
    venue_id text not null,
    action_id uuid not null,
    period_id text,
    kind text not null,
    subject_id uuid,
    staff_id text,
    at timestamptz not null,
    reason text,
    before jsonb not null default '{}',
    after jsonb not null default '{}',
    answer jsonb not null default '{}',
    undone_by uuid,
    primary key (venue_id, action_id)
);
create index action_period on action (venue_id, period_id, at);

create table idempotency (
    venue_id text not null,
    client_id text not null,
    method text not null,
    path text not null,
    key text not null,
    fingerprint bytea not null,
    status int not null,
    headers jsonb not null,
    body bytea not null,
    kept_until timestamptz not null,
    primary key (venue_id, client_id, method, path, key)
);
create index idempotency_kept on idempotency (venue_id, kept_until);

create table outbox (
    venue_id text not null,
    seq bigint generated always as identity,
    event text not null,
    subject_id uuid,
    version bigint not null,
    at timestamptz not null,
    primary key (venue_id, seq)
);

-- People and tablets.

create table staff (
    venue_id text not null references venue,
    staff_id text not null,
    name text not null,
    role text not null check (role in ('host', 'manager', 'owner')),
    pin_hash text,
    failures int not null default 0,
    locked_until timestamptz,
    left_at timestamptz,
    primary key (venue_id, staff_id)
);

create table pairing (
    venue_id text not null references venue,
    code_hash bytea not null,
    made_by text,
    expires_at timestamptz not null,
    primary key (venue_id, code_hash)
);


create table device (
    venue_id text not null references venue,
    device_id uuid not null,
    name text not null,
    token_hash bytea not null,
    paired_at timestamptz not null default now(),
    paired_by text,
    revoked_at timestamptz,
    primary key (venue_id, device_id)
);
create unique index device_token on device (venue_id, token_hash);

create table session (
    venue_id text not null,
    session_id uuid not null,
    token_hash bytea not null,
    csrf_hash bytea not null,
    device_id uuid not null,
    staff_id text not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    primary key (venue_id, session_id),
    foreign key (venue_id, device_id) references device,
    foreign key (venue_id, staff_id) references staff
);
create unique index session_token on session (venue_id, token_hash);
create unique index session_device on session (venue_id, device_id) where ended_at is null;
