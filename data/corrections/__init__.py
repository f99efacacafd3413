"""What readers say is wrong or missing, and what a person puts right (docs/corrections.md)."""
