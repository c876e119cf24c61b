-- The manager's lab: versions of the rules played on past or synthetic nights, beside the version
-- that was in force when it was asked (null: the defaults). A worker process plays a run night by
-- night; while it does, it renews the lease, and a run whose lease is over goes on with the next.
create table lab_run (
    venue_id text not null references venue,
    run_id uuid not null,
    asked_by text not null,
    asked_at timestamptz not null,
    in_force int,
    drafts int[] not null,
    grid text not null check (grid in ('quick', 'minutes')),
    scope jsonb not null,
    nights jsonb not null,
    state text not null default 'queued'
        check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
    played int not null default 0,
    busy_seconds double precision not null default 0,
    ended_at timestamptz,
    worker uuid,
    machine text,
    leased_until timestamptz,
    primary key (venue_id, run_id)
);
create index lab_run_waiting on lab_run (asked_at) where state in ('queued', 'running');

-- A night of a run: its figures with each version, and who sat where when (policies/lab/trial).
create table lab_night (
    venue_id text not null,
    run_id uuid not null,
    night int not null,
    opens timestamptz not null,
    house_version int not null,
    figures jsonb not null,
    parties jsonb not null,
    primary key (venue_id, run_id, night),
    foreign key (venue_id, run_id) references lab_run on delete cascade
);
