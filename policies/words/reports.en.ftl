### What the manager's reports say: first the sentence, with numbers; no figure stands for a person.

report-none = too early to say
report-none-named = not given
report-unknown = guests nobody knows
report-nothing = { $nights ->
    [0] No service in these days yet.
    [one] Nothing of this kind on that day.
   *[other] Nothing of this kind on these { $nights } days.
}
report-share = { $share } % ({ $low } to { $high } %)
report-share-few = { $count } of { $of } (too few to say more)
report-mean-few = { $share } % (too few to say more)
report-share-alone = { $share } %
report-share-inside = { $share } %, { $low } to { $high } %
report-share-few-inside = { $count } of { $of }
report-minutes = { $minutes } min
report-total = All
report-low = { $column }, at least
report-high = { $column }, at most
report-day = { $day }
report-levers = Levers pulled: { $parts }.
report-lever-online_paused = online booking paused on { $days ->
    [one] one day
   *[other] { $days } days
}
report-lever-seating_stopped = seating stopped on { $days ->
    [one] one day
   *[other] { $days } days
}
report-lever-last_orders = last orders called on { $days ->
    [one] one day
   *[other] { $days } days
}
report-lever-close_early = closed early on { $days ->
    [one] one day
   *[other] { $days } days
}
report-lever-area_shut = an area shut on { $days ->
    [one] one day
   *[other] { $days } days
}
report-lever-pace = the pace changed on { $days ->
    [one] one day
   *[other] { $days } days
}
report-weekday = The weekday is a number from 1 (Monday) to 7 (Sunday).
no-such-report = There is no report “{ $report }”. The list is at /manage/reports.
no-such-report-column = This report has no column “{ $column }”. It has: { $known }.

report-without-experiments = Experiments that try help before and after a refusal are not kept yet: “came again” compares guests as they were, not by lot.
report-without-wishes = Wishes that were promised and answered are not kept yet: “special requests” counts what guests wrote with a booking.
report-without-proposals = Proposals of guests and votes for them are not kept yet, so nothing tells of them.

## Groups and what rows are by

report-group-house = The house
report-group-refusals = Told no
report-group-promises = Promises
report-group-giving = Given by the house
report-group-guests = Guests and partners

report-by-text = { $report ->
    [held] Held for
    [stays] Guests
    [received-size] Guests
    [quotes] Wait told, min
    [regulars] Tag
    [referrals-in] Code
   *[other] Partner
}
report-by-time = Time
report-by-channel = Channel
report-by-code = Cause
report-by-person = Person
report-by-client = Booking site
report-by-item = Gesture
report-by-cause = Reason
report-by-weekday = Weekday
report-by-date = Date
report-by-rescue = Way
report-by-pattern = Gestures
report-by-answer = Answer
report-by-named = Guest
report-by-lead = Booked
report-by-tenth = Chance of a no-show
report-by-band = Chance told
report-by-table = Table

## The house

