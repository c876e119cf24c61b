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

closed-today = We are closed today.
closed-today-next = We are closed today. Next: { $period }, { $date }, { $time }.
note-is-empty = The note is empty. Write what the staff have to know.
note-for-a-past-date = This date has passed. Notes are written for today or later.
note-too-far-ahead = Notes are written up to { $days } days ahead. Check the year.
note-for-no-service = There is no { $period } on { $date }. Check the name, or leave it out for a note of the whole day.
note-is-gone = There is no such note. It may have been deleted.
note-has-changed = Somebody has changed this note. Read it again, then change it.
days-too-far-off = This date is too far off. Check the year.
dates-at-most = { $most } dates at most, the first one first. Choose fewer.
lever-for-a-past-date = This date has passed. Choose today or a later one.
lever-date-or-range = Give either one date (service_date) or a range (from_date and until_date), not both.
lever-range-without-start = A range needs its first date: add from_date.
lever-range-names-periods = For a range of dates, name the services in periods.
lever-range-ends-before = A range needs its last date: add until_date, on from_date or later.
lever-range-too-long = One change covers { $most } dates at most. To close for longer, add a closure to the house.
lever-ahead-is-a-managers = Hosts change today only. Ask a manager to change other dates.
lever-for-no-service = There is no { $period } on { $date }. Check the name of the service.
lever-end-has-passed = This time has passed. Give a later until, or leave it out.
lever-end-too-late = This ends anyway when its service closes. Give an earlier until, or leave it out.
lever-area-both-ways = { $area } cannot be both shut and opened. Leave it out of one of the lists.
lever-hours-are-the-houses = Last orders and closing early are set in the running service. For another date, change its hours with a special day of the house.
lever-none-named = Nothing would change. Say what to change.
lever-of-before-the-update = This was done before the last update and cannot be taken back. Set it the other way instead.
with-a-reason-all-the-same = { $refusal } Give a reason to book it all the same.

## Who may have which place

tables-kept-by-rule = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
} kept for others: { $rule }. Give a reason, and { $count ->
    [one] it is
   *[other] they are
} theirs all the same.
place-kept-by-rule = The places for this party are kept for others: { $rule }. Name the tables and give a reason, and they are theirs all the same.
no-such-area = There is no area { $area }. The house has { $areas }.
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

pairing-code-not-of-venue = This code does not pair a tablet with this house: it is mistyped, used up, too old or made for another house. Check the house and the code, or ask a manager for a new one.
with-a-reason-these-tables = { $refusal } Give a reason to take these tables all the same; whoever is planned there gets others.
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
sits-already = This party is seated already. Move it at its table instead.
period-is-over = The service of { $date }, { $opens } to { $closes }, is over.
period-is-ahead = The service of { $date } begins at { $opens } and is still ahead.
needs-anyway = { $warning }{ $more ->
    [0] { "" }
    [one] { " " }One more thing needs a second look.
   *[other] { " " }{ $more } more things need a second look.
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
warning-not-due-yet = { $party } is not expected until { $at }.
warning-booked-under-this-name = { $party } is booked for { $at }. If this is them, seat the booking.
warning-promised-tables = { $party }, due at { $at }, no longer has { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
}, which was promised.
warning-exposed = { $party }, due at { $at }, has no table now.
warning-here-without-table = { $party } is here and has no table now.
warning-pinned-by-a-person = { $party }, at { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
}, was put there by { $who }.
warning-table-to-reset = Table { $table } is not ready yet: expected at { $at }.
warning-called-loses-table = { $party } was called from the waitlist and has no table now.
warning-guest-deciding = A party of { $size } that is booking online at this moment loses { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
}.
warning-opened-option-gone = { $count ->
    [one] Table { $tables } was kept for a party you are talking to: it is
   *[other] Tables { $tables } were kept for a party you are talking to: they are
} gone.
warning-held-table-given-up = The table for { $seats } held back for “{ $window }” was given up.
warning-beyond-the-room = { $party }, { $at }, is booked beyond the room: no table is planned for them.
warning-beyond-pacing = Around { $at } the kitchen now has { $starting } guests starting; its limit is { $allowed }.
warning-duplicate-booking = This guest has another booking then: { $party }, { $at }.
maybe-same-guest = May be the same guest as { $party } at { $at }: the same phone number and name. Ask, and cancel the one that is not needed.
maybe-same-guest-waiting = May be the same guest as { $party }, on the list since { $at }: the same phone number and name. Ask, and take one of them off the list.

## Finding and mending reservations

search-name-without-letters = A name to look for needs at least one letter or digit.
search-phone-too-short = Give at least the last { $least } digits of the number.
request-has-no-table-yet = A request holds no table yet. Name the table when you approve it.
reinstate-time-is-over = The time of this reservation is over. Make a new one for another time.
reinstate-site-has-booked-again = The booking site has booked this again already. Look for the other booking.
guest-page-is-closed = The guest's page closes { $days } days after the visit.
guest-number-taken = { $name } already has this number. If both are one person, merge the two records.
guests-are-one-already = These two are one guest already. Name another guest to merge.
guest-still-here = This guest is here or waits for a table. Erase the record after they have left.
guest-has-bookings = This guest has { $count ->
    [one] a booking
   *[other] { $count } bookings
} to come. Cancel first, or send cancel_bookings: true, which cancels and erases.
answer-erased = What this answer was about has been erased at the guest's request.
allergies-need-consent = Allergies are health data, kept only if the guest agrees. Ask: "May we keep this for your visits?" If yes, send consent: true with it.

## Logging in, rights, and the way here

too-many-attempts = Too many wrong attempts. Wait a minute.
no-such-client = This house has no such client.
client-serves-others = This client serves other venues too, and a new secret would cut it off from them. Whoever runs the machine makes one: scripts/serve client { $client }. You may disable it for your house.
client-unknown = The client is unknown or its secret is wrong.
no-such-device = There is no such tablet.
link-over = We do not know this link, or its time is over.
name-the-owner = The owners are { $owners }. Say whose PIN is to be renewed, with --staff.
no-owner-here = { $person } is no owner here. { $owners } can name another owner.
device-not-paired = This tablet is no longer paired. Ask a manager for a code.
tablet-locked = Too many wrong PINs at this tablet. It opens again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }; a manager can unlock it from another tablet.
unlock-from-another-tablet = A tablet cannot unlock itself. Do it at another one; the lock also ends by itself.
pin-locked = Too many wrong PINs for you here. Try again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }, log in at a tablet that you have used before, or have a new PIN set: by a manager for hosts, by the owner for managers, and for the owner by `scripts/serve owner` on the machine.
wrong-pin-wait = This PIN is wrong. Try again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
 }.
pin-not-looked-at = This PIN was not looked at, because those before it were wrong. Enter it again in { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
 }.
pins-at-once = This tablet sends PINs faster than they can be compared. Wait a moment.
pin-key-lost = The key that this PIN was kept with is not on the machine, so it cannot be compared. Put the key back, or have a new PIN set: for the owner by `scripts/serve owner` on the machine, for the others by a manager.
first-pin-too-old = This first PIN was good for { $days } days. Have another one set: by a manager for hosts, by the owner for managers, and for the owner by `scripts/serve owner` on the machine.
pin-too-short = This PIN needs at least { $digits } digits.
pin-too-easy = This PIN is one that others try first. Choose another: no digit or group repeated, no run like 1234, no year or date.
pin-is-the-old-one = This is the PIN that you have. Choose another.
own-pin-by-the-old-one = Your own PIN is changed with the one that you have, at PUT /host/pin.
new-pin-needed = Choose a PIN of your own first (PUT /host/pin): the one you have was set by somebody else, or is too short for what you may do now.
pin-needed = Enter your PIN again (POST /host/session/confirm): this has consequences.
wrong-pin = This PIN is wrong.
log-in-or-token = Log in, or send a bearer token.
session-logged-out = You have logged out. Log in again.
session-next-login = Somebody else has logged in at this tablet. Log in again.
session-new-pin = You have a new PIN. Log in with it.
session-account-closed = Your account is closed. Ask a manager.
session-over = You have been logged out. Log in again.
session-locked = This tablet was locked. Enter your PIN.
session-idle = This tablet locked itself, because nobody had touched it for a while. Enter your PIN.
session-ended-elsewhere = This session was ended from another tablet. Log in again.
session-other-tablet = This session belonged to another tablet, so it was ended. Log in again.
no-such-session = There is no such open session.
owners-only = Only an owner can make or change managers and owners.
no-such-person = There is no such person on the staff.
person-id-taken = Somebody on the staff already has this id. Choose another.
house-needs-owner = The house needs an owner. Name another one first.
plain-http = This came over plain http from the network, where others can read along. Nothing was paired or opened. Put TLS before Maitred: compose.yaml has a proxy, name yours in MAITRED_TRUSTED_PROXIES. Or use http://127.0.0.1 on the machine itself. In a network that is yours alone, start it with MAITRED_SECURE_COOKIES=0.
token-needed = Send a bearer token. Get one at /oauth/token.
token-unknown = This token is unknown or has expired. Get a new one.
basic-needed = Send the client's id and secret by HTTP Basic.
csrf-needed = Send the session's token in { $header }.
for-sites-and-tills = This is for booking sites and tills.
no-such-venue = There is no such venue.
for-staff = This is for the staff of the house.
pairing-needed = This tablet is not paired. Ask a manager for a code.
scope-needed = This client lacks the scope { $scope }. Ask the house to grant it.
role-needed = { $role ->
    [owner] Only an owner may do this.
    [host] This is for hosts and managers. Ask one.
    [server] This is for servers, hosts and managers. Ask one.
    [kitchen] You may look on only. Whoever brings it says so.
   *[manager] This is for a manager. Ask one.
 }
others-bring-it = Others bring this one. Whoever brings it says so.
session-ended-already = You are logged out already.
no-key = There is no key to keep secrets with. Set MAITRED_KEY_FILE.
too-many-requests = Too many requests. Wait { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
 }.
metrics-off = There is nothing here, because MAITRED_METRICS_TOKEN is not set.
metrics-token-needed = Send the token of MAITRED_METRICS_TOKEN.
days-between = The last day lies before the first, or more than { $days } days after it. Choose other days.
needed-without-hold = This is needed where there is no slot_hold_id.
etag-needed = If-Match holds no current ETag. Read the reservation again and send the ETag it came with, such as "v7".
key-in-progress = The first request with this Idempotency-Key is still running. Try again shortly.
key-reused = This Idempotency-Key was used for another request. Take a new one.
nothing-of-yours = You have nothing with this id.
lease-over = This lease is not one of ours, or it is over.
booking-keeps-merchant = A booking cannot go over to another merchant. Cancel it and make a new one.
booking-keeps-room = A booking cannot go over to another room. Cancel it and make a new one.
booking-keeps-service = A booking cannot go over to another service. Cancel it and make a new one.
too-many-changed = Too many changed this at once. Send it again.
no-such-merchant = There is no such merchant.
no-such-service = There is no such service. There are { $service } and { $area }AREA.
service-of-other-area = This service is for another area than this room. Send the service of the room.
whose-party = Give the size of the party, or say whose it is: a reservation or a waiting party.

## Setting up a house from the command line

house-opened-from-file = There is no house { $house } here, only { $venues }. A further house is opened from a file.
no-house-yet = There is no house in this database yet. Start one first.
say-which-house = There are { $venues }. Say which house, with --venue.
no-zone-named = There is no time zone { $zone }. Name one such as Europe/Berlin.
bad-house-id = { $house } cannot be a house's id. Take small letters, digits, - and _, at most 40.

