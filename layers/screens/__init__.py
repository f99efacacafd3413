"""One file a page: read the view, ask, draw."""
