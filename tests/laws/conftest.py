"""Puts this folder on the path, so that its towns can be built elsewhere too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
