## Paper: the sheet of an evening, the chit of a seated party

paper-open = Print tonight’s sheet
paper-chit = Chit
paper-service = Before service
paper-print = Print
paper-date = { $service }, { $date }
paper-sum = { $guests ->
    [one] 1 guest
   *[other] { $guests } guests
} in { $parties ->
    [one] 1 party
   *[other] { $parties } parties
}
paper-printed = as of { $time }, { $name }
paper-time = Time
paper-table = Table
paper-party = Party
paper-care = Allergies and needs
paper-known = What we know
paper-no-table = none yet
paper-arrived = is here
paper-seated = sits
paper-visits = { $visits ->
    [0] first visit
    [one] been here once
   *[other] been here { $visits } times
}
paper-need-step-free = step-free
paper-need-high-chairs = { $count ->
    [one] high chair
   *[other] { $count } high chairs
}
paper-need-quiet = quiet
paper-nobody = Nobody has booked yet.
paper-held = Held back
paper-held-one = Table { $table } for { $seats }, from { $from }; given back at { $until }
paper-beyond = Promised beyond the room
paper-waiting = Waiting at the door
paper-gifts = From the house
paper-sections = Sections
paper-server = Server
paper-their-tables = Tables
paper-seated-at = sat down { $from }, until { $until }
paper-must = ALLERGIC: { $what }
