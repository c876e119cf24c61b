"""The desk: reservations that staff take, change and read. `writing` and `entries`."""
