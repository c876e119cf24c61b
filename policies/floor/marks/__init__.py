"""A party and its place: what it told, where it waits, pins, taking it back; sections of tables."""
