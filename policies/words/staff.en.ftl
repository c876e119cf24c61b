### What staff read, and what they say to guests: short, kind, concrete; nobody is blamed.
### Keys: what the sentence is about first, then what is so.

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
booking-depends-on = { $count ->
        [one] One booking makes
       *[other] { $count } bookings make
    } it so tight.

## What an overbooking limit rests on

ceiling-too-early = Your limit: { $limit ->
        [one] 1 evening
       *[other] { $limit } evenings
    } in { $of }. It is too early to say what it does. It takes { $needed } evenings with more promised than the room holds; so far there { $risky ->
        [0] have been none
        [one] has been 1
       *[other] have been { $risky }
    } in { $evenings ->
        [one] 1 evening
       *[other] { $evenings } evenings
    }.
ceiling-seen = Your limit: { $limit ->
        [one] 1 evening
       *[other] { $limit } evenings
    } in { $of }. We promised more than the room holds on { $risky ->
        [one] 1 evening
       *[other] { $risky } evenings
    }: somebody who had booked waited too long or left on { $waited ->
        [0] none
       *[other] { $waited }
    } of them, where we had expected { $expected }.

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
    } for { $seats } for walk-ins. { $hold ->
        [0] One
       *[other] One more
    } would be used { $often }: worth { $holding } kept, { $selling } sold.
hold-advised-all = Keep { $hold ->
        [one] your one table
        [2] both your tables
       *[other] all { $hold } of your tables
    } for { $seats } for walk-ins. { $hold ->
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

hold-average = on average { $low } an evening
hold-average-between = on average { $low } to { $high } an evening

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
door-wait-estimated = A wait of about { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }, by our estimate.

## What to do with a party at the door

door-seat-over-table = Seat them now at { $where }: worth about { $gain } more than { $instead }.
door-seat-over-waiting = Seat them now at { $where }: worth about { $gain } more than asking them to wait.
door-seat-even = Seat them now at { $where }: nothing else is clearly better.
door-wait-for-promise = Better let them wait about { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }, likely for { $where }. Seated now, they would make the party of { $size } at { $starts } wait or lose its table { $often }.
door-wait-over-table = Better let them wait about { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }, likely for { $where }: worth about { $gain } more than { $instead } now.

## Rescues: what is said to the guest

rescue-say-held = We are full tonight, but give me a moment: I would love you to have { $where }.
rescue-say-table = I have looked once more, and I can give you { $where } right now.
rescue-say-join = Let me push some tables together for you right now: { $where }.
rescue-say-shorter = I can give you { $where } right now, if we may have it back by { $ends }.
rescue-say-move = Give me one minute to rearrange a few things, and I can give you { $where }.
rescue-say-area = I have nothing there just now, but I can give you { $where } ({ $area }).
rescue-say-overbook = I will make room for you at { $starts }. Should it take a few minutes then, I will look after you myself.
rescue-say-wait = It will be about { $wait ->
        [one] 1 minute
       *[other] { $wait } minutes
    }. May I put your name down and come and get you?
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
    }; nobody who sits has to move.
rescue-risk = Somebody who has booked would wait more than { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    } { $often }.
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
draft-place-turn_times = Turn time for up to { $key } guests
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
draft-member-no_show_grace_minutes = minutes until a no-show
draft-member-opens = opening time
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

## Refusals of the floor

with-a-reason-all-the-same = { $refusal } With a reason it can be booked all the same.
