-- Wrong secrets and pairing codes, counted where every process sees it (wall time).
create table attempt (
    key text primary key,
    failures int not null check (failures > 0),
    since timestamptz not null
);
create index attempt_since on attempt (since);
