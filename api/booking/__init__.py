"""The native API for booking sites and tills: /v1."""
