-- The journal of a day: what was done on it, the latest first; and what an undo took back.
create index action_at on action (venue_id, at, action_id);
create index action_undone on action (venue_id, undone_by) where undone_by is not null;
create index action_links on action (venue_id, subject_id, at) where kind = 'LinkForGuest';

-- When the till last told of a check: the stand shows how old what it knows is.
alter table till_check add column heard_at timestamptz;
