"""How good a record is, and how much is known of an area."""
