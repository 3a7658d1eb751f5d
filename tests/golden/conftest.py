"""Puts this folder on the path, so that the runs can be imported here and by the script that refreshes them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
