## The lab: drafts tried on the house's own evenings

lab-title = The lab
lab-what = What a draft would have done on your own evenings, beside the rules in force on the same evenings. Nothing changes in the book.
lab-which-drafts = Which drafts
lab-draft = Version { $version }: { $why }
lab-version = Version { $version }
lab-no-drafts = There is no draft yet; change a rule first:
lab-try-draft = Try it on your evenings
lab-which-evenings = Which evenings
lab-past = Evenings that were
lab-drawn = Evenings drawn as yours
lab-how-many = How many evenings
lab-there-are = { $evenings ->
    [one] 1 such evening is over
   *[other] { $evenings } such evenings are over
}
lab-drawn-how = drawn from what the house has learned
lab-days = Days of the week
lab-any-day = any day
lab-mon = Mon
lab-tue = Tue
lab-wed = Wed
lab-thu = Thu
lab-fri = Fri
lab-sat = Sat
lab-sun = Sun
lab-how-closely = How closely
lab-quick = Quick
lab-quick-how = Bookings as the service decides them; at the door the table that fits best.
lab-by-minutes = Minute by minute
lab-by-minutes-how = Bookings and the door as the service decides them, each in its minute.
lab-takes = about { $time }
lab-seconds = { $seconds } s
lab-minutes = { $minutes } min
lab-hours = { $hours } h
lab-start = { $evenings ->
    [one] Try on 1 evening
   *[other] Try on { $evenings } evenings
}
lab-queued = Waits for its turn.
lab-going = { $played } of { $nights } evenings played.
lab-left = About { $time } left.
lab-progress = Evenings played
lab-stop = Stop
lab-stopped = Stopped after { $played } of { $nights } evenings; what was played is kept.
lab-failed = This run stopped by a mistake of ours; what it had played is kept. Start it again.
lab-other-evenings = Other evenings
lab-all-runs = All runs
lab-runs = Runs so far
lab-run-done = { $nights ->
    [one] 1 evening
   *[other] { $nights } evenings
}
lab-run-of = { $evenings }, { $closely }
lab-run-versions = Version { $versions }
lab-guests = Guests seated
lab-walk-ins = Walk-ins given a table
lab-waited = Promised, kept waiting
lab-walked = Promised, left without a table
lab-refused = Requests refused
lab-given = Owed by the wait ladder
lab-net = Net, by your values
lab-percent = { $share } %
lab-margin = ± { $margin } a night
lab-margin-points = ± { $margin } points
lab-same = no difference
lab-not-known = not played
lab-each-evening = Each evening, draft against what was in force
lab-each-how = Guests seated, difference; a ring marks an evening on which a promised party waited. Tap one to open it.
lab-as-list = As a list
lab-as-picture = As a picture
lab-evening = Evening
lab-evening-drawn = Evening { $number }
lab-guests-more = Guests, difference
lab-hurt = Hurt a promise
lab-yes = yes
lab-not-played = The lab does not play these changes:
lab-in-force = In force
lab-night-title = { $day }, { $service }
lab-night-opening = One evening
lab-night-with = Played with
lab-night-figures = Guests seated: { $guests }. Requests refused: { $refused }. Promised parties that waited over ten minutes: { $waited }, of them without a table: { $walked }.
lab-night-picture = Tables by time
lab-night-list = Who came
lab-key-promised = promised
lab-key-walk-in = walked in
lab-key-waited = promised, waited over ten minutes
lab-party = Party
lab-party-came = Came
lab-party-promised = { $guests }, promised { $time }
lab-party-walk-in = { $guests }, walked in
lab-party-tables = Tables
lab-party-sat = Sat
lab-from-until = { $from } to { $until }
lab-party-wait = Wait
lab-party-waited = waited { $minutes } min
lab-party-walked = left, promised
lab-party-left = left
