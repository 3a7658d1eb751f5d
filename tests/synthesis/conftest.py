"""Puts this folder on the path, so that its small plans and files can be built."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