## What does not exist, what has changed, what is over

id-stands-for-another-action = This id was used for another action. Take a new one.
no-such-action = There is no such action.
bookings-open-days-ahead = Bookings open { $days ->
    [one] 1 day
   *[other] { $days } days
 } ahead.
date-passed = Expected { $date } or later.
start-far-off = A booking starts between now and { $days } days ahead.
closed-on-date = We are closed on that date.
no-such-guest = There is no such guest.
no-venue-named = There is no venue { $venue }.
no-such-house-version = There is no version { $version } of this house.
no-period-named = There is no period { $period }.
day-too-far-off = { $day } is too far off.
no-such-reservation = There is no such reservation.
party-offered-since = This party has been offered something since. Take that back first.
id-stands-for-another-event = This id was used for another event. Take a new one.
token-made-another-booking = This token was used for another booking. Take a new one.
no-such-booking = There is no such booking.
booking-cancelled = This booking has been cancelled.
slot-passed = This time has passed. Choose a later one.
confirmed-by-person = Bookings for { $time } are confirmed by a person, not at once.
till-no-such-table = The house has no table { $table }. Send the id of its floor plan.
till-clock-off = This is far from now. Check the till's clock.
no-such-alert = There is no such alert.
alert-for-colleague = { $colleague } was called to this party.
party-taken-over = Somebody has taken over this party already.
turnaway-or-reservation = Name a turnaway or a reservation, not both.
colleague-not-yourself = Call a colleague, not yourself.
no-such-colleague = Nobody on the staff is called { $name }.
no-such-turnaway = There is no such turnaway.
no-such-case = There is no such case.
case-closed = This case is closed already.
which-party-of-three = Name one of them: a turnaway, a reservation, or the size of a party.
no-such-party = There is no such party.
party-no-longer-waits = { $state ->
    [seated] This party has been seated.
    [arrived] This party is here.
    [finished] This party has left.
    [cancelled] This party has cancelled.
    [no_show] This party did not come.
    [left] This party has left.
    [gone] This party did not answer.
    [turned_away] This party was turned away.
   *[other] This party needs no table now.
 }
too-many-options-open = You keep { $most } options open already. Take one or let one go.
room-changed = The room has changed. { $fact }
no-such-rescue = There is no such search for a place.
option-lapsed = The two minutes for this option are over. See what there is now.
party-helped-already = This party has been helped already.
no-such-option = There is no such option. See what there is now.
told-at-the-door = Told at the door.
playbook-lacks-answer = The playbook has no answer { $answer } for { $code }. Take one of those it lists.
answer-is-managers = Only a manager can give this answer. Ask one.
no-such-wait-entry = There is no such entry on the waitlist.
guest-waits-already = This guest is on tonight's waitlist already.
no-table-before-closing = No table will be free for this party before we close.
house-closed-now = We are closed now.
no-such-delivery = There is no such delivery.
endpoint-disabled = This endpoint is disabled. Make a new one.
url-cannot-be-read = This URL cannot be read. Send one that begins with https://.
no-such-endpoint = There is no such endpoint.
too-many-endpoints = A venue takes { $most } endpoints at most. Delete one first.
scope-needed-at-venue = This client lacks the scope { $scope } at the venue. Ask the house to grant it.

## Gestures and approvals

party-gone = This party is no longer here.
needs-no-asking = You can give this yourself without asking.
ask-somebody-else = You cannot answer what you asked yourself. Somebody else has to.
question-answered = { $state ->
    [approved] This has been approved already.
    [refused] This has been refused already.
   *[other] Nobody answered this in time. Ask again.
 }
no-such-question = There is no such question.
guest-received-same = The guest has been given the same in the meantime.
catalogue-lacks = Tonight's catalogue has no { $item }. Choose one it has.
gesture-changed = Somebody has changed this gesture since. Look at it again.
units-known-with-check = How many to give will be known when the till has closed the party's check.
check-too-small = The check came to { $spent }, and one is given for { $amount }.
money-given-to-another = This money has gone to another party in the meantime.
no-such-complaint = This party has no such open complaint.
no-such-gesture = There is no such gesture.
finish-the-line = Finish the line in your own words.
name-one-party = Name one party: a reservation, a seating or an entry of the waitlist.
amount-needed = Give the amount of this { $gesture ->
    [refund] refund
    [claim] claim
   *[other] reduction
 } in minor units, such as cents.
amount-not-needed = This has a cost of its own. Leave the amount out.

## The house and the rules

draft-changed-since = Somebody has changed this draft since. Read it again and repeat your change.
no-house-on-day = There is no house yet on { $day }.
version-not-draft = Version { $version } is { $state ->
    [published] published
    [withdrawn] withdrawn
    [discarded] discarded
   *[other] no draft any more
 }. Make a new draft.
house-or-toml = Send `house` or `toml`, not both.
house-keeps-id = A house keeps its id: expected { $venue }.
people-differ = These differ from the accounts of the staff: { $people }. Change people under Staff, and leave `staff` out here.
people-are-accounts = People are accounts. Add and remove them under Staff, not in a draft.
version-not-published = Version { $version } is not published.
version-holds-since = Version { $version } has been in force since { $day }. Publish another instead.
rules-version-used = Expected a version above { $version }, because guests were shown other rules under that one.
stranded-no-table = No table is left for it.
stranded-closed = The house is closed then.
stranded-outside-hours = It starts outside the hours.
stranded-sits-at = It sits at { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
 }, which the house will not have.
would-strand = { $count ->
    [one] One reservation would lose its place.
   *[other] { $count } reservations would lose their places.
 } Name each as seen, or let them become cases.
show-current-house-rules = The house rules in force are version { $version }. Show those.
no-house-rules = The house has no rules to accept. Leave this out.
rules-told-beforehand = House rules are shown before the visit, and this booking has begun.
later-version-cannot-take = Version { $version }, which holds from { $day } on, cannot take this change. { $problem } Withdraw that version first.
house-changed-since-file = The house was changed on the screens since this file was loaded.
period-over = This service is over.
no-such-weekday-in-range = None of these dates is one of the weekdays.
no-such-period-then = There is no such service on these dates. Expected one of { $periods }.
dates-or-range = Expected either dates, or from_date and until.
until-needed = This is missing. Expected { $date } or later.
too-many-dates = Expected at most { $most } dates.
no-such-rules-version = There are no rules of version { $version }.
rules-version-withdrawn = Version { $version } is withdrawn. Publish a new draft.
rules-withdrawn-already = Version { $version } is withdrawn already.
rules-meanwhile = Somebody has { $state ->
    [published] published
   *[other] taken back
 } version { $version } meanwhile. Look at it again.

## What a value should be

value-integer = an integer
value-number = a number
value-text = text
value-other-text = text of another form
value-list = a list
value-section = a section of keys
value-true-or-false = true or false
value-local-time = a local time such as "18:30"
value-date = a date such as 2026-12-24
value-instant = a date and time such as 2026-12-24T19:30:00+01:00
value-local-instant = a date and time such as 2026-12-24T19:30:00
value-uuid = an id such as 5f0c6e0e-6d0b-4d0e-9a53-6a2b8f1f6f10
value-base64 = text in base64
value-any = a value
value-null = null
value-object = an object
value-one-of = one of { $values }
value-nothing = none
value-only = { $value }
value-or = { $one } or { $other }
value-from-to = { $value } from { $low } to { $high }
value-at-least = { $value } of at least { $low }
value-at-most = { $value } of at most { $high }
value-above = { $value } above { $low }
value-below = { $value } below { $high }
value-in-steps = { $value } in steps of { $step }
value-long = { $value } of { $low } to { $high } { $unit ->
    [characters] characters
    [entries] entries
   *[keys] keys
 }
value-comma = { $value },
value-not-empty = { $value } that is not empty
value-long-at-least = { $value } of at least { $low } { $unit ->
    [characters] characters
    [entries] entries
   *[keys] keys
 }
value-long-at-most = { $value } of at most { $high } { $unit ->
    [characters] characters
    [entries] entries
   *[keys] keys
 }
value-country = a country of two capitals, such as DE
value-currency = a currency of three capitals, such as EUR
value-key = a key of small letters, digits, - and _, at most 40
value-short-key = a key of letters, digits, - and _, at most 16
value-code = a code of 3 to 40 capitals and _, such as NO_TABLE_FITS
value-base64url = base64url: letters, digits, - and _, perhaps with = at the end
value-not-blank = text that is not blank
value-name = a name that is not blank, in one line, without control characters
value-phone = a phone number with + and the country's code, without spaces, such as +493023125024
value-email = an e-mail address such as ada@example.com
value-language = a language such as de or de-DE
value-pin = 4 to 8 digits
value-storable = text without the character U+0000
value-check-id = an id in one line that does not begin with event:

## What is wrong with a value

value-expected = Expected { $expected }.
value-expected-got = Expected { $expected }, got { $got }.
value-missing = This is missing. Expected { $expected }.
value-as-read = { $said }.
key-unknown = Unknown key { $key }. Expected one of { $known }.
key-expected = Expected the key to be { $expected }.
entry-repeated = Expected each only once. Entry { $place } of this list says the same.
document-too-deep = Expected at most { $levels } levels of objects and lists.
house-lacks = This house has no { $kind ->
    [area] area
    [table] table
    [period] period
   *[gesture] gesture
 } { $got }. It has { $known }.
at-place = { $place }: { $said }
in-entry = { $section ->
    [areas] Area { $entry }
    [tables] Table { $entry }
    [walls] Line { $entry }
    [staff] Staff member { $entry }
    [joins] Joined tables { $entry }
    [periods] Period { $entry }
    [special_days] Special day { $entry }
    [closures] Closure { $entry }
    [buy_outs] Private event { $entry }
    [rules] Rule { $entry }
    [holds] Held tables { $entry }
    [gestures] Gesture { $entry }
    [neighbours] Neighbour { $entry }
    [playbook] Answers to { $entry }
    [beyond] Answer { $entry }
   *[other] { $entry }
 }: { $said }
section-swallowed = { $section } stands after { $table }, so TOML put it inside { $header }. Move it above.
file-unreadable = Line { $line }, column { $column }: { $said }.
file-unreadable-clock = Line { $line }, column { $column }: { $said }. A local time is written in quotes, such as "18:30".
patch-of-too-many = Expected at most { $most } entries, got { $got }.
entry-to-remove-missing = There is no { $entry } to remove.
entries-share-key = { $count } entries have this key. Send the whole list.
entry-not-unique = This could be any of { $entries }. Write which one.

## What a house says against itself

