"""Comparisons made up for the reports: small, and of known differences."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
