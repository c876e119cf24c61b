-- A called party's table is kept for its minutes: a slot hold of the waitlist entry.
alter table slot_hold
    add column wait_id uuid,
    drop constraint slot_hold_owner,
    add constraint slot_hold_owner check (num_nonnulls(client_id, staff_id, wait_id) = 1),
    -- An entry whose joining is undone takes the calls of it along.
    add constraint slot_hold_of_wait foreign key (venue_id, wait_id) references wait_entry
        on delete cascade;
create index slot_hold_wait on slot_hold (venue_id, wait_id) where wait_id is not null;

alter table intention drop constraint intention_kind_check;
alter table intention add constraint intention_kind_check
    check (kind in ('reservation', 'slot_hold', 'block', 'held', 'rescue', 'call'));

-- The wait told anew once the quote cannot be kept, in minutes from `requoted_at`; null where no
-- table can be foreseen. `quoted_minutes` stays what was told at joining.
alter table wait_entry
    add column requoted_at timestamptz,
    add column requoted_minutes int check (requoted_minutes >= 0),
    add constraint wait_entry_requoted check (requoted_at is not null or requoted_minutes is null);
