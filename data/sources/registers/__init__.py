"""Registers read as their profiles say: rows, cell texts, totals, and what is doubtful in them."""
