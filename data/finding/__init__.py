"""What a person typed into the search: a place, a need, or both, and what of it was not understood."""