phone-without-country = The number needs its country code. Perhaps { $whole }, instead of { $got }?
phone-lacks-country-code = { $got } has no country code. Begin it with one, as in +49 30 23125024.
phone-lacks-area-code = { $got } lacks its area code. Give the number as it is dialled today, with its country code.
phone-wrong-length = { $got } has too few or too many digits for { $country }. Give the number as it is dialled today, with its country code.
phone-too-long = { $got } has too many digits. Give the number as it is dialled today, with its country code.
phone-unreadable = { $got } is not a phone number. Give digits, as in +49 30 23125024.
no-email-address = { $got } is no e-mail address. Give one such as table@kastanie.example.
no-web-address = { $got } is no web address. Give one such as https://kastanie.example.
no-such-country = There is no country { $got }. Give its two letters, such as DE.
table-least-above-most = A table for { $most } at most cannot ask for { $got } at least.
table-joined-twice = A table can be pushed together with others only once. Name each table once.
join-across-areas = Tables can only be pushed together within one area. These stand in { $areas }.
join-seats = Together these tables seat { $low } to { $high } guests, not { $got }.
turn-times-out-of-order = Expected more guests than the { $before } of the entry before, got { $got }.
closure-ends-early = The closure ends before it begins. Give { $begins } or later.
closure-of-every-area = These are all the areas. To close the house, leave the areas out.
text-lacks-language = The text is missing in the language of the house, { $language }. Add it.
house-needs-owner-role = Nobody has the role "owner". Give it to somebody.
no-owner-left = The house would have no owner left. Keep { $owners } as one, or give somebody else the role "owner".
no-house-here = There is no house { $house } here, only { $venues }.
time-off-grid = Times go in steps of { $minutes } minutes. This is { $got }.
year-out-of-range = Expected a year from { $low } to { $high }, got { $got }.
period-name-taken = Another period on { $days } has this name. Choose another.
period-without-days = Say on which days: at least one of { $days }.
special-day-needs-no-days = A special day needs no weekdays, because it has its date, { $date }. Leave them out.
pacing-out-of-order = Expected a later time than that of the change before, got { $got }.
time-outside-hours = Expected a time from { $opens } to { $closes }, got { $got }.
period-overlaps = This overlaps { $other } on { $days }. Change the hours of one.
periods-overlap = { $one } overlaps { $other }. Change the hours of one.
periods-overlap-before = { $one } of the day before overlaps { $other }. Change the hours of one.
periods-overlap-after = { $one } overlaps { $other } of the day after. Change the hours of one.

## What rules say against the house

window-too-large = There is no table for { $got } guests to hold. Expected at most { $most }.
window-on-other-days = { $period } is not served on { $days }. Leave those days out.
window-outside-hours = The window from { $starts } for { $minutes } minutes does not lie within the hours, { $opens } to { $closes }.
ladder-keeps-more-than-held = Only { $held ->
    [one] 1 table is
   *[other] { $held } tables are
 } held, so { $got } cannot be kept.
ladder-goes-back-in-time = Each step comes later than the one before. Expected less than { $before } minutes, got { $got }.
ladder-keeps-more-later = Each step keeps no more than the one before. Expected at most { $before }, got { $got }.
ladder-releases-nothing = This step releases nothing: { $kept ->
    [one] 1 table is
   *[other] { $kept } tables are
 } still kept.
fewer-guests-than-parties = Expected at least as many guests as parties, { $parties }, not { $got }.
walked-costs-less-than-late = A party turned away cannot cost less than a late one. Expected at least { $late }, got { $got }.
gesture-above-manager-gift = A manager may give { $most } at most, and this comes to { $got }.
gesture-cost-not-needed = The amount of this is told when it is given. Set the cost to 0.
claim-needs-cap = Say how much may be paid without asking anybody.
gesture-needs-per-amount = Say for which amount on the check one is given.
gesture-needs-no-per-amount = Only a gesture linked to the spending has this. Leave it out.
gesture-of-one-unit = Only a gesture linked to the spending has several units. Set this to 1.
manager-gives-less-than-host = A manager may give no less than a host. Expected at least { $host }, got { $got }.
listing-states-other-rules = The house rules in force are version { $version }, not { $got }.
playbook-unknown-cause = There is no cause { $got }. Expected one of { $known }.
playbook-key-taken = { $got } is taken. Give this answer a key of its own.
playbook-unknown-way = There is no way { $got }. Expected one of { $known }.
cap-above-purse = This always needs approval, up to { $cap }: { $whose ->
    [night] the purse of the night
   *[shift] a host's purse of the shift
 } holds { $purse }.
host-always-asks = A host always has to ask for this: it costs { $cost }, and a host may give { $most }.
gift-above-purse = This is never reached: a gift may cost { $gift }, and the purse holds { $purse }.
window-above-room = The room has { $fitting ->
    [0] no table or join
    [one] only 1 table or join
   *[other] only { $fitting } tables and joins
 } for { $seats } guests, not { $got }.
overbooking-at-zero = Overbooking is on, but at 0 nobody is overbooked.

## In the way of a rescue

tables-needed-by-others = Other parties need these tables now.
tables-taken = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
 } taken: party of { $size }.
tables-taken-by = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
 } taken: { $name }, party of { $size }.
table-out-of-use = Table { $table } is out of use: { $reason }.
area-shut-tonight = That area is shut tonight.
tables-kept-by-colleague = { $name } keeps { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
 } for another party until { $until }.
tables-needed-at = A party of { $size } needs { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
 } at { $time }.

## Addresses of webhooks

url-needs-https = The URL has to begin with https://.
url-look-up-running = The URL you sent before is still being looked up. Send one at a time.
url-look-up-slow = The host of this URL was not found in time. Check its name servers, then send it again.
url-needs-host = The URL has to name a host, without a user and a fragment.
url-port-impossible = There is no such port: they go from 1 to 65535. Leave the port out.
url-port-not-allowed = Of the ports below 1024 only 443 will do. Leave the port out.
url-not-public = The host of this URL is not a public address. Take one that can be reached from outside.
url-without-address = The host of this URL has no address. Check how it is spelled.

## Requests that cannot be read

request-not-as-it-should-be = The request is not as it should be. See what is wrong at each place.
request-cut-off = The request ended before all of it was here. Send it again.
request-refused = The request was refused. HTTP says { $status }.
request-unreadable = The request cannot be read. Check how it is written.
route-unknown = There is nothing at this address. Check the path.
method-not-allowed = This address does not take that method. Allow lists those it takes.
connection-not-http = This is no HTTP/1.1 request. Check what sends it.
connection-too-slow = The request took too long to arrive. Send it again.
connection-address-too-long = The address is too long. Shorten it.
connection-headers-too-large = The headers are too many or too large. Send fewer of them, and delete old cookies.
connection-one-too-many = There are too many connections just now. Try again in a moment.
body-too-large = The body is too large. Send less at once.
body-too-slow = The body did not come within { $seconds } seconds. Send it again.
body-not-of-type = Send the body as { $type }.
body-required = A JSON body is required.
body-empty = The body is not JSON: it is empty.
body-too-deep = The body is not JSON we can read: it is nested too deeply.
body-not-utf8 = The body is not JSON: it is not UTF-8 at byte { $byte }.
body-ends-early = The body is not JSON: it ends too early, after { $characters } characters.
body-not-json = The body is not JSON: { $said }.
body-not-json-at = The body is not JSON: { $said } at line { $line }, column { $column }.
text-unstorable = A text holds a character that cannot be kept. Take it out.
book-unreachable = The book cannot be reached now. Try again in a moment.
live-streams-full = Too many screens are connected. Try again in a moment.
period-busy = This evening is being changed. Try again in a moment.
internal-error = Something went wrong on our side. It has been logged.
rules-wrong = { $more ->
    [yes] At least { $count }
   *[no] { $count }
 } of the rules' keys { $count ->
    [one] is
   *[other] are
 } not as { $count ->
    [one] it
   *[other] they
 } should be.
house-wrong = The house is not as it should be: { $more ->
    [yes] at least { $count }
   *[no] { $count }
 } of its values { $count ->
    [one] is
   *[other] are
 } wrong or missing.
parameter-unknown = This address does not know this parameter. It knows { $known }.
parameters-none = This address does not know this parameter. It takes none.
parameter-repeated = Send this once. It came { $count } times.
parameters-too-many = These are too many parameters. Send fewer than { $most }.
parameter-required = This is required: { $expected }.
instant-far-off = This is far from any reservation. Choose a nearer time.
instant-needed = The start has to be a date and time with an offset.
cursor-not-ours = This is not a cursor of ours. Begin at the first page.
key-malformed = Send a random text in quotes, such as "a-random-string".
days-after-from = Expected 0 to { $most } days after `from`.
date-or-from-and-to = Ask for a `date`, or `from` and `to`.
needs-unknown = Expected one of step_free and quiet, or both with a comma.
guests-out-of-range = Expected 1 to { $most } guests.
value-epoch-seconds = Expected seconds since 1970.
value-required = This is required.
field-in-both-spellings = This is sent twice, in both spellings. Send one.
name-required = A name is required.
if-match-needed = Send If-Match with the ETag you saw, such as "v7".

## Gestures that go too far

as-told-then = { $said }
gift-over-limit = This is over your limit of { $amount }. { $manager ->
    [give] A manager can give it.
   *[raise] A manager can raise the limit for tonight.
 }
shift-purse-too-empty = Your purse of this shift holds only { $amount } more. { $manager ->
    [give] A manager can give it.
   *[raise] A manager can raise it for tonight.
 }
night-purse-too-empty = The purse of tonight holds only { $amount } more. { $manager ->
    [give] A manager can give it.
   *[raise] A manager can raise it for tonight.
 }
gesture-contains = The guest avoids { $traits }, and this contains it. Choose something else, or ask the guest and confirm that you did.
gesture-unsafe-unsure = We cannot tell whether this suits the guest. Ask the guest and confirm that you did, or choose something else.
gesture-given-lately = This guest has had this lately. From { $day } on it is a surprise again. Choose something else until then.
gestures-enough-tonight = { $most ->
    [one] One party has
   *[other] { $most } parties have
 } received something tonight, and that is the limit of the house. A manager can allow more for tonight.
encore-before-first = An encore follows a first gesture. Offer that first.
encore-given = This party has had its encore tonight.
trait-alcohol = alcohol
trait-celery = celery
trait-crustaceans = crustaceans
trait-eggs = eggs
trait-fish = fish
trait-gluten = gluten
trait-lupin = lupin
trait-meat = meat
trait-milk = milk
trait-molluscs = molluscs
trait-mustard = mustard
trait-nuts = nuts
trait-peanuts = peanuts
trait-pork = pork
trait-sesame = sesame
trait-soy = soy
trait-sulphites = sulphites

## What cannot be done now

step-not-possible = This cannot be { $event ->
    [approve] approved
    [decline] declined
    [change] changed
    [change_party_size] changed in size
    [request] asked for again
    [move_table] moved
    [move] moved
    [cancel] cancelled
    [arrive] marked as arrived
    [unarrive] marked as not arrived
    [seat] seated
    [unseat] taken from its table
    [finish] finished
    [mark_no_show] marked as a no-show
    [reopen] reopened
    [walk] marked as left without a table
    [reinstate] brought back
    [expire] closed as too old
    [lapse] closed as too old
    [confirm] confirmed
    [give_back] given back
    [grant] granted
    [release] released
    [notify] called
    [requeue] put back on the list
    [leave] marked as left
    [turn_away] turned away
    [check_down] marked as having the bill
    [dessert] marked as at dessert
    [split] split
    [merge] put together
    [extend] given more time
    [clear] cleared
    [offer] offered
    [accept] accepted
    [deliver] brought
    [void] withdrawn
    [refuse] refused
    [open] opened
    [take] taken
    [reconfirm] confirmed again
    [tell_late] marked as late
    [place] given a place to wait
    [call] called
    [coming] marked as on its way
    [pin] pinned to its table
    [pay] marked as paid
    [no_answer] marked as not answering
    [rejoin] put back on the list
    [undo] taken back
   *[other] done
 } now: it { $state ->
    [requested] is waiting for an answer
    [booked] is booked
    [arrived] has arrived
    [seated] is seated
    [finished] has finished
    [cancelled] has been cancelled
    [declined] has been declined
    [no_show] did not come
    [walked] left without a table
    [held] is held
    [confirmed] is confirmed
    [given_back] has been given back
    [expired] has expired
    [granted] has been granted
    [released] has been released
    [waiting] is waiting
    [notified] has been called
    [left] has left
    [gone] did not answer
    [turned_away] has been turned away
    [check_down] has the bill
    [dessert] is at dessert
    [paid] has paid
    [cleared] has been cleared
    [suggested] is only suggested
    [offered] has been offered
    [accepted] has been accepted
    [delivered] has been brought
    [voided] has been withdrawn
    [listed] has not been opened yet
    [opened] is open
    [taken] has been taken
    [lapsed] has lapsed
    [approved] has been approved
    [refused] has been refused
   *[other] has changed
 }.
