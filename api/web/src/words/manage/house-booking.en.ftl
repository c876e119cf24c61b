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
