"""For managers and owners: /manage/..., by the staff session of /host with the role manager.

Administration: `access/` (staff, tablets and pairing codes, booking sites and tills), `backups`.
The house: `house` (in force, versions, drafts, export).
Policy: `rules` (versions, publishing, overrides, purses), `holding` (advice on held tables),
`advice` (on all of them, and drafts of it),
`approvals` (gestures beyond a host's limits). Reports over service dates: `outcomes`
(overbooking), `gestures`, `turnaways`, `waitlist`, `house_rules`, `playbook`; `dates` parses
their range.
"""
