## The house: its pages, and what they share

house-title = The house
house-about = Tables and hours, what is said and given, people and machines. What changes the room waits in a draft until you publish it from a date.
house-pages = Pages of the house
house-all-pages = ‹ The house
house-group-room = The room
house-group-said = What we say and give
house-group-people = People and machines
house-group-outside = Booking sites and tills
house-group-kept = What is kept
house-page-floor = Floor plan
house-page-hours = Opening hours
house-page-dates = Special days
house-page-stays = Turn times
house-page-booking = Booking
house-page-access = Who may have what
house-page-venue = Name and areas
house-page-rules = House rules
house-page-playbook = Playbook
house-page-catalogue = Catalogue
house-page-partners = Partners
house-page-staff = Staff
house-page-called = Who is called
house-page-tablets = Tablets
house-page-sessions = Who is logged in
house-page-clients = Sites and tills
house-page-webhooks = Messages to them
house-page-versions = Versions and file
house-page-record = Security record
house-page-backups = Backups
house-fetching = One moment …
house-lost = The house could not be fetched.
house-keep = Keep
house-keeping = Keeping …
house-back = Back
house-change = Change
house-change-named = Change: { $name }
house-close = Close
house-close-named = Close: { $name }
house-remove = Remove
house-remove-sure = Yes, remove it
house-new = new
house-changed = changed
house-bar-house = Changes of the house
house-bar-rules = Changes of words, gifts and calls
house-bar-house-count =
    { $count ->
        [0] A draft of the house without changes
        [one] { $count } change of the house, not in force yet
       *[other] { $count } changes of the house, not in force yet
    }
house-bar-rules-count =
    { $count ->
        [0] A draft of words, gifts and calls without changes
        [one] { $count } change of words, gifts and calls, not in force yet
       *[other] { $count } changes of words, gifts and calls, not in force yet
    }
house-bar-wrong =
    { $count ->
        [one] One thing does not fit yet.
       *[other] { $count } things do not fit yet.
    }
house-bar-since = begun { $date }
house-look = Look and publish
house-look-title = What changes
house-discard = Discard
house-discard-sure = Yes, discard all of it
house-first-mend = First to be mended
house-from = In force from
house-publish = Publish from { $date }
house-foreseen =
    { $periods ->
        [0] No service that is open for booking changes
        [one] One service that is open for booking comes under it
       *[other] { $periods } services that are open for booking come under it
    }; { $moved ->
        [0] no reservation moves.
        [one] one reservation gets another table.
       *[other] { $moved } reservations get other tables.
    }
house-foreseen-rules = From { $date } this is said and given, also where guests have booked already. No table moves.
house-foreseen-followed =
    { $count ->
        [one] One belongs to another service then.
       *[other] { $count } belong to another service then.
    }
house-stranded =
    { $count ->
        [one] One party would lose its place
       *[other] { $count } parties would lose their place
    }
house-stranded-who = { $name }, party of { $size }
house-stranded-table = The room has: { $tables }.
house-stranded-start = Could come at { $times }.
house-stranded-agree = I know. They become cases, and somebody calls them.
house-in-language = { $what }, { $language }
house-in-languages = in { $languages }
