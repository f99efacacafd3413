"""An operator's own data as a sheet: made of what is known, filled in, and read again without a profile."""
