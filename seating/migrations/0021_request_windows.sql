-- How many of a client's requests of the running window have been given out to processes (wall
-- time). Losing it costs a client's counted minute, nothing else, so it is not logged.
create unlogged table request_window (
    client_id text primary key references client on delete cascade,
    began timestamptz not null,
    taken int not null check (taken >= 0)
);
create index request_window_began on request_window (began);
