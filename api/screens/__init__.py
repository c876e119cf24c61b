"""The built screens (api/web/dist), /stand/ and /desk/: read once, kept in memory, served so."""
