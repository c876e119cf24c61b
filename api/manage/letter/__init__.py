"""The morning letter of a service date that is over, for managers."""
