"""The phases of a month, a file each: ask rules, combine what they propose, apply it through ``changes``."""
