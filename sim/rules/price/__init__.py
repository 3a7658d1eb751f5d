"""What owned homes cost."""
