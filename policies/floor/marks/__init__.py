"""Marks on a party, which change no state: what was told, where it waits, and pins."""
