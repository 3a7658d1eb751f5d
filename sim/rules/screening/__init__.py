"""Whom a landlord that chooses freely drops before ranking."""
