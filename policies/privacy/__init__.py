"""People's data: what is held about guests and staff, for how long, and how it is taken out.

`inventory` lists every table's columns: what kind of personal data each holds, why, until when, and
what an erasure makes of it. `ages` is how long each kind is kept. `redaction` takes a person out of
stored JSON documents and sentences, and leaves what happened. Front doors: all.
"""
