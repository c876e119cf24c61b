## The list beside the floor

list-title = Tonight
list-arriving = Arriving
list-waiting = Waiting
list-seated = Seated
list-all = All
list-more = More
list-less = Less
list-fresh = { $count } new
list-empty-arriving = Nobody is expected any more.
list-empty-seated = Nobody sits yet.
list-empty-all = No reservations tonight.

list-table = table { $table }
list-no-table = no table
list-late = { $minutes } late
list-until = till { $time }
list-over = +{ $minutes }
list-now = Now: { $act }
list-anyway = Do it anyway
list-ended-cancelled = cancelled
list-ended-declined = declined
list-ended-no_show = did not come
list-ended-walked = left without a table
list-ended-finished = gone

list-row-keep = +10
list-row-find = Table…
list-act-seat = Seat { $table }
list-act-arrive = Arrived
list-act-some = One more is here
list-act-find = Choose a table
list-act-keep = Keep 10 more
list-act-call = Call
list-act-coming = On their way
list-act-serve = Bill
list-act-pay = Paid
list-act-extend = 15 minutes more
list-act-move = Move
list-act-unseat = Not seated after all
list-act-unplan = Another table
list-key-no-show = { $name } did not come?
list-act-clear = Gone and ready
list-act-vacate = Gone
list-act-no_show = No-show
list-act-walk = Left
list-act-reopen = Came after all
list-act-approve = Say yes
list-act-decline = Say no
list-act-cancel = Cancel

list-mark-allergy = { $words }
list-mark-called = called { $minutes } min
list-mark-coming = on their way { $minutes } min
list-mark-here = here { $minutes } min
list-mark-some-here = { $arrived } of { $size } here, { $minutes } min
list-mark-sits = { $arrived } of { $size }
list-mark-over = { $table } is over by { $minutes }
list-mark-on-way = on their way
list-mark-wrote = { $count ->
    [one] wrote
   *[other] wrote × { $count }
}
list-mark-told-late = coming { $time }
list-mark-risk = 1 in { $evenings }
list-mark-exposed = table at risk
list-mark-step-free = step-free
list-mark-high-chairs = { $count ->
    [one] high chair
   *[other] { $count } high chairs
}
list-mark-quiet = quiet
list-mark-at-door = at the door
list-mark-at-bar = at the bar
list-mark-at-terrace = on the terrace
list-mark-owed = owed a table
list-mark-first = first visit
list-mark-visits = { $visits ->
    [one] came once
   *[other] came { $visits } times
}
list-mark-tag = { $tag }
list-mark-reconfirmed = reconfirmed
list-mark-note = note
list-mark-next = { $name } { $time }
list-mark-check = bill
list-mark-paid = paid

## A party's sheet

list-party = { $name } · { $size }
list-party-at = { $time }, table { $table }
list-party-at-none = { $time }, no table yet
list-party-pin = Keep this table
list-party-unpin = Let it be moved
list-party-pinned = Pinned
list-party-where = Where they wait
list-party-where-door = Door
list-party-where-bar = Bar
list-party-where-terrace = Terrace
list-party-reconfirm = Reconfirmed
list-party-here = Here
list-party-of = { $arrived } of { $size }
list-party-fewer = One fewer
list-party-more = One more
list-party-request = They ask
list-party-notes = Note
list-party-guest = About the guest
list-party-allergies = Allergies
list-party-phone = Phone
list-party-needs = Needs
list-late-told-guest = Told on their page at { $at }: late, here by { $time }
list-late-told-staff = Told to us at { $at }: late, here by { $time }
list-late-kept = We said: kept until { $time }
list-late-then = then table { $table } at { $time }
list-late-not-before = then nothing promised before { $time }
list-late-none = then nothing promised tonight
list-thread = What they wrote
list-thread-none = Nothing yet. What you write stands on their page.
list-thread-answer = Answer
list-thread-send = Send
list-thread-guest = Guest
list-party-page = The whole reservation
list-party-gone = This party is no longer in tonight’s book.
list-seated-since = { $minutes } min, expected till { $time }
list-seated-over = { $minutes } min over
list-seated-next = Then { $name } · { $size } at { $time }
list-seated-free = Then free all evening
list-seated-give = From the house
list-seated-gone = They have gone.
