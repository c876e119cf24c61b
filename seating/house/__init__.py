"""What managers write: the house file, the rules and their versions, overrides for one period.

`house_publishing` shows what a version of the house would do to the book, publishes it from a date
on and takes it back; `carrying` brings periods and promises under the house of their date;
`stranded` lists who has lost their place. `loading` publishes a house file, or keeps it as a draft
for a person to decide.
`house_drafts` reads the versions of the house, and drafts new ones by patches.
`rule_versions` drafts, patches, publishes and withdraws rules, `open_periods` carries a publication
to dates that are booked already, `overrides` changes keys of the rules for some periods; all that
brings a period to other rules goes through `new_rules`. `house_rules` records which house rules
(cancellation, lateness ...) each party was shown: a rule binds only a party that acknowledged it.
`hold_hints` advises which tables to hold back; `turn_times` sets
the written turn times beside the stays seen.
`zone_changes` keeps local times when a zone's clocks are moved by law or by a corrected house file.
`examples/` holds the house files that are shipped.
Front doors: all modules; used by booking, waitlist, api and scripts.
"""
