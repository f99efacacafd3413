"""One module per kind of source: read a file and stage it to our column names."""
