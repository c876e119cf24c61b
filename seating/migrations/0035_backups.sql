-- Backups (seating/backups): the files that are there, how each step last went, which code ran.
-- A restored database tells what it knew at its time; the next backup puts it right.

-- `row_counts`: rows of each table in it; null where the job did not make it.
create table backup (
    file text primary key,
    made_at timestamptz not null,
    bytes bigint not null check (bytes > 0),
    migration int not null,
    row_counts jsonb
);

-- `why` and `failing_since` stand until the step succeeds. Wall time, as in job_run.
create table backup_step (
    step text primary key check (step in ('backup', 'read_back')),
    ok_at timestamptz,
    ok_file text,
    failing_since timestamptz,
    failed_at timestamptz,
    failures int not null default 0,
    why text
);

-- Code that served this database (a commit), so that one knows what to go back to.
create table code_version (
    code text primary key,
    migration int not null,
    first_at timestamptz not null,
    last_at timestamptz not null
);