step-not-allowed = { $who ->
    [manager] This is for a manager. Ask one.
    [staff] Only the staff can do this.
    [guest] Only the guest can do this, or the site that booked.
   *[house] The house does this by itself.
 }
step-too-late = This could be taken back for { $seconds } seconds only. That time is over.

## Why a booking is refused

refused-before = This was refused.
table-worth-more = At { $time } this table means more to guests still expected.
booking-for-nobody = A booking is for at least one guest.
party-too-large = We take bookings for up to { $most ->
    [one] 1 guest
   *[other] { $most } guests
 }. Larger groups can send an enquiry.
online-paused = Online booking is paused for this evening. Please call us.
house-rules-to-accept = Please read and accept the house rules first, version { $version }.
guest-booked-then = There is already a booking for this guest around that time.
guest-limit-reached = This guest already has { $most ->
    [one] a booking
   *[other] { $most } bookings
 } with us, and we take no more for one guest.
kitchen-takes-none = The kitchen takes no guests who start around { $time }.
kitchen-full = The kitchen already has { $guests ->
    [one] 1 guest
   *[other] { $guests } guests
 } starting around { $time }.
high-chairs-short = { $owned ->
    [0] We have no high chairs.
    [one] Our only high chair is not free at that time.
   *[other] Too few of our { $owned } high chairs are free at that time.
 }
suitable-tables-closed = The tables that would suit { $size ->
    [one] 1 guest
   *[other] { $size } guests
 } at { $time } are out of use, shut or kept for a private event.
last-tables-held = The last tables for { $size ->
    [one] 1 guest
   *[other] { $size } guests
 } at { $time } are held back.
table-free-until = A table is free at { $time }, but only until { $until }. { $size ->
    [one] 1 guest stays
   *[other] { $size } guests stay
 } { $minutes } minutes.
named-tables-not-free = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
 } not free for { $size ->
    [one] 1 guest
   *[other] { $size } guests
 } at { $time }.
no-table-free = No table is free for { $size ->
    [one] 1 guest
   *[other] { $size } guests
 } at { $time }.
risk-of-waits = At { $time } a party of this size would wait for its table too often.
overbooking-cap-reached = We have promised as much beyond the room as the house allows.
named-tables-unknown = { $count ->
    [one] There is no table { $tables }.
   *[other] There are no tables { $tables }, or they cannot be pushed together.
 }
named-tables-too-small = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
 } too small for { $size ->
    [one] 1 guest
   *[other] { $size } guests
 }. Choose a larger table.
named-tables-lack-needs = { $count ->
    [one] Table { $tables } does
   *[other] Tables { $tables } do
 } not have what this party needs. Choose another, or change what they need.
no-period-on = There is no { $period } on { $day }.
seating-hours = We seat guests for { $period } from { $first } to { $last }.
seating-stopped = We have stopped seating for this { $period }.
last-orders-at = Last orders are at { $time }.
closing-early-at = We close early, at { $time }.
start-passed = { $time } has already passed.
book-minutes-ahead = Please book at least { $minutes } minutes ahead.
starts-every = Bookings start every { $minutes } minutes from { $first }.
no-table-of-size = We have no table for a party of this size, and none that can be pushed together.

## At the stand

grant-needs-reason = Say why this party gets a table we keep.
holding-is-managers = A manager decides how many tables are held. Ask one.
period-not-served = The house is closed during this service.
window-over = “{ $window }” is over for tonight.
no-such-window = Tonight's rules hold no tables for “{ $window }”.
window-all-promised = Every table of that window is promised already.
stand-no-such-area = There is no area { $area }.
no-such-table = There is no table { $table }.
table-blocked-already = Table { $table } is out of use then already.
block-ends-before = The block has to end after it begins, and later than now.
block-too-long = A table can be out of use for { $days } days at most.
clear-a-table-first = Clear one of the party's tables first.
late-not-yet = Only a booked party that is expected within three hours is noted as late or on its way here.
thread-line-length = A message has 1 to { $most } characters.
late-until-between = A late party is expected after { $first } and before the close at { $last }.
not-called-yet = Nobody has called this party yet.
unseat-not-booked = This party had no booking to go back to. Move it, or clear the table.
unseat-others-sit = Part of this party sits at another table. Clear this one instead.
unplan-without-table = This party has no table planned.
unplan-no-other = { $count ->
    [one] No other table can be given to { $party } without taking one from somebody. Table { $tables } stays theirs.
   *[other] No other table can be given to { $party } without taking one from somebody. Tables { $tables } stay theirs.
 }
pin-without-table = This party has no table planned, so there is none to pin.
table-is-ready = Table { $table } is ready already.
reservation-or-waiting = Name a reservation or a waiting party, not both.
how-many-sit = Say how many guests sit down.
stay-until-earlier = A party of { $size } that sits down now stays until { $until }. Name an earlier time that is still ahead.
swap-with-itself = A party cannot change places with itself. Name another one.
somebody-stays = Somebody has to stay at the old table. Move fewer guests.
leave-others-a-table = Leave the others a table.
merge-with-itself = A party cannot join itself. Name another one.
tonight-no-such-reservation = There is no such open reservation tonight.
table-not-held-now = That table is not held back any more.
no-such-party-seated = No such party is seated now.
no-such-party-waiting = No such party is waiting now.
no-such-block = That table is not out of use any more.
changed-since = { $what ->
    [reservation] This reservation has
    [held] This held table has
    [seating] This party has
    [waiting] This waiting party has
   *[block] This has
 } changed since. Look at what is so now.
late-too-long-ago = That was done too long ago to be entered now.
late-not-here = This person was not logged in at this tablet.
happened-since = Something has happened since. Look at what is so now.
others-sit-there = Another party sits at { $count ->
    [one] table { $tables }
   *[other] tables { $tables }
 } now.
table-blocked-anew = Table { $table } has been put out of use again since.
lever-moved-since = This has been changed again since.
table-named-twice = Table { $table } is named twice. Name it once.
moved-on = { $state ->
    [seated] It has been seated.
    [finished] It has finished.
    [cancelled] It has been cancelled.
    [declined] It has been declined.
    [no_show] It was marked as a no-show.
    [walked] It left without a table.
    [left] It has left.
    [gone] It did not answer.
    [turned_away] It has been turned away.
    [cleared] It has been cleared.
   *[other] It has changed. Look at what is so now.
 }
may-not-come-back = The party cannot have its place back.
place-gone = The place on the list is gone.
waits-under-another = The party is on the list again already.
party-seated = The party has been seated.
somebody-sits-there = Somebody sits there already.
guest-has-other-then = The guest has another reservation in those hours.
overrule-tonight-only = Hosts overrule for tonight only. Ask a manager.
taken-back-already = This has been taken back already.
cannot-be-taken-back = This cannot be taken back.

## Reservations and slot holds

seated-not-cancellable = The party has been seated, so this can no longer be cancelled.
online-cancelling-ended = Cancelling online ended at { $until }. Please call the house.
reservation-changed = The reservation has changed since. Read it again: it is at version { $version }.
reservation-not-changeable = { $state ->
    [cancelled] The reservation has been cancelled and can no longer be changed.
    [declined] The reservation has been declined and can no longer be changed.
    [arrived] The party is here, so the reservation can no longer be changed.
    [seated] The party is seated, so the reservation can no longer be changed.
    [finished] The party has left, so the reservation can no longer be changed.
    [no_show] The party did not come, so the reservation can no longer be changed.
   *[other] The reservation can no longer be changed.
 }
notes-are-the-houses = Notes are the house's own. Write in special_request.
words-are-the-guests = These words are the guest's, sent by the booking site. Write the house's own in the notes.
reservation-not-cancellable = { $state ->
    [declined] The reservation has been declined, so there is nothing to cancel.
    [arrived] The party is here, so this can no longer be cancelled.
    [no_show] The party did not come, so this can no longer be cancelled.
   *[other] This can no longer be cancelled.
 }
hold-for-other-request = The slot hold is for { $size } at { $start }, with the needs it was asked for. Send the same, or ask for another hold.
grants-are-the-houses = Only the house gives out held tables. Leave the grant out.
no-such-slot-hold = There is no such slot hold.
hold-became-reservation = This slot hold has become a reservation.
hold-over = This slot hold is over. Ask for another.
hold-for-other-period = The slot hold is for another period. Ask for one in this period.
reference-taken = Your reservation { $reservation } has this partner_reference at that start. Read, change or cancel that one, or send another reference.
hold-at-least-a-second = A slot is held for at least one second.
too-many-slot-holds = At most { $most } slot holds may be open. Give some back.
slot-holds-of-hours = You hold places for these hours already: at most { $parties ->
        [one] one party
       *[other] { $parties } parties
    } and { $guests ->
        [one] one guest
       *[other] { $guests } guests
    } at a time. Confirm a hold or give it back, or book without one.
too-many-bookings-made = You have made { $most ->
        [one] { $most } booking
       *[other] { $most } bookings
    } for this evening, cancelled ones included: more than the house could seat. Please call the house.
too-many-requests-open = { $most ->
        [one] { $most } request of yours for this evening waits
       *[other] { $most } requests of yours for this evening wait
    } for the house to answer. Wait for its answers before you send more.
too-many-waiting = { $most ->
        [one] { $most } party of yours is on the waitlist.
       *[other] { $most } parties of yours are on the waitlist.
    } Wait until some are seated, or take off those who will not come.
wait-no-such-party-tonight = No such party is waiting tonight.
reservation-not-tonight = This reservation is not expected tonight.
no-table-with-needs = We have no table { $needs } for { $size ->
    [one] 1 guest
   *[other] { $size } guests
 }.
wanted-area = in the area { $area }
wanted-step-free = with step-free access
wanted-quiet = in a quiet place

## How often something happens

often-never = on fewer than 1 evening in 20
often-seldom = on about 1 evening in { $count }
often-sometimes = on about { $count } evenings in 10
often-always = on nearly every evening

## Why a booking was taken or turned down: for staff alone

booking-taken = Accepted. Worth about { $revenue }; others would bring about { $displaced }.
booking-taken-unrivalled = Accepted. Worth about { $revenue }; no other party is expected to want the table.
booking-kept-for-others = Better kept for others: this party would bring about { $revenue }, the guests still expected about { $displaced }.
booking-costs-more = Better left: this party would bring about { $revenue }, less than the waits it may cause.
booking-waits-cost = Waits it may cause would cost about { $cost }.
booking-too-tight = Too tight. With this party somebody who has booked would have to wait on { $risk ->
        [one] 1 evening
       *[other] { $risk } evenings
    } in { $of }; our limit is { $limit }.
