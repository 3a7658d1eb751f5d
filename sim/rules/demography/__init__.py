"""How households come, change and go."""
