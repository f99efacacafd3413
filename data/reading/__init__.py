"""Every SELECT: the registry of a day, its editions and history, and what of it may be told."""