report-covers-channel = Guests by channel
report-covers-channel-about = Parties that sat down, by the way they came to the house.
report-covers-channel-says = { $parties ->
    [one] One party sat
   *[other] { $parties } parties sat
} down with { $covers ->
    [one] one guest
   *[other] { $covers } guests
}; most came by this way: { $top } ({ $top_figure }).
report-covers-time = Guests by quarter hour
report-covers-time-about = When parties start: the booked time, or when a walk-in sat down. A night: of all days with a service.
report-covers-time-says = The fullest quarter is { $top }: { $top_figure ->
    [one] one guest starts
   *[other] { $top_figure } guests start
} in it on a usual day. { $parties ->
    [one] One party
   *[other] { $parties } parties
} in all, { $walk_ins } without a booking.
report-covers-day = Guests by date
report-covers-day-about = Parties that sat down on each date.
report-covers-day-says = { $covers ->
    [one] One guest
   *[other] { $covers } guests
} on { $nights ->
    [one] one day
   *[other] { $nights } days
}; the fullest was { $top } with { $top_figure }.
report-covers-weekday = Guests by weekday
report-covers-weekday-about = Parties that sat down, by the day of the week.
report-covers-weekday-says = { $top } brought the most guests: { $top_figure } of { $covers }.
report-stays = How long parties stay
report-stays-about = From sitting down to the cleared table. Left out: tables that the close cleared, and stays under ten minutes.
report-stays-says = Half of the parties stayed { $stay } or less, four in five { $stay_most } or less.
report-occupancy = The room through the evening
report-occupancy-about = Guests at table when each quarter of an hour begins, on a usual day with a service.
report-occupancy-says = The room is fullest at { $top }: { $top_figure ->
    [one] one guest
   *[other] { $top_figure } guests
} at table on a usual day.
report-tables = Turns by table
report-tables-about = How often a table is used on a day with a service, and for how long. Of joined tables each counts.
report-tables-says = Table { $top } turns most: { $top_figure ->
    [one] once
   *[other] { $top_figure } times
} a day. { $sittings ->
    [one] One sitting
   *[other] { $sittings } sittings
} at { $rows ->
    [one] one table
   *[other] { $rows } tables
}.
report-checks = Checks by weekday
report-checks-about = Closed checks as the till told them.
report-checks-says = { $takings } on { $checks ->
    [one] one check
   *[other] { $checks } checks
}: { $per_check } a check, { $per_guest } a guest; tips { $tip_share }.
report-checks-channel = Checks by channel
report-checks-channel-about = Closed checks by the way the party came to the house.
report-checks-channel-says = { $per_guest } a guest; the most by this way: { $top } ({ $top_figure }).
report-servers = Guests by who seated them
report-servers-about = Who seated each party. Sections of the room are not kept, so a table has no server of its own.
report-servers-says = { $sittings ->
    [one] One party was seated
   *[other] { $sittings } parties were seated
}, { $covers ->
    [one] one guest
   *[other] { $covers } guests
}; the most by { $top } ({ $top_figure }).
report-bookings = What became of bookings
report-bookings-about = By channel. No-shows: of bookings that were not cancelled and are over.
report-bookings-says = Of { $booked ->
    [one] one booking { $came } came
   *[other] { $booked } bookings { $came } came
}. Not shown: { $missed_share }. Cancelled: { $cancelled_share }.
report-bookings-lead = Bookings by how early they were made
report-bookings-lead-about = The earlier a booking is made, the more often it is given up: how it is in your house.
report-bookings-lead-says = Not shown: { $missed_share }, most often of those booked { $top } ({ $top_figure }).
report-bookings-day = Bookings by date
report-bookings-day-about = What became of the bookings of each date.
report-bookings-day-says = { $missed ->
    [one] One party did
   *[other] { $missed } parties did
} not come and { $cancelled } cancelled, of { $booked } bookings; the most no-shows on { $top } ({ $top_figure }).

## Told no

report-turnaways = Parties told no, by cause
report-turnaways-about = Every no on every channel, once a guest and night. Found a place: came after all.
report-turnaways-says = { $parties ->
    [one] One party was
   *[other] { $parties } parties were
} told no ({ $covers ->
    [one] one guest
   *[other] { $covers } guests
}). Found a place after all: { $recovered_share }.
report-turnaways-channel = Parties told no, by channel
report-turnaways-channel-about = Where the no was said, and where a place was found after all.
report-turnaways-channel-says = { $denied } had no place offered, { $regretted } did not want what was. Found a place after all: { $recovered_share }.
report-searches = Searches that found nothing
report-searches-about = Searches at booking sites and on our page, by the rule that bound. Nobody is known by name; one guest may have searched several times.
report-searches-says = { $searches ->
    [one] One search
   *[other] { $searches } searches
} found nothing, most of them for this cause: { $top } ({ $top_figure }).
report-rescues = Ways to say yes after all
report-rescues-about = What was listed for parties that were told no, what was opened for them and what they took.
report-rescues-says = { $taken ->
    [one] One way was
   *[other] { $taken } ways were
} taken of { $opened } opened and { $listed } listed; most often: { $top } ({ $top_figure }).
report-calls = Colleagues called to a guest
report-calls-about = A party told no was handed to a colleague by name. Minutes: until the colleague took it.
report-calls-says = { $called ->
    [one] One call
   *[other] { $called } calls
}, { $taken } taken, half of them within { $answer_median }; { $recovered } of these parties found a place.
report-playbook = Answers of the playbook
report-playbook-about = Which answer was given at a no, and what it led to.
report-playbook-says = { $answered ->
    [one] One answer was
   *[other] { $answered } answers were
} given. Found a place after all: { $recovered_share }; sent to a partner: { $sent_on }; lost: { $lost }.

