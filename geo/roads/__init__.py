"""Ways by car and on foot on a network of roads."""
