"""Figures of reports: shares and means with their intervals, how they are said, CSV cells."""
