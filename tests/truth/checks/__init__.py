"""What a view says beside what the raw files give: every number that disagrees, or that nobody computes again."""
