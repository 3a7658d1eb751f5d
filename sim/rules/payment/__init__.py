"""Allowance, arrears and eviction."""
