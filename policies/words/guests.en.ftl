### What guests read: warm, short, and what they can do.

## Who may have which place

area-not-bookable = We take no bookings for { $area } here. Please call us, and we will see what we can do.
area-not-bookable-but = We take no bookings for { $area } here. We would be glad to seat you elsewhere: { $areas }.
no-place-open-to-party = The places for a party of this size are kept for others then. Please call us, and we will see what we can do.
larger-groups-ask = We book up to { $most ->
    [one] one guest
   *[other] { $most } guests
} here. Send us an enquiry, and a person will answer it.
would-like = If we can
would-like-quiet = a quiet place
would-like-window = by the window
would-like-booth = a booth

## What booking sites and their guests are told of a refusal

public-no-table = No table is free for this party then.
public-no-table-before-closing = No table will be free for this party before we close.
public-kitchen-full = The kitchen cannot take more guests around then.
public-waitlist-paused = The waitlist is paused for this evening. Please call us.
public-duplicate = This guest already has a reservation around then.

## Dates and times

moment = { $day }, { $time }
day-alone = { $day }
day-first-pass = { $day }, before the clocks change
day-second-pass = { $day }, after the clocks change
time-first-pass = { $time }, before the clocks change
time-second-pass = { $time }, after the clocks change

## The page of a booking: what is so

visit-news-requested = We have your request and will answer soon.
visit-news-booked = Your table is booked. We look forward to seeing you.
visit-news-arrived = Welcome! We are getting your table ready.
visit-news-seated = Enjoy your time with us.
visit-news-finished = Thank you for coming. We would love to see you again.
visit-news-cancelled = This booking has been cancelled. We would love to see you another time.
visit-news-declined = We are sorry, we have no table for you this time.
visit-news-no_show = We missed you. Call us, and we will see what we can do.
visit-news-walked = We are sorry that we could not keep our promise to you.
visit-lost-table = The table we promised you is not free this time. We will seat you well at another.
visit-closed-then = We are sorry, we will be closed at that time after all. Please choose another time below, or we will call you.
visit-yours-until = The table is yours until
visit-guests = Guests
visit-area = Where you sit
visit-code = Your booking code
visit-wishes = Your wishes
visit-address = Address
visit-phone = Phone
visit-calendar = Add to my calendar
visit-rules = Good to know
visit-rules-accepted = You accepted these house rules when you booked.

## The page of a booking: changing and cancelling

visit-change = Change the time or the number of guests
visit-day = Day
visit-look = Show free times
visit-times = Free on { $day } for { $guests ->
        [one] 1 guest
       *[other] { $guests } guests
    }. Tap a time to move your table there.
visit-no-times = Nothing is free that day. Please try another day, or call us.
visit-time-as-now = { $time }, as now
visit-by-hand = We confirm these times in person. If you choose one, you give up your present table, and we will answer soon.
visit-cancel = Cancel
visit-cancel-sure = Yes, cancel my table
visit-cancel-until = You can cancel here until { $when }. After that please call us.
visit-cancel-ended = It is too late to cancel here. Please call us, and we will find a way.
visit-too-late = It is too late to change this online. Please call us, and we will find a way.
visit-taken = That time has just gone. These are free now.
visit-changed-meanwhile = Your booking has changed in the meantime. This is how it stands now.
visit-back = Back to my booking
visit-refused-CLOSED = We do not seat guests at that time.
visit-refused-OUTSIDE_BOOKING_WINDOW = That time cannot be booked here: it has passed, is too soon or too far ahead. Please call us.
visit-refused-PARTY_SIZE_NOT_ALLOWED = Here we take up to { $most ->
        [one] 1 guest
       *[other] { $most } guests
    }. For a larger party, please call us, and we will find a way.
visit-refused-PACING_FULL = The kitchen has its hands full around that time. A little earlier or later may be free.
visit-refused-PAUSED = Online booking is paused for that time. Please call us, and we will find a way.
visit-refused-NEEDS_NOT_MET = At that time we have no table with what you asked for. Another time may do.
visit-refused-DUPLICATE = You already have a booking around that time.
visit-refused-GUEST_LIMIT = You have as many bookings as we can take here. For another, please call us.
visit-refused-TURN_TOO_SHORT = A table is free then, but not for long enough.

