-- What guests are written: a row a notice, made in the transaction that causes it. `mark`: what of
-- the subject it tells. `due_at`: the earliest moment, `made_at`, `sent_at`: business time;
-- `next_at`: the next try, or while it is being sent the end of the lease: wall time. `told`: what
-- the guest was told, so that nobody is told the same twice. `lost`: how often nobody knows whether
-- it went out.
create table guest_notice (
    venue_id text not null references venue,
    notice_id uuid not null,
    seq bigint generated always as identity,
    subject_kind text not null check (subject_kind in ('reservation', 'wait_entry')),
    subject_id uuid not null,
    kind text not null check (kind in ('confirmation', 'change', 'cancellation', 'reminder',
                                       'waitlist_ready', 'enquiry_answer')),
    mark text not null,
    by_house boolean not null,
    status text not null default 'waiting' check (status in (
        'waiting', 'sending', 'sent', 'delivered', 'failed', 'skipped')),
    why text,
    channel text check (channel in ('email', 'text')),
    language text,
    told text,
    segments int check (segments > 0),
    made_at timestamptz not null,
    due_at timestamptz not null,
    next_at timestamptz not null default '1970-01-01 00:00+00',
    attempts int not null default 0,
    lost int not null default 0,
    sent_at timestamptz,
    provider_ref text,
    primary key (venue_id, notice_id)
);
create index guest_notice_due on guest_notice (venue_id, due_at)
    where status in ('waiting', 'sending');
create index guest_notice_of_subject on guest_notice (venue_id, subject_id, seq);
create index guest_notice_made on guest_notice (venue_id, made_at);
-- Two of one party are never on their way at the same time: the later one tells what is then so.
create unique index guest_notice_one_at_a_time on guest_notice (venue_id, subject_id)
    where status = 'sending';

-- How a guest agreed to be written to; a party without a guest's record says so of its booking.
alter table guest add column written_to text not null default 'anything'
    check (written_to in ('anything', 'no_texts', 'no_emails', 'nothing'));
alter table reservation add column unwritten boolean not null default false;
alter table wait_entry add column unwritten boolean not null default false;

-- A third page of a guest's: the one that ends messages.
alter table guest_link drop constraint guest_link_kind_check;
alter table guest_link add constraint guest_link_kind_check
    check (kind in ('waitlist', 'reservation', 'silence'));

-- For reminders: what is booked in a stretch of time.
create index reservation_booked on reservation (venue_id, starts) where state = 'booked';
