## Kept: versions, record, backups

house-versions-about = Every house that was in force or will be, who published it and why; and the house as a file, its staff included.
house-version = Version { $version }
house-holds-from = from { $date }
house-holds-always = from the beginning
house-published-by = published by { $name }, { $date }
house-take-back = Take back
house-take-back-sure = Yes, take it back
house-taken-back = Taken back at the desk
house-download = The house as a file
house-record-about = Who got in or tried to, and who changed what. Kept for a year; nobody can take a line out.
house-record-of = Of whom
house-everybody = everybody
house-no-record = Nothing is recorded of them.
house-backups-about = Whether the book could be brought back if this machine were lost.
house-backed-up =
    The last backup is of **{ $when }**; { $count ->
        [one] one is kept.
       *[other] { $count } are kept.
    }
house-never-backed-up = There is **no backup** yet. The first is made at night, in the folder that MAITRED_BACKUPS names.
house-step-backup = Making one
house-step-read-back = Reading one back
house-step-ok = last worked { $when }
house-step-never = has not been done yet
house-step-failing =
    fails since { $when }, { $count ->
        [one] once.
       *[other] { $count } times.
    }
house-step-why = The machine says:
house-step-overdue = It should have worked again since: is MAITRED_BACKUPS still set?
house-files = Files
house-no-files = No file is there.
