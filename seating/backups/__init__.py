"""Backups with pg_dump: every night by a job, before each update, and on request.

`dumping` writes one, whole or not at all; `restoring` fills a second database from one and swaps it
in by name; `manifest` is what one says of itself, and the checksum by which a restore knows it;
`folder` is where they lie and how many; `nightly` is the job, which also reads one back once a
week; `updating` backs up before migrations are applied, `going_back` restores that one; `standing`
is what is known of them (/readyz, /metrics, /manage/backups). `python -m seating.backups` is the
command for a database of one's own; scripts/serve has the same commands.
Front doors: all but `programs`.

A backup holds the database, not the key in MAITRED_KEY_FILE that opens its sealed secrets.
"""
