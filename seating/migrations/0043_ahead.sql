-- Levers pulled for services ahead, and until an instant: of one kind the last pulled holds.
create table lever (
    venue_id text not null,
    lever_id uuid not null,
    number bigint generated always as identity,
    action_id uuid not null,
    kind text not null check (kind in ('online_paused', 'seating_stopped', 'last_orders',
        'close_early', 'area_shut', 'pace')),
    engaged boolean not null,
    from_date date not null,
    until_date date not null,
    periods text[] not null default '{}',
    area text,
    "at" timestamptz,
    covers int check (covers between 0 and 1000),
    until timestamptz,
    pulled_at timestamptz not null,
    lifted_at timestamptz,
    version int not null default 1,
    primary key (venue_id, lever_id),
    check (from_date <= until_date),
    check ((kind = 'area_shut') = (area is not null))
);
create index lever_in_force on lever (venue_id, until_date) where lifted_at is null;

-- Notes of a service, or of the whole day (period_name null).
create table service_note (
    venue_id text not null,
    note_id uuid not null,
    service_date date not null,
    period_name text,
    text text not null check (length(text) between 1 and 500),
    written_by text,
    written_at timestamptz not null,
    changed_by text,
    changed_at timestamptz,
    deleted_at timestamptz,
    version int not null default 1,
    primary key (venue_id, note_id)
);
create index service_note_of_date on service_note (venue_id, service_date) where deleted_at is null;
