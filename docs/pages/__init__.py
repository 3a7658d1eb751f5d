"""The reference pages: each module makes one of them out of declarations in the code."""
