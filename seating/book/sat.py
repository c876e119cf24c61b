"""Which parties sat down, each once and with its own guests: SQL that reports and letters share.

A party that joined another at its tables is a party still: the seating that took it in counts its
guests too, its own row those it came with. Parts of a party that were apart for a while, and so sat
down at the same instant, are one again. A seating whose own guests all went on with a part of it is
no party: the part is.
"""

# Few seatings were merged: looked through for each party, whatever the planner guesses.
PARTIES_SAT = """(
with joined as materialized (
    select m.seating_id, m.merged_into, m.party_size,
           m.reservation_id is null and m.seated_at = h.seated_at as again
    from seating m join evening using (period_id)
    join seating h on h.venue_id = $1 and h.seating_id = m.merged_into
    where m.venue_id = $1 and m.merged_into is not null)
select r.reservation_id as party_id, 'reservation' as what, r.channel, r.party_size, r.period_id,
       r.starts as at, r.name, r.state, r.guest_id
from reservation r join evening using (period_id)
where r.venue_id = $1 and r.state in ('seated', 'finished')
union all
select coalesce(s.wait_id, s.seating_id),
       case when s.wait_id is null then 'seating' else 'wait' end,
       case when s.wait_id is null then 'walk_in' else 'waitlist' end,
       o.guests, s.period_id, s.seated_at, s.name, s.state, w.guest_id
from seating s join evening using (period_id)
cross join lateral (
    select s.party_size - coalesce(sum(j.party_size), 0)::int as guests from joined j
    where j.merged_into = s.seating_id and not j.again) o
left join wait_entry w on w.venue_id = $1 and w.wait_id = s.wait_id
where s.venue_id = $1 and s.reservation_id is null and o.guests <> 0
  and s.seating_id not in (select j.seating_id from joined j where j.again))"""
"""SQL: `party_id`, channel and guests of the parties of the periods in `evening`; venue $1."""
