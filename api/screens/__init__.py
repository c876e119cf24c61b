"""The built screens (api/web/dist) at /stand/: read once, kept in memory, served as they are."""
