## Booking, name, areas

house-booking-about = How far ahead guests book, how late they may cancel, how long a table waits for them.
house-window = How far ahead
house-notice = At the latest before
house-slots = A start every (min)
house-party-online = Largest party online
house-party-online-hint = Larger ones ask, and a person answers.
house-per-guest = Bookings a guest may have ahead
house-hold = A place is kept while somebody types
house-hold-hint = Between choosing a time and confirming it.
house-cutoff = Guests cancel until so long before
house-grace = Or within so long of booking
house-grace-hint = For who booked by mistake, even shortly before.
house-late-after = Late after
house-no-show = The table is kept
house-no-show-hint = After that it may be given to others; the promise stays until closing.
house-reset = Making a table ready
house-reset-hint = 0: the house does not count it. It lies within the turn time.
house-reset-clock = Then it is ready without a word
house-venue-about = Who the house is to its guests and to maps, and the parts of its room.
house-venue-name = Name
house-phone = Telephone
house-phone-hint = With the country's number: +49 30 …
house-email = E-mail
house-web = Web page
house-address = Address
house-category = What kind of house
house-category-hint = As maps have it: Italian restaurant.
house-locale = Language of the house
house-language-en = English
house-language-ru = Russian
house-language-de = German
house-language-uk = Ukrainian
house-zone = Clocks
house-zone-hint = As Europe/Berlin. Promises keep their local times.
house-high-chairs = High chairs
house-areas-title = Areas
house-areas-hint = Parts of the room that guests may ask for.
house-area-name = Name
house-add-area = Add an area
house-area-tables =
    { $count ->
        [0] no tables
        [one] one table
       *[other] { $count } tables
    }

## Who may have which places

house-access-about = Places that are not for everybody: which, for whom, and when. Without a rule everybody may have every place; the more exactly a rule names a place and a time, the sooner it counts.
house-no-access = Every place is for everybody.
house-add-access = Add a rule
house-access-name = What the rule is called
house-access-to = Only for
house-access-to-all = everybody
house-access-to-walk_ins = who walks in
house-access-to-staff = who is booked or seated by us
house-access-to-channels = who comes by certain ways
house-access-to-members = guests with certain tags
house-access-to-request = who asks and gets our yes
house-access-to-nobody = nobody
house-access-ways = Ways, of a rule for certain ways
house-access-ways-hint = Other rules leave this out.
house-access-tags = Tags, of a rule for guests with tags
house-access-tags-hint = As they stand in the guest book, with a comma between: regular, vip.
house-access-tables = Tables
house-access-tables-hint = Single tables count before their area.
house-access-at-tables = tables { $tables }
house-access-only = only for { $who }
house-access-by = only by { $who }
house-access-tagged = only for guests with the tag { $tags }
house-access-nobody = for nobody
house-access-everybody = for everybody
house-access-season-from = Every year from
house-access-season-until = Every year until
house-access-season-hint = Month and day, as 11-15.
house-access-dates-hint = Left empty: always.
house-access-yearly = every year { $from } – { $until }
house-access-since = from { $date }
house-access-until = until { $date }
