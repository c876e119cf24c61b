-- Tonight's calls to colleagues: those to a person and those by a person.
create index alert_of_period on alert (venue_id, period_id);

-- The version of the period the options of a rescue were made from: a later one may be another room.
alter table rescue add column period_version bigint not null default 0;
