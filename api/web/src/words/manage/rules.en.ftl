## Rules as sentences: spans, shares, days

rules-span-minutes = { $minutes } min
rules-span-hours = { $hours } h
rules-span-both = { $hours } h { $minutes }
rules-percent = { $share } %
rules-every-day = every day
rules-all-parties = all
rules-no-party = none
rules-one-in = 1 in { $count }
rules-never = never
rules-anywhere = anywhere

## Held tables

rules-held = Held at { $period }
rules-held-one = Held at { $period }, tables for { $seats } from { $time }
rules-held-any = Held tables
rules-hold = Keep { $v-count } { $count ->
    [one] table
   *[other] tables
  } for { $v-seats }, { $v-area }, { $v-days } from { $v-starts } for { $v-length }
rules-hold-at = Keep { $v-count } { $count ->
    [one] table
   *[other] tables
  } for { $v-seats }, { $v-area }, at { $v-period } { $v-days } from { $v-starts } for { $v-length }
rules-rung = give { $v-back } back { $v-before } before
rules-rung-rest = the rest { $v-before } before
rules-hold-none = No table is held back: who comes without a reservation takes what is left.
rules-hold-add = Keep tables at another time
rules-hold-remove = Keep none then
rules-hold-count = Tables held
rules-hold-seats = For parties of
rules-hold-area = Where
rules-hold-days = On which days
rules-hold-starts = From when
rules-hold-length = For how long
rules-hold-period = At which service
rules-rung-add = Give back in one more step
rules-rung-out = Leave this step out
rules-rung-before = How long before
rules-rung-back = How many go back

## Beyond the room

rules-beyond = Beyond the room
rules-beyond-on = Promise
rules-beyond-off = Promise nothing
rules-beyond-nothing = { $v-enabled } beyond what there is room for.
rules-beyond-limits = { $v-enabled } up to { $v-parties } { $parties ->
    [one] party
   *[other] parties
  } more than there is room for, { $v-covers } { $covers ->
    [one] guest
   *[other] guests
  } at most, each with less than { $v-ceiling } chance of waiting over { $v-tolerance }.
rules-beyond-whom = Only parties of up to { $v-size }; never in: { $v-areas }.
rules-beyond-parties = Parties beyond the room
rules-beyond-covers = Guests beyond the room
rules-beyond-ceiling = Chance that such a party waits
rules-beyond-tolerance = A wait that counts
rules-beyond-size = Largest party
rules-beyond-areas = Areas left out
rules-beyond-no-area = no area left out
rules-show = Of guests who booked online { $v-online } are taken to come, of those who rang { $v-phone }.
rules-show-online = Booked online, come
rules-show-phone = Booked by phone, come
rules-out = The room is reckoned without { $v-small } of the smallest tables and { $v-joins } of the joins: nobody who sits is moved.
rules-out-small = Small tables left out
rules-out-joins = Joins left out

## Late guests

rules-late = Late guests
rules-late-kept = A table is kept { $v-grace } for who is late; the promise stays until closing.
rules-late-house = as the house has it, { $minutes } min
rules-late-grace = How long a table is kept
rules-late-call = A party called from the list has { $v-called } to come.
rules-late-called = How long a called party is waited for

## Given by the house

rules-given = Given by the house
rules-given-limits = A host may give { $v-gift } at a time, { $v-shift } a shift; a manager { $v-manager-gift } and { $v-manager-shift }; the house { $v-night } a night, of its parties to { $v-share }.
rules-given-gift = A host, at a time
rules-given-shift = A host, a shift
rules-given-manager-gift = A manager, at a time
rules-given-manager-shift = A manager, a shift
rules-given-night = The house, a night
rules-given-share = Of all parties
rules-given-again = The same guest receives the same thing again after { $v-days } { $days ->
    [one] day
   *[other] days
  } at the earliest.
rules-given-repeat = Days until the same again
rules-given-asked = Who wants to give more asks a manager, who has { $v-minutes } to answer; it is paid from { $v-charged }.
rules-given-passed-on = Whoever was called and has not answered after { $v-minutes } is followed by the next manager, and the host is told.
rules-given-next-after = When the next one is called
rules-given-wait = How long a request waits
rules-given-charged = Whose purse pays
rules-given-by-manager = the manager's purse
rules-given-by-house = the house's purse alone
rules-given-who = A guest is a regular from visit { $v-visits } on; a stay is long from { $v-stay } on.
rules-given-regular = Visits of a regular
rules-given-stay = A long stay
rules-given-spans = An offer nobody answers lapses after { $v-offer }; the main course is expected { $v-mains } after sitting down.
rules-given-offer = How long an offer stands
rules-given-mains = Until the main course

## Who waits although promised

rules-wait = Promised, and waiting
rules-wait-rung = After { $v-minutes } offer { $v-gesture }.
rules-wait-minutes = After so long
rules-wait-gesture = What is offered
rules-wait-none = Who waits although a table was promised is offered nothing by itself.
rules-wait-no-gestures = Who waits is offered nothing by itself: the catalogue is empty.
rules-wait-add = Offer something
rules-wait-remove = Offer nothing then

## To whom a yes is said

