-- The `updated_at` last given to a reservation of a client; its lock puts stamps in commit order.
create table change_stamp (
    venue_id text not null references venue,
    client_id text not null references client on delete cascade,
    at timestamptz not null,
    primary key (venue_id, client_id)
);
insert into change_stamp (venue_id, client_id, at)
select venue_id, client_id, max(updated_at) from reservation
where client_id is not null group by venue_id, client_id;
