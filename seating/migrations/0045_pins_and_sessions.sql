-- Wrong PINs are counted for the tablet they are typed at, whoever they are tried for, and for the
-- person: together over tablets on which this person never got in, and apart for each on which they
-- did, so that guessing elsewhere keeps nobody out of their own tablets (seating/access/pins.py).
alter table device add column failures int not null default 0;
alter table device add column failed_at timestamptz;
alter table device add column locked_until timestamptz;

alter table staff add column failed_at timestamptz;

create table known_login (
    venue_id text not null,
    device_id uuid not null,
    staff_id text not null,
    last_at timestamptz not null,
    failures int not null default 0,
    failed_at timestamptz,
    locked_until timestamptz,
    primary key (venue_id, device_id, staff_id),
    foreign key (venue_id, device_id) references device,
    foreign key (venue_id, staff_id) references staff
);

-- A PIN that somebody else chose opens nothing but the setting of one's own.
alter table staff add column pin_first boolean not null default false;
alter table staff add column pin_set_at timestamptz;

-- When somebody last touched the tablet (to the minute), and last gave the PIN.
alter table session add column opened_at timestamptz not null default now();
alter table session add column seen_at timestamptz not null default now();
alter table session add column confirmed_at timestamptz;
alter table session drop constraint session_ended_why_check;
alter table session add constraint session_ended_why_check check (ended_why in
    ('logged_out', 'next_login', 'new_pin', 'tablet_revoked', 'account_closed',
     'locked', 'idle', 'ended_elsewhere', 'other_tablet'));
