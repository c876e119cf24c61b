### What staff read, and what they say to guests: short, kind, concrete; nobody is blamed.
### Keys: what the sentence is about first, then what is so.

## Refusals of the floor

closed-today = Closed today.
closed-today-next = Closed today. Next: { $period }, { $date }, { $time }.
note-is-empty = The note is empty. Write what the staff have to know.
note-for-a-past-date = This date has passed. Notes are written for today or later.
note-too-far-ahead = Notes are written up to { $days } days ahead. Check the year.
note-for-no-service = There is no { $period } on { $date }. Check the name, or leave it out for a note of the whole day.
note-is-gone = There is no such note. It may have been deleted.
note-has-changed = Somebody has changed this note. Read it again, then change it.
day-too-far-off = This date is too far off. Check the year.
lever-for-a-past-date = This date has passed. Levers are pulled for today or later.
lever-date-or-range = Give either one date (service_date) or a range (from_date and until_date), not both.
lever-range-without-start = A range needs its first date: add from_date.
lever-range-names-periods = For a range of dates, name the services in periods.
lever-range-ends-before = A range needs its last date: add until_date, on from_date or later.
lever-range-too-long = Levers are pulled for { $most } dates at most. To close for longer, add a closure to the house.
lever-ahead-is-a-managers = Hosts pull levers for today only. Ask a manager to do it for other dates.
lever-for-no-service = There is no { $period } on { $date }. Check the name of the service.
lever-end-has-passed = This time has passed. Give a later until, or leave it out.
lever-end-too-late = The lever is back when its service closes anyway. Give an earlier until, or leave it out.
lever-area-both-ways = { $area } cannot be both shut and opened. Leave it out of one of the lists.
lever-hours-are-the-houses = Last orders and early closing are taps of the running evening. For another date, change its hours with a special day of the house.
lever-none-named = Nothing to set. Name at least one lever.
lever-service-is-over = This service is over.
lever-of-before-the-update = This lever was pulled before the last update and cannot be taken back. Pull it the other way instead.
with-a-reason-all-the-same = { $refusal } With a reason it can be booked all the same.
