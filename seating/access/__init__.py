"""Authentication and limits: clients, staff, devices, guests' links.

`clients`: booking sites and tills, OAuth client credentials, scopes per venue. `devices`: tablets
paired by code. `pins`: logging in by PIN, wrong ones counted; `sessions`: what a PIN opens;
`staff`: accounts and roles; `owners`: the owner's way back in; `house_staff`: the people that a
house file names; `audit`: the record of what matters, one append-only table and a line of the log
each; `recorded`: its pages, in plain words. `links`: unguessable addresses for guests.
`attempts` and `request_limits`: limits on wrong secrets and on requests. `idempotency`: one
response per Idempotency-Key, stored with the work it stands for.

Tokens, client secrets and codes are random and stored as SHA-256, PINs as argon2id after
mixing with a key that no backup holds. Times are
wall time, but links expire in business time. Front doors: all modules, for api.
"""
