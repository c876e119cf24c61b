## Tonight, as a manager follows it

tonight-title = Tonight
tonight-lead-risk = **{ $guests }** promised, room for **{ $room }**. The tightest quarter is **{ $time }**: { $often }.
tonight-lead-over = **{ $guests }** promised, room for **{ $room }**. The tightest quarter is **{ $time }**.
tonight-lead-calm = **{ $guests }** promised, room for **{ $room }**. The fullest quarter is **{ $time }**; nobody is promised beyond the room.
tonight-lead-by-hand = **{ $guests }** promised, room for **{ $room }**. The fullest quarter is **{ $time }**; { $parties ->
        [one] one party was promised beyond the room by hand.
       *[other] { $parties } parties were promised beyond the room by hand.
    }
tonight-lead-none-yet = Nobody is promised a table for tonight yet.
tonight-lead-nobody = Nobody is promised any more tonight.
tonight-often-hardly = one party in more than a hundred evenings like this waits
tonight-often-one = one party in { $of } evenings like this waits
tonight-often-tenths = somebody waits on { $count } evenings in 10 like this
tonight-asks = { $name } asks
tonight-left = { $left } left
tonight-over = time is over
tonight-table = table { $tables }
tonight-quoted = “{ $words }”
tonight-own = A colleague has to answer this.
tonight-bars = Promised and present, by quarter hour
tonight-picture = Guests at tables by quarter hour against the seats of the room; the same is in the list below.
tonight-room = room for { $room }
tonight-key-past = were here
tonight-key-coming = here and promised
tonight-key-beyond = beyond the room
tonight-as-list = As a list
tonight-quarter-was = { $time }: { $guests } were here
tonight-quarter = { $time }: { $guests } of { $room }
tonight-quarter-beyond = { $time }: { $guests } of { $room }, somebody beyond the room
tonight-beyond = Promised beyond the room
tonight-beyond-by-hand = Promised by hand; no risk was told.
tonight-beyond-waits = Waits over { $minutes } minutes: { $often }.
tonight-party = { $size } at { $time }. { $risk }
tonight-held = Held tables
tonight-held-none = Tonight’s rules hold no tables.
tonight-kept = { $count ->
        [0] None kept for { $seats }
       *[other] { $count } kept for { $seats }
    }
tonight-goes-back = one goes back at { $time }
tonight-keep-more = Keep one more
tonight-give-back = Give back
tonight-refused = Turned away so far
tonight-refused-count = { $parties ->
        [one] 1 party
       *[other] { $parties } parties
    }, { $ways ->
        [0] none found a way
       *[other] { $ways } found a way
    }
tonight-refused-none = Nobody was turned away so far.
tonight-cause-full = full
tonight-cause-pace = too many at once
tonight-cause-large = too large
tonight-cause-closed = closed
tonight-cause-needs = needs not met
tonight-cause-left = left the queue
tonight-cause-declined = said no
tonight-cause-other = other
tonight-cause-count = { $parties } { $cause }
tonight-how-booked = another time
tonight-how-waitlist = by the waitlist
tonight-how-partner = at a partner
tonight-how-other = found a way
tonight-col-at = At
tonight-col-party = Party
tonight-col-asked = Asked for
tonight-col-why = Why
tonight-col-how = Way found
tonight-levers = The evening’s levers
tonight-levers-others = { $pulled ->
        [0] All as usual; pull one
       *[other] The others
    }
