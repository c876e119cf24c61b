"""HTTP: booking sites on /v1, the host stand on /host, managers on /manage, live events."""
