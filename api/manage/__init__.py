"""Managers and owners: /manage."""
