-- One "no" a guest and night, also for guests known by a phone number alone.
update turnaway t set phone = g.phone
from guest g where g.venue_id = t.venue_id and g.guest_id = t.guest_id and t.phone is null;
create unique index turnaway_phone_night on turnaway (venue_id, service_date, phone)
    where phone is not null;
create index turnaway_wait on turnaway (venue_id, wait_id) where wait_id is not null;

-- Searches that ended in nothing: demand refused without a person. Each process writes what it has
-- counted so far, so that a flush tried again counts nothing twice; the sum over processes is read.
create table search_in_vain (
    venue_id text not null references venue,
    period_id text not null,
    party_size int not null check (party_size between 1 and 1000),
    hour timestamptz not null,
    channel text not null,
    code text not null,
    counter_id uuid not null,
    service_date date not null,
    searches int not null check (searches > 0),
    primary key (venue_id, period_id, party_size, hour, channel, code, counter_id)
);
create index search_in_vain_date on search_in_vain (venue_id, service_date);