rules-yes = Who gets a yes
rules-yes-by-value = by what it brings
rules-yes-first = first come, first served
rules-yes-value = A table is promised { $v-way }: a yes must bring more than what it keeps out.
rules-yes-queue = A table is promised { $v-way }.
rules-worth = A seated guest is worth { $v-cover }; one sent away after a promise costs { $v-walked }, one kept waiting { $v-late }, each times { $v-caution } for goodwill.
rules-worth-cover = A seated guest brings
rules-worth-walked = A guest sent away costs
rules-worth-late = A guest kept waiting costs
rules-worth-caution = Goodwill counts
rules-worth-more = Stays are believed { $v-stay } longer than forecast. Staff are shown a better time if it brings, a guest, { $v-other } more. A held table is worth { $v-held } beyond who comes for it.
rules-worth-stay = Stays believed longer by
rules-worth-other = A better time is shown from
rules-worth-held = A held table is worth more by

## A version and what is done with it

rules-in-force = The rules in force
rules-version = Version { $version }
rules-none = No rules are published yet
rules-none-how = Begin with what is usual for a house, change what is different here, and publish it.
rules-begin = Begin a draft
rules-begin-reason = The first rules
rules-since = version { $version }, in force since { $date }
rules-touch = Touch a value to begin a draft; nothing changes until it is published.
rules-from = from version { $version }, in force since { $date } · nothing changes until you publish
rules-draft-new = a new draft · nothing changes until you publish
rules-changes = { $count ->
    [0] Nothing changed
    [one] { $count } change, not kept yet
   *[other] { $count } changes, not kept yet
  }
rules-was = was { $value }
rules-value-of = { $name }: { $value }
rules-less = Less
rules-more = More
rules-back-to = Back to { $value }
rules-done = Done
rules-show-more = All about it
rules-show-less = Less about it
rules-why = why
rules-why-not = hide
rules-take = Take this
rules-publish-from = Publish from…
rules-save = Keep the draft
rules-compare = Compare
rules-discard = Discard
rules-discard-sure = Discard this draft
rules-discard-unsaved = Take the changes back
rules-discarded = discarded on the desk
rules-again = Put in force again…
rules-again-reason = As version { $version } again
rules-name = What is this draft for?
rules-name-label = Its name, and the reason that stays on record
rules-name-hint = A draft for weekends
rules-keep = Keep it
rules-cancel = Back
rules-versions = All versions
rules-nights = One night only
rules-to-rules = The rules in force
rules-elsewhere = Also of the rules, on the pages of the house: { $gestures ->
    [one] { $gestures } gesture
   *[other] { $gestures } gestures
  }, { $answers ->
    [one] { $answers } answer of the playbook
   *[other] { $answers } answers of the playbook
  }, { $partners ->
    [one] { $partners } neighbour
   *[other] { $partners } neighbours
  }.
rules-to-house = To the house
rules-wrong = This cannot be kept yet.
rules-meanwhile-kept = { $state ->
    [published] Version { $version } was published meanwhile.
   *[other] Somebody else kept or took back this draft meanwhile.
  } What you changed still stands here: keep it as a draft of its own.
rules-name-missing = Give the draft a name: it is also the reason on record.
rules-night-why = Say why: it stays on record with the night.
rules-number-from-to = A number from { $min } to { $max }.

rules-state-force = in force
rules-state-later = from { $date }
rules-state-draft = draft
rules-state-past = in force before
rules-state-withdrawn = withdrawn
rules-made = { $name }, { $date }
rules-made-nobody = by itself, { $date }
rules-column-version = Version
rules-column-why = Why
rules-column-state = State
rules-column-made = Made
rules-column-published = Published
rules-published-for = { $name }, { $made }, for { $date }

rules-compare-title = Against what is in force
rules-compare-same = Nothing is different from what is in force.

rules-publish-title = Publish
rules-publish-date = From the service of
rules-publish-open = Also for dates that are open for booking already
rules-publish-open-how = Otherwise those keep the held tables, limits and values they opened with; words, purses and gestures always follow.
rules-publish-looking = Looking at what would change …
rules-publish-nothing = No open date would change.
rules-publish-periods = { $count ->
    [one] { $count } open service would change:
   *[other] { $count } open services would change:
  }
rules-publish-left = { $count } more not looked at yet.
rules-publish-now = Publish from { $date }
rules-published = Version { $version } holds from { $date }.
rules-effect-held = { $window }: { $made } more held, { $back } given back
rules-effect-lost = { $window }: { $count } cannot be held, their tables are promised
rules-effect-risk = { $count ->
    [one] { $count } promise told at another risk
   *[other] { $count } promises told at another risk
  }
rules-effect-caps = { $count ->
    [one] { $count } promise is beyond the new limit and stays
   *[other] { $count } promises are beyond the new limit and stay
  }
rules-effect-purses = { $count ->
    [one] { $count } purse gets another amount
   *[other] { $count } purses get another amount
  }

rules-night-title = One night only
rules-night-how = What differs on one night; the day after everything is as before.
rules-night-date = The night
rules-night-differs = Differs on this night
rules-night-service = { $service }, { $date }
rules-night-reason = Why this night is different
rules-night-hint = A wedding in the garden
rules-night-keep = Only on { $date }
rules-night-kept = { $count ->
    [one] Holds for { $count } service.
   *[other] Holds for { $count } services.
  }
rules-night-none = The house is not served on this date.
rules-night-end = End what differs

rules-drafts = Drafts that wait
rules-drafts-none = None. Touch a value of the rules: a draft begins, and the lab tries it on your own evenings before anything is published.
rules-lab-keep = The lab tries the draft as it was kept last. Keep it once more to try what you touched since.
rules-all-advice = All advice
rules-call-off = Call it off
