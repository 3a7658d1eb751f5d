"""Puts this folder, for worker processes too, and that of the towns on the path."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "city")]
