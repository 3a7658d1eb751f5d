"""Whom a home is closed to, by rules that are known before anybody applies."""
