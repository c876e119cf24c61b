-- What is learned from the nights that are over, and how the beliefs turned out.

-- One a service date; whoever writes it does the date's learning.
create table lesson (
    venue_id text not null references venue,
    service_date date not null,
    made_at timestamptz not null,
    nights int not null default 0 check (nights >= 0),
    bookings int not null default 0 check (bookings >= 0),
    show_up jsonb not null default '{}',
    primary key (venue_id, service_date)
);

-- What a period of this name is believed to bring on this day of the week (1 is Monday).
create table belief (
    venue_id text not null,
    period_name text not null,
    weekday smallint not null check (weekday between 1 and 7),
    service_date date not null,
    forecast jsonb not null,
    nights int not null check (nights >= 0),
    primary key (venue_id, period_name, weekday, service_date),
    foreign key (venue_id, service_date) references lesson
);

-- Of a night that is over: what was believed before it, and what came.
create table calibration (
    venue_id text not null,
    period_id text not null,
    measure text not null,
    expected double precision not null,
    actual double precision not null,
    primary key (venue_id, period_id, measure),
    foreign key (venue_id, period_id) references period
);

create index wait_entry_period on wait_entry (venue_id, period_id);
