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
