-- Consent to keep what a guest says about their health: when, on which channel, noted by whom.
alter table guest
    add column health_consent_at timestamptz,
    add column health_consent_how text,
    add column health_consent_by text;

-- Which guests were erased, as a hash of their id: a restored backup holds them again, and they are
-- erased again. `guests`: how many records of one person.
create table erasure (
    venue_id text not null references venue,
    erasure_id uuid not null,
    pseudonym_hash bytea[] not null,
    guests int not null check (guests > 0),
    at timestamptz not null,
    by text,
    why text not null,
    primary key (venue_id, erasure_id)
);

-- Finds what was done to one guest, and what is old enough to go.
create index action_subject on action (venue_id, subject_id) where subject_id is not null;
create index turnaway_guest on turnaway (venue_id, guest_id) where guest_id is not null;
create index gesture_guest on gesture (venue_id, guest_id) where guest_id is not null;
create index wait_entry_guest on wait_entry (venue_id, guest_id) where guest_id is not null;