## The page of a visit: late, how many, on the way

late-title = We will be late
late-how = Tell us by how much, and we tell you at once what we keep for you.
late-by = { $minutes } min, { $time }
late-you-come = You come at { $time }
late-kept-until = We keep your table until { $time }.
late-then-table = If you come later than that: table { $table } at { $time }, kept until { $until }.
late-now-table = Your first table is with others by now. Table { $table } is yours at { $time }, kept until { $until }.
late-then-not-before = If you come later than that, we cannot promise a table before { $time }. Come all the same: we will do what we can.
late-then-none = If you come later than that, we cannot promise another table this evening. Call us, and we will see what we can do.
size-title = We are more, or fewer
size-ask = Ask for a table
size-no-table = No table is free for so many then.
size-we-keep = { $why } We keep your table for { $guests ->
        [one] 1 guest
       *[other] { $guests } guests
    }.
size-other-times = For { $guests ->
        [one] 1 guest
       *[other] { $guests } guests
    } these times are free:
visit-confirm = Yes, we are coming
visit-confirmed-told = You told us that you are coming. We look forward to it.
visit-on-our-way = We are on our way
visit-on-our-way-told = We know that you are on your way.
visit-not-now = Something has changed in the meantime. This is how it stands now.
visit-directions = The way to us
allergies-title = Allergies
allergies-line = What should our kitchen know?
allergies-send = Tell the kitchen
allergies-told = You told us: { $words }
allergies-why = Our team sees it on the evening, and we keep it for your next visits. Call us, and we delete it.
thread-title = Write to us
thread-line = Your message
thread-send = Send
thread-you = You
thread-head = { $who }, { $time }
thread-is-full = You have written a lot in a short time. For what cannot wait, please call us.
bill-so-far = Your bill so far
bill-paid = Your bill
bill-amount = { $amount }

## The calendar file

calendar-yours-until = The table is yours until { $until }.

## The page of a waiting party

waitlist-title = Your place on our waitlist
waitlist-ahead = Parties ahead of you
waitlist-next = You are next
waitlist-quoted = Your quoted wait
waitlist-minutes = about { $minutes ->
        [one] 1 minute
       *[other] { $minutes } minutes
    }
waitlist-seats = Your table, as it looks now
waitlist-band = likely { $likely } min, at the latest { $latest }
waitlist-clock = By the clock
waitlist-between = likely { $first }, at the latest { $last }
waitlist-ready = Your table is ready. Please come to the host.
waitlist-kept-until = We keep it for you until
waitlist-coming = I am on my way
waitlist-coming-told = Thank you, the host knows that you are on your way.
waitlist-leave = Leave the waitlist
waitlist-leave-asked = Do you want to leave the waitlist?
waitlist-leave-means = Your place then goes to the party behind you.
waitlist-stay = Keep my place
waitlist-slip = Tapped by mistake? For another minute your old place is yours.
waitlist-come-back = Take my place back
waitlist-left = You have left the waitlist. Thank you for telling us; we would love to see you another time.
waitlist-gone = We called you and could not reach you, so your place went on. Please tell the host that you are here: we will gladly put you back.
waitlist-seated = You have been seated. Enjoy your time with us.
waitlist-turned-away = We are sorry that we had no table for you this time. Thank you for your patience.
waitlist-refreshes = This page keeps itself up to date.

## When something does not work