## Promises

report-promised-waits = Did promised parties wait
report-promised-waits-about = From the booked time, or the arrival if it was later, to the table. Long: over ten minutes, or left because of it.
report-promised-waits-says = { $turned_up ->
    [one] One promised party came
   *[other] { $turned_up } promised parties came
}. Over ten minutes: { $waited_share }. Left without a table: { $walked }.
report-waitlist = The waitlist
report-waitlist-about = Parties that waited for a table, by where they joined.
report-waitlist-says = { $parties ->
    [one] One party waited
   *[other] { $parties } parties waited
}: { $sat } sat down, { $gave_up } gave up, turned away: { $turned_away }.
report-quotes = Waits told and kept
report-quotes-about = Parties by the wait they were told at the latest. Kept: seated within it.
report-quotes-says = Kept: { $kept_share } of the waits told to parties that sat down; a broken one by { $over_mean } on average.
report-held = Tables held back
report-held-about = What became of each held table. Regretted: nobody had it, and a party it would have seated was told no.
report-held-says = { $held ->
    [one] One table was
   *[other] { $held } tables were
} held; a guest sat at { $used_share }. They brought { $earned } and kept { $displaced } of bookings away; regretted: { $held_regretted }.
report-overbooking = Beyond the room, evening by evening
report-overbooking-about = Promises made beyond the room: how many were told to wait over the tolerance, how many did. A wait told is a chance, so the sum of them is what to expect.
report-overbooking-says = { $beyond ->
    [one] One party was
   *[other] { $beyond } parties were
} promised beyond the room and { $came } came. Of those told a chance { $told_waits } were expected to wait; { $waited_told } did. In all { $waited_long } waited; left without a table: { $walked }.
report-told-risk = Risk told against what happened
report-told-risk-about = Parties beyond the room by the chance of waiting they were told. True risks: what was told lies within the interval of what happened.
report-told-risk-says = Told on average: { $told_mean }. Happened: { $waited_share }.
report-no-show-risk = No-shows expected and what happened
report-no-show-risk-about = Bookings that were not cancelled, in tenths from the least likely to the likeliest no-show, by what had been learned before each evening. True chances: what was expected lies within the interval of what happened.
report-no-show-risk-says = Expected: { $believed_mean }. Not shown: { $missed_share }. In numbers: { $expected_misses } no-shows expected, { $missed_told } came about.

## Given by the house

