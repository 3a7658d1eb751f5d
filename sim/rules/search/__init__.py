"""Who begins to look for a home."""
