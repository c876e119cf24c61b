-- Tonight's calls to colleagues: those to a person and those by a person.
create index alert_of_period on alert (venue_id, period_id);
