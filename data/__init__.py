"""Knows: sources, loads, the database and its queries."""
