-- The row that /readyz writes at most once in some seconds: where no write goes through, nothing is
-- ready, however well it reads.
create table disk_probe (
    one boolean primary key default true check (one),
    at  timestamptz not null
);
