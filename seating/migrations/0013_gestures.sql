-- Gestures of every kind, whose purse pays, what the till was told; complaints and asked managers.

-- `party_id`: the reservation, else the waitlist entry, else the seating, whichever was named.
-- `owner`: the purse that pays beside the venue's; 'venue' where only that one does, null as before
-- this migration: the purse of whoever offered it. `price`: what the till is told, 0 for nothing.
-- `again_from`: from then on the same may be given to this guest again. `amends`: owed, not a gift.
alter table gesture
    add column kind text not null default 'item' check (kind in (
        'item', 'amount_off', 'refund', 'spend_linked', 'upgrade', 'claim')),
    add column cause text not null default 'own_wish',
    add column encore boolean not null default false,
    add column amends boolean not null default false,
    add column guest_asked boolean not null default false,
    add column dish text not null default '',
    add column units int check (units > 0),
    add column per_amount bigint check (per_amount > 0),
    add column price bigint not null default 0 check (price >= 0),
    add column complaint_id uuid,
    add column party_id uuid,
    add column guest_id uuid,
    add column owner text,
    add column adjustment_id uuid,
    add column again_from timestamptz;

update gesture g set
    party_id = coalesce(g.reservation_id, g.wait_id, s.reservation_id, s.wait_id, g.seating_id),
    again_from = g.offered_at
from gesture h left join seating s on s.venue_id = h.venue_id and s.seating_id = h.seating_id
where g.venue_id = h.venue_id and g.gesture_id = h.gesture_id;

alter table gesture add constraint gesture_not_repeated exclude using gist (
    venue_id with =, (coalesce(guest_id, party_id)) with =, item with =,
    tstzrange(offered_at, coalesce(again_from, offered_at)) with &&
) where (state in ('offered', 'accepted', 'delivered') and not encore and not amends);
create index gesture_party on gesture (venue_id, party_id);

-- A guest was not content: noted when it is said, so that the way to the refund can be measured.
create table complaint (
    venue_id text not null,
    complaint_id uuid not null,
    period_id text not null,
    party_id uuid not null,
    party_name text not null,
    about text not null check (length(about) between 1 and 300),
    noted_by text not null,
    at timestamptz not null,
    primary key (venue_id, complaint_id),
    foreign key (venue_id, period_id) references period
);
create index complaint_period on complaint (venue_id, period_id);
alter table gesture add constraint gesture_complaint
    foreign key (venue_id, complaint_id) references complaint;

-- A gift beyond somebody's limits, asked of a manager; its id becomes the gesture's.
create table approval (
    venue_id text not null,
    approval_id uuid not null,
    period_id text not null,
    state text not null check (state in ('waiting', 'approved', 'refused', 'expired')),
    wish jsonb not null,
    kind text not null,
    cost bigint not null check (cost >= 0),
    beyond jsonb not null,
    party_name text not null,
    asked_by text not null,
    asked_at timestamptz not null,
    expires_at timestamptz not null,
    answered_by text,
    answered_at timestamptz,
    said text,
    version int not null default 1,
    primary key (venue_id, approval_id),
    foreign key (venue_id, period_id) references period
);
create index approval_period on approval (venue_id, period_id);
create index approval_waiting on approval (expires_at) where state = 'waiting';
