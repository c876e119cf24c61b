## What the evenings advise

advice-reading = Your evenings are being read.
advice-title = What your evenings advise
advice-lead = { $changes ->
        [0] Nothing that was seen speaks against what is written.
        [one] **One number** is worth changing. Nothing changes until you publish it.
       *[other] **{ $changes } numbers** are worth changing. Nothing changes until you publish it.
    }
advice-lead-silent = So far too little was seen to advise anything.
advice-group-holds = Held tables
advice-group-beyond = Beyond the room
advice-group-grace = Late guests
advice-group-turn_times = How long parties stay
advice-draft = Make a draft of it
advice-why = Why
advice-rests-on = { $evenings ->
        [one] 1 evening
       *[other] { $evenings } evenings
    }, { $cases ->
        [one] 1 case
       *[other] { $cases } cases
    }
advice-open = What your evenings advise
