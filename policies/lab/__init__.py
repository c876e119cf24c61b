"""The laboratory: synthetic nights, the rivals of our decisions, and the bound on all of them."""
