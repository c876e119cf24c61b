"""The house as a document that managers edit: patches, differences and what they say.

A document is the JSON object of a `House`. Lists of keyed things (tables by id, weekly periods by
name and days, closures by date and name ...; `keys` has them all) are patched entry by entry:
`{"tables": {"T5": {"seats_max": 6}, "T9": null}}`. `patch` applies such a patch or makes one,
`diff` lists the differences of two documents with a sentence for each, `documents` turns them into
houses and back, `rule_numbers` gives changed house rules a version of their own, `starter` is the
house an owner begins with.

What a new version does to the book: `stranding` (where each promise goes, who would lose their
place), `book` (the periods it plans anew), `proposals` (what the engine proposes for who lost it).

Front doors: all modules but `words`, the sentences of `diff`, and `keys`.
"""
