"""People's data: exporting what is held about a guest, erasing a guest, and the one retention job.

`person` finds everything that is a guest's over all tables; `erasing` takes it out on request and
`forgetting` holds the statements; `documents` redacts what is stored as JSON or sentences;
`exporting` hands it out. `retention` is the job, `ageing` its table of kinds. `erasure_list` is the
list of erasures beside the backups, by which a restored database is put right. The inventory of all
columns is policies.privacy. Front doors: `erasing`, `exporting`, `retention`, `erasure_list`.
"""
