"""The host stand: /host."""
