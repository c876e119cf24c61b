-- Who has been called to a question that waits for a person: one after the other, a step each.
-- `to_staff` null: nobody is left to be called. `answer_by`: when the next one is called (business
-- time), null once that has happened or nothing is waited for. `called_on`: wall time.
create table notice (
    venue_id text not null,
    subject_id uuid not null,
    step int not null check (step >= 1),
    kind text not null check (kind in ('approval', 'alert')),
    period_id text not null,
    to_staff text,
    from_staff text not null,
    called_at timestamptz not null,
    called_on timestamptz not null,
    answer_by timestamptz,
    primary key (venue_id, subject_id, step)
);
create index notice_of_period on notice (venue_id, period_id);
create index notice_unanswered on notice (venue_id, answer_by) where answer_by is not null;

-- A colleague after the first may take over a party too.
alter table alert add column taken_by text;
update alert set taken_by = to_staff where taken_at is not null;

-- The phones and tablets that ring for a person (RFC 8030). `key`, `secret`: what messages to this
-- browser are encrypted with (RFC 8291).
create table push_subscription (
    venue_id text not null references venue,
    subscription_id uuid not null,
    staff_id text not null,
    device_id uuid not null,
    endpoint text not null,
    key bytea not null check (length(key) = 65),
    secret bytea not null check (length(secret) = 16),
    language text not null,
    made_at timestamptz not null,
    primary key (venue_id, subscription_id),
    unique (venue_id, staff_id, device_id),
    foreign key (venue_id, staff_id) references staff,
    foreign key (venue_id, device_id) references device
);

create table push_delivery (
    venue_id text not null,
    subject_id uuid not null,
    step int not null,
    subscription_id uuid not null,
    status text not null default 'pending' check (status in ('pending', 'delivered', 'given_up')),
    attempts int not null default 0,
    next_at timestamptz not null,
    last_status int,
    primary key (venue_id, subject_id, step, subscription_id),
    foreign key (venue_id, subject_id, step) references notice,
    foreign key (venue_id, subscription_id) references push_subscription on delete cascade
);
create index push_due on push_delivery (venue_id, next_at) where status = 'pending';

-- The key that a venue's messages to phones are signed with (RFC 8292), sealed.
create table push_key (
    venue_id text not null primary key references venue,
    sealed bytea not null,
    public_key bytea not null check (length(public_key) = 65),
    made_at timestamptz not null
);

-- What the kitchen has taken note of: the allergies of a seated party, a large party that comes.
create table kitchen_mark (
    venue_id text not null,
    kind text not null check (kind in ('allergies', 'large_party')),
    subject_id uuid not null,
    period_id text not null,
    marked_at timestamptz not null,
    marked_by text not null,
    primary key (venue_id, kind, subject_id),
    foreign key (venue_id, period_id) references period
);
create index kitchen_mark_of_period on kitchen_mark (venue_id, period_id);
