-- What a booking site told of the guest of its own reservation: it neither overwrites nor reads what
-- the house and other sites know of the guest.
alter table reservation add column email text, add column locale text;

-- The tokens of guests' links, cut out of a stored answer and encrypted.
alter table idempotency add column sealed bytea;

-- Secrets of clients that were replaced, good until then (hashes).
create table client_old_secret (
    client_id text not null references client on delete cascade,
    secret_hash bytea not null,
    good_until timestamptz not null,
    primary key (client_id, secret_hash)
);

-- A venue that has shut a client out for itself; its grant comes back with it.
alter table client_venue add column disabled_at timestamptz;
