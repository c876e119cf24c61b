-- What the stand marks on a reservation; marks change no state. `late_until`: when the party said
-- that it comes; `waits_at`: where it waits; `pinned_by`: who planned its tables, which no plan
-- takes from it; `last_tables`: those it had when it was given up, tried first when it comes back.
alter table reservation
    add column late_until timestamptz,
    add column reconfirmed_at timestamptz,
    add column waits_at text check (waits_at in ('door', 'bar', 'terrace')),
    add column called_at timestamptz,
    add column called_by text check (called_by in ('text', 'voice')),
    add column coming_at timestamptz,
    add column pinned_by text,
    add column last_tables text[] not null default '{}',
    add constraint reservation_called check ((called_at is null) = (called_by is null)),
    add constraint reservation_coming check (coming_at is null or called_at is not null);
create index reservation_pinned on reservation (venue_id, period_id) where pinned_by is not null;

-- A called party that does not answer is gone; it may come back to its place.
alter table wait_entry
    add column waits_at text check (waits_at in ('door', 'bar', 'terrace')),
    drop constraint wait_entry_state_check,
    add constraint wait_entry_state_check
        check (state in ('waiting', 'notified', 'seated', 'left', 'gone', 'turned_away'));

-- Paid, and still there.
alter table seating
    drop constraint seating_state_check,
    add constraint seating_state_check
        check (state in ('seated', 'check_down', 'dessert', 'paid', 'cleared'));

-- A table whose party has gone and that is not ready yet: an intention that displaces nobody, so
-- it is not among those that exclude each other. It counts as free from `ready_at` on.
create table table_reset (
    venue_id text not null,
    reset_id uuid not null,
    table_id text not null,
    seating_id uuid,
    since timestamptz not null,
    ready_at timestamptz not null,
    ended_at timestamptz,
    version int not null default 1,
    primary key (venue_id, reset_id),
    foreign key (venue_id, table_id) references dining_table,
    check (since < ready_at)
);
create unique index table_reset_open on table_reset (venue_id, table_id) where ended_at is null;
