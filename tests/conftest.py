"""How Hypothesis looks for examples: the same ones every time, unless HEMVIST_EXPLORE asks for new ones."""

import os

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("explore" if os.environ.get("HEMVIST_EXPLORE") else "steady")
