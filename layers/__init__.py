"""Shows: pages, maps and exports."""
