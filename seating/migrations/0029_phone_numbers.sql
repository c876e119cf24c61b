-- Phone numbers keep their extension, as +493023125024;ext=204 (policies/house/phones.py).
alter table guest drop constraint guest_phone_check;
alter table guest add constraint guest_phone_check
    check (phone ~ '^\+[1-9][0-9]{6,14}(;ext=[0-9]{1,9})?$');

-- Guests known by a number in a form that its country has given up: Mexico, Colombia, Vietnam,
-- Côte d'Ivoire, Benin. One who is known by the new number too stays two guests.
with renumbered as (
    select venue_id, guest_id, case
        when phone ~ '^\+521[0-9]{10}$' then '+52' || right(phone, 10)
        when phone ~ '^\+57[1-8][0-9]{7}$' then '+5760' || right(phone, 8)
        when phone ~ '^\+8416[2-9][0-9]{7}$' then '+843' || right(phone, 8)
        when phone ~ '^\+2252[0-9]8[0-9]{5}$' then '+22521' || right(phone, 8)
        when phone ~ '^\+225[23][0-9]0[0-9]{5}$' then '+22525' || right(phone, 8)
        when phone ~ '^\+225[23][0-9]{7}$' then '+22527' || right(phone, 8)
        when phone ~ '^\+225[0-9][0-3][0-9]{6}$' then '+22501' || right(phone, 8)
        when phone ~ '^\+225[0-9][4-6][0-9]{6}$' then '+22505' || right(phone, 8)
        when phone ~ '^\+225[0-9]{8}$' then '+22507' || right(phone, 8)
        when phone ~ '^\+229[0-9]{8}$' then '+22901' || right(phone, 8)
        end as phone
    from guest)
update guest g set phone = r.phone
from renumbered r
where r.phone is not null and r.venue_id = g.venue_id and r.guest_id = g.guest_id
  and not exists (select from guest o where o.venue_id = g.venue_id and o.phone = r.phone);
