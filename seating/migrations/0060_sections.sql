-- Who serves which tables of a service. A table without a row, or without a server, has nobody; a
-- service without rows has no sections, and nothing goes by them.
create table section_table (
    venue_id text not null,
    period_id text not null,
    table_id text not null,
    server text,
    version int not null default 1,
    primary key (venue_id, period_id, table_id),
    foreign key (venue_id, period_id) references period,
    foreign key (venue_id, table_id) references dining_table,
    foreign key (venue_id, server) references staff (venue_id, staff_id)
);

-- Who serves the party; null where nobody was named and the table is in no section.
alter table seating
    add column server text,
    add foreign key (venue_id, server) references staff (venue_id, staff_id);
create index seating_served on seating (venue_id, period_id) where server is not null;
