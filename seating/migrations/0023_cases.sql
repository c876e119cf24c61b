-- Cases: promised parties that may not be seated in time, found before they complain; and a
-- colleague called by name to a party that was told no.

-- Without a table since a later loss of room, kept waiting, or promised beyond the room and near.
alter table exposure
    add column kind text not null default 'exposed'
        check (kind in ('exposed', 'waiting', 'drifting')),
    add column closed_by text,
    add column note text;

-- A rescue may be for a party that has not been told anything yet: foreseen, not refused.
alter table rescue drop constraint rescue_of;
alter table rescue add constraint rescue_of
    check (num_nonnulls(turnaway_id, reservation_id) <= 1);

create table alert (
    venue_id text not null references venue,
    alert_id uuid not null,
    period_id text not null,
    turnaway_id uuid,
    reservation_id uuid,
    to_staff text not null,
    from_staff text not null,
    line text not null check (length(line) between 1 and 300),
    raised_at timestamptz not null,
    taken_at timestamptz,
    primary key (venue_id, alert_id),
    foreign key (venue_id, to_staff) references staff,
    foreign key (venue_id, reservation_id) references reservation on delete cascade,
    constraint alert_about check (num_nonnulls(turnaway_id, reservation_id) = 1)
);
create index alert_of on alert (venue_id, to_staff, period_id);