booking-just-too-tight = Too tight. With this party somebody who has booked would have to wait a little more often than our limit of { $limit ->
        [one] 1 evening
       *[other] { $limit } evenings
    } in { $of }.
booking-would-wait = Too tight. This party would have to wait too long in about { $risk ->
        [one] 1 case
       *[other] { $risk } cases
    } of { $of }; our limit is { $limit }.
booking-just-would-wait = Too tight. This party would have to wait too long a little more often than our limit of { $limit ->
        [one] 1 case
       *[other] { $limit } cases
    } in { $of }.
booking-tightest = Tightest at { $at }: about { $expected ->
        [one] 1 party
       *[other] { $expected } parties
    } of { $size } or more for { $places ->
        [one] 1 table
       *[other] { $places } tables
    }, { $shortage }.
booking-tightest-any-size = Tightest at { $at }: about { $expected ->
        [one] 1 party
       *[other] { $expected } parties
    } for { $places ->
        [one] 1 table
       *[other] { $places } tables
    }, { $shortage }.
shortage-hardly = practically no risk of running out
shortage-often = too few { $often }
shortage-others-wait = too few { $often }, and then { $others ->
        [one] one other party waits
       *[other] { $others } other parties wait
    } for a table
booking-depends-on = { $count ->
        [one] One booking makes
       *[other] { $count } bookings make
    } it so tight.

## What an overbooking limit rests on

own-ceiling-too-early = Your limit: a party promised beyond the room may wait more than { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } in { $limit ->
        [one] 1 case
       *[other] { $limit } cases
    } of { $of }. It is too early to say how true that comes out. It takes { $needed } evenings with such parties; so far there { $risky ->
        [0] have been none
        [one] has been 1
       *[other] have been { $risky }
    } in { $evenings ->
        [one] 1 evening
       *[other] { $evenings } evenings
    }.
own-ceiling-seen = Your limit: a party promised beyond the room may wait more than { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } in { $limit ->
        [one] 1 case
       *[other] { $limit } cases
    } of { $of }. Of { $came ->
        [one] 1 such party that came
       *[other] { $came } such parties that came
    }, { $waited ->
        [0] none
       *[other] { $waited }
    } waited longer or left; we had expected { $expected }.
any-wait-seen = On { $waited ->
        [0] none
       *[other] { $waited }
    } of { $risky ->
        [one] 1 evening
       *[other] { $risky } evenings
    } with more promised than the room holds, somebody who had booked waited too long or left; we had expected { $expected }. No limit is compared with that.
risks-learned = The risks told rest on { $evenings ->
        [one] 1 evening
       *[other] { $evenings } evenings
    } of your own.
risks-of-synthetic-nights = The risks told were learned on synthetic nights: you have no evenings of your own yet.
ceiling-means-own-wait = New since you last published: your limit of { $limit } in { $of } now means that the party itself waits more than { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }. Before, it meant that anybody promised a table does. The number was kept; check that it still says what you want.

## Tables worth holding back

hold-too-early = Too early to say how many of your { $tables ->
        [one] one table
       *[other] { $tables } tables
    } for { $seats } to keep for walk-ins: it takes { $needed } evenings, so far there { $evenings ->
        [0] are none
        [one] is 1
       *[other] are { $evenings }
    }.
hold-advised = Keep { $hold ->
        [0] none
        [one] one
       *[other] { $hold }
    } of your { $tables ->
        [one] one table
       *[other] { $tables } tables
    } for { $seats } free for walk-ins. { $hold ->
        [0] One
       *[other] One more
    } would be used { $often }: worth { $holding } kept, { $selling } sold.
hold-advised-all = Keep { $hold ->
        [one] your one table
        [2] both your tables
       *[other] all { $hold } of your tables
    } for { $seats } free for walk-ins. { $hold ->
        [one] It
       *[other] Even the last
    } would be used { $often }: worth { $holding } kept, { $selling } sold.
hold-rests-on = Seen on { $evenings ->
        [one] 1 evening
       *[other] { $evenings } evenings
    }, { $comparable } of them on this weekday: { $walkins ->
        [one] 1 such walk-in party
       *[other] { $walkins } such walk-in parties
    }, { $average }. { $wanted } or more came on { $used ->
        [0] none of them
        [one] 1 evening
       *[other] { $used } evenings
    }. { $assumed }% of the figure is still assumed, not seen.
hold-not-priced = No advice on held tables yet. It needs the prices of tables: let the rules decide by value, or wait until tonight’s prices are worked out.
held-worth-came = A table for { $seats } held for “{ $window }” went to { $party } ({ $size }). They brought about { $earned }.
held-worth-absent = A table for { $seats } held for “{ $window }” went to { $party } ({ $size }), who did not come.
held-worth-unused = Nobody had the table for { $seats } held for “{ $window }”.
held-worth-back = A table for { $seats } held for “{ $window }” went back on sale.
held-worth-walk-in = a party without a name
held-cost = Holding it kept out bookings worth about { $cost }.
held-cost-nothing = Holding it kept no booking out.
hold-average = on average { $low } an evening
hold-average-between = on average { $low } to { $high } an evening

## Advice on the rules, with what it rests on

advice-hold-keep = “{ $window }”: { $hold ->
        [0] keeping no table for { $seats } is
        [one] keeping one table for { $seats } is
       *[other] keeping { $hold } tables for { $seats } is
    } what your evenings speak for.
advice-hold-change = “{ $window }”: keep { $hold ->
        [0] no table
        [one] one table
       *[other] { $hold } tables
    } for { $seats } instead of { $present }.
advice-hold-too-few = “{ $window }”: { $evenings ->
        [0] no evenings yet
        [one] 1 evening is too few
       *[other] { $evenings } evenings are too few
    } to say how many tables to keep; it takes { $needed }.
advice-hold-waits = How many walk-ins want such a table, and what it would bring sold, has to be seen first.
advice-hold-worth = One more such table would be used { $often }: worth { $holding } kept, { $selling } sold.
advice-hold-used = Tables were held on { $evenings ->
        [one] 1 past evening
       *[other] { $evenings } past evenings
    }: every one was used on { $every }, none on { $none }.
advice-hold-first = Keep { $hold ->
        [one] one table
       *[other] { $hold } tables
    } for { $seats } back from { $starts } to { $ends } ({ $period }); today you hold none.
advice-hold-first-none = You hold no tables ({ $period }), and your evenings do not speak for holding any.
advice-hold-in-vain = On { $on } of { $evenings ->
        [one] one evening
       *[other] { $evenings } evenings
    } somebody without a reservation wanted a table for { $seats } between { $starts } and { $ends } and got none.
advice-ladder-keep = “{ $window }”: the steps of giving back are right: { $steps }.
advice-ladder-change = “{ $window }”: give back in other steps: { $steps }.
advice-ladder-step = { $keep ->
        [0] none kept
       *[other] { $keep } kept
    } from { $minutes ->
        [0] the start on
       *[other] { $minutes } min before
    }
advice-ladder-why = The closer the window, the fewer still book for it, so a table is given back only while somebody would still take it.
advice-beyond-promise = Promise up to { $parties ->
        [one] 1 party
       *[other] { $parties } parties
    } more than there is room for, each with less than { $percent } % chance of waiting over { $minutes } minutes.
advice-beyond-keep = What you promise beyond the room is right: up to { $parties ->
        [one] 1 party
       *[other] { $parties } parties
    }, each with less than { $percent } % chance of waiting over { $minutes } minutes.
advice-beyond-now = Today: up to { $parties ->
        [one] 1 party
       *[other] { $parties } parties
    } beyond the room, each with less than { $percent } % chance of waiting over { $minutes } minutes.
advice-beyond-off = Today nobody is promised a place beyond the room.
advice-beyond-too-few = { $evenings ->
        [0] There are no evenings yet
        [one] 1 evening is too few
       *[other] { $evenings } evenings are too few
    } to say how many parties to promise beyond the room; it takes { $needed }.
advice-beyond-stay-off = Promise nobody a place beyond the room.
advice-beyond-waited = Of { $came ->
        [one] 1 such party that came
       *[other] { $came } such parties that came
    }, { $waited ->
        [0] none
       *[other] { $waited }
    } waited longer or left; told beforehand were { $told }.
advice-beyond-capped = On { $capped } of { $evenings } evenings parties were refused only because the number was used up.
advice-beyond-missing = On { $on } of { $evenings } evenings { $parties ->
        [one] at least one booked party
       *[other] at least { $parties } booked parties
    } did not come.
advice-knob-keep = Nothing that was measured keeps fewer guests waiting for as much money as your rules.
advice-knob-change = Set how much waiting counts to “{ $position }”.
advice-turn-keep = Parties of { $sizes }: { $minutes } minutes are right.
advice-turn-change = Parties of { $sizes }: plan { $minutes } minutes instead of { $written }.
advice-turn-too-few = Parties of { $sizes }: { $seatings ->
        [0] no stays seen yet
        [one] 1 stay is too few
       *[other] { $seatings } stays are too few
    } to say how long they need; it takes { $needed }.
advice-turn-why = Four stays in five are to fit, with { $reset ->
        [0] the table ready at once
        [one] 1 minute to make the table ready
       *[other] { $reset } minutes to make the table ready
    }. Shorter makes the next party wait, longer leaves the table empty.
advice-turn-seen = Of { $seatings } stays four in five were over after { $most } minutes ({ $low } to { $high }); { $longer ->
        [0] none was
        [one] 1 was
       *[other] { $longer } were
    } longer than the { $sitting } minutes planned at table.
advice-grace-keep = Keeping a late party’s table for { $minutes } minutes is right.
advice-grace-longer = Keep a late party’s table for { $minutes } minutes instead of { $written }.
advice-grace-shorter = Keep a late party’s table for only { $minutes } minutes instead of { $written }.
advice-grace-too-few = Too early to say how long to keep a late party’s table: it takes { $needed } evenings and { $least } parties not here five minutes after their time; so far there are { $evenings } and { $parties }.
advice-grace-why = A table is worth keeping while more than one missing party in five still comes. Giving it away frees the table, never the promise.
advice-grace-seen = Of { $missing ->
        [one] 1 party
       *[other] { $missing } parties
    } not here { $minutes } minutes after their time, { $came ->
        [0] none
       *[other] { $came }
    } still came.
advice-nothing-to-change = Nothing is advised here, so there is nothing to draft.
no-letter-of-date = There is no letter of { $date }: it is written once every period of a date is closed.
no-such-advice = There is no such advice now. Read the list again.

## The knob between waits and a full room, and its frontier

knob-position-never_wait = Never keep a guest waiting
knob-position-seldom_wait = Seldom keep a guest waiting
knob-position-balanced = Between the two
knob-position-fuller = Rather a fuller room
knob-position-fill_room = Fill the room
frontier-point = { $net }; { $booked } booked parties a night; { $waiting }, { $walked }.
frontier-net-usual = What the others are measured by
frontier-net-same = About as much money as “{ $usual }” (the nights cannot tell them apart, ±{ $error }%)
frontier-net-more = { $percent }% (±{ $error }) more money than “{ $usual }”
frontier-net-less = { $percent }% (±{ $error }) less money than “{ $usual }”
frontier-waiting = { $every ->
        [0] no booked party waits more than { $minutes } minutes
        [one] every booked party waits more than { $minutes } minutes
       *[other] one booked party in { $every } waits more than { $minutes } minutes
    }
