"""People of groups and years, and where they live."""
