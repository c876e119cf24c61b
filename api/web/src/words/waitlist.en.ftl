## Who waits: the quote as it runs, calling, coming, leaving, coming back

wait-none = Nobody waits.
wait-add = Put a party on the list
wait-ended = { $count ->
    [one] One has left
   *[other] { $count } have left
}
wait-nameless = Walk-in
wait-phase-open = min so far
wait-phase-running = min left
wait-phase-soon = soon
wait-phase-due = now
wait-phase-over = min over
wait-waited = waits { $minutes } min
wait-waited-of = { $minutes } of { $quoted } min
wait-free = { $tables } is free for them
wait-called = called at { $time }
wait-is-coming = coming since { $time }
wait-where-door = at the door
wait-where-bar = at the bar
wait-where-terrace = on the terrace
wait-need-step-free = no steps
wait-need-quiet = quiet
wait-need-chairs = { $count ->
    [one] high chair
   *[other] { $count } high chairs
}
wait-do-call = Call
wait-do-seat = Seat { $tables }
wait-do-find = Find a table
wait-rejoin = Back on the list
wait-again = Waits again
wait-coming = On their way
wait-left = They left
wait-gone = No answer
wait-state-left = left
wait-state-gone = did not answer
wait-state-turned_away = turned away
wait-over-quoted = Quoted { $minutes } min at { $time }
wait-over-open = On the list since { $time }
wait-place = { NUMBER($place, type: "ordinal") ->
    [one] { $place }st in line
    [two] { $place }nd in line
    [few] { $place }rd in line
   *[other] { $place }th in line
}
wait-band = told likely { $likely } min, at the latest { $latest }
wait-band-latest = told { $latest } min at the latest
wait-requote = Tell them { $minutes } minutes more: the old time will not hold.
wait-requote-none = No table can be foreseen for them. Tell them so.
wait-where = Where they wait
wait-page = Their page
wait-page-hint = They point the camera at it and see their place in line.
wait-kept = Table { $tables } is kept until { $time }
wait-over = This party is no longer on the list.

wait-new-title = { $size ->
    [one] One guest waits
   *[other] { $size } guests wait
}
wait-new-size = How many?
wait-new-ahead = { $count ->
    [0] Nobody before them
    [one] One party before them
   *[other] { $count } parties before them
}
wait-new-quote = Tell them
wait-new-minutes = { $minutes } min
wait-new-none = no time
wait-new-say = “Likely { $likely } minutes, at the latest { $latest }”
wait-new-say-latest = “{ $latest } minutes at the latest”
wait-new-say-none = No table can be foreseen. Say so, or give a time yourself.
wait-new-less = five minutes less
wait-new-more = five minutes more
wait-new-table = Table { $tables } is free now
wait-new-where = Where they would sit
wait-new-anywhere = Anywhere
wait-new-name = Name
wait-new-phone = Phone, to call them
wait-new-put = On the list: { $minutes } min
wait-new-put-open = On the list
