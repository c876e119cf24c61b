-- What a party and the house write to each other about a visit, in one thread.
-- `number`: their order, also of those of one instant. `read_at`: when somebody of the house saw what a guest wrote; null of a host's own words.
create table thread_message (
    venue_id text not null,
    message_id uuid not null,
    reservation_id uuid not null,
    number bigint generated always as identity,
    by_guest boolean not null,
    staff_id text,
    text text not null check (length(text) between 1 and 500),
    written_at timestamptz not null,
    read_at timestamptz,
    primary key (venue_id, message_id),
    foreign key (venue_id, reservation_id) references reservation on delete cascade,
    constraint thread_message_author check (by_guest = (staff_id is null))
);
create index thread_message_of_visit on thread_message (venue_id, reservation_id, written_at);
create index thread_message_unread on thread_message (venue_id, reservation_id)
    where by_guest and read_at is null;
