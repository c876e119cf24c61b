-- A promise is a local time: kept beside the instant, so that the instant can follow when a law
-- moves a zone's clocks. Null: not known (made by older code); it moves as its period does.
alter table reservation add column local_start timestamp;

-- What was moved when the zone data were renewed (seating/house/zone_changes.py).
create table zone_change (
    venue_id text not null references venue,
    at timestamptz not null,
    kind text not null check (kind in ('period', 'reservation')),
    subject text not null,
    period_id text not null,
    zone text not null,
    rules text not null,
    local_time timestamp not null,
    was timestamptz not null,
    became timestamptz not null,
    primary key (venue_id, at, kind, subject)
);
