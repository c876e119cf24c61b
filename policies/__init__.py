"""Pure decisions: no clock, no SQL, no I/O."""