report-gestures = Gestures by what was given
report-gestures-about = Each item of the catalogue: offered, taken, brought, and what it cost. Came again: known guests within 60 days, once these are over.
report-gestures-says = { $offered ->
    [one] One gesture was
   *[other] { $offered } gestures were
} offered and { $delivered } brought, for { $cost }; { $forgotten } were accepted and never brought. Came again: { $again_share }.
report-gestures-person = Gestures by who gave them
report-gestures-person-about = Who used their own authority, for how much, and how many of these guests came again within 60 days.
report-gestures-person-says = { $cost } were given in { $offered ->
    [one] one gesture
   *[other] { $offered } gestures
}, most by { $top } ({ $top_figure }).
report-gestures-cause = Gestures by reason
report-gestures-cause-about = Why something was given.
report-gestures-cause-says = Most often the reason was this: { $top } ({ $top_figure } of { $delivered } brought). Came again: { $again_share }.
report-received = Who receives a gesture, by channel
report-received-about = The share of parties that were given something. What the house owed is left out.
report-received-says = Given something: { $given_share } of the parties.
report-received-size = Who receives a gesture, by size
report-received-size-about = The share of parties that were given something, by their size.
report-received-size-says = Given something: { $given_share } of the parties; most often of this size: { $top }.
report-came-again = Who came again
report-came-again-about = Known guests with a booking, by what they were given on the visit: did they come again within 60 days. Guests were not drawn by lot, so a difference may have other causes.
report-came-again-says = Came again within 60 days: { $again_share } of the visits whose 60 days are over.
report-approvals = Asked of a manager
report-approvals-about = Gifts beyond somebody's limits, and how long the answer took.
report-approvals-says = { $asked ->
    [one] One question
   *[other] { $asked } questions
}; said yes: { $approved_share }; half were answered within { $answer_median }.
report-complaints = From complaint to refund
report-complaints-about = By who noted it. Minutes: from the complaint to the money back.
report-complaints-says = { $complained ->
    [one] One complaint,
   *[other] { $complained } complaints,
} { $refunded ->
    [one] one refund
   *[other] { $refunded } refunds
} for { $cost }. Half came within { $refund_median }, four in five within { $refund_most }.
report-tips = Tips by gesture
report-tips-about = The tip as a share of the check, of parties given nothing, one thing, or one and then a second.
report-tips-says = The tip is { $tip_share } on average; the highest with: { $top } ({ $top_figure }).
report-spend-linked = Gestures by the bill
report-spend-linked-about = So many units for each amount on the closed check, as an hour of parking.
report-spend-linked-says = { $units ->
    [one] One unit
   *[other] { $units } units
} in { $delivered ->
    [one] one gesture
   *[other] { $delivered } gestures
}, for { $cost }.
report-claims-guest = Claims by guest
report-claims-guest-about = Paid without questions. For managers, to see patterns; never shown at the door.
report-claims-guest-says = { $claims ->
    [one] One claim was
   *[other] { $claims } claims were
} paid, { $cost } in all and { $cost_mean } each on average.
report-claims-person = Claims by who paid them
report-claims-person-about = Paid without questions. For managers, to see patterns; never shown at the door.
report-claims-person-says = { $claims ->
    [one] One claim was
   *[other] { $claims } claims were
} paid, { $cost } in all; the most by { $top } ({ $top_figure }).

## Guests and partners

report-sites = Bookings by site
report-sites-about = What became of the bookings of each booking site.
report-sites-says = { $booked ->
    [one] One booking
   *[other] { $booked } bookings
} from sites, most guests from { $top } ({ $top_figure }). Not shown: { $missed_share }.
report-rules-shown = House rules shown
report-rules-shown-about = Which parties were shown the rules before they came: only these may be held to them.
report-rules-shown-says = Shown the rules: { $shown_share } of the parties; read out by a person: { $read_out }.
report-regulars = Guests with a tag
report-regulars-about = Members, regulars, occasions: whether they came, waited, were given something. Tiers with a card are not kept yet.
report-regulars-says = { $came ->
    [one] One party
   *[other] { $came } parties
} with a tag came. Given something: { $given_share }; waited over ten minutes: { $waited_share }.
report-wishes = Special requests
report-wishes-about = Bookings that came with a wish in the guest's own words, and those that took another time than asked for. Whether a wish was answered is not kept yet.
report-wishes-says = With a wish: { $asked_share } of the bookings; { $moved } took a time that we suggested.
report-referrals-in = Sent to us by partners
report-referrals-in-about = Bookings with a partner's code. What was agreed with the partner is not kept yet.
report-referrals-in-says = { $booked ->
    [one] One booking
   *[other] { $booked } bookings
} came with a code and brought { $came_covers ->
    [one] one guest
   *[other] { $came_covers } guests
}, most from { $top }.
report-partners-out = Sent to partners
report-partners-out-about = Partner restaurants offered to parties that were told no. Whether the guest went there is not known.
report-partners-out-says = { $taken ->
    [one] One party
   *[other] { $taken } parties
} took a partner's address ({ $taken_covers ->
    [one] one guest
   *[other] { $taken_covers } guests
}); one was listed { $listed ->
    [one] once
   *[other] { $listed } times
}.

