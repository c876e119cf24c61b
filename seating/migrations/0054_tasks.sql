-- When the screens were told that a gesture is due (seating/gestures/tasks.py); null: not yet.
alter table gesture add column due_told_at timestamptz;
create index gesture_to_tell on gesture (venue_id, period_id)
    where state = 'accepted' and due_told_at is null;
