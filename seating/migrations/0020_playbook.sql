-- Which of the manager's answers was given at a "no", by whom; what it led to is the turnaway's.
create table answer_given (
    venue_id text not null,
    action_id uuid not null,
    turnaway_id uuid not null,
    code text not null,
    answer text not null,
    staff_id text,
    at timestamptz not null,
    primary key (venue_id, action_id),
    foreign key (venue_id, turnaway_id) references turnaway on delete cascade
);
create index answer_given_turnaway on answer_given (venue_id, turnaway_id);
