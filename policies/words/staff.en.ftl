### What staff read, and what they say to guests: short, kind, concrete; nobody is blamed.
### Keys: what the sentence is about first, then what is so.

## How long a table is kept

table-kept-until-at-most = The table can be kept until { $until } at most. Choose a shorter stay or an earlier start.

stay-minutes = { $minutes } min
stay-hours = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}
stay-hours-minutes = { $hours } h { $minutes } min
turn-of-house = { $stay }: up to { $guests ->
    [one] 1 guest
   *[other] { $guests } guests
}
turn-only = { $said }, { $more }
turn-by-staff = { $stay }: set by staff
weekday = { $day }

## The pace: who may start within a quarter of an hour

pace-used-up-by-guests = Around { $at } we take at most { $most ->
    [one] 1 guest
   *[other] { $most } guests
} ({ $share }); { $starting } already booked. Offer another time.
pace-used-up-by-parties = Around { $at } we take at most { $most ->
    [one] 1 party
   *[other] { $most } parties
} ({ $share }); { $starting } already booked. Offer another time.
pace-of-house = in the whole house
pace-share = { $share }
pace-share-and = { $share }, { $more }
pace-by-online = online
pace-by-partner = booking sites
pace-by-google = Google
pace-by-guest = the guest's own page
pace-by-phone = by phone
pace-by-desk = at the desk

## Refusals of the floor

closed-today = Closed today.
closed-today-next = Closed today. Next: { $period }, { $date }, { $time }.
note-is-empty = The note is empty. Write what the staff have to know.
note-for-a-past-date = This date has passed. Notes are written for today or later.
note-too-far-ahead = Notes are written up to { $days } days ahead. Check the year.
note-for-no-service = There is no { $period } on { $date }. Check the name, or leave it out for a note of the whole day.
note-is-gone = There is no such note. It may have been deleted.
note-has-changed = Somebody has changed this note. Read it again, then change it.
day-too-far-off = This date is too far off. Check the year.
lever-for-a-past-date = This date has passed. Levers are pulled for today or later.
lever-date-or-range = Give either one date (service_date) or a range (from_date and until_date), not both.
lever-range-without-start = A range needs its first date: add from_date.
lever-range-names-periods = For a range of dates, name the services in periods.
lever-range-ends-before = A range needs its last date: add until_date, on from_date or later.
lever-range-too-long = Levers are pulled for { $most } dates at most. To close for longer, add a closure to the house.
lever-ahead-is-a-managers = Hosts pull levers for today only. Ask a manager to do it for other dates.
lever-for-no-service = There is no { $period } on { $date }. Check the name of the service.
lever-end-has-passed = This time has passed. Give a later until, or leave it out.
lever-end-too-late = The lever is back when its service closes anyway. Give an earlier until, or leave it out.
lever-area-both-ways = { $area } cannot be both shut and opened. Leave it out of one of the lists.
lever-hours-are-the-houses = Last orders and early closing are taps of the running evening. For another date, change its hours with a special day of the house.
lever-none-named = Nothing to set. Name at least one lever.
lever-service-is-over = This service is over.
lever-of-before-the-update = This lever was pulled before the last update and cannot be taken back. Pull it the other way instead.
with-a-reason-all-the-same = { $refusal } With a reason it can be booked all the same.

## Who may have which place

tables-kept-by-rule = { $tables }: kept by the rule "{ $rule }". With a reason you can give them all the same.
place-kept-by-rule = The places for this party are kept by the rule "{ $rule }". Name its tables and a reason to give them all the same.
no-such-area = There is no area { $area }. There are { $areas }.
larger-groups-ask-staff = We book up to { $most ->
    [one] one guest
   *[other] { $most } guests
} at one table. Write it down as an enquiry, and answer it with the tables to push together.

## Held tables that give way

held-gave-way = The table held for { $seats } was given up: the room has no place for it any more.
held-gave-way-to-reservation = The table held for { $seats } was given up, so that the party of { $guests } booked for { $time } has one.
held-gave-way-to-seating = The table held for { $seats } was given up: { $count ->
    [one] at table { $tables }
   *[other] at tables { $tables }
} sits a party of { $guests }, and no other is free.
held-gave-way-to-block = The table held for { $seats } was given up: table { $table } is out of use, and no other is free.
held-gave-way-to-closure = The table held for { $seats } was given up: its area is closed, and no other table is free.
held-gave-way-to-waiting = The table held for { $seats } was given up for a party that has been called to its table.
held-no-room = No table could be held for { $seats }: all are promised.
held-not-served = The table held for { $seats } was given up: the house is closed then.
held-starts-later = The table for { $seats } is held from { $starts } instead of { $first }: it is taken until then.

## Tablets

