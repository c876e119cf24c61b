"""People's data: what is held about guests and staff, for how long, and how it is taken out.

`inventory` lists what holds personal data: what kind, why, until when, and what an erasure makes of
it; `impersonal` lists all other columns. `ages` is how long each kind is kept. `redaction` takes a
person out of stored JSON documents and sentences, and leaves what happened. Front doors: all.
"""
