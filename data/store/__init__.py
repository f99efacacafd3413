"""What every room stands on: settings, the database, its schema, names, and who may be shown."""