failure-gone = This link no longer works
failure-gone-why = Please ask us at the door or by phone. We are glad to help.
failure-busy = One moment, please
failure-busy-why = We cannot open our book just now. This page will try again by itself.
failure-busy-after-wish = This is taking longer than it should. In a few seconds the page will show whether your change was made.
failure-broken = This took us by surprise
failure-broken-why = Something on our side did not work, and we know about it. Please try again later, or call us.
failure-unread = Not everything arrived
failure-unread-why = We could not read what was sent, so nothing has changed. Please open the link in our message once more.
failure-no-page = There is no page here
failure-no-page-why = Perhaps the link was cut short. Please open it once more from our message, or call us.
failure-not-by-link = Please use the button on your page
failure-not-by-link-why = A link alone changes nothing here, so everything is as it was.
failure-again = Try again
failure-back = To my page

## A gesture: how the sentence to the guest goes on

gesture-line-first_visit = because this is your first time with us
gesture-line-regular = because you keep coming back to us
gesture-line-occasion = because today is your day
gesture-line-long_wait = because you waited for us so kindly
gesture-line-complaint = because we want you to leave happy
gesture-line-walked = because you stayed with us
gesture-line-turned_away = because you gave us a second chance
gesture-line-long_stay = because it is lovely to have you here
gesture-line-encore = because I simply had to come back to you
gesture-line-own_wish = because
visit-refused-AREA_NOT_BOOKABLE = That area cannot be booked here at that time. Please call us, and we will find a way.

## Messages to guests, by mail

mail-hello = Hello { $name },
mail-hello-unnamed = Hello,
mail-subject-confirmation = Your table at { $house }, { $day }
mail-line-confirmation = Your table is booked. We look forward to seeing you.
mail-subject-change = Your table at { $house } has changed: { $day }, { $time }
mail-line-change = Your booking has changed. This is how it stands now.
mail-subject-cancelled = Your table at { $house } is cancelled, { $day }
mail-line-cancelled = Your booking is cancelled. We would love to see you another time.
mail-subject-cancelled_by_house = We have to cancel your table at { $house }, { $day }
mail-line-cancelled_by_house = We are sorry: we cannot keep your table this time. Please call us, and we will find another time for you.
mail-subject-reminder = { $day }, { $time }: your table at { $house }
mail-line-reminder = We look forward to seeing you. Please tell us on your page whether everything is as planned. Opening it changes nothing by itself.
mail-subject-called = Your table at { $house } is ready
mail-line-called = Your table is ready. Please come to the host. We keep it for you until { $until }.
mail-subject-accepted = Yes, we have your table at { $house }, { $day }
mail-line-accepted = Thank you for asking. We are happy to have you: your table is booked.
mail-subject-declined = Your enquiry at { $house }, { $day }
mail-line-declined = Thank you for asking. We are sorry, this time we have no table for your party. Please call us, and we will look for another time with you.
mail-when = When
mail-see = See or change my booking
mail-answer = Open my page and answer
mail-see-wait = My place on the waitlist
mail-zone = All times are local at { $house } ({ $zone }).
mail-why = We write to you because you have a booking or wait for a table at { $house }.
mail-stop = Please write to me no more

## Messages to guests, as texts to a phone: each segment costs, so no word too many

text-confirmation = { $house }: your table for { $guests } is booked, { $day }, { $time }. See or change it: { $link }
text-change = { $house }: your table is now { $day }, { $time }, for { $guests }. See or change it: { $link }
text-cancelled = { $house }: your table on { $day }, { $time } is cancelled. We would love to see you another time.
text-cancelled_by_house = { $house }: we are sorry, we cannot keep your table on { $day }, { $time }. Please call us, and we will find another time: { $phone }
text-reminder = { $house }: see you { $day }, { $time }, table for { $guests }. As planned, or changed? { $link }
text-called = { $house }: your table is ready, and yours until { $until }. Please come to the host. { $link }
text-accepted = { $house }: yes, your table for { $guests } is booked, { $day }, { $time }. See or change it: { $link }
text-declined = { $house }: we are sorry, we have no table for you on { $day }. Please call us, and we will look for another time: { $phone }

## The page that stops messages

silence-title = Messages from { $house }
silence-ask = Would you like us to write to you no more, by mail or text? Your bookings stay as they are.
silence-sure = Yes, write to me no more
silence-done = We will write to you no more. Your bookings stay as they are; call us whenever you like.
