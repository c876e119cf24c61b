-- A pairing code is good until its tablet came back with the token once: `device_id` is the tablet
-- that it was given to, `seen_at` when that tablet first came back.
alter table pairing add column device_id uuid;
alter table device add column seen_at timestamptz;
update device set seen_at = paired_at;

-- Why a session ended, for the screen that still has its token.
alter table session add column ended_why text check (ended_why in
    ('logged_out', 'next_login', 'new_pin', 'tablet_revoked', 'account_closed'));

-- The role that the house file gave when it was last loaded; null for who is in no file.
alter table staff add column file_role text;
update staff s set file_role = p.role
from venue v
join house h on h.venue_id = v.venue_id and h.version = v.house_version
cross join jsonb_to_recordset(h.house -> 'staff') as p (id text, role text)
where s.venue_id = v.venue_id and s.staff_id = p.id;
