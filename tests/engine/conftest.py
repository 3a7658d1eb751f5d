"""Puts this folder and those of the towns on the path, for worker processes too."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "city"), str(HERE.parent / "laws")]
