## The morning letter

letter-heading = The morning letter
letter-title = { $date }
letter-earlier = Letter of
letter-none = The first letter is written after the first evening.
letter-lead = **{ $covers } { $covers ->
        [one] guest
       *[other] guests
    }** sat with us, { $parties ->
        [one] one party
       *[other] { $parties } parties
    }; { $door ->
        [0] all had a reservation
        [one] **one** came from the door
       *[other] **{ $door }** came from the door
    }.
letter-lead-none = Nobody sat with us.
letter-reservations-none = There were no reservations.
letter-reservations = { $count ->
        [one] One reservation
       *[other] { $count } reservations
    }: { $missed ->
        [0] everybody came
        [one] one party did not come
       *[other] { $missed } parties did not come
    }, { $off ->
        [0] nobody cancelled
       *[other] { $off } had cancelled before
    }.
letter-turns = Each table was taken { $turns ->
        [1] once
       *[other] { $turns } times
    }, for { $minutes } minutes on average.
letter-checks = The checks come to { $total }, { $each } a guest; tips were { $tip } %.
letter-refused = Whom we refused, and why
letter-refused-count = { $parties ->
        [0] Nobody was refused.
        [one] One party ({ $covers ->
            [one] one guest
           *[other] { $covers } guests
        }) was refused; { $found ->
            [0] we found nothing for it.
           *[other] it found a place after all.
        }
       *[other] { $parties } parties ({ $covers } guests) were refused; { $found ->
            [0] none found a place after all.
           *[other] { $found } of them found a place after all.
        }
    }
letter-cause = { $parties ->
        [one] one party
       *[other] { $parties } parties
    }: { $cause }
letter-held = What each held table earned or cost
letter-held-none = No tables were held.
letter-held-sum = Together they brought about { $earned } and kept out bookings worth about { $cost }.
letter-kept = What we told, and what happened
letter-quotes-none = Nobody was told a wait.
letter-quotes-kept = { $quoted ->
        [one] One party was told a wait
       *[other] { $quoted } parties were told a wait
    }; { $seated } sat, none later than told, { $gone } left before.
letter-quotes-late = { $quoted ->
        [one] One party was told a wait
       *[other] { $quoted } parties were told a wait
    }; { $seated } sat, { $late } of them later than told, by { $worst } minutes at the most, and { $gone } left before.
letter-told-none = No risk was told with these reservations; { $walked ->
        [0] nobody walked
        [one] one party walked
       *[other] { $walked } parties walked
    }.
letter-told-waits = Of { $told ->
        [one] one promised party
       *[other] { $told } promised parties
    } we expected { $expected } to wait too long; { $waited ->
        [0] nobody did
        [one] one did
       *[other] { $waited } did
    }.
letter-told-walks = We expected { $expected } to walk away; { $walked ->
        [0] nobody did
        [one] one did
       *[other] { $walked } did
    }.
letter-given = Who received a gesture, and who never does
letter-given-sum = { $given ->
        [0] Nothing was given.
        [one] One gesture was given, for { $cost }.
       *[other] { $given } gestures were given, for { $cost }.
    }
letter-received = Something went to { $groups }.
letter-received-group = { $group } ({ $count } of { $of })
letter-never = Nothing went to { $groups }.
letter-group = { $by ->
        [channel] { $key ->
            [phone] those who phoned
            [desk] those whom the desk booked
            [partner] those who booked at a site
            [walk_in] those who came from the door
            [waitlist] those who waited
            [google] those who booked at Google
           *[other] those who came by { $key }
        }
        [guest] { $key ->
            [known] guests we know
           *[other] guests we do not know
        }
       *[party_size] { $key ->
            [alone] guests on their own
            [many] parties of five and more
           *[other] parties of { $key }
        }
    }
letter-proposals = What we would change
letter-proposals-none = Nothing: what is written is borne out, or too few evenings were seen to say.
letter-draft = Make a draft of it
letter-reason = Proposed by the morning letter
letter-would = { $dates ->
        [0] It changes nothing on dates that are booked already
        [one] It reaches one date that is booked already
       *[other] It reaches { $dates } dates that are booked already
    }{ $stuck ->
        [0] .
        [one] , and would leave one as it is.
       *[other] , and would leave { $stuck } as they are.
    } Promises stay promises.{ $left ->
        [0] {""}
       *[other] {" "}{ $left } more were not looked at.
    }
letter-house-draft = It is among the house’s drafts; publishing it shows what it would do.
letter-open-draft = Draft { $version }
letter-gain-untried = What following these would bring has not been tried on your evenings yet, so we cannot promise a gain.
letter-gain-trying = The lab is trying these on your last { $evenings } evenings, { $played } so far; until it is done we cannot promise a gain.
letter-gain-failed = The lab could not try these on your evenings, so we cannot promise a gain: make a draft and look at it in the lab first.
letter-gain-promised = On your last { $evenings } evenings, following { $count ->
        [one] it
       *[other] them
    } would have brought { $mean } an evening, between { $low } and { $high }, by what your rules say guests and waits are worth.
letter-gain-unsure = On your last { $evenings } evenings, following { $count ->
        [one] it
       *[other] them
    } would have come to { $mean } an evening, somewhere between { $low } and { $high }: we cannot promise a gain.
letter-gain-lost = On your last { $evenings } evenings, following them together would have come to { $mean } an evening, between { $low } and { $high }: take one at a time.
letter-gain-nothing = On your last { $evenings } evenings, following { $count ->
        [one] it
       *[other] them
    } would have changed nothing, so we cannot promise a gain.
letter-gain-none-stands = Your evenings speak for trying these, but in the lab each of them lost: leave things as they are.
letter-waits-same = Promised parties would have waited as seldom.
letter-waits-one-more = One promised party more in { $nights } evenings would have waited over ten minutes.
letter-waits-one-fewer = One promised party fewer in { $nights } evenings would have waited over ten minutes.
letter-waits-more = { $parties } promised parties more an evening would have waited over ten minutes.
letter-waits-fewer = { $parties } promised parties fewer an evening would have waited over ten minutes.
letter-tried-gain = By itself, on your last { $evenings } evenings: { $mean } an evening, between { $low } and { $high }.
letter-tried-unsure = By itself, on your last { $evenings } evenings: between { $low } and { $high } an evening, so no gain is shown.
letter-tried-nothing = By itself it would have changed nothing on your last { $evenings } evenings.
letter-tried-loss = On your last { $evenings } evenings it would have cost: { $mean } an evening, between { $low } and { $high }.
letter-aside = Looked right, but lost in the lab
letter-beside = Letters beside this one
letter-before = The evening before
letter-after = The evening after
letter-print = Print
