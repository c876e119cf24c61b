-- What a till has told already: an event counts once, and its id never stands for another.
create table till_event (
    venue_id text not null references venue,
    client_id text not null references client on delete cascade,
    event_id text not null,
    asked text not null,
    check_id text not null,
    applied boolean not null,
    heard_at timestamptz not null,
    primary key (venue_id, client_id, event_id)
);
create index till_event_heard on till_event (venue_id, heard_at);
create index till_check_table on till_check (venue_id, table_id, sequence);
