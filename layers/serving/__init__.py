"""What the web server answers beside pages: limits, unknown addresses, health, and what a visitor is not told."""
