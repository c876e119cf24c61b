-- What a simulated wait is multiplied by before it is told, by how long it is: a row a venue,
-- moved by every quoted party that was seated or left (policies/quotes.py).
create table quote_scale (
    venue_id text not null references venue,
    short double precision not null check (short > 0),
    middle double precision not null check (middle > 0),
    long double precision not null check (long > 0),
    learned int not null default 0 check (learned >= 0),
    primary key (venue_id)
);

-- The simulated minutes behind a quote of ours; and whether its outcome has been learned from.
alter table wait_entry
    add column simulated_minutes double precision check (simulated_minutes >= 0),
    add column quote_learned boolean not null default false;

create index wait_entry_to_learn on wait_entry (venue_id, ended_at)
    where simulated_minutes is not null and not quote_learned and ended_at is not null;