## Columns

report-column-again = Came again
report-column-again_share = Came again, share
report-column-answer_median = Half answered within, min
report-column-answered = Given
report-column-approved = Said yes
report-column-approved_share = Said yes, share
report-column-asked = Asked
report-column-asked_for = With a wish
report-column-asked_share = With a wish, share
report-column-believed_mean = Expected, share
report-column-beyond = Beyond the room
report-column-booked = Booked
report-column-called = Called
report-column-came = Came
report-column-came_covers = Guests that came
report-column-cancelled = Cancelled
report-column-cancelled_share = Cancelled, share
report-column-checks = Checks
report-column-claims = Claims
report-column-complained = Complaints
report-column-cost = Cost
report-column-cost_mean = Cost each
report-column-counted = Counts
report-column-covers = Guests
report-column-declined = Declined
report-column-delivered = Brought
report-column-denied = No place offered
report-column-displaced = Bookings kept away
report-column-earned = Brought in
report-column-expected = Still to come
report-column-followed = 60 days over
report-column-forgotten = Never brought
report-column-gave_up = Gave up
report-column-gave_way = Gave way
report-column-given_share = Given something, share
report-column-held = Held
report-column-held_regretted = Regretted
report-column-kept = Kept
report-column-kept_share = Kept, share
report-column-lapsed = Lapsed
report-column-listed = Listed
report-column-lost = Lost
report-column-missed = No-shows
report-column-missed_share = No-shows, share
report-column-missed_told = No-shows, of these
report-column-moved = Took another time
report-column-nightly_covers = Guests a day
report-column-nightly_minutes = Minutes a day
report-column-nightly_turns = Turns a day
report-column-offered = Offered
report-column-opened = Opened
report-column-over_mean = Over by, min
report-column-parties = Parties
report-column-per_check = A check
report-column-per_guest = A guest
report-column-per_party = Guests a party
report-column-present = Guests at table
report-column-quoted = Told and seated
report-column-read_out = Read out
report-column-received = Given something
report-column-recovered = Found a place
report-column-recovered_share = Found a place, share
report-column-refund_median = Half within, min
report-column-refund_most = Four in five within, min
report-column-refunded = Refunds
report-column-refunded_share = Refunded, share
report-column-refused = Said no
report-column-regretted = Did not want it
report-column-released_by_hand = Given back by hand
report-column-released_in_time = Given back in time
report-column-sat = Sat down
report-column-searches = Searches
report-column-sent_on = Sent to a partner
report-column-shown = Shown
report-column-shown_share = Shown, share
report-column-sittings = Sittings
report-column-stay = Half stay up to, min
report-column-stay_mean = Average stay, min
report-column-stay_most = Four in five up to, min
report-column-taken = Taken
report-column-taken_covers = Guests
report-column-taken_share = Taken, share
report-column-takings = Takings
report-column-tip_share = Tip, share of the check
report-column-tipped = Parties
report-column-told_mean = Told, average
report-column-expected_misses = Expected no-shows
report-column-told_waits = Expected to wait
report-column-turned_away = Turned away
report-column-turned_up = Came
report-column-unanswered = Not answered
report-column-units = Units
report-column-used = A guest sat there
report-column-used_share = A guest sat there, share
report-column-visits = Visits
report-column-waited_long = Waited long
report-column-waited_told = Waited, of those told
report-column-waited_median = Half waited up to, min
report-column-waited_most = Four in five up to, min
report-column-waited_share = Waited long, share
report-column-walk_ins = Without a booking
report-column-walked = Left without a table

## Words of rows and cases

