"""Reports: the list, one with its figures, the same as CSV, the cases behind a figure."""
