## The timeline: tables by time

timeline-title = Timeline
timeline-table = Table { $table }, seats { $seats }
timeline-tray = No table yet
timeline-tray-drop = Back to the list
timeline-earlier = Earlier
timeline-later = Later

timeline-held = Held for { $size }
timeline-kept = Kept for { $size }
timeline-reset = To reset
timeline-shut = Out of use
timeline-till = till { $time }
timeline-back = back at { $time }
timeline-here = here { $minutes } min
timeline-late = { $minutes } min late
timeline-clash = the table is not free by then
timeline-pinned = pinned by { $name }: asked about before it is moved

timeline-say = table { $table }, { $from } to { $till }
timeline-say-none = no table yet, at { $from }
timeline-say-seated = seated
timeline-say-over = past its time
timeline-say-plan = planned
timeline-say-arrived = is here
timeline-say-late = late
timeline-say-held = held back
timeline-say-kept = kept
timeline-say-reset = being reset
timeline-say-shut = out of use
timeline-say-event = private event
timeline-say-past = has gone
