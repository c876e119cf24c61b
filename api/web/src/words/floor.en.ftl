## The floor: areas, tables, what is in the hand

floor-title = Floor
floor-all = All
floor-free = { $count } free
floor-areas = Areas
floor-quarters = Guests to come
floor-quarter = { $time }: { $parties ->
    [one] one party
   *[other] { $parties } parties
}, { $covers ->
    [one] one guest
   *[other] { $covers } guests
}
floor-quarter-beyond = { floor-quarter }, beyond the room
floor-layer-party = Parties
floor-layer-next = Who is next
floor-layer-servers = Sections
floor-empty = No tables here yet. They are drawn at the manager’s desk.
floor-closed = Closed today.
floor-closed-next = The next service: { $when }.

floor-minutes = { $minutes } min
floor-minutes-short = { $minutes }’
floor-over = +{ $minutes } min
floor-until = till { $time }
floor-until-short = –{ $time }
floor-down = bill
floor-paid = paid
floor-down-short = bill
floor-paid-short = paid
floor-clash = The next party is due before they are expected to leave.

floor-say-free = Table { $table }, seats { $seats }, free until { $time }
floor-say-free-open = Table { $table }, seats { $seats }, free
floor-say-promised = Table { $table }, for { $party }, { $size }, at { $time }
floor-say-seated = Table { $table }, { $party }, { $size }, { $minutes } minutes
floor-say-over = Table { $table }, { $party }, { $size }, { $minutes } minutes over
floor-say-held = Table { $table }, held back, { $minutes } minutes more
floor-say-kept = Table { $table }, kept for { $party }, { $minutes } minutes more
floor-say-kept-open = Table { $table }, kept for { $party }
floor-say-reset = Table { $table }, to reset, ready at { $time }
floor-say-shut = Table { $table }, shut until { $time }
floor-say-shut-open = Table { $table }, shut
floor-served-by = served by { $name }

floor-hand = { $name } · { $size }
floor-hand-type = Type a table, or two as 12+13
floor-hand-pick = Tap a table, or two to push together
floor-hand-gone = { $name }: no longer to be placed. Another tablet was faster, or they have gone.
floor-hand-back = Cancel
floor-hand-walk-in = Walk-in
floor-does-seat = Seat { $table }
floor-does-move = Move to { $table }
floor-does-plan = Keep { $table } for them
floor-does-unseat = Not seated after all
floor-does-unplan = Another table than { $table }
floor-does-join = Push together { $table }
floor-does-merge = One party at { $table }
floor-does-swap = Change places with { $table }
floor-or = or
floor-asks = Asks first
floor-would-till = till { $time }
floor-would-between = { $from } to { $till }
floor-would-plan = planned at { $table }
floor-would-move = { $name } · { $size } goes to table { $table }
floor-would-more = { $count } more
floor-changed = Meanwhile the room has changed. { $said }
floor-drop-until = free until { $time }
floor-drop-open = free all evening
floor-drop-taken = { $party } sits here
floor-drop-promised = { $party } is due at { $time }
floor-drop-reset = being reset till { $time }
floor-drop-shut = shut
floor-drop-held = held back
floor-drop-kept = kept for { $party }
floor-drop-seats = { $seats ->
    [one] one seat
   *[other] { $seats } seats
}
floor-drop-short = { $missing ->
    [one] one seat short
   *[other] { $missing } seats short
}

## A table's sheet

floor-table = Table { $table }
floor-table-seats = seats { $least }–{ $most }
floor-table-seats-one = seats { $most }
floor-table-free = Free until { $time }
floor-table-free-open = Free all evening
floor-table-promised = For { $party }, { $size }, at { $time }
floor-table-here = { $party }, { $size }, is here
floor-table-held = Held back, { $minutes } min more
floor-table-kept = Kept for { $party }
floor-table-kept-host = In a colleague’s hands, { $minutes } min more
floor-table-reset = To reset, ready at { $time }
floor-table-shut = Out of use until { $time }
floor-table-shut-open = Out of use
floor-table-walk-in = A walk-in sits here: how many?
floor-table-seat = Seat { $size } at { $table }
floor-table-ready = Ready now
floor-table-join = Push another table to it
floor-table-block = Out of use
floor-table-unblock = In use again
floor-table-release = Release it
floor-table-next = Next
floor-table-tonight = Tonight at this table
floor-table-nobody = Nobody else tonight

floor-feature-step_free = step-free
floor-feature-quiet = quiet
floor-feature-window = window
floor-feature-booth = booth
floor-feature-high = high
