"""The commands a person needs: serve, test, lint, lock; the modules beside them do the work."""
