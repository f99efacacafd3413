"""From files to releases: planned, compared, written in one transaction, taken back."""
