-- What the morning letter of a service date proposed. All else in it is read from the closed book;
-- advice moves on, so it is kept as it was given.
create table letter (
    venue_id text not null references venue,
    service_date date not null,
    made_at timestamptz not null,
    proposals jsonb not null,
    primary key (venue_id, service_date)
);
