"""For staff at the host stand: /host/... and the event stream /live/{venue}.

Authentication: a tablet is paired once (POST /host/pair with a manager's code, device cookie),
then people log in by PIN (session cookie); changing requests carry the session's X-CSRF-Token. The
guard lets staff see their own venue only.

`tonight`: a period, the floor, options at the door, the action log. `orders`: one route per
command (arrive, seat, move, clear ...). `reservations`: bookings by phone and at the desk;
`book`: finding them again, reinstating ended ones, links for their guests.
`gestures`, `rescues`, `cases`, `turnaways`, `waitlist`, `house_rules`, `guests`: the topics of
the same names in `seating`. Answers are the Structs of seating and policies themselves; ids in
request bodies make repeated requests idempotent.
"""
