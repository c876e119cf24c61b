"""What waits for a person reaches one who is not looking.

`calling`: the first call to a question (an approval request, an alert), and what is open for whom.
`passing_on`: the sweep that calls the next manager. `subscriptions`: whose phones ring.
`encrypting`: messages to phones as RFC 8291 and RFC 8292 want them; `push_keys`: the key that signs
them. `push_courier`: sends them, once each. Front doors: all but `encrypting`.
"""
