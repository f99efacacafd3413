"""Road networks as graphs: OpenStreetMap extracts and GraphML."""
