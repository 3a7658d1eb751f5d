"""What households like: the terms of utility."""
