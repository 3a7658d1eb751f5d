"""Where defaults come from, where several rules say the same."""

from __future__ import annotations

ROUGH = "assumed; held in a first rough model"