frontier-walked = { $every ->
        [0] none leaves without a table
        [one] every one leaves without a table
       *[other] one in { $every } leaves without a table
    }
frontier-rules-at = Your rules stand at “{ $position }”.
frontier-rules-near = Your rules stand beside the marks, nearest to “{ $position }”.
frontier-better = On these nights “{ $position }” brought no less money than where you stand, and { $waiting }.
frontier-own-too-early = It is too early to draw your own evenings: it takes { $needed } under these rules, and so far there { $evenings ->
        [0] have been none
        [one] has been 1
       *[other] have been { $evenings }
    }.
frontier-own = On your own { $evenings } evenings under these rules: { $waiting }, { $walked }. { $drawn }
frontier-drawn-there = Drawn where your rules stand: { $waiting }, { $walked }.
frontier-not-by-value = Your rules do not decide by what a table is worth. Until they do, the knob moves little but the limit for parties beyond the room.
frontier-nothing-beyond = Your rules promise nothing beyond the room; the drawing was made with such promises. Towards a full room the knob will move less for you than is drawn.
frontier-other-costs = In the drawing a guest who leaves without a table costs two guests’ bills, one who waits a fifth of a bill. Your rules have other figures, so read the money as a direction.
frontier-made-from = Drawn from { $nights } imagined nights in a house of { $tables } tables with { $requests } requests a night, { $each } for each table. { $own }
frontier-requests-own = You have { $each } for each table.
frontier-requests-unknown = How many you have is not known yet.
no-such-load = There is no such load; they are numbered 0 to { $most }.
frontier-figure = { $value }
frontier-title = Waits against money
frontier-about = { $requests } requests a night for { $tables } tables; lines through the marks: one standard error
frontier-axis-net = money, % against “{ $usual }”
frontier-axis-waiting = of 100 booked parties, waiting more than { $minutes } minutes
frontier-axis-walked = of 100 booked parties, leaving without a table
frontier-usual = usual, nothing set
frontier-your-rules = your rules
frontier-your-evenings = your evenings

## How long parties stay

stays-too-early = Parties of { $sizes }: too early to say. { $seatings ->
        [0] No stay has
        [one] 1 stay has
       *[other] { $seatings } stays have
    } been seen; it takes { $needed }.
stays-seen = Parties of { $sizes }: planned { $written } minutes. Of { $seatings } stays half were over after { $median } minutes, four in five after { $most } ({ $low } to { $high }). { $longer ->
        [0] None was
        [one] 1 was
       *[other] { $longer } were
    } longer than planned.

## Gestures: what speaks for one

gesture-because-first_visit = Their first time here
gesture-because-regular = Their visit number { $number }
gesture-because-occasion = They have something to celebrate
gesture-because-long_wait = Waited { $number ->
        [one] 1 minute
       *[other] { $number } minutes
    } past their time
gesture-because-complaint = A dish was not as they had hoped
gesture-because-walked = Their table was in doubt tonight
gesture-because-turned_away = Heard at first that we are full
gesture-because-long_stay = { $number ->
        [one] 1 minute
       *[other] { $number } minutes
    } at the table
gesture-because-encore = They enjoyed the first one
gesture-because-own_wish = Because you feel like it

## Tables by name, inside a sentence

tables-one = table { $tables }
tables-joined = tables { $tables } together

## What can be given to a party at the door

door-free = { $count ->
        [1] Table { $tables }
       *[other] Tables { $tables } together
    } for { $guests ->
        [one] 1 guest
       *[other] { $guests } guests
    }, free now for the whole turn.
door-free-until = { $count ->
        [1] Table { $tables }
       *[other] Tables { $tables } together
    } for { $guests ->
        [one] 1 guest
       *[other] { $guests } guests
    }, free now until { $until }.
door-held = I can give you { $where }, one of those we keep.
door-split = Tables { $tables } for { $guests ->
        [one] 1 guest
       *[other] { $guests } guests
    }, near each other.
door-wait = About { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } until they can have { $where }.
door-wait-band = A wait of likely { $likely } minutes, { $latest } at the latest, by our estimate.

## What to do with a party at the door

door-seat-over-table = Seat them now at { $where }: worth about { $gain } more than { $instead }.
door-seat-over-waiting = Seat them now at { $where }: worth about { $gain } more than asking them to wait.
door-seat-even = Seat them now at { $where }: nothing else is clearly better.
door-wait-for-promise = Better let them wait, likely { $likely } minutes and { $latest } at the latest, for { $where }. Seated now, they would make the party of { $size } at { $starts } wait or lose its table { $often }.
door-kept-for-due = Better let them wait: { $parties ->
        [one] a reserved party
       *[other] { $parties } reserved parties
    } due by { $by } will need the tables that are free.
door-others-first = Better let them wait: others who came first can have the tables that are free.
door-wait-over-table = Better let them wait, likely { $likely } minutes and { $latest } at the latest, for { $where }: worth about { $gain } more than { $instead } now.

## Rescues: what is said to the guest

rescue-say-held = We are full tonight, but give me a moment: I would love you to have { $where }.
rescue-say-table = I have looked once more, and I can give you { $where } right now.
rescue-say-join = Let me make room for you right now: { $where }.
rescue-say-shorter = I can give you { $where } right now, if we may have it back by { $ends }.
rescue-say-move = Give me one minute to rearrange a few things, and I can give you { $where }.
rescue-say-area = I have nothing there just now, but I can give you { $where } ({ $area }).
rescue-say-overbook = I will make room for you at { $starts }. Should it take a few minutes then, I will look after you myself.
rescue-say-wait = It will likely be { $likely } minutes, { $latest } at the latest. May I put your name down and come and get you?
rescue-say-later = At { $starts } I do have a table for you. Shall I book it?
rescue-say-other_day = On { $weekday ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    } { $date } at { $starts } I do have a table for you. Shall I book it?
rescue-say-tomorrow = Tomorrow at { $starts } I do have a table for you. Shall I book it?
rescue-say-partner = { $name } is { $walk ->
        [one] a minute’s walk
       *[other] { $walk } minutes’ walk
    } away, and the food is good. Shall I call them for you?

## Rescues: what the host should know

rescue-moves = { $count ->
        [one] One booked party gets another table
       *[other] { $count } booked parties get other tables
    }; nobody who is seated has to move.
rescue-risk = This party would wait more than { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } { $often }.
rescue-others-wait = On evenings when more come than fit, { $others ->
        [one] one other party waits
       *[other] { $others } other parties wait
    } for a table.
rescue-held = It is one of our held tables.
rescue-worth = Worth about { $worth }.

## Parties that may hear a no

foreseen-no-table = { $name } ({ $size ->
        [one] 1 guest
       *[other] { $size } guests
    }, { $at }) may have no table. Find one before they arrive.
foreseen-no-table-unnamed = A party of { $size } at { $at } may have no table. Find one before they arrive.
foreseen-waits = { $name } ({ $size ->
        [one] 1 guest
       *[other] { $size } guests
    }, { $at }) is here and has no table yet. See what you can give them.
foreseen-waits-unnamed = The party of { $size } booked for { $at } is here and has no table yet. See what you can give them.
foreseen-caller = We have no table for { $name } ({ $size ->
        [one] 1 guest
       *[other] { $size } guests
    }, { $at }). Before you say so, see what else you can offer.
foreseen-caller-unnamed = We have no table for { $size ->
        [one] 1 guest
       *[other] { $size } guests
    } at { $at }. Before you say so, see what else you can offer.

## The ordinary answer to a no, said to the guest

ordinary-CLOSED = We are not open at that time. May I tell you the nearest time we are?
ordinary-OUTSIDE_BOOKING_WINDOW = Our book is not open for that day yet. May I call you when it is?
ordinary-PARTY_SIZE_NOT_ALLOWED = For a party your size I would like to ask a colleague, so that you all sit well. May I call you back?
ordinary-PACING_FULL = Many of our guests arrive just then, and I would like the kitchen to have time for you. Would a little later suit you?
ordinary-NO_TABLE_FITS = All our tables are taken at that time. Let me see what I can do for you.
ordinary-TURN_TOO_SHORT = I do have a table then, only not for as long as you would like. May I look for a better time?
ordinary-HELD_BACK = All our tables are spoken for at that time. Let me see what I can do for you.
ordinary-RISK_OVER_CEILING = I would not like to promise you a table and then have you wait for it. Let me find you one I am sure of.
ordinary-OVERBOOKING_CAP = We are full at that time. Let me see what I can do for you.
ordinary-BID_PRICE = I have nothing for you at that time yet. May I look a little earlier or later?
ordinary-GUEST_LIMIT = You already have several bookings with us, and we look forward to each. Shall we look at them together?
ordinary-DUPLICATE = I can see a table for you around that time already. Shall we look at it together?
ordinary-ALREADY_WAITING = You are on our list already. Let me see how much longer it will be.
ordinary-HOUSE_RULES_NOT_ACCEPTED = May I tell you our few house rules first? It only takes a moment.
ordinary-BLOCKED = That table is out of use today. Let me find you another good one.
ordinary-PAUSED = Just now we take bookings by phone and at the door. I am happy to help you right here.
ordinary-NEEDS_NOT_MET = I would like you to have the right table, and none is free just then. May I look at another time?

## What a change of the house does, one line each

