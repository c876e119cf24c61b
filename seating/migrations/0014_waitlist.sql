-- The waitlist on every channel: who asked, how the guest is reached, what the host was prompted.
alter table wait_entry
    add column channel text not null default 'walk_in',
    add column client_id text references client,
    add column guest_id uuid,
    add column email text,
    add column locale text,
    add column partner_reference text,
    add column rules_version int,
    add column coming_at timestamptz,
    add column suggested_at timestamptz,
    add column suggested_tables text[] not null default '{}',
    add foreign key (venue_id, guest_id) references guest,
    add constraint wait_entry_suggested check ((suggested_at is null) = (suggested_tables = '{}'));
create index wait_entry_client on wait_entry (venue_id, client_id) where client_id is not null;

-- Links that show a guest a page of its own: random, kept as hashes, dead after `expires_at`.
create table guest_link (
    venue_id text not null references venue,
    token_hash bytea not null,
    kind text not null check (kind in ('waitlist', 'reservation')),
    subject_id uuid not null,
    expires_at timestamptz not null,
    primary key (venue_id, token_hash)
);
create index guest_link_subject on guest_link (venue_id, subject_id);
create index guest_link_expiry on guest_link (expires_at);
