-- Webhooks: where clients want to be told, and what is being delivered to whom.

create table webhook_endpoint (
    venue_id text not null references venue,
    endpoint_id uuid not null,
    client_id text not null references client on delete cascade,
    url text not null,
    types text[] not null,
    secret bytea not null,
    old_secret bytea,
    old_secret_until timestamptz,
    created_at timestamptz not null,
    disabled_at timestamptz,
    disabled_why text,
    primary key (venue_id, endpoint_id),
    check ((old_secret is null) = (old_secret_until is null)),
    check ((disabled_at is null) = (disabled_why is null))
);
create index webhook_endpoint_client on webhook_endpoint (client_id, venue_id, endpoint_id);

create table webhook_delivery (
    venue_id text not null,
    delivery_id uuid not null,
    endpoint_id uuid not null,
    seq bigint generated always as identity,
    outbox_seq bigint,
    type text not null,
    subject text not null,
    body text not null,
    status text not null default 'pending' check (status in ('pending', 'delivered', 'given_up')),
    attempts int not null default 0,
    next_at timestamptz not null,
    created_at timestamptz not null,
    last_at timestamptz,
    last_status int,
    last_error text,
    ended_at timestamptz,
    primary key (venue_id, delivery_id),
    foreign key (venue_id, endpoint_id) references webhook_endpoint on delete cascade,
    constraint webhook_delivery_once unique (venue_id, endpoint_id, outbox_seq, type),
    check ((status = 'pending') = (ended_at is null))
);
create index webhook_delivery_due on webhook_delivery (next_at) where status = 'pending';
create index webhook_delivery_order on webhook_delivery (venue_id, endpoint_id, subject, seq)
    where status = 'pending';
create index webhook_delivery_list on webhook_delivery
    (venue_id, endpoint_id, created_at, delivery_id);

-- How far each endpoint has been told that a period's availability moved.
create table webhook_seen (
    venue_id text not null,
    endpoint_id uuid not null,
    period_id text not null,
    version bigint not null,
    told_at timestamptz not null,
    primary key (venue_id, endpoint_id, period_id),
    foreign key (venue_id, endpoint_id) references webhook_endpoint on delete cascade
);

-- What carries data is for others too, until it was told.
alter table outbox add column told_at timestamptz;
create index outbox_untold on outbox (venue_id, seq) where told_at is null and data is not null;