difference-changed = { $where }: { $what } { $after } instead of { $before }.
difference-set = { $where }: { $what } set to { $after }.
difference-unset = { $where }: { $what } no longer set (was { $before }).
difference-added = { $where }: new, { $after }.
difference-added-alone = { $where }: new.
difference-removed = { $where }: removed.
difference-ordered = { $where }: the { $what } in a new order.
draft-inside = { $outer }, { $inner }
draft-with-value = { $what } { $value }
draft-key-with-more = { $name } ({ $more })
draft-list = { $parts }
draft-date = { $date }
draft-as-written = { $text }
draft-quoted = “{ $text }”
draft-amount = { $amount }
draft-share = { NUMBER($percent, maximumFractionDigits: 1) } %
draft-yes = yes
draft-no = no
draft-nothing = none
draft-day-mon = Mon
draft-day-tue = Tue
draft-day-wed = Wed
draft-day-thu = Thu
draft-day-fri = Fri
draft-day-sat = Sat
draft-day-sun = Sun
draft-place-house = The house
draft-place-venue = The house
draft-place-venue-postal_address = The address
draft-place-venue-coordinates = The place on the map
draft-place-booking = Booking
draft-place-house_rules = The house rules
draft-place-areas = Area { $key }
draft-place-tables = Table { $key }
draft-place-walls = Line { $key } of the floor plan
draft-place-staff = Staff member { $key }
draft-place-joins = Joined tables { $key }
draft-place-turn_times = Turn time, parties up to { $key }
draft-place-periods = Period { $key }
draft-place-periods-pacing_changes = pacing from { $key }
draft-place-special_days = Special day { $key }
draft-place-special_days-periods = period { $key }
draft-place-special_days-periods-pacing_changes = pacing from { $key }
draft-place-closures = Closure { $key }
draft-place-buy_outs = Private event { $key }
draft-place-house_rules-rules = Rule “{ $key }”
draft-place-house_rules-rules-text = its text
draft-place-holds = Held tables “{ $key }”
draft-place-overbooking = Overbooking
draft-place-decisions = Decisions
draft-place-gestures = Gesture { $key }
draft-place-gestures-name = its name
draft-place-wait_ladder = After { $key } minutes of waiting
draft-place-purses = Purses
draft-place-etiquette = Etiquette
draft-place-approvals = Approvals
draft-place-neighbours = Neighbour { $key }
draft-place-notices = Messages to guests
draft-place-playbook = Answers to { $key }
draft-place-playbook-ordinary = the ordinary answer
draft-place-playbook-beyond = answer { $key }
draft-place-playbook-beyond-text = its text
draft-member-address = address on one line
draft-member-area = area
draft-member-areas = areas
draft-member-booking = booking limits
draft-member-bookings_per_guest = bookings per guest
draft-member-buy_outs = private events
draft-member-cancel_cutoff_minutes = minutes before the start to cancel by
draft-member-cancel_grace_minutes = minutes after booking to cancel in
draft-member-category = category
draft-member-closes = closing time
draft-member-closures = closures
draft-member-coordinates = coordinates
draft-member-country = country
draft-member-covers = guests per 15 minutes
draft-member-currency = currency
draft-member-date = date
draft-member-days = days
draft-member-depth = depth in metres
draft-member-email = email
draft-member-ends = end
draft-member-features = features
draft-member-from_date = first day
draft-member-high_chairs = high chairs
draft-member-hold_seconds = seconds a site may hold a slot
draft-member-house_rules = house rules
draft-member-id = id
draft-member-joins = joined tables
draft-member-key = key
draft-member-kind = kind
draft-member-last_seating = last seating
draft-member-late_after_minutes = minutes until a party is late
draft-member-latitude = latitude
draft-member-locale = language
draft-member-locality = town
draft-member-longitude = longitude
draft-member-min_notice_minutes = minutes ahead to book by
draft-member-minutes = minutes
draft-member-name = name
draft-member-needs_approval = bookings need a yes
draft-member-next_after = minutes before the next manager is called
draft-member-no_show_grace_minutes = minutes until a no-show
draft-member-opens = opening time
draft-member-order = order of managers
draft-member-pacing = guests per 15 minutes
draft-member-pacing_changes = changes of pacing
draft-member-party_max = largest party
draft-member-party_max_online = largest party online
draft-member-periods = periods
draft-member-phone = phone
draft-member-postal_address = address
draft-member-postal_code = postal code
draft-member-region = region
draft-member-role = role
draft-member-rotation = rotation in degrees
draft-member-rules = rules
draft-member-seats_max = seats at most
draft-member-seats_min = seats at least
draft-member-shape = shape
draft-member-slot_minutes = minutes between starts
draft-member-special_days = special days
draft-member-staff = staff
draft-member-start = start
draft-member-starts = start
draft-member-street_address = street and number
draft-member-tables = tables
draft-member-text = text
draft-member-turn_times = turn times
draft-member-until_date = last day
draft-member-venue = house
draft-member-version = version
draft-member-walls = lines of the floor plan
draft-member-web = web address
draft-member-width = width in metres
draft-member-window_days = days bookable ahead
draft-member-x = position across
draft-member-x1 = start across
draft-member-x2 = end across
draft-member-y = position along
draft-member-y1 = start along
draft-member-y2 = end along
draft-member-zone = time zone

# Of the manager’s rules.

draft-member-approvals = approvals
draft-member-areas_excluded = areas left out
draft-member-beyond = answers beyond the ordinary one
draft-member-by_value = decide by value
draft-member-call_minutes = minutes a called party’s table is kept
draft-member-cap = most without asking
draft-member-cap_covers = most guests beyond the room
draft-member-cap_parties = most parties beyond the room
draft-member-carrier = who brings it
draft-member-caution = caution
draft-member-ceiling = limit of risk
draft-member-charged = purse charged
draft-member-code = code
draft-member-contains = contains
draft-member-cost = cost
draft-member-count = tables held
draft-member-cover_value = value of a guest
draft-member-decisions = decisions
draft-member-discretion_value = extra value of a held table
draft-member-draw = number of the draw
draft-member-due = when it is brought
draft-member-enabled = in use
draft-member-etiquette = etiquette
draft-member-fits = suits
draft-member-gesture = gesture
draft-member-gestures = gestures
draft-member-holds = held tables
draft-member-host_gift = most a host gives alone
draft-member-joins_out = share of joined tables left out
draft-member-keep = tables still kept
draft-member-ladder = steps of release
draft-member-late_cost = cost of a late party
draft-member-listing_house_rules = house rules in the listing
draft-member-long_stay_minutes = minutes until a long stay
draft-member-mains_minutes = minutes to the main course
draft-member-manager_gift = most a manager gives alone
draft-member-manager_shift = manager’s purse for a shift
draft-member-minutes_before = minutes before
draft-member-neighbours = neighbours
draft-member-offer_minutes = minutes an offer stands
draft-member-ordinary = ordinary answer
draft-member-overbooking = overbooking
draft-member-per_amount = for each amount of
draft-member-period = period
draft-member-person_shift = host’s purse for a shift
draft-member-playbook = playbook
draft-member-price = price
draft-member-purses = purses
draft-member-regular_visits = visits that make a regular
draft-member-repeat_days = days until the same again
draft-member-seats = seats
draft-member-share_cap = share of parties with a gesture
draft-member-show_online = share of online bookings that come
draft-member-show_phone = share of phone bookings that come
draft-member-small_tables_out = share of small tables left out
draft-member-stay_caution = caution about long stays
draft-member-suggest_above = least gain for a suggestion
draft-member-tolerance_minutes = minutes a wait is tolerable
draft-member-units_max = most units
draft-member-venue_night = purse of the night
draft-member-wait_ladder = steps of waiting
draft-member-walk_minutes = minutes on foot
draft-member-walked_cost = cost of a walked party
draft-member-way = way out

## The house: access, shares of the pace, turn times
access-contradicts = Give dates, a season or days that tell the two rules apart. “{ $rule }” says something else about { $places } for the same days.
access-ends-early = Expected { $from_date } or later, got { $until }.
access-names-no-place = Expected at least one area, or tables.
access-names-nobody = Expected at least one, because this rule is for { $to ->
    [channels] some channels
   *[members] guests with tags
}.
access-names-too-many = Leave this out, or set “to” to { $to }. It says { $got }.
access-no-such-day = Expected a day that every year has, as month and day, got { $got }.
pacing-limit-repeated = Entry { $place } of this list limits the same. Give other channels, areas or another start.
pacing-limit-says-nothing = Expected covers, parties or both. To lift a limit, set covers to 1000.
turn-times-compete = A party of { $guests } would come under both this and entry { $place }. Give one of them other areas, days or periods.
turn-times-none-for-all = Expected one without areas, days and periods, for all other parties.
value-day-of-year = a month and a day, such as 05-01
stranded-area-gone = The area it asked for has no table any more.
search-ends-early = Expected { $since } or later, as from_date is.
draft-place-access = Access “{ $key }”
draft-place-access-season = its season
draft-place-enquiries = Enquiries
draft-place-periods-pacing_limits = limit of pacing { $key }
draft-member-access = who may have which places
draft-member-channels = channels
draft-member-enquiries = enquiries
draft-member-from_day = first day of the year
draft-member-guests_of_sites = what guests of booking sites hear of the house
draft-member-hours = hours
draft-member-notices = messages to guests
draft-member-pacing_limits = limits of pacing by channel and area
draft-member-parties = parties per 15 minutes
draft-member-protect = a place is kept for
draft-member-quiet_from = quiet hours begin
draft-member-quiet_until = quiet hours end
draft-member-reminder_hours = hours before the visit when guests are reminded
draft-member-reset_by_clock = tables are ready by the clock
draft-member-reset_minutes = minutes to make a table ready
draft-member-season = season
draft-member-tags = tags
draft-member-text_first = text messages before mails
draft-member-text_price = price of a segment of a text message
draft-member-to = for
draft-member-until_day = last day of the year
ordinary-AREA_NOT_BOOKABLE = Those places are kept for others just then. Let me see where else you would sit well.
period-over-on = The service of { $day }, { $period }, is over.
warning-kept-for-others = { $count ->
    [one] Table { $tables } is
   *[other] Tables { $tables } are
} kept for others: { $rule }.
stays-only = { $sizes } ({ $only })
draft-choice-protect-area = those who asked for an area
draft-choice-protect-every = everybody who asked
draft-choice-protect-none = nobody
draft-choice-to-all = everybody
draft-choice-to-channels = some channels
draft-choice-to-members = members
draft-choice-to-nobody = nobody
draft-choice-to-request = guests who ask first
draft-choice-to-staff = bookings by staff
draft-choice-to-walk_ins = walk-ins
party-larger-than-tables = The largest table or join seats { $most }, and this is a party of { $size }. Name the tables they will sit at.
named-tables-out-of-use = { $count ->
    [one] Table { $tables } is out of use then. Put it back into use first, or choose another.
   *[other] Not all of tables { $tables } are in use then. Put them back into use first, or choose others.
}
lever-too-far-ahead = Levers are pulled up to { $days } days ahead. Check the year.
warning-seating-stopped-until = Seating is stopped until { $at }.
warning-exposed-ahead = { $party }, due on { $date } at { $at }, has no table now.
value-line-of-text = text in one line, without control characters
value-lines-of-text = text without control characters (new lines may stand in it)
seating-stopped-until = We have stopped seating until { $time }.

## The record of what matters, as the owner reads it

