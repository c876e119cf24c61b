"""People's data, as managers answer for it: a guest's export and erasure."""
