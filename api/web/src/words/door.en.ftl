## The door: what a party can be given now, the sentence where there is nothing, the ways after all

door-for-size = { $size ->
    [one] One guest
   *[other] { $size } guests
}
door-walk-in = Walk-in, { $time }
door-party = { $name }, { $size }
door-here = Here now, { $time }
door-full-at = Full at { $time }
door-full-until = Full at { $time } · no table fits { $size } until { $until }
door-full-title = Nothing for { $size } now
door-try = Try for them
door-looking = Looking at the room
door-size = Party of { $size }
door-ahead = { $count ->
    [0] nobody waits
    [one] one party waits
   *[other] { $count } parties wait
}
door-say = Say first, then turn back
door-beyond = What you may also offer
door-given = Noted

door-table-title = Table { $tables }
door-join-title = Tables { $tables }, pushed together
door-split-title = Tables { $tables }, near each other
door-held-title = Held table { $tables }
door-move-title = Table { $tables }, { $name } to { $to }
door-short-title = Table { $tables } for { $minutes } minutes
door-beyond-title = Beyond the room, at { $time }
door-later-title = Later tonight, { $time }
door-day-title = { $day }, { $time }
door-wait-title = A wait: likely { $likely } min, at the latest { $latest }
door-until = until { $time }
door-until-next = until { $time } · next at { $next }
door-back = back by { $time }
door-back-before = back by { $time }, before { $name }
door-seats = seats { $seats }
door-moves = moves { $name } · { $size } to { $to }
door-moves-count = { $count ->
    [one] moves one party, nobody waits
   *[other] moves { $count } parties, nobody waits
}
door-moves-more = and { $count } more
door-exposes = { $name } · { $size } at { $time } has no table then
door-walk = { $minutes ->
    [one] a minute on foot
   *[other] { $minutes } minutes on foot
}
door-may-wait = they may wait too long { $often }
door-may-wait-at = those of { $time } may wait { $often }
door-kept = kept for you { $left }
door-kept-by = a colleague keeps it { $left }
door-changed = was { $was }, look again
door-changed-new = just changed, look again

door-seat = Seat { $tables }
door-seat-anyway = Seat { $tables } anyway
door-give = Give { $tables }
door-hold = Hold 2 min
door-let-go = Let go
door-list = Put on the list
door-book = Book { $time }
door-send = Send them
door-more-ways = { $count ->
    [one] One more way
   *[other] { $count } more ways
}: { $kinds }
door-more-table = another table
door-more-later = later
door-more-other_day = another day
door-more-wait = a wait
door-more-partner = neighbours
door-more-overbook = beyond the room
door-ways = More ways
door-leaving = They are leaving
door-ask = Ask { $name }
door-called = { $name } is called
door-taken-over = { $name } has them
door-call-title = Who catches them?
door-call-line = What { $name } should know
door-call-send = Call { $name }
door-call-said = Party of { $size } at the door, told no at { $time }. Please catch them.
door-call-named = { $name }, { $size }, at the door and no table yet. Please look after them.
door-needs = They need
door-need-step-free = no steps
door-need-chair = high chair
door-first-visit = first visit
door-visits = { $count ->
    [one] here once before
   *[other] here { $count } times before
}

door-why = Given as an exception, because
door-why-first = first visit
door-why-regular = a regular
door-why-occasion = a celebration
door-why-waited = they have waited
door-why-colleague = a colleague asked
door-why-own = in your own words
door-why-give = Give
door-name = Name
door-phone = Phone
door-rules-read = Read out: { $rules }
door-cancel = Back

door-alert-title = { $name } asks for you
door-alert-party = Party of { $size }
door-alert-take = I have them
door-alert-taken = { $name } has them already
door-alert-age = { $minutes ->
    [0] just now
    [one] a minute ago
   *[other] { $minutes } minutes ago
}
door-alert-gone = This call is over.
door-open-size = For how many?
door-open-waiting = Waiting now
door-open-called = Called colleagues
door-open-foreseen = Soon hard to seat
door-said = Told them

## The keypad of the door, under the thumb on every screen

door-keypad = A party at the door
door-keypad-walk-in = Walk-in
door-keypad-party-of = party of
door-keypad-size = { $more ->
    [yes] Party of { $size } or more
   *[no] Party of { $size }
}
