"""Workbooks that people get to fill in or to mend."""
