"""For guests: HTML pages on /r/{token} (a reservation) and /w/{token} (a waitlist entry).

No login: the secret token in the link opens one page (seating/access/links.py). No scripts, no
cookies, nothing loaded from elsewhere; changes are form POSTs, because mail scanners follow links.
`booking` and `waiting` are the pages, `visits` what a guest says on the first, `visiting` its parts
by the hour, `shell` the HTML, style sheet and security headers of both,
`failures` the pages shown instead of problem documents; their texts stand in the catalogues of
policies/words. Not part of any OpenAPI document. `new_tablet` is for a tablet that is not
paired yet: how it gets in, in the same hand.
"""
