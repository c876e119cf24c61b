"""Advice on the rules and the house, and drafts made of it: `routes`."""