recorded-log-in = { $by } logged in at the tablet { $tablet }.
recorded-wrong-pin = { $whom ->
    [none] A wrong PIN was typed at the tablet { $tablet }, for nobody we know.
   *[other] A wrong PIN for { $whom } was typed at the tablet { $tablet }.
}
recorded-make-pairing-code = { $by } made a pairing code for a tablet.
recorded-wrong-pairing-code = A wrong pairing code came from { $address }.
recorded-pair-device = { $whom ->
    [none] A tablet was paired: { $tablet }.
   *[other] A tablet was paired with a code of { $whom }: { $tablet }.
}
recorded-rename-device = { $by } renamed the tablet { $before } to { $name }.
recorded-revoke-device = { $by } revoked the tablet { $tablet }.
recorded-add-person = { $by } added { $whom } to the staff as { $role }.
recorded-first-pin = { $whom } was given the first PIN of the house.
recorded-change-pin = { $own ->
    [yes] { $by } changed their own PIN.
   *[no] { $by } set a new PIN for { $whom }.
}
recorded-change-name = { $by } changed the name { $before } to { $name }.
recorded-change-role = { $by } changed the role of { $whom } from { $before } to { $role }.
recorded-remove-person = { $by } closed the account of { $whom }.
recorded-let-owner-in = A command on the machine gave { $whom } a new PIN and a pairing code.
client-may-availability = see free tables
client-may-bookings = book
client-may-enquiries = ask for large parties
client-may-waitlist = put guests on the waitlist
client-may-webhooks = be told of events
client-may-pos = speak for the till
client-may-google = book for Google
recorded-make-client = { $by } made the client { $client }, which may { $scopes }.
recorded-set-grant = { $by } set what { $client } may do: { $scopes }; before: { $before }.
recorded-withdraw-grant = { $by } withdrew what { $client } could do: { $before }.
recorded-disable-client = { $by } disabled { $client } for this house.
recorded-issue-token = { $client } signed in with its secret.
recorded-wrong-secret = A wrong secret of { $client } was sent from { $address }.
recorded-unknown-client = Somebody at { $address } tried to sign in as a client that does not exist.
recorded-add-endpoint = { $client } has its webhooks sent to { $host }.
recorded-remove-endpoint = { $client } no longer has webhooks sent to { $host }.
recorded-rotate-endpoint-secret = { $client } made a new secret for its webhooks.
recorded-open-house = The house was opened.
recorded-publish-house = { $by } published version { $version } of the house, in force from { $from } instead of version { $before }.
recorded-withdraw-house = { $by } withdrew version { $version } of the house, which was to be in force from { $from }.
recorded-export-house = { $by } exported the house.
recorded-publish-rules = { $count ->
    [0] { $by } published version { $version } of the rules, in force from { $from }; nothing is different.
   *[other] { $by } published version { $version } of the rules, in force from { $from }; different: { $changed }.
}
recorded-withdraw-rules = { $from ->
    [none] { $by } withdrew version { $version } of the rules, which was not published.
   *[other] { $by } withdrew version { $version } of the rules, which was published for { $from } onwards.
}
recorded-override-rules = { $count ->
    [one] { $by } set other rules for one period: { $changed }.
   *[other] { $by } set other rules for { $count } periods: { $changed }.
}
recorded-make-backup = The whole database was written to the backup { $file } by a command.
recorded-restore-backup = The database was replaced by the backup { $file }.
recorded-go-back = The database went back to before the last update, by the backup { $file }.
recorded-refused-access = { $why ->
    [csrf-needed] A request in the name of { $by } did not come from our page and was refused.
    [no-such-venue] { $by } asked for another house and was refused.
    [role-needed] { $by } asked for what takes a higher role and was refused: { $method } { $route }.
   *[other] { $by } was refused: { $method } { $route }.
}
recorded-tablet-locked = The tablet { $tablet } is locked after { $in_a_row } wrong PINs in a row.
recorded-person-locked = The PIN of { $whom } is locked: wrong ones came from several tablets.
recorded-unlock-tablet = { $by } unlocked the tablet { $tablet }.
recorded-session-at-other-tablet = A session of { $whom } was shown at another tablet than its own and ended.
recorded-end-session = { $own ->
    [yes] { $by } ended their own session at the tablet { $tablet }.
   *[no] { $by } ended the session of { $whom } at the tablet { $tablet }.
}
recorded-rotate-client-secret = { $by } made a new secret for { $client }.
recorded-enable-client = { $by } let { $client } in again.
recorded-guest-erased = { $restored ->
    [yes] A restored backup held a guest who had been erased; erased again, now { $guest } in the book.
   *[no] { $by } erased what was held about a guest, now { $guest } in the book.
}
recorded-guest-exported = { $by } exported what is held about the guest { $guest }.
recorded-other = { $by }: { $kind }.
recorded-and-more = { $said } No more of these were written down within the hour.
recorded-machine = Whoever runs the machine
recorded-stranger = Somebody at { $address }
recorded-tablet-unknown = (unknown)

## What was done, as the journal says it: who did it stands beside it

party-unknown = a party
tables-none = no table
done-when = { $date } at { $time }
done-arrived = { $party }: { $here } here
done-resized = { $name }: { $size } instead of { $before }
done-no-show = { $party } did not come
done-reopened = { $party } is expected again
done-walked = { $party } left without a table
done-assigned = { $party } planned at { $where }
done-planned-elsewhere = { $party } planned elsewhere, at { $where }
done-unseated = { $party } not seated after all, waiting again
done-approved = Request of { $party } for { $when } accepted
done-declined = Request of { $party } declined
done-seated = { $party } seated at { $where }
done-moved = { $party } moved from { $before } to { $where }
done-swapped = { $party } and { $other } changed places
done-split = { $party } seated apart at { $where }
done-merged = { $party } joined { $other }
done-served = { $state ->
    [check_down] Bill for { $party }
   *[dessert] Dessert for { $party }
}
done-extended = { $party } stays until { $until }
done-cleared = { $party } gone from { $where }
done-blocked = { $where } out of use until { $until }
done-unblocked = { $where } in use again
done-levers-none = Levers set
done-levers = Set: { $levers }
done-lever = { $kind ->
    [online_paused] { $on ->
        [yes] online booking paused
       *[no] online booking open again
    }
    [seating_stopped] { $on ->
        [yes] seating stopped
       *[no] seating goes on
    }
    [last_orders] { $on ->
        [yes] last orders
       *[no] last orders taken back
    }
    [close_early] { $on ->
        [yes] closing early
       *[no] closing as usual
    }
    [area_shut] { $on ->
        [yes] { $area } shut
       *[no] { $area } open again
    }
   *[pace] { $on ->
        [yes] pace { $covers } guests per quarter hour
       *[no] pace as usual
    }
}
done-sections = { $tables ->
    [one] Section changed: one table
   *[other] Sections changed: { $tables } tables
}
done-lever-dates = { $lever }, { $from } to { $until }
done-held = A table for { $seats } kept free from { $starts }
done-released = The table for { $seats } kept free from { $starts } released
done-waits = { $party } put on the waitlist
done-waits-quoted = { $party } put on the waitlist, told { $minutes } minutes
done-notified = { $party } told that the table is ready
done-left = { $party } left the waitlist
done-turned-away = { $party } turned away
done-undone = Taken back: { $what }
done-undone-something = An action taken back
done-booked = { $party } booked for { $when }
done-changed = { $party } changed, now { $when }
done-cancelled = { $party } cancelled for { $when }
done-reinstated = { $party } booked again for { $when }
done-refused = A request refused
done-sent-on = { $party } sent to a neighbour
done-gesture = { $state ->
    [accepted] Gesture for { $party } accepted
    [declined] Gesture for { $party } declined
    [delivered] Gesture for { $party } brought
    [voided] Gesture for { $party } taken back
   *[offered] Gesture for { $party } offered
}
done-complaint = { $party } was not content
done-case-closed = Case of { $party } closed
done-called-colleague = A colleague called for { $party }
done-took-over = { $party } taken over from a colleague
done-link = Link made for { $party }
done-rules-read = House rules read out to { $party }
done-reconfirmed = { $party } confirmed again
done-told-late = { $party } late, coming at { $until }
done-placed = { $place ->
    [door] { $party } waits at the door
    [bar] { $party } waits at the bar
    [terrace] { $party } waits on the terrace
   *[nowhere] { $party } no longer waits at a noted place
}
done-called = { $party } called to the table
done-coming = { $party } is on the way to the table
done-pinned = { $party } pinned to { $where }
done-unpinned = { $party } no longer pinned to { $where }
done-paid = { $party } has paid
done-cleared-to-reset = { $party } gone from { $where }, to be made ready
done-ready = { $where } made ready
done-gone-silent = { $party } did not answer and is off the waitlist
done-rejoined = { $party } waits again
done-note-written = Note written
done-note-changed = Note changed
done-note-deleted = Note deleted
done-other = Something else was done

## The lab: what a draft would have done on the house's own nights

lab-where-past = On your last { $evenings ->
    [one] **evening**
   *[other] **{ $evenings } evenings**
}
lab-where-synthetic = On { $evenings ->
    [one] **one evening**
   *[other] **{ $evenings } evenings**
} drawn as yours are
lab-trade = { $where } this draft would have { $seated } and { $waiting }.
lab-no-difference = { $where } this draft makes **no difference** that they could show, neither in guests seated nor in promised parties kept waiting.
lab-too-few = One evening shows no difference yet: two at least are needed.
lab-nothing-played = This draft changes only rules that the lab does not play, so no evening could show a difference.
lab-nothing-changed = This draft says what is in force already: there is nothing to compare.
lab-seated-more = seated **{ NUMBER($guests, minimumFractionDigits: 1, maximumFractionDigits: 1) } more guests a night**
lab-seated-fewer = seated **{ NUMBER($guests, minimumFractionDigits: 1, maximumFractionDigits: 1) } fewer guests a night**
lab-seated-same = seated **as many guests**, as far as { $evenings } evenings can show,
lab-waiting-same = kept promised parties waiting as seldom as now, as far as { $evenings } evenings can show
lab-waiting-one-more = made **one promised party in { $evenings } evenings** wait longer than ten minutes
lab-waiting-one-fewer = spared **one promised party in { $evenings } evenings** a wait of more than ten minutes
lab-waiting-more = made **{ NUMBER($parties, minimumFractionDigits: 1, maximumFractionDigits: 1) } more promised parties a night** wait longer than ten minutes
lab-waiting-fewer = spared **{ NUMBER($parties, minimumFractionDigits: 1, maximumFractionDigits: 1) } promised parties a night** a wait of more than ten minutes
lab-unseen-past = Played from what was asked on those evenings, accepted and refused alike. Who never asked is not seen; how long those whom you refused would have stayed is drawn from what the house has learned, and so is whether another time would have suited.
lab-unseen-levers = Not replayed: what was changed for one of those evenings alone, that is levers pulled, tables blocked and rules overridden for the night.
lab-unseen-synthetic = Guests are drawn from what the house has learned of its evenings: how many ask and walk in, who comes, who is late, who stays how long.
lab-door-quick = Bookings are decided by the service itself; at the door each party gets the table that fits best. Held tables are given to who comes. What staff give of their own wish is not played.
lab-door-minutes = Bookings and the door are decided by the service itself, minute by minute, as the stand advises; a walk-in who has waited five minutes is given a held table. What staff give of their own wish is not played.
lab-run-not-found = There is no such run of the lab; the list has all that were kept.
lab-night-not-found = That evening of the run is not played yet, or there are only { $nights }.
lab-no-past-nights = No evening of these days is over yet. Take evenings drawn as yours are, or more weekdays.
lab-no-such-period = The house serves no “{ $period }” on these days in the next two weeks.
lab-run-over = This run is over already: nothing is left to stop.
lab-draft-twice = Version { $version } is named twice; name each once.
push-approval-title = { $name } asks for your yes
push-approval-body = { $gift }, { $cost }
push-alert-title = { $name } calls you to a party of { $size }
push-alert-body = Open the stand to see what was said.
push-keys-unreadable = The keys of this phone cannot be read. Turn the notices off and on again.
kitchen-noted-already = { $name } has noted this already.
kitchen-nothing-to-note = There is nothing to note here any more.


## A new tablet: the page that is read on it

tablet-title = A tablet for the stand
tablet-which = This tablet is about to become the host stand. Which kind is it?
tablet-ipad = iPad or iPhone
tablet-android = Android
tablet-step = Step { $number }
tablet-authority = The house's certificate
tablet-in-this-language = In English
tablet-no-authority = This house has no certificate of its own: open its address, and nothing has to be installed.
tablet-ipad-install = Read this page in Safari. Tap the certificate and allow the download. Then open Settings, tap "Profile Downloaded" at the top, tap Install and enter the tablet's code.
tablet-ipad-trust = In Settings open General, About, and at the very bottom Certificate Trust Settings. Switch on "Maitred".
tablet-ipad-open = Open the stand in Safari, tap Share, then "Add to Home Screen".
tablet-ipad-home = Open it from the home screen and pair it there: a manager shows the house and the code under Tablets. Only there does the tablet keep the evening when the network is away.
tablet-android-install = Tap the certificate; it is saved. Then open Settings and search for "CA certificate" (under Security, Encryption and credentials, Install a certificate). Choose "Install anyway" and the saved file.
tablet-android-open = Open the stand in Chrome. A manager shows the pairing code under Tablets: scan it with the camera, or type it.
tablet-android-home = In Chrome's menu tap "Add to home screen" or "Install app". From now on open the stand from there.
tablet-afterwards = The certificate vouches for the house on this tablet only. It is meant for tablets of the house, not for a phone of your own.