pairing-code-not-of-venue = This code pairs no tablet with this house: it is mistyped, used up or too old, or made for another house. Check the house and the code, or ask a manager for a new one.
with-a-reason-these-tables = { $refusal } With a reason these tables are theirs all the same, and whoever is planned there moves.
named-tables-taken = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
} taken until about { $until }: party of { $size }. Choose other tables or a later time.
named-tables-promised = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
} promised at { $at }: { $party }. Choose others, or give them another table first.
named-table-out-of-use = Table { $table } is out of use then. Put it back into use first, or choose another.
named-tables-not-given = { $count ->
    [one] Table { $tables } could not be planned for this party. Choose another.
   *[other] Tables { $tables } could not be planned for this party. Choose others.
}
sits-already = This party sits already. Move it from the table it sits at.
period-is-over = The service of { $date }, { $opens } to { $closes }, is over.
period-is-ahead = The service of { $date } begins at { $opens } and is still ahead.
needs-anyway = { $warning }{ $more ->
    [0] { "" }
    [one] { " " }And one more thing needs a second look.
   *[other] { " " }And { $more } more things need a second look.
} If that is what you want, do it anyway.

## Parties as the staff speak of them

party-named = { $name } ({ $size })
party-unnamed = Party of { $size }

## What the host should know of an order

warning-too-few-seats = { $count ->
    [one] Table { $tables } seats { $seats }
   *[other] Tables { $tables } seat { $seats }
}, and this is a party of { $size }.
warning-extra-chair = { $count ->
    [one] Table { $tables } seats { $seats }
   *[other] Tables { $tables } seat { $seats }
}: a party of { $size } sits close, bring a chair.
warning-table-too-large = { $count ->
    [one] Table { $tables } seats { $seats }
   *[other] Tables { $tables } seat { $seats }
}, and this is { $size ->
    [one] one guest
   *[other] a party of { $size }
}.
warning-tables-not-a-join = Tables { $tables } are not set up to be joined.
warning-other-area = { $party } asked for { $area }, and { $count ->
    [one] table { $tables } is
   *[other] tables { $tables } are
} elsewhere.
warning-not-step-free = { $party } cannot use steps, and { $count ->
    [one] table { $tables } is
   *[other] tables { $tables } are
} not step-free.
warning-not-quiet = { $party } asked for a quiet place, and { $count ->
    [one] table { $tables } is
   *[other] tables { $tables } are
} not in one.
warning-high-chairs-short = { $party } asked for { $wanted ->
    [one] a high chair
   *[other] { $wanted } high chairs
}, and { $free ->
    [0] none is
    [one] one is
   *[other] { $free } are
} free.
warning-table-blocked = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
} out of use.
warning-area-shut = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
} in an area that is shut.
warning-private-event = { $count ->
    [one] Table { $tables } belongs
   *[other] Tables { $tables } belong
} to a private event now.
warning-closes-during-stay = Table { $table } is needed back at { $at }, before they are due to leave.
warning-seating-stopped = Seating is stopped for this service.
warning-last-orders-were = Last orders were at { $at }.
warning-closes-early = The house closes early, at { $at }, before they are due to leave.
warning-not-due-yet = { $party } is expected at { $at } only.
warning-booked-under-this-name = { $party } is booked for { $at }. If this is them, seat the booking.
warning-promised-tables = { $party }, due at { $at }, no longer has { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
}, which was promised.
warning-exposed = { $party }, due at { $at }, has no table now.
warning-here-without-table = { $party } is here and has no table now.
warning-called-loses-table = { $party } was called from the waitlist and has no table now.
warning-guest-deciding = A party of { $size } that is booking online at this moment loses { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
}.
warning-opened-option-gone = { $count ->
    [one] Table { $tables } was kept for a party you are talking to: it is
   *[other] Tables { $tables } were kept for a party you are talking to: they are
} gone.
warning-held-table-given-up = The table for { $seats } held back for { $window } was given up.
warning-beyond-the-room = { $party }, { $at }, is booked beyond the room: no table is planned for them.
warning-beyond-pacing = Around { $at } the kitchen now has { $starting } guests starting; it takes { $allowed }.
warning-duplicate-booking = This guest has another booking then: { $party }, { $at }.

## Finding and mending reservations

search-name-without-letters = A name to look for needs at least one letter or digit.
search-phone-too-short = Give at least the last { $least } digits of the number.
request-has-no-table-yet = A request holds no table yet. Name the table when you approve it.
reinstate-time-is-over = The time of this reservation is over. Make a new one for another time.
reinstate-site-has-booked-again = The booking site has booked this again already. Look for the other booking.
guest-page-is-closed = The guest's page closes { $days } days after the visit.
guest-number-taken = { $name } already has this number. If both are one person, merge the two records.
guests-are-one-already = These two are one guest already. Name another guest to merge.
