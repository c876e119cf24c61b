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
