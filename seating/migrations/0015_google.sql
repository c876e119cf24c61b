-- What Google's facade keeps of a booking beside its reservation: who booked, as they told it, and
-- the token under which the same request comes again.
create table google_booking (
    venue_id text not null,
    reservation_id uuid not null,
    client_id text not null references client,
    token text not null,
    asked bytea not null,
    user_id text not null,
    given_name text not null,
    family_name text not null,
    telephone text not null,
    email text not null,
    primary key (venue_id, reservation_id),
    foreign key (venue_id, reservation_id) references reservation on delete cascade,
    constraint google_booking_token unique (venue_id, client_id, token)
);
create index google_booking_user on google_booking (venue_id, client_id, user_id);
