-- A pairing code is good until its tablet came back with the token once: `device_id` is the tablet
-- that it was given to, `seen_at` when that tablet first came back.
alter table pairing add column device_id uuid;
alter table device add column seen_at timestamptz;
update device set seen_at = paired_at;

-- Why a session ended, for the screen that still has its token.
alter table session add column ended_why text check (ended_why in
    ('logged_out', 'next_login', 'new_pin', 'tablet_revoked', 'account_closed'));
