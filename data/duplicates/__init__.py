"""Records that are one facility: found, decided, merged and parted again."""
