-- What a house's own evenings have taught of the risks told with its promises, a row a venue.
create table risk_calibration (
    venue_id text primary key references venue,
    evenings int not null,
    learned jsonb not null
);

-- What a version's ceiling was written to mean: any_wait before the ceiling was one of own_wait.
alter table rules add column ceiling_of text not null default 'own_wait'
    check (ceiling_of in ('any_wait', 'own_wait'));
update rules set ceiling_of = 'any_wait';
