-- Held tables that give way: since when one that starts later was to be held, what a cancelled one
-- gave way to ({kind, id}), and the message that says why.
alter table held_table
    add column first_starts timestamptz,
    add column ended_for jsonb,
    add column ended_why jsonb;

-- A refused party is recovered once it has come; until then `recovered_by` is the place it was found.
update turnaway t set recovered_at = null
from reservation r
where r.venue_id = t.venue_id and r.reservation_id = t.recovered_by
  and t.recovered_at is not null and r.state not in ('arrived', 'seated', 'finished');
update turnaway t set recovered_at = null
from wait_entry w
where w.venue_id = t.venue_id and w.wait_id = t.recovered_by
  and t.recovered_at is not null and w.state <> 'seated';
create index turnaway_recovered_by on turnaway (venue_id, recovered_by)
    where recovered_by is not null;
