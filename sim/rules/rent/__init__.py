"""What landlords charge."""
