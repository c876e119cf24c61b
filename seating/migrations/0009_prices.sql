-- What tables are worth to guests still expected, a row a period, written by the jobs alone.
create table bid_price (
    venue_id text not null,
    period_id text not null,
    made_at timestamptz not null,
    period_version bigint not null,
    house_version int not null,
    forecast jsonb not null,
    prices jsonb not null,
    primary key (venue_id, period_id),
    foreign key (venue_id, period_id) references period
);

-- What an answer by value rested on; and the start a guest gave up at our suggestion.
alter table reservation add column explained jsonb, add column wished_start timestamptz;
alter table turnaway add column explained jsonb;