report-channel-partner = Booking sites
report-channel-google = Google
report-channel-phone = Phone
report-channel-desk = At the desk
report-channel-walk_in = Without a booking
report-channel-waitlist = Waitlist
report-channel-guest = Our own page
report-code-CLOSED = Closed
report-code-OUTSIDE_BOOKING_WINDOW = Too far ahead or too late
report-code-PARTY_SIZE_NOT_ALLOWED = Party too large
report-code-PACING_FULL = Too many at that time
report-code-NO_TABLE_FITS = No table fits
report-code-TURN_TOO_SHORT = Not enough time before the next party
report-code-HELD_BACK = Tables held back
report-code-RISK_OVER_CEILING = Too likely to wait
report-code-OVERBOOKING_CAP = Enough beyond the room
report-code-BID_PRICE = Kept for others
report-code-GUEST_LIMIT = Guest has enough bookings
report-code-DUPLICATE = Booked already
report-code-ALREADY_WAITING = Waits already
report-code-HOUSE_RULES_NOT_ACCEPTED = House rules not accepted
report-code-BLOCKED = Table out of use
report-code-PAUSED = Paused
report-code-NEEDS_NOT_MET = Needs not met
report-code-AREA_NOT_BOOKABLE = Area not for booking
report-cause-first_visit = First visit
report-cause-regular = A regular
report-cause-occasion = An occasion
report-cause-long_wait = A long wait
report-cause-complaint = A complaint
report-cause-walked = Promised and not seated
report-cause-turned_away = Told no before
report-cause-long_stay = A long stay
report-cause-encore = A second one
report-cause-own_wish = Own wish
report-rescue-held = Held table
report-rescue-table = A table
report-rescue-join = Tables put together
report-rescue-shorter = A shorter visit
report-rescue-move = Moving a planned booking
report-rescue-overbook = Beyond the room
report-rescue-area = Another area
report-rescue-wait = A wait
report-rescue-later = Later tonight
report-rescue-other_day = Another day
report-rescue-partner = A partner
report-pattern-none = Nothing given
report-pattern-one = One gesture
report-pattern-encore = One, and then a second
report-lead-hours = within six hours
report-lead-day = on the day
report-lead-days = one to three days before
report-lead-week = three to eight days before
report-lead-longer = earlier
report-band-under-2 = less than 1 in 50
report-band-under-5 = 1 in 50 to 1 in 20
report-band-under-10 = 1 in 20 to 1 in 10
report-band-over-10 = more than 1 in 10
report-band-overruled = no chance told: a person decided
report-tenth-1 = the least likely tenth
report-tenth-2 = 2nd tenth
report-tenth-3 = 3rd tenth
report-tenth-4 = 4th tenth
report-tenth-5 = 5th tenth
report-tenth-6 = 6th tenth
report-tenth-7 = 7th tenth
report-tenth-8 = 8th tenth
report-tenth-9 = 9th tenth
report-tenth-10 = the likeliest tenth
report-tenth-unknown = nothing was learned yet
report-answer-ordinary = the ordinary answer
report-state-requested = asked, not answered
report-state-booked = booked
report-state-arrived = is here
report-state-seated = sat down
report-state-finished = came
report-state-cancelled = cancelled
report-state-no_show = did not come
report-state-walked = left without a table
report-state-check_down = sat down
report-state-dessert = sat down
report-state-paid = paid
report-state-cleared = came
report-state-closed = paid
report-state-denial = no place found
report-state-regret = did not want it
report-state-expected = has a place, not come yet
report-state-held = held
report-state-table = came to a table
report-state-join = came to joined tables
report-state-shorter = came for a shorter visit
report-state-move = came to another's table
report-state-overbook = came beyond the room
report-state-area = came to another area
report-state-wait = came after a wait
report-state-later = came later
report-state-other_day = came another day
report-state-partner = sent to a partner
report-state-waitlist = came from the waitlist
report-state-searched = searched
report-state-suggested = suggested
report-state-offered = offered
report-state-accepted = accepted
report-state-declined = declined
report-state-delivered = brought
report-state-voided = taken back
report-state-expired = ran out
report-state-waiting = waiting
report-state-approved = said yes
report-state-refused = said no
report-state-listed = listed
report-state-opened = opened
report-state-taken = taken
report-state-lapsed = lapsed
report-state-granted = given to a guest
report-state-released = given back
report-state-notified = called
report-state-left = left
report-state-gone = did not answer
report-state-turned_away = turned away
report-state-unanswered = not answered
report-state-noted = noted
report-state-refunded = refunded
