"""`scripts/evening`: a crowd, its booking sites and hosts, over HTTP; and a check of its own."""
